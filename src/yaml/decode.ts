import type { Problem } from '../problems/problem.ts';
import { nameOfCharacter, printable, printableData, unprintable, unprintableAt } from '../site/printable.ts';
import { notUtf8, unprintableCharacters } from './problems.ts';

/* Converts bytes into text that pages and feeds can contain. */

/** The most lines of a file that are reported one by one. */
const linesMax = 20;

/**
 * Decodes a text file. Any encoding other than UTF-8 is a problem. A byte order mark is removed, line endings become
 * `\n`, and characters that pages cannot contain are removed, with a warning for each line.
 */
export function decodeText(
  file: string,
  bytes: Uint8Array,
): { text: string; warnings: Problem[] } | { problems: Problem[] } {
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const text = decoded.includes('\r') ? decoded.replace(/\r\n?/g, '\n') : decoded;
    if (unprintableAt(text) === undefined) return { text, warnings: [] };
    return { text: printable(text), warnings: warningsFor(file, unprintableLines(text, 1)) };
  } catch {
    const [line = 1, ...others] = linesOfBadBytes(bytes);
    return { problems: [notUtf8({ file, line }, others.slice(0, linesMax), Math.max(0, others.length - linesMax))] };
  }
}

/** The lines with characters that pages cannot contain, and the names of those characters. */
type UnprintableLines = Map<number, Set<string>>;

/** @param firstLine the line of the file on which the text begins */
function unprintableLines(text: string, firstLine: number): UnprintableLines {
  const lines: UnprintableLines = new Map();
  let [line, counted] = [firstLine, 0];
  for (const { 0: sign, index } of text.matchAll(unprintable)) {
    for (let end = text.indexOf('\n', counted); end >= 0 && end < index; end = text.indexOf('\n', counted)) {
      counted = end + 1;
      line++;
    }
    lines.set(line, (lines.get(line) ?? new Set()).add(nameOfCharacter(sign)));
  }
  return lines;
}

/** A warning for each line. In a file with very many, the last warning says how many more there are. */
function warningsFor(file: string, lines: UnprintableLines): Problem[] {
  const told = [...lines].slice(0, linesMax);
  const rest = lines.size - told.length;
  return told.map(([line, names], at) =>
    unprintableCharacters({ file, line }, [...names].slice(0, 5), names.size > 1, at === told.length - 1 ? rest : 0),
  );
}

function linesOfBadBytes(bytes: Uint8Array): number[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const lines: number[] = [];
  let begin = 0;
  for (let line = 1; begin <= bytes.length; line++) {
    const found = bytes.indexOf(0x0a, begin);
    const end = found < 0 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(begin, end));
    } catch {
      lines.push(line);
    }
    begin = end + 1;
  }
  return lines;
}

/**
 * Escapes in quotation marks that can stand for characters that pages cannot contain, such as `\ud83d` alone or `\0`.
 */
const escapes =
  /\\(?:[0abefvN]|x[0189][\da-f]|x7f|u(?:00[0189][\da-f]|007f|d[89a-f][\da-f]{2}|fd[de][\da-f]|fff[ef])|U[\da-f]{8})/i;

/** Whether a YAML text can contain such an escape. Most contain none. */
export const mayHaveEscapes = (yaml: string): boolean => yaml.includes('\\') && escapes.test(yaml);

/** Removes the characters that such escapes stand for from the parsed data, with a warning for each line. */
export function withoutEscaped(
  data: unknown,
  file: string,
  yaml: string,
  yamlLine: number,
): { data: unknown; warnings: Problem[] } {
  const found = unprintableIn(data);
  if (found === undefined) return { data, warnings: [] };
  const lines: UnprintableLines = new Map();
  for (const [at, line] of yaml.split('\n').entries()) {
    // Both halves of a character together are one character, so only single halves count.
    const alone = line.replace(/\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}/gi, '');
    for (const [written] of alone.matchAll(new RegExp(escapes, 'gi'))) {
      const sign = signOf(written);
      if (unprintableAt(sign) !== undefined)
        lines.set(at + yamlLine, (lines.get(at + yamlLine) ?? new Set()).add(nameOfCharacter(sign)));
    }
  }
  if (lines.size === 0) {
    const at = yaml.slice(0, Math.max(0, yaml.search(escapes))).split('\n').length - 1;
    lines.set(at + yamlLine, new Set([nameOfCharacter(found)]));
  }
  return { data: printableData(data), warnings: warningsFor(file, lines) };
}

const shortEscapes: Record<string, string> = { 0: '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v', N: '\x85' };

function signOf(written: string): string {
  const short = shortEscapes[written[1]!];
  if (short !== undefined && written.length === 2) return short;
  const code = Number.parseInt(written.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** The first such character in all keys and values. */
function unprintableIn(data: unknown): string | undefined {
  if (typeof data === 'string') {
    const at = unprintableAt(data);
    return at === undefined ? undefined : data.slice(at, at + 2);
  }
  if (data === null || typeof data !== 'object') return undefined;
  for (const [key, value] of Object.entries(data)) {
    const found = unprintableIn(key) ?? unprintableIn(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
