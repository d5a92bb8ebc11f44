import { isUpright } from '../../pictures/crop.ts';
import type { PictureFacts } from '../../pictures/picture.ts';

/**
 * A story's body, ready to be rendered: runs of finished HTML and, between them, the few parts that need the index or a
 * component. Nothing in it is evaluated, because a story is data, not code.
 *
 * A single run of HTML need not be balanced (`<ul><li>`, a picture, `</li></ul>`), but all runs printed in order are.
 */
export type Body = BodyPart[];

export type BodyPart = { kind: 'html'; html: string } | BodyPicture | BodyLink | BodyElement;

/** `![alt](src "caption")`, `<Picture …/>`, or a raw `<img>`/`<figure>` with a local picture. */
export interface BodyPicture {
  kind: 'picture';
  /** As written, decoded, relative to the folder of the story. */
  src: string;
  /** The address of a picture that the newsroom does not have. */
  wanted?: string;
  /** Only `wanted` was written, and `src` is a proposal for the name of the file. */
  isUnnamed?: true;
  /** undefined means not given (use the one in the file). '' never means decorative; `decorative` does. */
  alt?: string;
  /** Text as written. */
  caption?: string;
  credit?: string;
  /** Such as `map`. It is not called `kind`, because the part itself has that key. */
  pictureKind?: string;
  date?: string;
  place?: string;
  focus?: string;
  description?: string;
  copyright?: string;
  licence?: string;
  original?: string;
  animation?: string;
  decorative: boolean;
  /** The `size`, as written. */
  size?: 'normal' | 'wide' | 'full' | 'half';
  /** The line in the file, including the front matter. */
  line: number;
}

/** The texts that a picture can have in the body, besides `decorative`. */
const pictureWordKeys = [
  'alt',
  'caption',
  'credit',
  'kind',
  'date',
  'place',
  'focus',
  'description',
  'copyright',
  'licence',
  'original',
  'animation',
] as const;

export type PictureAttributes = Partial<Record<(typeof pictureWordKeys)[number] | 'size', unknown>>;

/** Gives a picture its texts and its size. Blank ones count as absent. */
export function putPictureWords(picture: BodyPicture, words: PictureAttributes): void {
  for (const key of pictureWordKeys) {
    const text = words[key];
    if (typeof text === 'string' && text.trim() !== '') picture[key === 'kind' ? 'pictureKind' : key] = text;
  }
  const { size } = words;
  if (size === 'normal' || size === 'wide' || size === 'full' || size === 'half') picture.size = size;
}

/**
 * The width of a picture, or undefined if it is as wide as the text. Pictures are the subject of a photo essay, so they
 * are wide unless the editor says otherwise. An upright one would be taller than the screen.
 *
 * @param isOfEssay whether it is directly in the text of a photo essay, not in a component
 */
export function sizeOf(
  { size }: BodyPicture,
  isOfEssay: boolean,
  facts: Pick<PictureFacts, 'widthPx' | 'heightPx'>,
): 'wide' | 'full' | 'half' | undefined {
  if (size === undefined) return isOfEssay && !isUpright(facts) ? 'wide' : undefined;
  return size === 'normal' ? undefined : size;
}

/** Whether it is shown wider than the text and therefore needs more pixels. */
export const isOutOfColumn = (size: ReturnType<typeof sizeOf>): boolean => size === 'wide' || size === 'full';

/** The texts of a picture, by the names that an editor uses. */
export function wordsOfPicture(picture: BodyPicture): Partial<Record<(typeof pictureWordKeys)[number], string>> {
  const words: Partial<Record<(typeof pictureWordKeys)[number], string>> = {};
  for (const key of pictureWordKeys) {
    const text = picture[key === 'kind' ? 'pictureKind' : key];
    if (text !== undefined) words[key] = text;
  }
  return words;
}

/** A link to another story, `story:NAME`. What it becomes depends on whether that story is public. */
export interface BodyLink {
  kind: 'link';
  /** The name of the story, without `story:` and without a fragment. */
  target: string;
  /** With `#`, or ''. */
  fragment: string;
  title?: string;
  line: number;
  children: Body;
}

/** A built-in story component (`story/elements.ts`). */
export interface BodyElement {
  kind: 'element';
  name: string;
  attributes: Record<string, string | boolean>;
  children: Body;
  line: number;
  /** The level of the heading that it prints. Absent if it prints none. */
  level?: number;
  /** A picture that one of its attributes names. */
  picture?: BodyPicture;
  /** The story that one of its attributes names. */
  story?: { target: string; fragment: string };
  /** The file of a table, relative to the folder of the story. */
  table?: string;
  /** The id of an author. */
  author?: string;
}

/** Something outside the text that the body cannot be printed without. */
export interface BodyNeed {
  kind: 'table' | 'author';
  /** As written. */
  name: string;
  /** For a table: the headers of the requested columns, in order. */
  columns?: string[];
  element: string;
  line: number;
}
