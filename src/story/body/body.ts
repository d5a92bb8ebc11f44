import { isUpright } from '../../pictures/crop.ts';
import type { PictureFacts } from '../../pictures/picture.ts';

/**
 * A story's body, ready to be rendered: runs of finished HTML and, between them, the few things that
 * need the index or a component. Nothing in it is evaluated; a story is data, not code.
 *
 * HTML runs need not be balanced one by one (`<ul><li>`, a picture, `</li></ul>`); printed in order
 * they are.
 */
export type Body = BodyPart[];

export type BodyPart = { kind: 'html'; html: string } | BodyPicture | BodyLink | BodyElement;

/** `![alt](src "caption")`, `<Picture …/>`, or a raw `<img>`/`<figure>` of a local picture. */
export interface BodyPicture {
  kind: 'picture';
  /** As written, decoded: relative to the story's folder. */
  src: string;
  /** undefined: not given (take it from the file); '' never means decorative, `decorative` does. */
  alt?: string;
  /** Text as written. */
  caption?: string;
  credit?: string;
  /** Such as `map`; `kind` is taken by the part itself. */
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
  /** How wide it stands, as written. */
  size?: 'normal' | 'wide' | 'full' | 'half';
  /** In the file, front matter included. */
  line: number;
}

/** The words that a picture may have in the text, besides `decorative`. */
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

/** Gives a picture its words and its size; blank ones are as good as none. */
export function putPictureWords(picture: BodyPicture, words: PictureAttributes): void {
  for (const key of pictureWordKeys) {
    const text = words[key];
    if (typeof text === 'string' && text.trim() !== '') picture[key === 'kind' ? 'pictureKind' : key] = text;
  }
  const { size } = words;
  if (size === 'normal' || size === 'wide' || size === 'full' || size === 'half') picture.size = size;
}

/**
 * How wide a picture stands; undefined when as wide as the text. The pictures of a photo essay are what it is about, so
 * they stand wide unless the editor says otherwise; an upright one would be higher than a screen.
 *
 * @param isOfEssay it stands in the text of a photo essay itself, in no component
 */
export function sizeOf(
  { size }: BodyPicture,
  isOfEssay: boolean,
  facts: Pick<PictureFacts, 'widthPx' | 'heightPx'>,
): 'wide' | 'full' | 'half' | undefined {
  if (size === undefined) return isOfEssay && !isUpright(facts) ? 'wide' : undefined;
  return size === 'normal' ? undefined : size;
}

/** Whether it is shown wider than the text, and so needs more pixels. */
export const isOutOfColumn = (size: ReturnType<typeof sizeOf>): boolean => size === 'wide' || size === 'full';

/** The words of a picture under the names that an editor writes. */
export function wordsOfPicture(picture: BodyPicture): Partial<Record<(typeof pictureWordKeys)[number], string>> {
  const words: Partial<Record<(typeof pictureWordKeys)[number], string>> = {};
  for (const key of pictureWordKeys) {
    const text = picture[key === 'kind' ? 'pictureKind' : key];
    if (text !== undefined) words[key] = text;
  }
  return words;
}

/** A link to another story, `story:NAME`; what it becomes depends on whether that story is public. */
export interface BodyLink {
  kind: 'link';
  /** The name of the story without `story:` and without a fragment. */
  target: string;
  /** With `#`, or ''. */
  fragment: string;
  title?: string;
  line: number;
  children: Body;
}

/** A story component of the fixed map (`story/elements.ts`). */
export interface BodyElement {
  kind: 'element';
  name: string;
  attributes: Record<string, string | boolean>;
  children: Body;
  line: number;
  /** Of the heading that it prints; absent when it prints none. */
  level?: number;
  /** A picture that one of its attributes names. */
  picture?: BodyPicture;
  /** The story that one of its attributes names. */
  story?: { target: string; fragment: string };
  /** The file of a table, relative to the story's folder. */
  table?: string;
  /** The id of an author. */
  author?: string;
}

/** Something outside of the text that a body cannot be printed without. */
export interface BodyNeed {
  kind: 'table' | 'author';
  /** As written. */
  name: string;
  /** Of a table: the heads of its columns that are wanted, in their order. */
  columns?: string[];
  element: string;
  line: number;
}
