import { plainPicture } from '../../pictures/hrefs.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import type { Placeholder } from '../../queries/results.ts';
import { escapeAttribute } from '../../site/markup.ts';
import { plainRun } from './links.ts';
import type { Printing } from './printing.ts';

export const paragraph = (html: string): string => (html === '' ? '' : `<p>${html}</p>`);

export const linked = (href: string, html: string): string => `<a href="${escapeAttribute(href)}">${html}</a>`;

/** @param mark the class of the paragraph, for programs that read the text again */
export function notice(label: string, text: string, { words }: Pick<Printing, 'words'>, mark?: string): string {
  return `<p${mark === undefined ? '' : ` class="${mark}"`}><b>${label}${words.colon.trimEnd()}</b> ${escapeAttribute(text)}</p>`;
}

/**
 * A picture with its caption and credit. They are two elements, because readers would otherwise take one for the end of
 * the other.
 */
export function figure(picture: ShownPicture, printing: Printing, isPortrait = false): string {
  if (printing.isWithoutPictures) return '';
  const { url, widthPx, heightPx, class: mark } = placeOf(picture, printing, isPortrait);
  return `<figure><img src="${escapeAttribute(url)}" width="${widthPx}" height="${heightPx}" alt="${escapeAttribute(picture.alt)}"${mark === undefined ? '' : ` class="${mark}"`}>${captionBelow(picture, printing)}</figure>`;
}

function placeOf(picture: ShownPicture, printing: Printing, isPortrait: boolean) {
  const { site, pictureAt } = printing;
  // The portrait of an author has renditions of its square only.
  const onSite = () =>
    plainPicture(site, picture.facts, { use: isPortrait ? 'portrait' : 'text', focus: picture.focus });
  return pictureAt ? pictureAt(picture, isPortrait) : { ...onSite(), class: undefined };
}

/** The caption and the credit of a picture, each in its own element, or '' if it has neither. */
export function captionBelow(
  texts: Pick<Placeholder, 'caption' | 'captionHtml' | 'credit'>,
  printing: Printing,
): string {
  const caption =
    texts.captionHtml === undefined
      ? texts.caption && escapeAttribute(texts.caption)
      : plainRun(texts.captionHtml, printing);
  const spans = [
    caption && `<span class="caption">${caption}</span>`,
    texts.credit && `<span class="credit">${escapeAttribute(texts.credit)}</span>`,
  ].filter(Boolean);
  return spans.length > 0 ? `<figcaption>${spans.join(' ')}</figcaption>` : '';
}

/** What readers get of a picture that the newsroom does not have. */
export function unavailable(placeholder: Placeholder, printing: Printing): string {
  if (printing.isWithoutPictures) return '';
  if (printing.placeholder) return printing.placeholder(placeholder);
  const { pictureUnavailable, colon } = printing.words;
  const words = [placeholder.caption, placeholder.credit].filter((text) => text !== undefined).map(escapeAttribute);
  return words.length > 0
    ? `<p><b>${pictureUnavailable}${colon.trimEnd()}</b> ${words.join(' ')}</p>`
    : `<p><b>${pictureUnavailable}</b></p>`;
}
