import type { Problem } from '../../problems/problem.ts';
import type { Source } from '../../yaml/source.ts';
import { hasSameLetters } from './letter-sum.ts';
import { wordsIn } from './signs.ts';

/**
 * Words of a YAML text that never reach a value: `headline: Team finishes #1` ends before the `#`, and
 * `headline: &c. and so on` begins after `&c.`.
 *
 * A reading of its own, line by line. What an editor can only have meant as a note is none of it: comments on lines of
 * their own, and those after values that are no text, such as dates.
 *
 * @returns errors, with line and column in the file
 */
export function cutValues(
  file: string,
  { yaml, yamlLine, data }: Pick<Source, 'yaml' | 'yamlLine' | 'data'>,
): Problem[] {
  if (!/(?:^|[\s,[{])[#&]/.test(yaml) || hasSameLetters(yaml, [{ kind: 'html', html: textsOf(data) }])) return [];
  const problems: Problem[] = [];
  const tell = (line: number, column: number, message: string, hint: string) =>
    problems.push({
      rule: 'words-lost',
      severity: 'error',
      file,
      line: yamlLine + line,
      column: column + 1,
      message,
      hint,
    });
  const state: Reading = { quote: '', depth: 0, key: '', keyIndent: 0, block: undefined };
  const lines = yaml.split('\n');
  const used = new Set(Array.from(yaml.matchAll(/\*([^\s,[\]{}]{1,200})/g), ([, name]) => name));
  lines.forEach((line, number) => {
    const found = readLine(line, state);
    if (!found || problems.length === ofAFileMax) return;
    const { at, kind, value, key, before } = found;
    if (wordsIn(line.slice(at)).length === 0) return;
    const lost = line.slice(at).trim();
    if (kind === 'anchor') {
      const name = /^&[^\s,[\]{}]*/.exec(lost)?.[0] ?? lost;
      if (used.has(name.slice(1))) return;
      tell(
        number,
        at,
        `${nameOf(key)}“${name}” is not printed. In YAML, a value that begins with & gives itself a name, and the name is not part of it.`,
        hintFor(before, lost),
      );
    } else if (kind === 'block')
      tell(
        number,
        at,
        `${nameOf(key)}“${short(lost)}” is not printed. This line is indented less than the text above it, and outside of that text a # begins a comment in YAML.`,
        'Indent the line like those above it.',
      );
    else if (isCut(line.slice(at), value, key, isNested(lines, number, line)))
      tell(
        number,
        at,
        `${nameOf(key)}“${short(lost)}” is not printed. In YAML, a # after a space begins a comment, and the value ends before it.`,
        /^["']/.test(value)
          ? 'Put the whole value between the quotation marks. If it is a note, put it on a line of its own.'
          : `${hintFor(before, value === '' ? lost : `${value} ${lost}`)} If it is a note, put it on a line of its own.`,
      );
  });
  return problems;
}

/** So many are told of one file. */
const ofAFileMax = 20;

/** What a comment or a name is found beside. */
interface Found {
  /** Where it begins in the line. */
  at: number;
  kind: 'comment' | 'anchor' | 'block';
  /** The value before it on the line. */
  value: string;
  key: string;
  /** What stands before the value on its line: its key, the hyphen of a list, or both. */
  before: string;
}

interface Reading {
  /** The quotation mark that is open. */
  quote: string;
  /** How many brackets are open. */
  depth: number;
  /** The last key, and how far it is indented. */
  key: string;
  keyIndent: number;
  /** A block of text (`|` or `>`) that goes on while lines are indented. */
  block: { parent: number; indent?: number } | undefined;
}

function readLine(line: string, state: Reading): Found | undefined {
  const indent = /^ */.exec(line)![0].length;
  if (state.block) {
    if (line.trim() === '') return undefined;
    state.block.indent ??= indent > state.block.parent ? indent : undefined;
    if (state.block.indent !== undefined && indent >= state.block.indent) return undefined;
    const { parent } = state.block;
    state.block = undefined;
    if (indent > parent && line[indent] === '#')
      return { at: indent, kind: 'block', value: '', key: state.key, before: '' };
  }
  const isGoingOn = state.quote !== '' || state.depth > 0;
  let from = 0;
  if (!isGoingOn) {
    if (line[indent] === '#') return undefined; // a note of its own
    const signs = /^\s*(?:- +)*/.exec(line)![0];
    from = signs.length;
    const key = /^(?:"[^"]*"|'[^']*'|[^\s#&"'[\]{},:][^#:]*?)\s*:(?=\s|$)/.exec(line.slice(from))?.[0];
    if (key !== undefined) {
      state.key = key.replace(/\s*:$/, '').replace(/^["']|["']$/g, '');
      state.keyIndent = from;
      from += key.length;
    } else state.keyIndent = indent;
  }
  const begin = from + /^\s*/.exec(line.slice(from))![0].length;
  const before = line.slice(0, begin).trimStart();
  if (!isGoingOn && line[begin] === '&') return { at: begin, kind: 'anchor', value: '', key: state.key, before };
  const end = endOfValue(line, begin, state);
  const value = line.slice(begin, end).trim();
  if (!isGoingOn && /^[|>][+-]?\d?[+-]?$/.test(value)) state.block = { parent: indent };
  return end < line.length ? { at: end, kind: 'comment', value, key: state.key, before } : undefined;
}

/** Where a comment begins in a line, or its length. Quotation marks and brackets may stay open. */
function endOfValue(line: string, from: number, state: Reading): number {
  for (let at = from; at < line.length; at++) {
    const sign = line[at]!;
    if (state.quote !== '') {
      if (sign === '\\' && state.quote === '"') at++;
      else if (sign === state.quote) state.quote = '';
    } else if (sign === '#' && (at === 0 || /\s/.test(line[at - 1]!))) return at;
    else if (
      (sign === '"' || sign === "'") &&
      (at === from || (state.depth > 0 && /[\s,[{:]/.test(line[at - 1] ?? ' ')))
    )
      state.quote = sign;
    else if (sign === '[' || sign === '{') {
      if (at === from || state.depth > 0) state.depth++;
    } else if ((sign === ']' || sign === '}') && state.depth > 0) state.depth--;
  }
  return line.length;
}

/** Whether what follows belongs to the key: then a comment beside it is about the whole. */
function isNested(lines: string[], number: number, line: string): boolean {
  let at = number + 1;
  while (at < lines.length && /^\s*(?:#|$)/.test(lines[at]!)) at++;
  const next = lines[at];
  if (next === undefined) return false;
  const indentOf = (text: string) => /^ */.exec(text)![0].length;
  return indentOf(next) > indentOf(line) || (/^\s*- /.test(next) && indentOf(next) >= indentOf(line));
}

/** Values that a machine reads; a comment beside one is a note. */
const notText =
  /^(?:section|published|updated|embargo|date|type|draft|decorative|slug|id|language|translationOf|src|url|focus|kind|part|prominent|original|animation|until|pinned|timeZone|permalink|locale)$/;

/** Whether a comment takes part of a text, and is no note beside a value. */
function isCut(comment: string, value: string, key: string, hasMore: boolean): boolean {
  const isHashtag = /^#[^\s#]/.test(comment);
  if (value === '') return isHashtag ? !hasMore : !hasMore && !notText.test(key);
  if (/^[|>][+-]?\d?[+-]?$/.test(value)) return false;
  if (isHashtag) return true;
  // A value that is closed, a date, a number, one word in small letters: somebody added a note.
  return !/["'\]},]$/.test(value) && !notText.test(key) && !/^(?:[a-z0-9][\w./:-]*|true|false|null|~)$/.test(value);
}

const nameOf = (key: string): string => (key === '' ? '' : `${key}: `);

const short = (text: string): string => (text.length > 70 ? `${text.slice(0, 67).replace(/\s+\S*$/, '')} …` : text);

const hintFor = (before: string, value: string): string => {
  const quote = value.includes('"') ? "'" : '"';
  const inside = quote === "'" ? value.replaceAll("'", "''") : value.replaceAll('\\', '\\\\');
  return `Put the value in quotation marks:  ${before}${quote}${inside}${quote} .`;
};

/** All keys and values of data, as one text. */
function textsOf(data: unknown): string {
  if (data === null || data === undefined) return '';
  if (typeof data !== 'object') return String(data).replaceAll('<', ' ').replaceAll('&', ' ');
  if (Array.isArray(data)) return data.map(textsOf).join('\n');
  return Object.entries(data)
    .map(([key, value]) => `${textsOf(key)} ${textsOf(value)}`)
    .join('\n');
}
