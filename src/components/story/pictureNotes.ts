import { datesOf } from '../../i18n/dates.ts';
import type { Words } from '../../i18n/vocabulary.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import { comparable } from '../../pictures/plain-text.ts';
import { sourceLabel } from '../../pictures/source-type.ts';
import { isSitePath, isWebAddress } from '../../site/link-address.ts';
import type { Site } from '../../site/site.ts';
import { linkHref } from '../link.ts';

/** What stands under a picture besides its caption, each part in the language of the words. */
export interface PictureNotes {
  /** Place and day, where they are wanted: "Galway, 12 February 2025". */
  where?: string;
  /** The kind, with its day for a file photo; and who is named. Either may stand alone. */
  kind?: string;
  credit?: string;
  /** "Made with AI" and the like. */
  source?: string;
  copyright?: string;
  /** Without an address it is a name. */
  licence?: { words: string; href?: string };
  reuse?: { words: string; href: string };
}

/**
 * The notes of a picture for a page.
 *
 * A copyright notice that only says the credit again is not printed: who listens would hear it twice.
 *
 * @param words of the voice of the page, in `language`
 */
export function pictureNotes(site: Site, picture: ShownPicture, words: Words, language: string): PictureNotes {
  const { credit, kind, place, copyright, licence, reuse } = picture;
  const date = picture.date === undefined ? undefined : dayWords(picture.date, language, site.timeZone);
  const isFile = kind === 'file';
  const where = [place, isFile ? undefined : date].filter((part) => part !== undefined).join(words.comma);
  const label = kind && [words.pictureKinds[kind], isFile ? date : undefined].filter(Boolean).join(words.comma);
  const source = sourceLabel(picture.sourceType);
  return {
    ...(where && { where }),
    ...(label && { kind: label }),
    ...(credit !== undefined && { credit }),
    ...(source && { source: words.pictureSources[source] }),
    ...(copyright !== undefined && !repeatsCredit(copyright, credit) && { copyright }),
    ...(licence !== undefined && { licence: licenceOf(site, licence, words) }),
    ...(reuse !== undefined && { reuse: { words: words.pictureReuse, href: reuse } }),
  };
}

/** `2019`, `2019-05` or `2019-05-31` as people say it; a day of the calendar has no time zone. */
function dayWords(date: string, language: string, timeZone: string): string {
  if (date.length < 10) return datesOf(language, timeZone).period(date);
  return datesOf(language, 'UTC').day(Date.parse(date));
}

const repeatsCredit = (copyright: string, credit: string | undefined): boolean =>
  credit !== undefined && comparable(copyright).replace(/^(?:© |copyright |c )+/, '') === comparable(credit);

function licenceOf(site: Site, licence: string, words: Words): { words: string; href?: string } {
  const commons =
    /^https?:\/\/creativecommons\.org\/(?:licenses\/([a-z-]+)\/([\d.]+)|publicdomain\/zero\/([\d.]+))/.exec(licence);
  const name = commons?.[1]
    ? `CC ${commons[1].toUpperCase()} ${commons[2]}`
    : commons
      ? `CC0 ${commons[3]}`
      : undefined;
  if (isWebAddress(licence)) return { words: name ?? words.licence, href: licence };
  if (isSitePath(licence)) return { words: words.licence, href: linkHref(site, licence) };
  return { words: words.licence + words.colon + licence };
}
