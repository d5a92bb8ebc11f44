import { isDeepStrictEqual } from 'node:util';
import type { IndexHandle } from '../index/handle.ts';
import { periodsOf, recordOf, whole } from '../index/rows.ts';
import { renditionAddress, searchWidthPxMax } from '../pictures/hrefs.ts';
import type { PictureFacts } from '../pictures/picture.ts';
import { fallbackRendition, renditionSets } from '../pictures/renditions.ts';
import {
  authorAddress,
  correctionsAddress,
  isMonthly,
  searchAddress,
  sectionAddress,
  seriesAddress,
  sitemapAddress,
  topicAddress,
} from '../site/address.ts';
import type { Site } from '../site/site.ts';
import { type Card, modifiedOf } from '../story/card.ts';
import type { Correction } from '../story/correction.ts';
import { type Family, listed } from './family.ts';
import { type Kind, read } from './kind.ts';

/** The sitemap: addresses, or the parts that it is split into. */
export type SitemapResult = { kind: 'urls'; urls: MappedPage[] } | { kind: 'parts'; parts: { address: string }[] };

export interface MappedPage {
  address: string;
  /** When a story was published, updated, or corrected, whichever is the latest. Fronts and lists have none. */
  lastmod?: number;
  /** The date was written without a time. */
  isDay?: boolean;
  /** The address of the lead picture of a story. */
  picture?: string;
}

/** A sitemap of more stories than this is split into one file for each month. */
const sitemapLength = 1000;

/** The sitemap, or a part of it. */
export function sitemapResult(index: IndexHandle, part: string): SitemapResult {
  const { sql } = index;
  const count = storiesOf(index);
  const isSplit = count > sitemapLength;
  if (!part && isSplit)
    return {
      kind: 'parts',
      parts: ['pages', ...periodsOf(index, 'site')].map((name) => ({ address: sitemapAddress(name) })),
    };
  const stories = (where: string, ...args: string[]) =>
    (
      sql(
        `SELECT card, json_extract(record, '$.detail.corrections') AS corrections FROM listing JOIN story USING (id) WHERE list = 'site' ${where} ORDER BY listing.period DESC, listing.published DESC, listing.id DESC`,
      ).all(...args) as { card: string; corrections: string | null }[]
    ).map(({ card, corrections }) =>
      mapped(JSON.parse(card) as Card, corrections === null ? [] : (JSON.parse(corrections) as Correction[])),
    );
  if (part && part !== 'pages') return { kind: 'urls', urls: isSplit ? stories('AND period = ?', part) : [] };
  const site = recordOf<Site>(index, 'site').value();
  const lists = (kind: string) =>
    (
      sql('SELECT DISTINCT list FROM period WHERE list >= ? AND list < ? AND length > 0 ORDER BY list').all(
        `${kind}/`,
        `${kind}0`,
      ) as { list: string }[]
    ).map(({ list }) => list.slice(kind.length + 1));
  const pages = (
    sql(
      "SELECT address FROM address WHERE owner > 'page/' AND owner < 'page0' AND kind = 'page' UNION SELECT address FROM address WHERE owner > 'themePage/' AND owner < 'themePage0' ORDER BY address",
    ).all() as { address: string }[]
  ).map(({ address }) => address);
  const fronts = [
    '/',
    ...(site?.sections ?? []).map(({ id }) => sectionAddress(id)),
    ...pages,
    correctionsAddress,
    searchAddress,
    ...(sql('SELECT DISTINCT series FROM series ORDER BY series').all() as { series: string }[]).map(({ series }) =>
      seriesAddress(series),
    ),
    ...lists('topic').map(topicAddress),
    ...lists('author').map(authorAddress),
  ].map((address) => ({ address }));
  return { kind: 'urls', urls: part || isSplit ? fronts : [...fronts, ...stories('')] };
}

function mapped(card: Card, corrections: readonly Correction[]): MappedPage {
  const { address, lead } = card;
  const { instant, isDay } = modifiedOf(card, corrections);
  return { address, lastmod: instant, isDay, ...(lead && { picture: renditionAddress(widestOf(lead.facts).name) }) };
}

/** The file for search engines, as in the structured data of the story. */
const widestOf = (facts: PictureFacts) =>
  fallbackRendition(renditionSets(facts, { use: 'lead' }).whole, searchWidthPxMax);

const storiesOf = ({ sql }: IndexHandle): number =>
  (sql("SELECT total(length) AS count FROM period WHERE list = 'site'").get() as { count: number }).count;

const sitemap: Kind<[part: string], SitemapResult> = {
  name: 'sitemap',
  subject: (part) => `sitemap:${part}`,
  resolve: (index, part) => whole(sitemapResult(index, part)),
};

/** The sitemap, or one part of it: `pages`, or a month such as `2026-03`. */
export const querySitemap = (index: IndexHandle, part = ''): SitemapResult => read(index, sitemap, part);

/** The parts of a sitemap with this many stories, or none if it is one file. */
const partsOf = (index: IndexHandle, stories: number): string[] =>
  stories > sitemapLength ? ['pages', ...periodsOf(index, 'site')] : [];

export const sitemapFamily: Family = {
  kinds: [sitemap],
  record: (key, { subjects }) => {
    if (key === 'site' || /^(?:page|themePage)\//.test(key)) subjects.add('sitemap:').add('sitemap:pages');
  },
  story: (_, edit, { subjects }) => {
    if (edit.isSameCard && isDeepStrictEqual(edit.before?.modified, edit.after?.modified)) return;
    for (const { day } of listed(edit)) subjects.add(`sitemap:${day.slice(0, 7)}`).add('sitemap:');
  },
  period: (index, { list, period, before, after }, touched) => {
    if (list !== 'site' || before > 0 === after > 0 || storiesOf(index) <= sitemapLength) return;
    if (after > 0) touched.want(sitemapAddress(period));
    else touched.drop(sitemapAddress(period));
  },
  list: (index, { list, before, after }, touched) => {
    // Fronts of topics and authors exist only while they have stories. The front of corrections always exists.
    if (after > 0 !== before > 0 && !isMonthly(list) && list !== 'corrections')
      touched.subjects.add('sitemap:').add('sitemap:pages');
    // The sitemap is one file or many. One story can change this, and then all of the files are added or removed.
    if (list !== 'site' || before > sitemapLength === after > sitemapLength) return;
    const parts = partsOf(index, after).map(sitemapAddress);
    for (const address of parts) touched.want(address);
    for (const address of touched.addresses('/sitemap-', '/sitemap.'))
      if (!parts.includes(address)) touched.drop(address);
  },
  series: (_, { before, after }, { subjects }) => {
    if (before > 0 !== after > 0) subjects.add('sitemap:').add('sitemap:pages');
  },
  fixed: [sitemapAddress()],
  addresses: (index) => partsOf(index, storiesOf(index)).map(sitemapAddress),
};
