import { unmarked } from '../../i18n/borrowed.ts';
import { hasWords, wordsOf } from '../../i18n/words.ts';
import { noticeMark } from '../../newsroom/own-meta.ts';
import { pictureId } from '../../pictures/picture.ts';
import type { WireDay, WireEntry, WireResult } from '../../queries/results.ts';
import { wireAddress, wireDayAddress } from '../../site/address.ts';
import { isoInZone } from '../../site/local-time.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import { printingOf, wholeText } from '../body.ts';
import { identityOf } from '../identity.ts';
import { ninjsOf } from './ninjs.ts';
import { wirePictures } from './pictures.ts';

/**
 * A story as other newsrooms get it: ninjs 3.1, with its text, rights, captions, and credits. A withdrawn one says only
 * that it was withdrawn, when, and why, for receivers who have an earlier version.
 */
export function wireObject(site: Site, result: WireResult): object {
  const { story, id, name, published, version, changed, aliases, original, pictures } = result;
  const { withdrawn, body, related, topics, corrections } = story;
  const language = story.card.language ?? site.language;
  const words = wordsOf(hasWords(language) ? language : site.language);
  const headline = withdrawn ? unmarked(words.withdrawnHeadline) : story.card.headline;
  const card = { ...story.card, headline, published };
  const { summary, dateline, series, source, note, warning } = story;
  return ninjsOf(site, {
    ...{ id, card, version, changed, topics, corrections, aliases },
    ...(name !== undefined && { name }),
    ...defined({ summary, dateline, series, source, note, warning, withdrawn }),
    state: withdrawn ? 'withdrawn' : 'public',
    html: withdrawn
      ? ''
      : unmarked(wholeText(story, printingOf(site, story, words), { mark: noticeMark, hasDateline: true })),
    related: related.flatMap(({ title, href, card: other }) =>
      other
        ? [{ title, url: other.address, name: other.name ?? other.id }]
        : href === undefined
          ? []
          : [{ title, url: href }],
    ),
    ...(original && { original: { id: original.name ?? original.id, card: original } }),
    pictures: wirePictures(site, { lead: card.lead, body }, ({ facts }) => pictures[pictureId(facts)]),
  });
}

const defined = <T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

const standard = { name: 'ninjs', version: '3.1' };

/** The list of the stories of a day: which there are, and where. @param day `2025-02-12` */
export const wireDayObject = (site: Site, day: string, entries: readonly WireEntry[]): object => ({
  standard,
  day,
  language: site.language,
  stories: entries.map(({ id, name, address, headline, language, section, version, changed }) => ({
    uri: identityOf(site, name ?? id),
    version: String(version),
    versionCreated: isoInZone(changed, site.timeZone),
    href: absoluteHrefOf(site, wireAddress(address)),
    web: absoluteHrefOf(site, address),
    headline,
    language: language ?? site.language,
    ...(section !== undefined && { section }),
  })),
});

/** The list of the newest days, which a receiver requests again and again. */
export const wireIndexObject = (site: Site, days: readonly WireDay[]): object => ({
  standard,
  name: site.name,
  url: absoluteHrefOf(site, '/'),
  language: site.language,
  copyrightHolder: site.publisher?.name ?? site.name,
  days: days.map(({ day, stories, changed }) => ({
    day,
    stories,
    versionCreated: isoInZone(changed, site.timeZone),
    href: absoluteHrefOf(site, wireDayAddress(day)),
  })),
});

/** The text of a file of the wire. */
export const wireText = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;
