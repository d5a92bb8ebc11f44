import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import type { StoryRow } from '../index/records.ts';
import { lengthOf, partsOf, seenFrom, whole } from '../index/rows.ts';
import {
  feedAddress,
  feedArchiveAddress,
  feedFormats,
  feedStyleAddress,
  isMonthly,
  type ListKey,
} from '../site/address.ts';
import { feedLength, listsOf, type PartnerFeed } from '../site/feed-settings.ts';
import { type Family, listed, touchParts } from './family.ts';
import { type Kind, read } from './kind.ts';
import type { StoryResult } from './stories.ts';
import { showForFeeds } from './whole.ts';

/* Feeds: which exist, and what an edit changes in them. The stories of a list come from `whole.ts`. */

/** An archive document of a feed, by its month. */
export interface ArchivePlace {
  period: string;
  part: number;
}

/** A feed for a partner, with its stories, newest first. */
export interface PartnerFeedResult {
  feed: PartnerFeed;
  stories: StoryResult[];
}

/**
 * The newest archive document of a list that has stories which its feed does not have. Feed readers go back from there
 * (RFC 5005).
 */
const newestArchive: Kind<[list: string], ArchivePlace | undefined> = {
  name: 'newestArchive',
  subject: (list) => `list:${list}`,
  resolve: (index, list) => {
    const newest = index
      .sql('SELECT period, length FROM period WHERE list = ? AND length > 0 ORDER BY period DESC LIMIT 2')
      .all(list) as { period: string; length: number }[];
    const found = newest.find(({ length }, place) => place > 0 || length > feedLength);
    return whole(found && { period: found.period, part: partsOf(found.length) });
  },
};

const archiveParts: Kind<[list: string, period: string], number> = {
  name: 'archiveParts',
  subject: (list, period) => `period:${list}:${period}`,
  resolve: (index, list, period) => whole(partsOf(lengthOf(index, list, period))),
};

/** The newest archive document of the feed of a list, or undefined if the feed has everything. */
export const queryNewestArchive = (index: IndexHandle, list: ListKey): ArchivePlace | undefined =>
  isMonthly(list) ? read(index, newestArchive, list) : undefined;

/** The number of archive documents of a month. */
export const queryArchiveParts = (index: IndexHandle, list: ListKey, period: string): number =>
  read(index, archiveParts, list, period);

const definitions = (index: IndexHandle): PartnerFeed[] => getRecord<PartnerFeed[]>(index, 'feeds') ?? [];

/** The definition of a feed for a partner. */
export const partnerFeedOf = (index: IndexHandle, id: string): PartnerFeed | undefined =>
  definitions(index).find((feed) => feed.id === id);

const partnerFeed: Kind<[id: string], { feed: PartnerFeed; rows: StoryRow[] } | undefined> = {
  name: 'partnerFeed',
  subject: (id) => `feed:${id}`,
  resolve: (index, id) => {
    const feed = partnerFeedOf(index, id);
    const rows = feed ? rowsOf(index, feed) : [];
    return {
      digest: whole(feed && [feed, rows.map(({ digest }) => digest)]).digest,
      value: () => feed && { feed, rows },
    };
  },
};

/** The stories that are due in a feed at the time of the publish, newest first. */
function rowsOf(index: IndexHandle, feed: PartnerFeed): StoryRow[] {
  const delayed = index.sql('SELECT delay, asOf FROM delayedFeed WHERE id = ?').get(feed.id) as
    | { delay: number; asOf: number }
    | undefined;
  const latest = index.sql(`
    SELECT story.* FROM listing JOIN story USING (id) WHERE list = ? AND ${seenFrom} <= ?
    ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`);
  const byId = new Map<string, StoryRow & { published: number }>();
  for (const list of listsOf(feed))
    for (const row of latest.all(
      list.normalize('NFC'),
      delayed ? delayed.asOf - delayed.delay : Number.MAX_SAFE_INTEGER,
      feed.limit,
    ))
      byId.set(row.id as string, row as unknown as StoryRow & { published: number });
  return [...byId.values()].sort((a, b) => b.published - a.published || (a.id < b.id ? 1 : -1)).slice(0, feed.limit);
}

/** A feed for a partner, with its stories. */
export function queryPartnerFeed(index: IndexHandle, id: string): PartnerFeedResult | undefined {
  const found = read(index, partnerFeed, id);
  return found && { feed: found.feed, stories: found.rows.map((row) => showForFeeds(index, row)) };
}

const addressesOf = (list: ListKey): string[] => feedFormats.map((format) => feedAddress(list, format));

/** The feeds of topics and authors exist as long as these have stories. */
const isTransient = (list: ListKey): boolean => /^(?:topic|author)\//.test(list);

export const feedFamily: Family = {
  kinds: [newestArchive, archiveParts, partnerFeed],
  record: (key, { subjects }) => {
    if (key.startsWith('feed/')) subjects.add(`feed:${key.slice('feed/'.length)}`);
  },
  story: (index, edit, { subjects }) => {
    const { before, after } = edit;
    if (before?.digest === after?.digest && before?.isListed === after?.isListed) return;
    const lists = new Set(listed(edit).flatMap((story) => story.lists));
    if (lists.size === 0) return;
    for (const feed of definitions(index))
      if (listsOf(feed).some((list) => lists.has(list.normalize('NFC')))) subjects.add(`feed:${feed.id}`);
  },
  period: (_, { list, period, before, after }, touched) => {
    if (isMonthly(list))
      touchParts(partsOf, { before, after }, (part) => feedArchiveAddress(list, period, part), touched);
  },
  list: (_, { list, before, after }, touched) => {
    if (after > 0 === before > 0 || !isTransient(list)) return;
    for (const address of addressesOf(list)) after > 0 ? touched.want(address) : touched.drop(address);
  },
  // The index knows the addresses of sections and partners.
  fixed: [...addressesOf('site'), ...addressesOf('corrections'), feedStyleAddress],
  *addresses({ sql }) {
    for (const { list, period, length } of sql('SELECT list, period, length FROM period WHERE length > 0').all() as {
      list: ListKey;
      period: string;
      length: number;
    }[])
      if (isMonthly(list))
        for (let part = 1; part <= partsOf(length); part++) yield feedArchiveAddress(list, period, part);
    for (const { list } of sql('SELECT DISTINCT list FROM period WHERE length > 0').all() as { list: ListKey }[])
      if (isTransient(list)) yield* addressesOf(list);
  },
};
