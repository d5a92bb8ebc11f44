import { endianness } from 'node:os';

let units = new Uint16Array(1 << 15);
let bytes = Buffer.from(units.buffer);
const isSwapped = endianness() === 'BE';

/**
 * The UTF-16 code units of a text, for those who look at every sign of every story: to copy the text and read the copy
 * takes less than half the time of `charCodeAt`, because most texts are parts of other texts.
 *
 * @returns memory that the next call overwrites; behind the text, from its length on, there are the remains of others
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
