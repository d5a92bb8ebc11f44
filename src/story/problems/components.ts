import { nearest } from '../../problems/nearest.ts';
import { error, warning } from '../../problems/problem.ts';
import type { Holds } from '../elements.ts';
import { type BodyProblem, didYouMean, short, type TextPlace } from './shared.ts';

/* Problems with a story component: its name, its attributes, and its content. */

/** @param name null for an empty tag */
export function unknownElement(place: TextPlace, name: string | null, known: readonly string[]): BodyProblem {
  if (!name)
    return error('story-element-unknown', place, 'An empty tag <> is not a story component.', 'Delete <> and </> .');
  const meant = nearest(name, known);
  return error(
    'story-element-unknown',
    place,
    `<${name}> is not a story component.`,
    didYouMean(
      meant && `<${meant}>`,
      `The components are: ${known.join(', ')}. If it is meant as text, write \\<${name}> .`,
    ),
  );
}

export const unknownAttribute = (
  place: TextPlace,
  element: string,
  name: string,
  known: readonly string[],
): BodyProblem =>
  error(
    'story-attribute-unknown',
    place,
    `<${element}> has no attribute "${name}".`,
    didYouMean(
      nearest(name, known),
      known.length > 0 ? `Its attributes are: ${known.join(', ')}.` : `<${element}> takes no attributes.`,
    ),
  );

export const missingAttribute = (place: TextPlace, element: string, name: string): BodyProblem =>
  error(
    'story-attribute-missing',
    place,
    `<${element}> needs the attribute "${name}".`,
    `Write  <${element} ${name}="…" … .`,
  );

/** @param why as a sentence without its full stop */
export const wrongAttribute = (place: TextPlace, element: string, name: string, why: string): BodyProblem =>
  error('story-attribute-wrong', place, `The attribute "${name}" of <${element}>: ${why}.`);

export const doubledAttribute = (place: TextPlace, element: string, name: string): BodyProblem =>
  error('story-attribute-twice', place, `<${element}> has the attribute "${name}" twice.`, 'Delete one of them.');

export const childrenNotAllowed = (place: TextPlace, element: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> cannot contain anything.`,
    `Write  <${element} … />  and put the text after it.`,
  );

/** @param found what else it contains, such as "a picture" */
export const textOnly = (place: TextPlace, element: string, found: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> can contain only text, links and emphasis, but it contains ${found}.`,
    'Move that before or after the component.',
  );

export const emptyElement = (place: TextPlace, element: string, kind: Holds): BodyProblem =>
  error(
    'story-element-empty',
    place,
    `<${element}> is empty, so there is nothing to print.`,
    `Put ${wanted[kind]} into it, or delete it.`,
  );

/** What a component contains, for the middle of a sentence. */
const wanted: Record<Holds, string> = {
  none: 'nothing',
  text: 'text',
  blocks: 'a paragraph or a list',
  list: 'one list whose lines begin with a hyphen',
  entries: 'a list whose items begin with a date in bold, such as  - **2025-02-12** The harbour opens.',
  questions: 'questions as headings (### …) with an answer below each',
  pictures: 'two or more pictures',
  pair: 'two pictures',
  table: 'a Markdown table (or name a file with  src="figures.csv" )',
};

/** @param found what else it contains, such as "a second list" */
export const wrongChildren = (place: TextPlace, element: string, kind: Holds, found: string): BodyProblem =>
  error(
    'story-element-children',
    place,
    `<${element}> contains ${found}. It can contain only ${wanted[kind].replace(/\.$/, '')}.`,
    'Move the rest before or after the component.',
  );

export const componentInParagraph = (place: TextPlace, element: string): BodyProblem =>
  error(
    'story-element-inline',
    place,
    `<${element}> is inside a paragraph. It must be a block of its own.`,
    'Put it on separate lines, with an empty line before and after it.',
  );

/** @param element a component that makes a figure */
export const nestedFigure = (place: TextPlace, element?: string): BodyProblem =>
  error(
    'figure-nested',
    { line: place.line },
    element === undefined
      ? 'A <figure> is inside another <figure>.'
      : `<${element}> is inside a <figure> but makes a figure of its own.`,
    'Delete the outer <figure> . To group pictures, use <Gallery> in an .mdx file.',
  );

export const entryWithoutDate = (place: TextPlace, element: string, words: string): BodyProblem =>
  error(
    'timeline-without-date',
    place,
    `An entry of <${element}> does not begin with a date in bold: "${short(words)}"`,
    'Write it as  - **2025-02-12** The harbour opens.  Any words in bold can be the date.',
  );

export const questionWithoutAnswer = (place: TextPlace, words: string): BodyProblem =>
  error(
    'question-without-answer',
    place,
    `The question "${short(words)}" has no answer below it.`,
    'Write the answer as a paragraph below it, or delete the question.',
  );

export const galleryOfOne = (place: TextPlace): BodyProblem =>
  warning(
    'gallery-of-one',
    place,
    'This <Gallery> has only one picture.',
    'Add another picture, or delete <Gallery> and </Gallery> and keep the picture.',
  );

export const pairOfOthers = (place: TextPlace, count: number): BodyProblem =>
  error(
    'pair-of-others',
    place,
    `A <Pair> needs two pictures, but this one has ${count}.`,
    count === 1 ? 'Add the other picture, or delete <Pair> and </Pair> .' : 'Write  <Gallery>  instead.',
  );
