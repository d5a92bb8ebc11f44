import type { Words } from '../../i18n/vocabulary.ts';
import type { ShownPicture } from '../../pictures/picture.ts';

/** A part of a caption below several pictures. */
export interface CaptionPart {
  /** "Left:", "Right:". */
  label?: string;
  /** Plain text. `html` is the same with its links and emphasis. */
  text: string;
  html?: string;
}

/** Two pictures with one caption. */
export interface PairCaption {
  /** Below both, in order. Empty if there is no caption. */
  shared: CaptionPart[];
  /** The pictures with the notes that stay separate: credit, rights, and description. */
  pictures: ShownPicture[];
}

/**
 * The caption of two pictures side by side.
 *
 * They share one caption, with "Left:" and "Right:" before their own texts, because two narrow captions are hard to
 * read. A caption for both comes first. Nothing is repeated.
 *
 * @param pictures in the order of the text. The first one is on the side where lines begin
 * @param direction of the surrounding text
 * @param words in the language of the page
 * @param both the caption for both, as plain text
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

/** A picture whose caption is printed elsewhere. */
export function withoutCaption<Words extends { caption?: string; captionHtml?: string }>({
  caption: _,
  captionHtml: __,
  ...picture
}: Words): Omit<Words, 'caption' | 'captionHtml'> {
  return picture;
}

const part = (text: string, html?: string, label?: string): CaptionPart => ({
  ...(label !== undefined && { label }),
  text,
  ...(html !== undefined && { html }),
});
