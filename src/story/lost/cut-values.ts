import type { Problem } from '../../problems/problem.ts';
import type { Source } from '../../yaml/source-type.ts';
import { type CutKind, wordsCut, yamlJoined } from '../problems/lost.ts';
import { hasSameLetters } from './letter-sum.ts';
import { wordsIn } from './signs.ts';
import { newReading, readLine } from './yaml-lines.ts';

/**
 * Words in a YAML text that never become part of a value: `headline: Team finishes #1` ends before the `#`, and
 * `headline: &c. and so on` begins after `&c.`.
 *
 * The text is read line by line, independently of the parser. Text that an editor can only have meant as a comment is
 * excluded: comments on separate lines, and comments after values that are not text, such as dates.
 *
 * @returns errors, with line and column in the file
 */
export function cutValues(
  file: string,
  { yaml, yamlLine, data }: Pick<Source, 'yaml' | 'yamlLine' | 'data'>,
): Problem[] {
  const mayLoseLetters = /(?:^|[\s,[{])[#&!]/.test(yaml);
  const isMaybe =
    (mayLoseLetters && !hasSameLetters(yaml, [{ kind: 'html', html: textsOf(data) }])) ||
    (mayLoseLetters && mayLoseSigns.test(yaml)) ||
    (/^ +-(?:\s|$)/m.test(yaml) && isJoined(data));
  if (!isMaybe) return [];
  const problems: Problem[] = [];
  const placeOf = (line: number, column: number) => ({ file, line: yamlLine + line, column: column + 1 });
  const tell = (line: number, column: number, kind: CutKind, key: string, words: string, hint: string) =>
    problems.push(wordsCut(placeOf(line, column), kind, key, words, hint));
  const state = newReading();
  const lines = yaml.split('\n');
  const used = new Set(Array.from(yaml.matchAll(/\*([^\s,[\]{}]{1,200})/g), ([, name]) => name));
  lines.forEach((line, number) => {
    const found = readLine(line, state);
    if (!found || problems.length === ofAFileMax) return;
    const { at, kind, value, key, before, isContinued, isInside } = found;
    if (kind === 'joined') {
      const indent = ' '.repeat(state.keyIndent);
      const cured = indent + line.trim();
      const cure = { from: yamlLine + number, to: yamlLine + number, lines: [cured] };
      problems.push({
        ...yamlJoined(placeOf(number, at), key, short(line.trim()), line.trim(), state.keyIndent),
        cure,
      });
      lines[number] = cured;
      return;
    }
    // A number sign at the end of a text is not a comment.
    const isSignOnly = kind === 'comment' && /^#+\s*$/.test(line.slice(at)) && value !== '' && !notText.test(key);
    if (kind !== 'tag' && !isSignOnly && wordsIn(line.slice(at)).length === 0) return;
    const lost = line.slice(at).trim();
    if (kind === 'anchor') {
      const name = /^&[^\s,[\]{}]*/.exec(lost)?.[0] ?? lost;
      if (used.has(name.slice(1))) return;
      tell(number, at, 'anchor', key, name, before === '' ? inQuotes : hintFor(before, lost));
    } else if (kind === 'tag') {
      const name = /^!\S*/.exec(lost)?.[0] ?? lost;
      tell(number, at, 'tag', key, name, before === '' ? inQuotes : hintFor(before, lost));
    } else if (kind === 'block') tell(number, at, 'block', key, short(lost), 'Indent the line like those above it.');
    else if (
      isSignOnly
        ? !/^["'[{]/.test(value) && !isInside
        : isCut(line.slice(at), value, key, isNested(lines, number, line))
    )
      tell(
        number,
        at,
        'comment',
        key,
        short(lost),
        isContinued || /^["']/.test(value)
          ? 'Put the whole value in quotation marks. If it is a comment, put it on a separate line.'
          : `${hintFor(before, value === '' ? lost : `${value} ${lost}`)} If it is a comment, put it on a separate line.`,
      );
  });
  return problems;
}

/** A number sign at the end of a text, and a tag without a name: no letter is lost with them. */
const mayLoseSigns = /\S[ \t]+#+[ \t]*$|[[{,:-]\s*!\s/m;

/** Whether a text contains a hyphen in the form of a list entry. */
function isJoined(data: unknown): boolean {
  if (typeof data === 'string') return / -(?: |$)/.test(data);
  return data !== null && typeof data === 'object' && Object.values(data).some(isJoined);
}

/** The most that are reported for one file. */
const ofAFileMax = 20;

/** Whether the following lines belong to the key. If so, a comment beside the key is about all of them. */
function isNested(lines: string[], number: number, line: string): boolean {
  let at = number + 1;
  while (at < lines.length && /^\s*(?:#|$)/.test(lines[at]!)) at++;
  const next = lines[at];
  if (next === undefined) return false;
  const indentOf = (text: string) => /^ */.exec(text)![0].length;
  return indentOf(next) > indentOf(line) || (/^\s*- /.test(next) && indentOf(next) >= indentOf(line));
}

/** Values for programs. A comment beside one is a real comment. */
const notText =
  /^(?:section|published|updated|embargo|date|type|draft|decorative|slug|id|language|translationOf|src|url|focus|kind|part|prominent|original|animation|until|pinned|timeZone|permalink|locale)$/;

/** Whether a comment cuts off part of a text, instead of being a comment beside a value. */
function isCut(comment: string, value: string, key: string, hasMore: boolean): boolean {
  const isHashtag = /^#[^\s#]/.test(comment);
  if (value === '') return isHashtag ? !hasMore : !hasMore && !notText.test(key);
  if (/^[|>][+-]?\d?[+-]?$/.test(value)) return false;
  if (isHashtag) return true;
  // A closed value, a date, a number, or one word in lower case: somebody added a comment.
  return !/["'\]},]$/.test(value) && !notText.test(key) && !/^(?:[a-z0-9][\w./:-]*|true|false|null|~)$/.test(value);
}

const inQuotes = 'Put the value in quotation marks.';

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
