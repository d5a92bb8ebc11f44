import { printable } from '../../site/printable.ts';

/** A file as its reader sees it, and how a change to that text becomes a change to the file. */
export interface NormalText {
  /** Without a byte order mark, with `\n` as the line ending, and without characters that pages cannot contain. */
  text: string;
  /** The offset in the file of an offset in `text`. */
  inFile(offset: number): number;
  /** The file with a range of `text` replaced. Every other byte stays, and new lines end as the lines of the file do. */
  replace(from: number, to: number, put: string): string;
}

/** The same changes as `decodeText` makes, so that offsets fit the YAML that our reader reads. */
export function normalText(file: string): NormalText {
  const lineEnd = /\r\n?|\n/.exec(file)?.[0] ?? '\n';
  /** Where the text and the file differ: an offset in the text, and the offset in the file from there on. */
  const shifts: { at: number; file: number }[] = [];
  let text = '';
  let taken = 0;
  const changed = /^\ufeff|\r\n?|(?![\t\n\r])[\p{Cc}\p{Cs}\p{NChar}]/gu;
  for (const { 0: found, index } of file.matchAll(changed)) {
    text += file.slice(taken, index);
    text += found.startsWith('\r') ? '\n' : found === '\ufeff' ? '' : printable(found);
    taken = index + found.length;
    shifts.push({ at: text.length, file: taken });
  }
  text += file.slice(taken);
  const inFile = (offset: number): number => {
    const shift = shifts.findLast(({ at }) => at <= offset);
    return shift ? shift.file + offset - shift.at : offset;
  };
  return {
    text,
    inFile,
    replace: (from, to, put) =>
      file.slice(0, inFile(from)) + put.replaceAll('\n', lineEnd) + file.slice(to === from ? inFile(from) : inFile(to)),
  };
}
