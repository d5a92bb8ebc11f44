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

/** The captions of a group of pictures: one for all, or for each its own. */
export interface GroupCaption {
  /** Under the whole group, in order. */
  shared: CaptionPart[];
  /** Under each picture, in its order; undefined where it has none. */
  each: (CaptionPart | undefined)[];
  /** Credits under the whole group: one when all pictures have the same, else each with its label. */
  credits: CaptionPart[];
}

/**
 * Where the captions of a group stand.
 *
 * Two pictures side by side share one figcaption with "Left:" and "Right:" before their own words, because
 * two narrow captions are hard to read. More pictures have each their own below them. A caption for the
 * whole group comes first. Nothing is said twice: a picture's caption that the group's already is, is left out.
 *
 * @param shared the group's caption, as `captionOf` read it
 * @param words of the voice of the page
 */
export function groupCaption(
  pictures: readonly Pick<ShownPicture, 'caption' | 'captionHtml' | 'credit'>[],
  words: Pick<Words, 'left' | 'right'>,
  shared?: { caption: string; captionHtml?: string | undefined },
): GroupCaption {
  const isPair = pictures.length === 2;
  const labels = isPair ? [words.left, words.right] : [];
  const own = pictures.map(({ caption, captionHtml }, at): CaptionPart | undefined => {
    if (caption === undefined || caption === shared?.caption) return undefined;
    return part(caption, captionHtml, isPair ? labels[at] : undefined);
  });
  const isSame = isPair && pictures[0]?.caption !== undefined && pictures[0].caption === pictures[1]?.caption;
  const pair = isSame ? [part(pictures[0]?.caption ?? '', pictures[0]?.captionHtml)] : own.filter((one) => !!one);
  const named = pictures.map(({ credit }) => credit);
  const credits = [...new Set(named.filter((credit) => credit !== undefined))];
  const isOne = credits.length === 1 && named.every((credit) => credit !== undefined);
  return {
    shared: [...(shared ? [part(shared.caption, shared.captionHtml)] : []), ...(isPair ? pair : [])],
    each: isPair ? pictures.map(() => undefined) : own,
    credits: isOne
      ? credits.map((credit) => part(credit))
      : isPair
        ? named.flatMap((credit, at) => (credit === undefined ? [] : [part(credit, undefined, labels[at])]))
        : credits.map((credit) => part(credit)),
  };
}

const part = (text: string, html?: string, label?: string): CaptionPart => ({
  ...(label !== undefined && { label }),
  text,
  ...(html !== undefined && { html }),
});
