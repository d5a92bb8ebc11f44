import { aliasTargets } from '../index/alias-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { periodsOf, recordOf } from '../index/rows.ts';
import {
  authorAddress,
  correctionsAddress,
  searchAddress,
  sectionAddress,
  seriesAddress,
  topicAddress,
} from '../site/address.ts';
import { canBeListed } from '../site/alias.ts';
import type { Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import type { SitemapResult } from './results.ts';

/** A sitemap of more stories than this is split into one file for each month. */
export const sitemapLength = 1000;

/** The sitemap, or a part of it. */
export function sitemapOf(index: IndexHandle, part: string): SitemapResult {
  const { sql } = index;
  const count = (sql("SELECT total(length) AS count FROM period WHERE list = 'site'").get() as { count: number }).count;
  const isSplit = count > sitemapLength;
  if (!part && isSplit)
    return {
      kind: 'parts',
      parts: ['pages', ...periodsOf(index, 'site')].map((name) => ({ address: `/sitemap-${name}.xml` })),
    };
  const stories = (where: string, ...args: string[]) =>
    (
      sql(
        `SELECT card FROM listing JOIN story USING (id) WHERE list = 'site' ${where} ORDER BY listing.period DESC, listing.published DESC, listing.id DESC`,
      ).all(...args) as { card: string }[]
    ).map(({ card }) => {
      const { address, published, publishedIsDay, updated, updatedIsDay } = JSON.parse(card) as Card;
      return updated === undefined
        ? { address, lastmod: published, isDay: publishedIsDay }
        : { address, lastmod: updated, isDay: updatedIsDay };
    });
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
      "SELECT address FROM address WHERE owner > 'page/' AND owner < 'page0' AND kind = 'page' ORDER BY address",
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

/** Every alias of everything public, with its target. */
export function redirectsOf(index: IndexHandle): { from: string; to: string }[] {
  const rows = index.sql(`${aliasTargets} ORDER BY alias.source`).all() as { source: string; target: string }[];
  return rows.map(({ source, target }) => ({ from: source, to: target }));
}

/**
 * Whether a list of redirects would have any line. It stops at the first one, because a site can have ten thousand old
 * addresses.
 */
export function hasRedirects(index: IndexHandle): boolean {
  const isPublic = (owner: string) =>
    `LEFT JOIN story ON story.id = substr(${owner}, 7) WHERE (${owner} NOT LIKE 'story/%' OR story.isPublic = 1)`;
  const queries = [
    `SELECT alias.address AS source FROM address AS alias ${isPublic('alias.owner')} AND alias.kind = 'alias'`,
    `SELECT source FROM redirect ${isPublic('redirect.owner')}`,
  ];
  for (const query of queries)
    for (const { source } of index.sql(query).iterate() as Iterable<{ source: string }>)
      if (canBeListed(source)) return true;
  return false;
}
