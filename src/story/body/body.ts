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

export type PictureAttributes = Partial<Record<(typeof pictureWordKeys)[number], unknown>>;

/** Gives a picture its words; blank ones are as good as none. */
export function putPictureWords(picture: BodyPicture, words: PictureAttributes): void {
  for (const key of pictureWordKeys) {
    const text = words[key];
    if (typeof text === 'string' && text.trim() !== '') picture[key === 'kind' ? 'pictureKind' : key] = text;
  }
}

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
}
