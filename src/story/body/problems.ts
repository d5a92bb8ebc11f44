import { nearest } from '../../problems/nearest.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Holds } from '../elements.ts';
import type { Link } from './links.ts';

/** A problem of a body before it has its file; lines are those of the body's text, from 1. */
export type BodyProblem = Omit<Problem, 'file'>;

export interface Place {
  line: number;
  column?: number;
}

const error = (rule: string, place: Place, message: string, hint?: string): BodyProblem => ({
  rule,
  severity: 'error',
  line: place.line,
  ...(place.column === undefined ? {} : { column: place.column }),
  message,
  ...(hint === undefined ? {} : { hint }),
});

const warning = (rule: string, place: Place, message: string, hint?: string): BodyProblem => ({
  ...error(rule, place, message, hint),
  severity: 'warning',
});

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
};

export const bodyTooLong = (chars: number): BodyProblem =>
  error(
    'story-too-long',
    { line: 1 },
    `This text has ${(chars / 1e6).toFixed(1)} million characters, which is not taken for a story.`,
    'Split it, or take out what was pasted in by accident.',
  );

export const bodyTooDeep = (place: Place): BodyProblem =>
  error(
    'story-too-deep',
    place,
    'Quotations, lists or elements stand inside each other more than a hundred deep here.',
    'Often a line of > or * signs was pasted in. Put a backslash before the first of them, or take it out.',
  );

export const tooManyBraces = (found: number, max: number): BodyProblem =>
  error(
    'story-too-many-braces',
    { line: 1 },
    `This text has ${found.toLocaleString('en')} opening braces. The limit for MDX is ${max.toLocaleString('en')}.`,
    'Rename the file to .md, or split the text.',
  );

export const tableTooWide = (place: Place): BodyProblem =>
  error(
    'table-too-wide',
    place,
    'This line would make a table of more than 200 columns.',
    'Take it out, or put it between lines of ``` as plain text.',
  );

export const importInStory = (place: Place, code: string): BodyProblem =>
  error(
    'story-import',
    place,
    `A story is text, not program: "${short(code)}" cannot be used here.`,
    /^\s*import\b/.test(code)
      ? 'Take the line out; the story components can be used without it. If it is meant as text, write \\import .'
      : 'Take the line out. If it is meant as text, write \\export .',
  );

export const expressionInStory = (place: Place, code: string): BodyProblem =>
  error(
    'story-expression',
    place,
    `Braces would run program code, and a story is text, not program: {${short(code)}}`,
    'Write the result itself. If you want to show a brace, write \\{ .',
  );

export const attributeExpression = (
  place: Place,
  element: string,
  name: string | undefined,
  code: string,
): BodyProblem =>
  error(
    'story-expression',
    place,
    name === undefined
      ? `<${element}> has {${short(code)}} among its attributes; a story is text, not program.`
      : `The attribute "${name}" of <${element}> has a value in braces, which would run program code: ${name}={${short(code)}}`,
    name === undefined
      ? 'Write each attribute out, such as  alt="words" .'
      : `Write  ${name}="words"  with quotation marks.`,
  );

export const unknownElement = (place: Place, name: string | null, known: readonly string[]): BodyProblem => {
  if (!name)
    return error('story-element-unknown', place, 'An empty tag <> is no story component.', 'Take out <> and </> .');
  const meant = nearest(name, known);
  return error(
    'story-element-unknown',
    place,
    `<${name}> is not a story component.`,
    meant
      ? `Did you mean  <${meant}> ?`
      : `The components are: ${known.join(', ')}. If it is meant as text, write \\<${name}> .`,
  );
};

export const unknownAttribute = (
  place: Place,
  element: string,
  name: string,
  known: readonly string[],
): BodyProblem => {
  const meant = nearest(name, known);
  return error(
    'story-attribute-unknown',
    place,
    `<${element}> has no attribute "${name}".`,
    meant
      ? `Did you mean  ${meant} ?`
      : known.length > 0
        ? `The attributes are: ${known.join(', ')}.`
        : `<${element}> takes no attributes.`,
  );
};

export const missingAttribute = (place: Place, element: string, name: string): BodyProblem =>
  error(
    'story-attribute-missing',
    place,
    `<${element}> needs the attribute "${name}".`,
    `Write  <${element} ${name}="…" … .`,
  );

export const wrongAttribute = (place: Place, element: string, name: string, why: string): BodyProblem =>
  error('story-attribute-wrong', place, `The attribute "${name}" of <${element}>: ${why}.`);

export const doubledAttribute = (place: Place, element: string, name: string): BodyProblem =>
  error('story-attribute-twice', place, `<${element}> has the attribute "${name}" twice.`, 'Take one of them out.');

export const childrenNotAllowed = (place: Place, element: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> holds no text.`,
    `Write  <${element} … />  and put the text after it.`,
  );

export const textOnly = (place: Place, element: string, tag: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> holds text only, and there is ${tag} in it.`,
    'Words, links and emphasis are fine; put everything else before or after it.',
  );

export const emptyElement = (place: Place, element: string, kind: Holds): BodyProblem =>
  error(
    'story-element-empty',
    place,
    `<${element}> is empty, so there is nothing to print.`,
    `Put ${wanted[kind]} into it, or take it out.`,
  );

const wanted: Record<Holds, string> = {
  none: 'nothing',
  text: 'words',
  blocks: 'a paragraph or a list',
  list: 'one list, each line beginning with a hyphen,',
  entries: 'a list whose items begin with their date in bold, such as  - **2025-02-12** The harbour opens. ,',
  questions: 'questions as headings (### …) and an answer below each',
  pictures: 'two pictures or more',
  pair: 'two pictures',
  table: 'a Markdown table, or name a file with  src="figures.csv" ,',
};

export const wrongChildren = (place: Place, element: string, kind: Holds, found: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> holds ${wanted[kind].replace(/ ,$|,$/, '')} and nothing else, and there is ${found} in it.`,
    'Put that before or after the component.',
  );

export const componentInParagraph = (place: Place, element: string): BodyProblem =>
  error(
    'story-element-inline',
    place,
    `<${element}> stands in the middle of a paragraph, and it is a piece of its own.`,
    'Put it on lines of its own, with an empty line before and after it.',
  );

export const nestedFigure = (place: Place, element?: string): BodyProblem =>
  error(
    'figure-nested',
    { line: place.line },
    element === undefined
      ? 'A <figure> stands inside another <figure>.'
      : `<${element}> stands inside a <figure>, and it makes a figure of its own.`,
    'Take the outer <figure> out. Pictures that belong together go into a <Gallery> (in .mdx).',
  );

export const entryWithoutDate = (place: Place, element: string, words: string): BodyProblem =>
  error(
    'timeline-without-date',
    place,
    `An entry of <${element}> does not begin with its date in bold: "${short(words)}"`,
    'Write it as  - **2025-02-12** The harbour opens.  Any words in bold will do as a date.',
  );

export const questionWithoutAnswer = (place: Place, words: string): BodyProblem =>
  error(
    'question-without-answer',
    place,
    `The question "${short(words)}" has no answer below it.`,
    'Write the answer as a paragraph after it, or take the question out.',
  );

export const galleryOfOne = (place: Place): BodyProblem =>
  warning(
    'gallery-of-one',
    place,
    'This <Gallery> has one picture.',
    'Add another, or take <Gallery> and </Gallery> out and leave the picture.',
  );

export const pairOfOthers = (place: Place, count: number): BodyProblem =>
  error(
    'pair-of-others',
    place,
    `A <Pair> is two pictures, and there ${count === 1 ? 'is one' : `are ${count}`} in it.`,
    count === 1 ? 'Add the other, or take <Pair> and </Pair> out.' : 'Write  <Gallery>  instead.',
  );

export const tableTwice = (place: Place): BodyProblem =>
  error(
    'table-twice',
    place,
    '<Table> names a file and holds a table as well.',
    'Take out  src="…" , or take out the Markdown table.',
  );

export const tableWithoutHeads = (place: Place): BodyProblem =>
  warning(
    'table-without-header',
    place,
    'This table has no heads, so nobody who hears it knows what its columns are.',
    'Write what each column holds into its first line.',
  );

export const quoteWithoutSource = (place: Place): BodyProblem =>
  warning(
    'quote-without-source',
    place,
    'This quotation does not say whose words they are.',
    'End it with a line  > — Name, what they are .',
  );

export const headingJump = (place: Place, words: string, level: number): BodyProblem =>
  warning(
    'heading-jump',
    place,
    `The heading "${short(words)}" skips a level; it is printed one below the heading before it.`,
    `Write it with ${level - 1} number signs or fewer.`,
  );

export const wrongLink = (place: Place, link: Extract<Link, { kind: 'wrong' }>, href: string): BodyProblem => {
  const shown = short(href);
  switch (link.rule) {
    case 'link-empty':
      return warning(
        'link-empty',
        place,
        'This link leads nowhere, so its words are printed without it.',
        'Put the address between the parentheses.',
      );
    case 'link-broken':
      return warning(
        'link-broken',
        place,
        `"${shown}" is no address that can work, so its words are printed without the link.`,
        'Check the address.',
      );
    case 'link-scheme':
      return error(
        'link-scheme',
        place,
        `The link "${shown}" begins with "${link.scheme}:", which is not allowed in a story.`,
        'A link may begin with https:, http:, mailto:, tel:, sms: or story:, or be a path such as /about/ .',
      );
    case 'link-to-source': {
      const name = short(
        href
          .replace(/[?#].*$/, '')
          .replace(/(?:\/index)?\.mdx?$/i, '')
          .replace(/^(?:\.{0,2}\/)+/, ''),
      );
      return error(
        'link-to-source',
        place,
        `"${shown}" names a file of the newsroom; readers have no such file.`,
        `Write  story:${name}  with the story's path under content/stories.`,
      );
    }
    case 'link-story-empty':
      return error(
        'link-story-empty',
        place,
        'This link says  story:  and not which story.',
        "Write  story:2025/02/harbour-reopens , the story's path under content/stories.",
      );
  }
};

export const missingFragment = (place: Place, id: string): BodyProblem =>
  warning(
    'link-fragment',
    place,
    `The link "#${short(id)}" leads to no place in this text.`,
    'A heading is named by its words, such as  #the-vote .',
  );

/** @param kind what the name was to be the name of */
export function wrongPicture(
  place: Place,
  rule: 'picture-without-name' | 'picture-remote' | 'picture-pasted' | 'picture-absolute',
  written: string,
  kind: 'picture' | 'table' = 'picture',
): BodyProblem {
  if (kind === 'table')
    return error(
      'table-elsewhere',
      place,
      `The table "${short(written)}" does not lie beside the story.`,
      'Save it as a .csv file in the folder of the story and write its name.',
    );
  switch (rule) {
    case 'picture-without-name':
      return pictureWithoutName(place);
    case 'picture-remote':
      return remotePicture(place, written);
    case 'picture-pasted':
      return pastedPicture(place, written);
    case 'picture-absolute':
      return absolutePicture(place, written);
  }
}

export const pictureWithoutName = (place: Place): BodyProblem =>
  error(
    'picture-without-name',
    place,
    'This picture does not name a file.',
    'Write the name of a file that lies beside the story:  ![what is seen](photo.jpg "caption") .',
  );

export const remotePicture = (place: Place, src: string): BodyProblem =>
  error(
    'picture-remote',
    place,
    `The picture "${short(src)}" is on another site. The pictures of a story lie beside it, so that they can be made fit for readers and never vanish.`,
    'Save it beside the story and write its name, if you may use it; else make it a link. `broadsheet import` turns remote pictures into links.',
  );

export const pastedPicture = (place: Place, src: string): BodyProblem =>
  error(
    'picture-remote',
    place,
    `A picture was pasted into the text as data ("${src.slice(0, 30)}…"). The pictures of a story lie beside it as files.`,
    'Save it beside the story and write its name. `broadsheet import` turns such pictures into links or words.',
  );

export const absolutePicture = (place: Place, src: string): BodyProblem =>
  error(
    'picture-absolute',
    place,
    `The picture "${short(src)}" is named by a path of the whole site or computer. The pictures of a story lie beside it.`,
    `Put the file into the story's folder and write  ${short(
      src
        .replace(/[?#].*$/, '')
        .split(/[/\\]/)
        .at(-1) ?? '',
    )} .`,
  );

export const capitalTag = (place: Place, tag: string): BodyProblem =>
  warning(
    'html-unknown',
    place,
    `${short(tag)} is no HTML, so it is shown as text.`,
    'Story components work in .mdx only: rename the file. If it is meant as text, write a backslash before it.',
  );

export const unknownTag = (place: Place, name: string): BodyProblem =>
  warning(
    'html-unknown',
    place,
    `<${name}> is no HTML and was left out.`,
    `If it is meant as text, write \\<${name}> .`,
  );

export const removedTag = (place: Place, name: string): BodyProblem =>
  warning(
    'html-removed',
    place,
    `<${name}> has no place in a story and was left out.`,
    name === 'script' ? 'A page of this site runs no scripts from stories.' : undefined,
  );

export const brokenMdx = (place: Place, message: string, hint?: string): BodyProblem =>
  error('story-mdx', place, message, hint);
