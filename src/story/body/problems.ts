import { nearest } from '../../problems/nearest.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Holds } from '../elements.ts';
import type { Link } from './links.ts';

/** A problem in a body before its file is known. Lines are those of the body's text, counted from 1. */
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
    `This text has ${(chars / 1e6).toFixed(1)} million characters. The limit is 2 million.`,
    'Split it, or delete anything that was pasted in by accident.',
  );

export const bodyTooDeep = (place: Place): BodyProblem =>
  error(
    'story-too-deep',
    place,
    'Quotations, lists, or elements are nested more than 100 levels deep here.',
    'A common cause is a pasted line of > or * characters. Put a backslash before the first of them, or delete the line.',
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
    'Delete it, or put it between lines of ``` as plain text.',
  );

export const importInStory = (place: Place, code: string): BodyProblem =>
  error(
    'story-import',
    place,
    `A story does not run code, so "${short(code)}" cannot be used here.`,
    /^\s*import\b/.test(code)
      ? 'Delete the line. You can use the story components without it. To show it as text, write \\import .'
      : 'Delete the line. To show it as text, write \\export .',
  );

export const expressionInStory = (place: Place, code: string): BodyProblem =>
  error(
    'story-expression',
    place,
    `Text in braces is code, and a story does not run code: {${short(code)}}`,
    'Write the result itself. To show a brace, write \\{ .',
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
      ? `<${element}> has {${short(code)}} among its attributes, but a story does not run code.`
      : `The attribute "${name}" of <${element}> has a value in braces, but a story does not run code: ${name}={${short(code)}}`,
    name === undefined
      ? 'Write each attribute with its value, such as  alt="text" .'
      : `Write  ${name}="text"  with quotation marks.`,
  );

export const unknownElement = (place: Place, name: string | null, known: readonly string[]): BodyProblem => {
  if (!name)
    return error('story-element-unknown', place, 'An empty tag <> is not a story component.', 'Delete <> and </> .');
  const meant = nearest(name, known);
  return error(
    'story-element-unknown',
    place,
    `<${name}> is not a story component.`,
    meant
      ? `Did you mean  <${meant}> ?`
      : `The components are: ${known.join(', ')}. To show it as text, write \\<${name}> .`,
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
        : `<${element}> has no attributes.`,
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
  error('story-attribute-twice', place, `<${element}> has the attribute "${name}" twice.`, 'Delete one of them.');

export const childrenNotAllowed = (place: Place, element: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> cannot contain text.`,
    `Write  <${element} … />  and put the text after it.`,
  );

export const textOnly = (place: Place, element: string, tag: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> can contain only text, but it contains ${tag}.`,
    'It can contain text, links, and emphasis. Put everything else before or after it.',
  );

export const emptyElement = (place: Place, element: string, kind: Holds): BodyProblem =>
  error(
    'story-element-empty',
    place,
    `<${element}> is empty, so there is nothing to print.`,
    `Put ${wanted[kind]} into it, or delete it.`,
  );

const wanted: Record<Holds, string> = {
  none: 'nothing',
  text: 'text',
  blocks: 'a paragraph or a list',
  list: 'one list, with a hyphen at the beginning of each line,',
  entries: 'a list in which each item begins with its date in bold, such as  - **2025-02-12** The harbour opens. ,',
  questions: 'questions as headings (### …), each with an answer below it,',
  pictures: 'two or more pictures',
  pair: 'two pictures',
  table: 'a Markdown table, or name a file with  src="figures.csv" ,',
};

export const wrongChildren = (place: Place, element: string, kind: Holds, found: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> can contain only ${wanted[kind].replace(/ ,$|,$/, '')}, but it contains ${found}.`,
    'Move that before or after the component.',
  );

export const componentInParagraph = (place: Place, element: string): BodyProblem =>
  error(
    'story-element-inline',
    place,
    `<${element}> is in the middle of a paragraph, but it must be separate from the text.`,
    'Put it on separate lines, with an empty line before and after it.',
  );

export const nestedFigure = (place: Place, element?: string): BodyProblem =>
  error(
    'figure-nested',
    { line: place.line },
    element === undefined
      ? 'A <figure> is inside another <figure>.'
      : `<${element}> is inside a <figure>, but it creates its own figure.`,
    'Delete the outer <figure>. To group pictures, use a <Gallery> (in .mdx).',
  );

export const entryWithoutDate = (place: Place, element: string, words: string): BodyProblem =>
  error(
    'timeline-without-date',
    place,
    `An entry of <${element}> does not begin with its date in bold: "${short(words)}"`,
    'Write it as  - **2025-02-12** The harbour opens.  Any text in bold can be the date.',
  );

export const questionWithoutAnswer = (place: Place, words: string): BodyProblem =>
  error(
    'question-without-answer',
    place,
    `The question "${short(words)}" has no answer below it.`,
    'Write the answer as a paragraph after it, or delete the question.',
  );

export const galleryOfOne = (place: Place): BodyProblem =>
  warning(
    'gallery-of-one',
    place,
    'This <Gallery> has only one picture.',
    'Add another picture, or delete <Gallery> and </Gallery> and keep the picture.',
  );

export const pairOfOthers = (place: Place, count: number): BodyProblem =>
  error(
    'pair-of-others',
    place,
    `A <Pair> must contain two pictures, but this one contains ${count === 1 ? 'one' : count}.`,
    count === 1 ? 'Add the other picture, or delete <Pair> and </Pair> .' : 'Write  <Gallery>  instead.',
  );

export const tableTwice = (place: Place): BodyProblem =>
  error(
    'table-twice',
    place,
    '<Table> names a file but also contains a table.',
    'Delete  src="…" , or delete the Markdown table.',
  );

export const tableWithoutHeads = (place: Place): BodyProblem =>
  warning(
    'table-without-header',
    place,
    'This table has no header row, so people who listen to the page do not know what its columns are.',
    'Write what each column contains into the first line.',
  );

export const quoteWithoutSource = (place: Place): BodyProblem =>
  warning(
    'quote-without-source',
    place,
    'This quotation does not name its speaker.',
    'Add a last line  > — Name, role .',
  );

export const headingJump = (place: Place, words: string, level: number): BodyProblem =>
  warning(
    'heading-jump',
    place,
    `The heading "${short(words)}" skips a level, so it is printed one level below the previous heading.`,
    `Write it with ${level - 1} number signs or fewer.`,
  );

export const wrongLink = (place: Place, link: Extract<Link, { kind: 'wrong' }>, href: string): BodyProblem => {
  const shown = short(href);
  switch (link.rule) {
    case 'link-empty':
      return warning(
        'link-empty',
        place,
        'This link has no address, so its text is printed without the link.',
        'Put the address between the parentheses.',
      );
    case 'link-broken':
      return warning(
        'link-broken',
        place,
        `"${shown}" is not a valid address, so the text is printed without the link.`,
        'Check the address.',
      );
    case 'link-scheme':
      return error(
        'link-scheme',
        place,
        `The link "${shown}" begins with "${link.scheme}:", which is not allowed in a story.`,
        'A link can begin with https:, http:, mailto:, tel:, sms:, or story:, or be a path such as /about/ .',
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
        `"${shown}" names a file in the newsroom, which readers do not have.`,
        `Write  story:${name} , using the story's path under content/stories.`,
      );
    }
    case 'link-story-empty':
      return error(
        'link-story-empty',
        place,
        'This link says  story:  but does not name a story.',
        "Write  story:2025/02/harbour-reopens , using the story's path under content/stories.",
      );
  }
};

export const missingFragment = (place: Place, id: string): BodyProblem =>
  warning(
    'link-fragment',
    place,
    `The link "#${short(id)}" does not match any heading or id in this text.`,
    'The id of a heading is made of its words, such as  #the-vote .',
  );

/** @param kind what the name should name */
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
      `The table "${short(written)}" is not beside the story.`,
      'Save it as a .csv file in the folder of the story, and write its name.',
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
    'Write the name of a file that is beside the story:  ![what the picture shows](photo.jpg "caption") .',
  );

export const remotePicture = (place: Place, src: string): BodyProblem =>
  error(
    'picture-remote',
    place,
    `The picture "${short(src)}" is on another site. Pictures must be beside the story, so that Broadsheet can resize them and they never disappear.`,
    'If you may use it, save it beside the story and write its name. Otherwise, link to it. `broadsheet import` turns remote pictures into links.',
  );

export const pastedPicture = (place: Place, src: string): BodyProblem =>
  error(
    'picture-remote',
    place,
    `A picture was pasted into the text as data ("${src.slice(0, 30)}…"). Pictures must be files beside the story.`,
    'Save it beside the story and write its name. `broadsheet import` turns such pictures into links or text.',
  );

export const absolutePicture = (place: Place, src: string): BodyProblem =>
  error(
    'picture-absolute',
    place,
    `The picture "${short(src)}" has an absolute path. Pictures must be beside the story.`,
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
    `${short(tag)} is not HTML, so it is shown as text.`,
    'Story components work only in .mdx files. To use the component, rename the file. To show it as text, write a backslash before it.',
  );

export const unknownTag = (place: Place, name: string): BodyProblem =>
  warning(
    'html-unknown',
    place,
    `<${name}> is not HTML, so it was removed.`,
    `To show it as text, write \\<${name}> .`,
  );

export const posterLeftOut = (place: Place, poster: string): BodyProblem =>
  warning(
    'poster-left-out',
    place,
    `The picture "${short(poster)}" is not shown: Broadsheet prints a link to the video, and no player with a poster.`,
    `Show it above the video:  ![What is seen](${short(poster)}) , or take  poster  out.`,
  );

export const removedTag = (place: Place, name: string): BodyProblem =>
  warning(
    'html-removed',
    place,
    `<${name}> is not allowed in a story, so it was removed.`,
    name === 'script' ? 'Pages do not run scripts from stories.' : undefined,
  );

export const brokenMdx = (place: Place, message: string, hint?: string): BodyProblem =>
  error('story-mdx', place, message, hint);
