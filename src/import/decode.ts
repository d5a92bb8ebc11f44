/** The text of a file, and how its bytes had to be read. */
export interface Decoded {
  text: string;
  /** What was unusual about the bytes, as text for the receipt. */
  notes: string[];
}

const controlCharsShare = 0.1;

/**
 * Decodes the bytes of a text file: UTF-8 or UTF-16, with or without a byte order mark. Anything else is
 * read as windows-1252, which all old Western archives use and which cannot fail, or only those lines of it that are not
 * UTF-8, because a file that several programs have written can contain both. Line endings become `\n`, and letters
 * with marks become one character.
 *
 * @returns undefined if the bytes are not text (a picture or a program with a wrong name)
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const notes: string[] = [];
  let text: string;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) text = read(bytes, 'utf-16le', notes, 'read as UTF-16');
  else if (bytes[0] === 0xfe && bytes[1] === 0xff) text = read(bytes, 'utf-16be', notes, 'read as UTF-16');
  else if (bytes.includes(0)) {
    const unmarked = withoutMark(bytes);
    if (unmarked === undefined) return undefined;
    notes.push('read as UTF-16');
    text = unmarked;
  } else {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) notes.push('byte order mark dropped');
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      const mixed = decodeMixed(bytes);
      notes.push(mixed.hasBoth ? mixedNote : 'not UTF-8; read as windows-1252');
      text = mixed.text.replace(/^\ufeff/, '');
    }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  if (controls > text.length * controlCharsShare) return undefined;
  if (controls > 0) {
    notes.push('control characters dropped');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
    text = text.replace(/[\u0000-\u0008\u000e-\u001f]/g, '');
  }
  if (text.includes('\r')) {
    notes.push('line endings changed to \\n');
    text = text.replace(/\r\n?/g, '\n');
  }
  const composed = compose(text);
  if (composed !== text) notes.push('characters composed (Unicode NFC)');
  return { text: composed, notes };
}

/**
 * Composes letters with their marks into one character, as readers search for them and HTML checkers expect them.
 * Nothing else is changed: NFC of the whole text would replace rare Chinese characters that occur in names.
 */
function compose(text: string): string {
  if (!/[\p{M}\u1161-\u11ff]/u.test(text)) return text;
  return text.replace(/\P{M}\p{M}+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?/gu, (letter) =>
    letter.normalize('NFC'),
  );
}

/** For the receipt. */
export const mixedNote = 'not all of it is UTF-8; the other lines were read as windows-1252';

/**
 * Decodes bytes that are not valid UTF-8 as a whole, line by line: as UTF-8 if a line is, and otherwise as windows-1252.
 *
 * @returns the text, and whether it contains lines of both kinds with letters in which they differ
 */
export function decodeMixed(bytes: Uint8Array): { text: string; hasBoth: boolean } {
  const lines: string[] = [];
  let hasBoth = false;
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(at, end);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
      // A byte order mark says nothing about the letters after it.
      hasBoth ||= text.length < line.length && /[^\p{ASCII}\ufeff]/u.test(text);
      lines.push(text);
    } catch {
      lines.push(new TextDecoder('windows-1252').decode(line));
    }
    at = end;
  }
  return { text: lines.join(''), hasBoth };
}

/**
 * UTF-16 without a byte order mark. Of the two orders, it is the one that has more letters, spaces, and line ends of ASCII.
 * What is read has to be words, because the bytes of a picture can be read as UTF-16, too.
 */
function withoutMark(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const [text = '', other = ''] = ['utf-16le', 'utf-16be']
    .map((encoding) => new TextDecoder(encoding).decode(bytes))
    .sort((a, b) => asciiIn(b) - asciiIn(a));
  const strange = text.match(/[^\p{L}\p{M}\p{N}\p{P}\p{S}\s]|\ufffd/gu)?.length ?? 0;
  const isWords = asciiIn(text) > asciiIn(other) && asciiIn(text) >= text.length * asciiShareMin;
  return isWords && strange <= text.length * controlCharsShare ? text : undefined;
}

const asciiIn = (text: string): number => text.match(/[\t\n\r -~]/g)?.length ?? 0;
/** In Chinese, nothing but line ends. */
const asciiShareMin = 0.005;

function read(bytes: Uint8Array, encoding: string, notes: string[], note: string): string {
  notes.push(note);
  return new TextDecoder(encoding).decode(bytes);
}
