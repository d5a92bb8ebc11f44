import { listed } from '../../problems/listed.ts';
import { type Cure, error, type Place, type Problem, warning } from '../../problems/problem.ts';
import { type BodyProblem, short, type TextPlace } from './shared.ts';

/* Words that readers would not get, and markup that they would see. */

/** Why words are lost, if it can be determined. */
export type LostKind =
  | 'comment-open'
  | 'comment-in-comment'
  | 'self-closed'
  | 'never-closed'
  | 'removed'
  | 'fallback'
  | 'tag-open'
  | 'tag-words'
  | 'cdata'
  | 'instruction'
  | 'definition'
  | 'info'
  | 'cell'
  | 'note'
  | 'note-twice'
  | 'unknown';

/** Words that are lost. */
export interface LostWords {
  /** As written in the source. */
  shown: string;
  count: number;
}

/** @param name of the element, label, or footnote that causes it */
export function wordsLost(place: TextPlace, words: LostWords, kind: LostKind, name: string): BodyProblem {
  const [why, hint] = explanations[kind](name);
  return error('words-lost', place, `${notPrinted(words)} ${why}`, hint);
}

export const wordsInAttribute = (place: TextPlace, words: LostWords): BodyProblem =>
  warning(
    'words-in-attribute',
    place,
    `${notPrinted(words)} They are in an HTML attribute that Broadsheet does not print.`,
    'If readers should see them, write them as text.',
  );

const notPrinted = ({ shown, count }: LostWords): string =>
  `${count === 1 ? 'This word is' : count > 9 ? `${count} words are` : 'These words are'} not printed: “${shown}”.`;

const explanations: Record<LostKind, (name: string) => [why: string, hint: string]> = {
  'comment-open': () => [
    'A comment <!-- begins here and never ends, so it hides the rest of the story.',
    'Write  -->  where the comment ends.',
  ],
  'comment-in-comment': () => [
    'A comment <!-- begins here, and another one begins before it ends. Everything up to the end of the second is hidden.',
    'Write  -->  where the first comment ends.',
  ],
  'self-closed': (name) => [
    `In HTML, the slash in <${name} … /> does not close the element, so what follows became part of it.`,
    `Write  <${name} …></${name}> .`,
  ],
  'never-closed': (name) => [
    `<${name}> begins here and never ends, so what follows became part of it.`,
    `Write  </${name}>  where it ends.`,
  ],
  removed: (name) => [
    `They are inside <${name}>, which is not allowed in a story and is removed with its content.`,
    name === 'svg' || name === 'math'
      ? 'Save it as a picture file in the folder of the story, or write the words outside it.'
      : `Delete  <${name}>  and  </${name}>  and keep the words.`,
  ],
  fallback: (name) => [
    `They are inside <${name}>, where only browsers that cannot show the ${name} print them.`,
    `Write the words after  </${name}> .`,
  ],
  'tag-open': (name) => [
    `The tag <${name.replace(/^</, '')} begins here and has no  >  at its end.`,
    'Write  >  where the tag ends. If it is meant as text, write  \\<  instead of  < .',
  ],
  'tag-words': (name) => [
    `HTML reads them as a tag <${name} …> and its attributes.`,
    'If this is text, write  \\<  instead of  < . In a tag, write each attribute as  name="value" .',
  ],
  cdata: () => ['They are inside <![CDATA[ … ]]>, which pages do not show.', 'Delete  <![CDATA[  and  ]]> .'],
  instruction: () => [
    'An instruction <? begins here and never ends, so it hides what follows.',
    'Delete it, or write  \\<?  if it is meant as text.',
  ],
  definition: (name) => [
    `A line that begins with [${name}]: defines the address of a link and is not printed.`,
    `Write  **${name}:** … , or  \\[${name}]: … .`,
  ],
  info: () => ['They are on the line that opens a code block, which is not printed.', 'Move them to the next line.'],
  cell: () => [
    'This row of the table has more cells than the header row, and the extra cells are not printed.',
    'Add a column name to the first row and dashes to the second, or delete a  | . Write  \\|  for a bar inside a cell.',
  ],
  note: (name) => [
    `They are the text of footnote [^${name}], and nothing in the story refers to it.`,
    `Write  [^${name}]  where the footnote belongs, or delete the footnote.`,
  ],
  'note-twice': (name) => [
    `There are two footnotes [^${name}], and only the first is printed.`,
    'Give one of them another name.',
  ],
  unknown: () => [
    'Broadsheet cannot tell why.',
    'Look at the characters before these words: < [ { | and others have a meaning in Markdown. A backslash makes such a character plain text.',
  ],
};

/**
 * How YAML removes words from a value: an anchor or a tag at its beginning, a comment after it, or a comment below
 * indented text.
 */
export type CutKind = 'anchor' | 'tag' | 'comment' | 'block';

const cuts: Record<CutKind, string> = {
  anchor: 'In YAML, & at the beginning of a value defines an anchor, which is not part of the value.',
  tag: 'In YAML, ! at the beginning of a value is a type tag, which is not part of the value.',
  block:
    'This line is indented less than the text above it, so it is not part of that text, and # begins a comment in YAML.',
  comment: 'In YAML, a # after a space begins a comment, so the value ends before it.',
};

const ofKey = (key: string): string => (key === '' ? '' : `${key}: `);

/** @param key whose value it is; may be empty @param words as written in the file */
export const wordsCut = (place: Place, kind: CutKind, key: string, words: string, hint: string): Problem =>
  error('words-lost', place, `${ofKey(key)}“${words}” is not printed. ${cuts[kind]}`, hint);

/** @param entry of a list @param spaces the correct number of spaces at its beginning */
export const yamlJoined = (place: Place, key: string, entry: string, line: string, spaces: number): Problem =>
  error(
    'yaml-joined',
    place,
    `${ofKey(key)}“${entry}” is indented further than the entry above it, so YAML reads the two as one entry.`,
    spaces === 0
      ? `Remove the spaces at its beginning:  ${line} .`
      : `Indent it by ${spaces === 1 ? '1 space' : `${spaces} spaces`}:  ${line} .`,
  );

/** @param read the key as YAML reads it */
export const keyMisread = (place: Place, key: string, read: string, cure: Cure): Problem =>
  error('words-lost', place, `YAML reads the key “${key}” as a number or a special word, “${read}”.`, {
    hint: `Put it in quotation marks:  ${cure.lines[0]?.trim()} .`,
    cure,
  });

/** @param path a Windows path in double quotation marks */
export const pathMisread = (place: Place, path: string, cure: Cure): Problem =>
  error(
    'words-lost',
    place,
    `In double quotation marks, YAML reads a backslash and the letter after it as one character, so “${path.slice(0, 60)}” is not printed as written.`,
    { hint: `Use single quotation marks:  ${cure.lines[0]?.trim()} .`, cure },
  );

/** @param values with curly quotation marks around them */
export const quotesInValue = (place: Place, key: string, values: readonly string[], cure: Cure): Problem =>
  warning(
    'quotation-marks-in-value',
    place,
    `${key}: the quotation marks of ${listed(values.slice(0, 9))} are printed, because YAML recognises only straight ones (" and ').`,
    { hint: `Write  ${cure.lines[0]?.trim()} .`, cure },
  );

/** @param found as printed @param why it is not markup, as a sentence */
export const leftover = (place: TextPlace, found: string, why: string, hint: string): BodyProblem =>
  warning('markup-leftover', place, `“${short(found, 70)}” is printed as text. ${why}`, hint);

/** Markup in a value of the front matter. @param key whose value it is */
export const leftoverInValue = (place: Place, found: string, key: string, hint = 'Delete the markup.'): Problem =>
  warning(
    'markup-leftover',
    place,
    `“${found}” is printed as text, because ${key.slice(0, 40)} cannot contain markup.`,
    hint,
  );

export const frontMatterInText = (place: TextPlace): BodyProblem =>
  warning(
    'markup-leftover',
    place,
    'These lines look like front matter, but the front matter ends above them. They are printed as text.',
    'Move them above the line  ---  that ends the front matter.',
  );

export const mergeMark = (place: TextPlace, mark: string): BodyProblem =>
  warning(
    'markup-leftover',
    place,
    `“${mark}” was left behind by an unfinished merge of two versions.`,
    'Keep one of the versions, and delete the lines that begin with <<<<<<< , ======= and >>>>>>> .',
  );

export const codeInText = (place: TextPlace, line: string): BodyProblem =>
  warning(
    'markup-leftover',
    place,
    `“${line.slice(0, 60)}” is program code and is printed as text.`,
    'Delete the line.',
  );

export const codeNotClosed = (place: TextPlace): BodyProblem =>
  warning(
    'code-not-closed',
    place,
    'A code block begins here and never ends, so the rest of the story is printed as code.',
    'Where the code ends, repeat the characters that open it, on a separate line.',
  );

/** @param signs of the line below it, such as "hyphens" */
export const headingByAccident = (place: TextPlace, words: string, signs: string): BodyProblem =>
  warning(
    'heading-by-accident',
    place,
    `“${words}” is printed as a heading, because of the line of ${signs} below it.`,
    `If you want a break, put an empty line above the ${signs}. If you want a heading, begin it with  ## .`,
  );

/** @param known the address that links go to */
export const referenceTwice = (place: TextPlace, label: string, known: string): BodyProblem =>
  warning(
    'reference-twice',
    place,
    `The address of [${label}] is defined twice. All links go to the first one: ${known.slice(0, 80)} .`,
    'Give one of the two another name.',
  );

export const htmlSelfClosed = (place: TextPlace, tag: string, name: string): BodyProblem =>
  warning(
    'html-self-closed',
    place,
    `In HTML, the slash in ${tag.slice(0, 60)} does not close the element, so what follows became part of it.`,
    `Write  ${tag.replace(/\s*\/>$/, '>').slice(0, 60)}</${name}> .`,
  );

export const htmlNotClosed = (place: TextPlace, name: string): BodyProblem =>
  warning(
    'html-not-closed',
    place,
    `<${name}> begins here and never ends, so everything that follows may be part of it.`,
    `Write  </${name}>  where it ends. To show it as text, write  \\<  instead of  < .`,
  );
