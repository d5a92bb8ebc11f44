import { wordsInAttribute as inAttribute, type LostWords, wordsLost as wordsLostAt } from '../problems/lost.ts';
import type { BodyProblem, TextPlace } from '../problems/shared.ts';
import type { Cause, Group, Run } from './group.ts';
import type { PlainReading } from './reading.ts';

/** Finds the probable cause of a run of lost words. */
export function causeOf(run: Run, { suspects }: PlainReading, text: string): Cause {
  const around = suspects.filter(({ at, end }) => at <= run.at && run.at < end);
  const nearest =
    around.find(({ kind }) => kind === 'comment-open' || kind === 'comment-in-comment') ??
    around.findLast(({ kind }) => kind === 'tag-words') ??
    around.findLast(({ kind }) => kind === 'tag-open' || kind === 'cdata' || kind === 'instruction') ??
    // For nested elements, the outermost one has to be corrected.
    around.find(({ kind }) => kind === 'removed' || kind === 'fallback' || kind === 'never-closed') ??
    around.find(({ kind, name }) => kind === 'self-closed' && swallows.test(name)) ??
    around.findLast(({ kind }) => kind === 'definition' || kind === 'info');
  if (nearest) return { kind: nearest.kind, at: nearest.at, name: nearest.name };
  const note = noteOf(run.at, text);
  if (note) return note;
  const line = lineAt(text, run.at);
  if (line.text.includes('|')) return { kind: 'cell', at: line.at, name: '' };
  return { kind: 'unknown', at: -1, name: '' };
}

/** Elements whose content is not read as text of the page. */
const swallows =
  /^(?:video|audio|iframe|script|style|textarea|title|noscript|template|svg|math|select|object|canvas|xmp|dialog|noembed|noframes|applet|map|head|plaintext|frameset)$/;

/** The footnote whose text contains a position. */
function noteOf(at: number, text: string): Cause | undefined {
  let begin = text.lastIndexOf('\n', at - 1) + 1;
  for (;;) {
    const line = text.slice(begin, endOfLine(text, begin));
    const label = /^[ \t>]*\[\^([^\]\s]{1,200})\]:/.exec(line)?.[1];
    if (label !== undefined) {
      const sign = `[^${label}]:`;
      const isTwice = text.slice(0, begin).toLowerCase().includes(sign.toLowerCase());
      return { kind: isTwice ? 'note-twice' : 'note', at: begin, name: label };
    }
    if (begin === 0) return undefined;
    // `lastIndexOf` counts a negative position as 0, so an empty first line would be found again and again.
    const before = begin < 2 ? 0 : text.lastIndexOf('\n', begin - 2) + 1;
    const isGap = text.slice(before, begin).trim() === '';
    // A footnote continues on the following lines, and after an empty line on lines that are indented.
    if (isGap && !/^(?:\t| {2,})\S/.test(line) && line.trim() !== '') return undefined;
    begin = before;
  }
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

const lineAt = (text: string, at: number): { text: string; at: number } => {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  return { text: text.slice(begin, endOfLine(text, at)), at: begin };
};

/** The line and column of a position in the text, both counted from 1. */
export function placeOf(text: string, at: number): Required<TextPlace> {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line++;
  return { line, column: at - text.lastIndexOf('\n', at - 1) };
}

const quoted = (text: string, { at, end }: Run, isTagText: boolean): string => {
  const words = text
    .slice(at, Math.min(end, at + 300))
    .replace(isTagText ? /$^/ : /<[^<>]*>?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > 70 ? `${words.slice(0, 67).replace(/\s+\S*$/, '')} …` : words;
};

const said = (text: string, run: Run, isTagText = false): LostWords => ({
  shown: quoted(text, run, isTagText),
  count: run.count,
});

export function wordsLost(text: string, group: Group): BodyProblem {
  const { cause } = group;
  const place = placeOf(text, isAtCause(cause) ? cause.at : group.at);
  return wordsLostAt(place, said(text, group, cause.kind === 'tag-words'), cause.kind, cause.name);
}

/** If a mistake affects everything after it, the place is where the mistake begins. */
const isAtCause = ({ kind, at }: Cause): boolean =>
  at >= 0 && kind !== 'cell' && kind !== 'removed' && kind !== 'tag-words';

export function wordsInAttribute(text: string, run: Run): BodyProblem {
  return inAttribute(placeOf(text, run.at), said(text, run));
}
