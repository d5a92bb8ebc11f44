import { datesOf } from '../../i18n/dates.ts';
import type { Words } from '../../i18n/vocabulary.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import { comparable } from '../../pictures/plain-text.ts';
import { sourceLabel } from '../../pictures/source-type.ts';
import type { Site } from '../../site/site.ts';
import { licenceOf, withoutLicence } from './licence.ts';

/** The notes below a picture, each in the language of the page. */
export interface PictureNotes {
  /** As given for the picture, possibly without the licence at its end. */
  caption?: string;
  captionHtml?: string;
  /** Place and date, if they are to be printed: "Galway, 12 February 2025". */
  where?: string;
  /** The kind, with the date of a file photo, and the credit. Either can be printed alone. */
  kind?: string;
  credit?: string;
  /** "Made with AI" and similar labels. */
  source?: string;
  copyright?: string;
  /** If there is no `href`, `words` is the name of the licence. */
  licence?: { words: string; href?: string };
  reuse?: { words: string; href: string };
}

/**
 * The notes of a picture for a page.
 *
 * Nothing is repeated, because anyone listening would hear it twice: a copyright notice that only repeats the credit is
 * not printed, and a licence that is printed below is removed from the credit, the notice, and a plain caption. A
 * caption that links to the licence already names it.
 *
 * @param words of the page, in `language`
 */
export function pictureNotes(
  site: Site,
  picture: Omit<ShownPicture, 'facts' | 'alt'>,
  words: Words,
  language: string,
): PictureNotes {
  const { kind, place, reuse, captionHtml } = picture;
  const licence =
    picture.licence !== undefined && captionHtml?.includes(`href="${picture.licence}"`) ? undefined : picture.licence;
  const once = (text: string | undefined) =>
    text === undefined || picture.licence === undefined ? text : withoutLicence(text, picture.licence);
  const [credit, copyright] = [once(picture.credit), once(picture.copyright)];
  const caption = captionHtml === undefined ? once(picture.caption) : picture.caption;
  const date = picture.date === undefined ? undefined : dayWords(picture.date, language, site.timeZone);
  const isFile = kind === 'file';
  const where = [place, isFile ? undefined : date].filter((part) => part !== undefined).join(words.comma);
  const label = kind && [words.pictureKinds[kind], isFile ? date : undefined].filter(Boolean).join(words.comma);
  const source = sourceLabel(picture.sourceType);
  return {
    ...(caption !== undefined && { caption }),
    ...(captionHtml !== undefined && { captionHtml }),
    ...(where && { where }),
    ...(label && { kind: label }),
    ...(credit !== undefined && { credit }),
    ...(source && { source: words.pictureSources[source] }),
    ...(copyright !== undefined && !repeatsCredit(copyright, credit) && { copyright }),
    ...(licence !== undefined && { licence: licenceOf(site, licence, words) }),
    ...(reuse !== undefined && { reuse: { words: words.pictureReuse, href: reuse } }),
  };
}

/** `2019`, `2019-05`, or `2019-05-31` as readers expect it. A calendar day has no time zone. */
function dayWords(date: string, language: string, timeZone: string): string {
  if (date.length < 10) return datesOf(language, timeZone).period(date);
  return datesOf(language, 'UTC').day(Date.parse(date));
}

const repeatsCredit = (copyright: string, credit: string | undefined): boolean =>
  credit !== undefined && comparable(copyright).replace(/^(?:© |copyright |c )+/, '') === comparable(credit);
