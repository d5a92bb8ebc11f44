/*
 * A code editor counts every line end as one character. This is the way back to the bytes of the file, in which some
 * line ends can be \r\n and others \n.
 */

/** A replaced range, in offsets in which every line end is one character. */
export interface SourceChange {
  from: number;
  to: number;
  text: string;
}

/** The source with changes, which are in order and do not overlap. Everything outside them keeps its bytes. */
export function applyChanges(source: string, changes: readonly SourceChange[], eol: string): string {
  const toBytes = offsets(source);
  let out = '';
  let at = 0;
  for (const { from, to, text } of changes) {
    out += source.slice(at, toBytes(from)) + text.replaceAll('\n', eol);
    at = toBytes(to);
  }
  return out + source.slice(at);
}

/** From an offset in which every line end is one character to an offset in the source. Ask in ascending order. */
function offsets(source: string): (offset: number) => number {
  let [at, counted] = [0, 0];
  return (offset) => {
    while (counted < offset) {
      at = source.startsWith('\r\n', at) ? at + 2 : at + 1;
      counted++;
    }
    return at;
  };
}

export const toSourceOffset = (source: string, offset: number): number => offsets(source)(offset);

/** The other way: an offset in the source as the code editor counts it. */
export const fromSourceOffset = (source: string, offset: number): number =>
  offset - (source.slice(0, offset).match(/\r\n/g)?.length ?? 0);
