import { defineLiveCollection } from 'astro:content';
import type { LiveDataEntry } from 'astro';
import type { LiveLoader } from 'astro/loaders';
import type { AuthorAnswer, PageAnswer, PeriodAnswer, StoryAnswer, TopicAnswer } from './index/answers.ts';
import {
  queryAuthor,
  queryFeed,
  queryLatest,
  queryOlder,
  queryPage,
  queryPeriod,
  queryPeriods,
  queryRedirects,
  querySitemap,
  queryStory,
  queryTopic,
} from './index/queries.ts';
import type { ListKey } from './site/address.ts';
import type { Card } from './story/card.ts';

/*
 * What templates may ask, and all that they may ask. Each question is narrow and each answer is
 * traced (index/queries.ts): a page is rendered again when an answer that it got has changed. So a
 * template reads nothing past these collections.
 */

/** `getLiveEntry('stories', id)`: the whole of a story. `getLiveCollection('stories', { list, limit })`: the latest, whole, for feeds. */
const stories: LiveLoader<StoryAnswer, { id: string }, { list: ListKey; limit: number }> = {
  name: 'broadsheet-stories',
  loadEntry: async ({ filter }) => entry(filter.id, queryStory(filter.id)),
  loadCollection: async ({ filter }) =>
    filter ? { entries: queryFeed(filter.list, filter.limit).map((data) => ({ id: data.card.id, data })) } : tooWide,
};

/** `{ list, limit }`: the latest of a list, newest first. With `olderThan`, those before that story. */
const cards: LiveLoader<Card, never, { list: ListKey; limit: number; olderThan?: string }> = {
  name: 'broadsheet-cards',
  loadEntry: async () => ({ error: new Error('a card is part of a list: ask for { list, limit }') }),
  loadCollection: async ({ filter }) => {
    if (!filter) return tooWide;
    const { list, limit, olderThan } = filter;
    const found = olderThan === undefined ? queryLatest(list, limit) : queryOlder(list, olderThan, limit);
    return { entries: found.map((data) => ({ id: data.id, data })) };
  },
};

/** `{ list, period, part }`: one archive page. */
const periods: LiveLoader<PeriodAnswer, { list: ListKey; period: string; part: number }, never> = {
  name: 'broadsheet-periods',
  loadEntry: async ({ filter }) => entry(filter.period, queryPeriod(filter.list, filter.period, filter.part)),
  loadCollection: async () => ({ error: new Error('periods are asked for one by one') }),
};

/** `getLiveEntry('calendars', list)`: the periods in which a list has stories, newest first. */
const calendars = byId<{ periods: string[] }>('calendars', (list) => ({ periods: queryPeriods(list as ListKey) }));

const topics = byId<TopicAnswer>('topics', queryTopic);
const authors = byId<AuthorAnswer>('authors', queryAuthor);
const pages = byId<PageAnswer>('pages', queryPage);

/** `getLiveEntry('sitemaps', '')` is the map itself, or the list of its parts; another id is one of the parts. */
const sitemaps = byId<ReturnType<typeof querySitemap>>('sitemaps', (part) => querySitemap(part || undefined));

const redirects: LiveLoader<{ from: string; to: string }, never, never> = {
  name: 'broadsheet-redirects',
  loadEntry: async () => ({ error: new Error('redirects are asked for all at once') }),
  loadCollection: async () => ({ entries: queryRedirects().map((data) => ({ id: data.from, data })) }),
};

export const collections = {
  stories: defineLiveCollection({ loader: stories }),
  cards: defineLiveCollection({ loader: cards }),
  periods: defineLiveCollection({ loader: periods }),
  calendars: defineLiveCollection({ loader: calendars }),
  topics: defineLiveCollection({ loader: topics }),
  authors: defineLiveCollection({ loader: authors }),
  pages: defineLiveCollection({ loader: pages }),
  sitemaps: defineLiveCollection({ loader: sitemaps }),
  redirects: defineLiveCollection({ loader: redirects }),
};

const tooWide = { error: new Error('no template asks for everything: say which list') };

/** What Astro takes for an entry's data. */
type EntryData = LiveDataEntry['data'];

function entry<Data extends EntryData>(id: string, data: Data | undefined) {
  return data && { id, data };
}

function byId<Data extends EntryData>(
  name: string,
  query: (id: string) => Data | undefined,
): LiveLoader<Data, { id: string }, never> {
  return {
    name: `broadsheet-${name}`,
    loadEntry: async ({ filter }) => entry(filter.id, query(filter.id)),
    loadCollection: async () => ({ error: new Error(`${name} are asked for one by one`) }),
  };
}
