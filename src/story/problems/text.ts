import { error, warning } from '../../problems/problem.ts';
import { type BodyProblem, short, type TextPlace } from './shared.ts';

/* Problems with the text of a story: its size, its links, its HTML, and code in it. */

export const bodyTooLong = (chars: number, charsMax: number): BodyProblem =>
  error(
    'story-too-long',
    { line: 1 },
    `This text has ${(chars / 1e6).toFixed(1)} million characters. A story can have up to ${charsMax / 1e6} million.`,
    'Split it, or remove what was pasted in by accident.',
  );

export const bodyTooDeep = (place: TextPlace): BodyProblem =>
  error(
    'story-too-deep',
    place,
    'Quotations, lists or elements are nested more than 100 deep here.',
    'This is often a pasted line of > or * characters. Put a backslash before the first of them, or delete the line.',
  );

export const tooManyBraces = (found: number, max: number): BodyProblem =>
  error(
    'story-too-many-braces',
    { line: 1 },
    `This text has ${found.toLocaleString('en')} opening braces. The limit for .mdx files is ${max.toLocaleString('en')}.`,
    'Rename the file to .md, or split the text.',
  );

export const importInStory = (place: TextPlace, code: string): BodyProblem => {
  const word = /^\s*import\b/.test(code) ? 'import' : 'export';
  return error(
    'story-import',
    place,
    `A story does not run code, so "${short(code)}" cannot be used here.`,
    `Delete the line. ${word === 'import' ? 'You can use story components without importing them. ' : ''}If it is meant as text, write \\${word} .`,
  );
};

export const expressionInStory = (place: TextPlace, code: string): BodyProblem =>
  error(
    'story-expression',
    place,
    `Text in braces is code, and a story does not run code: {${short(code)}}`,
    'Write the result itself. To print a brace, write \\{ .',
  );

/** @param name of the attribute, or undefined if the braces do not belong to one */
export const attributeExpression = (
  place: TextPlace,
  element: string,
  name: string | undefined,
  code: string,
): BodyProblem =>
  name === undefined
    ? error(
        'story-expression',
        place,
        `<${element}> has {${short(code)}} among its attributes, but a story does not run code.`,
        'Write each attribute separately, such as  alt="words" .',
      )
    : error(
        'story-expression',
        place,
        `The attribute "${name}" of <${element}> has a value in braces, but a story does not run code: ${name}={${short(code)}}`,
        `Write  ${name}="words"  with quotation marks.`,
      );

export const brokenMdx = (place: TextPlace, message: string, hint?: string): BodyProblem =>
  error('story-mdx', place, message, hint);

export const headingJump = (place: TextPlace, words: string, level: number): BodyProblem =>
  warning(
    'heading-jump',
    place,
    `The heading "${short(words)}" skips a level. It is printed one level below the heading before it.`,
    `Write it with ${level - 1} number signs or fewer.`,
  );

export const quoteWithoutSource = (place: TextPlace): BodyProblem =>
  warning(
    'quote-without-source',
    place,
    'This quotation does not name its source.',
    'End it with a line  > — Name, role .',
  );

/** Why a link cannot be used. */
export type LinkFault = 'empty' | 'broken' | 'scheme' | 'to-source' | 'no-story';

/** @param href as written @param scheme such as `javascript` */
export function wrongLink(place: TextPlace, fault: LinkFault, href: string, scheme?: string): BodyProblem {
  const shown = short(href);
  switch (fault) {
    case 'empty':
      return warning(
        'link-empty',
        place,
        'This link has no address, so it is printed as plain text.',
        'Write the address between the parentheses.',
      );
    case 'broken':
      return warning(
        'link-broken',
        place,
        `"${shown}" is not a valid address, so it is printed as plain text.`,
        'Check the address.',
      );
    case 'scheme':
      return error(
        'link-scheme',
        place,
        `The link "${shown}" begins with "${scheme}:". That is not allowed in a story.`,
        'A link can begin with https:, http:, mailto:, tel:, sms: or story:, or be a path such as /about/ .',
      );
    case 'to-source':
      return {
        ...error(
          'link-to-source',
          place,
          `The link "${shown}" names a content file, which readers cannot open.`,
          'Write  story:…  with the path of the story below content/stories.',
        ),
        href,
      };
    case 'no-story':
      return error(
        'link-story-empty',
        place,
        'This link begins with  story:  but does not name a story.',
        'Write the path of the story below content/stories, such as  story:2025/02/harbour-reopens .',
      );
  }
}

export const missingFragment = (place: TextPlace, id: string): BodyProblem =>
  warning(
    'link-fragment',
    place,
    `The link "#${short(id)}" does not match any heading or place in this text.`,
    'Write the words of the heading in lower case with hyphens, such as  #the-vote .',
  );

export const capitalTag = (place: TextPlace, tag: string): BodyProblem =>
  warning(
    'html-unknown',
    place,
    `${short(tag)} is not HTML, so it is printed as text.`,
    'If it is a story component, rename the file to .mdx. If it is meant as text, write a backslash before it.',
  );

export const unknownTag = (place: TextPlace, name: string): BodyProblem =>
  warning(
    'html-unknown',
    place,
    `<${name}> is not HTML, so it is not printed.`,
    `If it is meant as text, write \\<${name}> .`,
  );

export const removedTag = (place: TextPlace, name: string): BodyProblem =>
  warning(
    'html-removed',
    place,
    `<${name}> is not allowed in a story, so it is not printed.`,
    name === 'script' ? 'Pages do not run scripts that are in stories.' : 'Write its content in Markdown.',
  );

export const posterLeftOut = (place: TextPlace, poster: string): BodyProblem =>
  warning(
    'poster-left-out',
    place,
    `The picture "${short(poster)}" is not printed, because Broadsheet prints a link to the video and not a player with a poster.`,
    `To print it above the video, write  ![What is seen](${short(poster)}) . Otherwise delete  poster .`,
  );
