import type { BodyProblem, Place } from '../body/problems.ts';
import type { Group, Run } from './lost.ts';
import type { PlainReading, Suspect } from './reading.ts';

/** Why words are lost, as far as it can be determined. */
export interface Cause {
  kind: Suspect['kind'] | 'cell' | 'note' | 'note-twice' | 'unknown';
  /** The position in the text, or -1 if it is not known. */
  at: number;
  name: string;
}

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
    const before = text.lastIndexOf('\n', begin - 2) + 1;
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
export function placeOf(text: string, at: number): Required<Place> {
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

/** The words “a b c”, and their number if that is not obvious. */
function said(text: string, run: Run, isTagText = false): string {
  const shown = quoted(text, run, isTagText);
  const isOne = run.count === 1;
  return `${isOne ? 'This word is' : run.count > 9 ? `${run.count} words are` : 'These words are'} not printed: “${shown}”.`;
}

export function wordsLost(text: string, group: Group): BodyProblem {
  const { cause } = group;
  const [why, hint] = explanations[cause.kind](cause.name);
  return {
    rule: 'words-lost',
    severity: 'error',
    ...placeOf(text, isAtCause(cause) ? cause.at : group.at),
    message: `${said(text, group, cause.kind === 'tag-words')} ${why}`,
    hint,
  };
}

/** If a mistake affects everything after it, the place is where the mistake begins. */
const isAtCause = ({ kind, at }: Cause): boolean =>
  at >= 0 && kind !== 'cell' && kind !== 'removed' && kind !== 'tag-words';

const explanations: Record<Cause['kind'], (name: string) => [why: string, hint: string]> = {
  'comment-open': () => [
    'A comment <!-- begins here and never ends, so it hides the rest of the story.',
    'Write  -->  where the comment ends.',
  ],
  'comment-in-comment': () => [
    'A comment <!-- begins here, and another comment begins before it ends, so everything up to the end of the second one is hidden.',
    'Write  -->  where the first comment ends.',
  ],
  'self-closed': (name) => [
    `HTML does not close <${name} … /> with its slash, so what follows becomes part of it.`,
    `Write  <${name} …></${name}> .`,
  ],
  'never-closed': (name) => [
    `<${name}> begins here and never ends, so what follows becomes part of it.`,
    `Write  </${name}>  where it ends.`,
  ],
  removed: (name) => [
    `They are in <${name}>, which is not allowed in a story and is removed with its content.`,
    name === 'svg' || name === 'math'
      ? 'Save it as a picture file beside the story, or write the words outside it.'
      : `Delete  <${name}>  and  </${name}>  and keep the words.`,
  ],
  fallback: (name) => [
    `They are in <${name}>, which shows them only in browsers that cannot show the ${name} itself.`,
    `Write the words outside, after  </${name}> .`,
  ],
  'tag-open': (name) => [
    `The tag <${name.replace(/^</, '')} begins here and has no  >  at its end.`,
    'Write  >  where the tag ends. To show it as text, write  \\<  instead of  < .',
  ],
  'tag-words': (name) => [
    `HTML reads them as a tag <${name} …> and its attributes.`,
    'Write  \\<  instead of  <  if this is text. In a tag, write each attribute as  name="value" .',
  ],
  cdata: () => ['They are in <![CDATA[ … ]]>, which a page does not show.', 'Delete  <![CDATA[  and  ]]> .'],
  instruction: () => [
    'An instruction <? begins here and never ends, so it hides the text after it.',
    'Delete it. To show it as text, write  \\<? .',
  ],
  definition: (name) => [
    `A line that begins with [${name}]: defines the address of a link and is not printed.`,
    `Write  **${name}:** … , or  \\[${name}]: … .`,
  ],
  info: () => ['They are on the line that opens a code block, which is not printed.', 'Move them to the next line.'],
  cell: () => [
    'This row of the table has more cells than the header row, so the extra cells are left out.',
    'Add a header to the first row and a dash to the second, or delete a  | . For a bar inside a cell, write  \\| .',
  ],
  note: (name) => [
    `They are the text of footnote [^${name}], but nothing in the story refers to it.`,
    `Write  [^${name}]  where the footnote belongs, or delete the footnote.`,
  ],
  'note-twice': (name) => [
    `Footnote [^${name}] is defined twice, and only the first one is printed.`,
    'Give one of the two another name.',
  ],
  unknown: () => [
    'The cause is not known.',
    'Check the characters before these words: < [ { | and others have a special meaning in Markdown. Put a backslash before a character to print it as text.',
  ],
};

export function wordsInAttribute(text: string, run: Run): BodyProblem {
  return {
    rule: 'words-in-attribute',
    severity: 'warning',
    ...placeOf(text, run.at),
    message: `${said(text, run)} They are in an HTML attribute that this site does not print.`,
    hint: 'If readers should see them, write them as text.',
  };
}
