import { endianness } from 'node:os';

let units = new Uint16Array(1 << 15);
let bytes = Buffer.from(units.buffer);
const isSwapped = endianness() === 'BE';

/**
 * The UTF-16 code units of a text, for code that reads every character of every story. Copying the text and reading the
 * copy takes less than half the time of `charCodeAt`, because most texts are slices of other texts.
 *
 * @returns memory that the next call overwrites. After the end of the text, it contains what is left of earlier texts
 */
export function codeUnitsOf(text: string): Uint16Array {
  if (text.length > units.length) {
    units = new Uint16Array(text.length);
    bytes = Buffer.from(units.buffer);
  }
  bytes.write(text, 0, 'utf16le');
  if (isSwapped) bytes.subarray(0, text.length * 2).swap16();
  return units;
}
