import type { Words } from '../../i18n/vocabulary.ts';
import type { ShownPicture } from '../../pictures/picture.ts';

/** A piece of a caption under several pictures. */
export interface CaptionPart {
  /** "Left:", "Right:". */
  label?: string;
  /** Plain; `html` is the same with its links and emphasis. */
  text: string;
  html?: string;
}

/** Two pictures under one caption. */
export interface PairCaption {
  /** Under both, in order; empty when nobody said anything. */
  shared: CaptionPart[];
  /** The pictures with the notes that stay their own: credit, rights, description. */
  pictures: ShownPicture[];
}

/**
 * The caption of two pictures that stand side by side.
 *
 * They share one with "Left:" and "Right:" before their own words, because two narrow captions are hard to
 * read. A caption for both comes first. Nothing is said twice.
 *
 * @param pictures in the order of the text; the first stands where lines begin
 * @param direction in which the text around them is written
 * @param words of the voice of the page
 * @param both the caption for both, plain
 */
export function pairCaption(
  pictures: readonly ShownPicture[],
  direction: 'ltr' | 'rtl',
  words: Pick<Words, 'left' | 'right'>,
  both?: string,
): PairCaption {
  const labels = direction === 'rtl' ? [words.right, words.left] : [words.left, words.right];
  const own = pictures.map(({ caption, captionHtml }, at) =>
    caption === undefined || caption === both ? undefined : part(caption, captionHtml, labels[at]),
  );
  const [first] = own;
  const isOne = first !== undefined && own.every((one) => one?.text === first.text);
  return {
    shared: [
      ...(both === undefined ? [] : [part(both)]),
      ...(isOne ? [part(first.text, first.html)] : own.filter((one) => one !== undefined)),
    ],
    pictures: pictures.map(withoutCaption),
  };
}

/** A picture whose caption stands elsewhere. */
export function withoutCaption({ caption: _, captionHtml: __, ...picture }: ShownPicture): ShownPicture {
  return picture;
}

const part = (text: string, html?: string, label?: string): CaptionPart => ({
  ...(label !== undefined && { label }),
  text,
  ...(html !== undefined && { html }),
});
