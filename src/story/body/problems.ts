import { nearest } from '../../problems/nearest.ts';
import type { Problem } from '../../problems/problem.ts';
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

export const pictureWithoutName = (place: Place): BodyProblem =>
  error(
    'picture-without-name',
    place,
    'A picture is wanted here, and no file is named.',
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
