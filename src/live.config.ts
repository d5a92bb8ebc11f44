import { defineLiveCollection } from 'astro:content';
import type { LiveDataEntry } from 'astro';
import type { LiveLoader } from 'astro/loaders';
import type { IndexHandle } from './index/handle.ts';
import {
  queryArchiveParts,
  queryAuthor,
  queryCorrected,
  queryCorrections,
  queryFront,
  queryHosting,
  queryLatest,
  queryNewestArchive,
  queryNewsSitemap,
  queryOffered,
  queryOlder,
  queryPage,
  queryPartnerFeed,
  queryPeriod,
  queryPeriods,
  queryRedirects,
  queryRelated,
  querySeries,
  querySeriesPage,
  querySeriesPlace,
  querySitemap,
  queryStory,
  queryThemePage,
  queryTopic,
  queryTrust,
  queryWhole,
  queryWire,
  queryWireDay,
  queryWireDays,
} from './queries/queries.ts';
import { renderedIndex } from './queries/rendering.ts';
import type {
  ArchivePlace,
  AuthorResult,
  CorrectedResult,
  CorrectionsPage,
  FrontResult,
  HostingResult,
  NewsSitemapResult,
  PageResult,
  PartnerFeedResult,
  PeriodResult,
  SeriesPage,
  SeriesPlace,
  SeriesResult,
  StoryResult,
  ThemePageResult,
  TopicResult,
  WireDay,
  WireEntry,
  WireResult,
} from './queries/results.ts';
import type { ListKey } from './site/address.ts';
import type { Redirect } from './site/hosting.ts';
import type { Trust } from './site/site.ts';
import type { Card } from './story/card.ts';

/*
 * All queries that templates can make. Each query is narrow and each result is traced (queries/kind.ts): a page is
 * rendered again if one of its results has changed. So a template reads nothing except through these collections.
 */

/**
 * `getLiveEntry('stories', id)`: a complete story. `getLiveCollection('stories', { list, limit })`: the latest,
 * complete, for feeds.
 */
const stories: LiveLoader<StoryResult, { id: string }, { list: ListKey; limit: number }> = {
  name: 'broadsheet-stories',
  loadEntry: async ({ filter }) => entry(filter.id, queryStory(renderedIndex(), filter.id)),
  loadCollection: async ({ filter }) =>
    filter
      ? { entries: queryWhole(renderedIndex(), filter.list, filter.limit).map((data) => ({ id: data.card.id, data })) }
      : tooWide,
};

/**
 * `{ list, limit }`: the latest of a list, newest first. With `olderThan`, those before that story. `{ relatedTo }`:
 * the stories that a story names as related.
 */
const cards: LiveLoader<Card, never, { list: ListKey; limit: number; olderThan?: string } | { relatedTo: string }> = {
  name: 'broadsheet-cards',
  loadEntry: async () => ({ error: new Error('a card is part of a list: query { list, limit }') }),
  loadCollection: async ({ filter }) => {
    if (!filter) return tooWide;
    const found =
      'relatedTo' in filter
        ? queryRelated(renderedIndex(), filter.relatedTo)
        : filter.olderThan === undefined
          ? queryLatest(renderedIndex(), filter.list, filter.limit)
          : queryOlder(renderedIndex(), filter.list, filter.olderThan, filter.limit);
    return { entries: found.map((data) => ({ id: data.id, data })) };
  },
};

/** `{ list, period, part }`: one archive page. */
const periods: LiveLoader<PeriodResult, { list: ListKey; period: string; part: number }, never> = {
  name: 'broadsheet-periods',
  loadEntry: async ({ filter }) =>
    entry(filter.period, queryPeriod(renderedIndex(), filter.list, filter.period, filter.part)),
  loadCollection: async () => ({ error: new Error('periods are queried one by one') }),
};

/** `getLiveEntry('calendars', list)`: the periods in which a list has stories, newest first. */
const calendars = byId<{ periods: string[] }>('calendars', (index, list) => ({
  periods: queryPeriods(index, list as ListKey),
}));

/** `getLiveEntry('fronts', id)`: an editor's decisions about `home` or a section. It is empty if there are none. */
const fronts = byId<FrontResult>('fronts', (index, id) => queryFront(index, id) ?? { layout: 'lead', stories: [] });

const series = byId<SeriesResult>('series', querySeries);
/** `getLiveEntry('seriesPlaces', id)`: the position of a story in its series, without `series` if it has none. */
const seriesPlaces = byId<Partial<SeriesPlace>>('seriesPlaces', (index, id) => querySeriesPlace(index, id) ?? {});

/** `{ series, page }`: a page of a series, with its stories in order. */
const seriesPages: LiveLoader<SeriesPage, { series: string; page: number }, never> = {
  name: 'broadsheet-series-pages',
  loadEntry: async ({ filter }) => entry(filter.series, querySeriesPage(renderedIndex(), filter.series, filter.page)),
  loadCollection: async () => ({ error: new Error('pages of a series are queried one by one') }),
};

/** `{ limit }`: the latest corrections, newest first. */
const corrections: LiveLoader<CorrectedResult, never, { limit: number }> = {
  name: 'broadsheet-corrections',
  loadEntry: async () => ({ error: new Error('corrections are queried by number: { limit }') }),
  loadCollection: async ({ filter }) =>
    filter
      ? { entries: queryCorrections(renderedIndex(), filter.limit).map((data, place) => ({ id: String(place), data })) }
      : tooWide,
};

/** `{ year, part }`: a page of the corrections of a year, newest first. */
const correctionPages: LiveLoader<CorrectionsPage, { year: string; part: number }, never> = {
  name: 'broadsheet-correction-pages',
  loadEntry: async ({ filter }) => entry(filter.year, queryCorrected(renderedIndex(), filter.year, filter.part)),
  loadCollection: async () => ({ error: new Error('corrections of a year are queried page by page') }),
};

/** `getLiveEntry('offered', '')`: topics and series for the search page. */
const offered = byId<ReturnType<typeof queryOffered>>('offered', queryOffered);

const topics = byId<TopicResult>('topics', queryTopic);
const authors = byId<AuthorResult>('authors', queryAuthor);
const pages = byId<PageResult>('pages', queryPage);
/** `getLiveEntry('themePages', id)`: the front matter of a page in `theme/pages/`. */
const themePages = byId<ThemePageResult>('themePages', queryThemePage);

/** `getLiveEntry('sitemaps', '')` is the sitemap itself, or the list of its parts. Any other id is one of the parts. */
const sitemaps = byId<ReturnType<typeof querySitemap>>('sitemaps', (index, part) =>
  querySitemap(index, part || undefined),
);

/** `getLiveEntry('newsSitemap', '')`: the stories of the last two days. */
const newsSitemap = byId<{ stories: NewsSitemapResult }>('newsSitemap', (index) => ({
  stories: queryNewsSitemap(index),
}));

/** `getLiveEntry('newestArchives', list)`: the archive document at which feed readers begin to go back. */
const newestArchives = byId<{ place?: ArchivePlace | undefined }>('newestArchives', (index, list) => ({
  place: queryNewestArchive(index, list as ListKey),
}));

/** `{ list, period }`: the number of archive documents of a month. */
const archiveParts: LiveLoader<{ parts: number }, { list: ListKey; period: string }, never> = {
  name: 'broadsheet-archive-parts',
  loadEntry: async ({ filter }) =>
    entry(filter.period, { parts: queryArchiveParts(renderedIndex(), filter.list, filter.period) }),
  loadCollection: async () => ({ error: new Error('archives are queried one by one') }),
};

/** `getLiveEntry('partnerFeeds', id)`: a feed that site.yaml defines, with its stories. */
const partnerFeeds = byId<PartnerFeedResult>('partnerFeeds', queryPartnerFeed);

/** `getLiveEntry('wire', id)`: a story for other newsrooms. */
const wire = byId<WireResult>('wire', queryWire);
/** `getLiveEntry('wireDay', day)`: the stories of a day that are on the wire. */
const wireDay = byId<{ entries: WireEntry[] }>('wireDay', (index, day) => ({ entries: queryWireDay(index, day) }));
/** `getLiveEntry('wireDays', '')`: the newest days that have stories on the wire. */
const wireDays = byId<{ days: WireDay[] }>('wireDays', (index) => ({ days: queryWireDays(index) }));

/** `getLiveEntry('hosting', '')`: what the files for hosts need to know, besides the redirects. */
const hosting = byId<HostingResult>('hosting', queryHosting);

/** `getLiveEntry('trust', '')`: how anyone can check the site, and report a vulnerability. */
const trust = byId<Trust>('trust', queryTrust);

const redirects: LiveLoader<Redirect, never, never> = {
  name: 'broadsheet-redirects',
  loadEntry: async () => ({ error: new Error('redirects are queried all at once') }),
  loadCollection: async () => ({
    entries: queryRedirects(renderedIndex()).map((data) => ({ id: data.from, data: { ...data } })),
  }),
};

export const collections = {
  stories: defineLiveCollection({ loader: stories }),
  cards: defineLiveCollection({ loader: cards }),
  periods: defineLiveCollection({ loader: periods }),
  calendars: defineLiveCollection({ loader: calendars }),
  fronts: defineLiveCollection({ loader: fronts }),
  series: defineLiveCollection({ loader: series }),
  seriesPlaces: defineLiveCollection({ loader: seriesPlaces }),
  seriesPages: defineLiveCollection({ loader: seriesPages }),
  corrections: defineLiveCollection({ loader: corrections }),
  correctionPages: defineLiveCollection({ loader: correctionPages }),
  offered: defineLiveCollection({ loader: offered }),
  topics: defineLiveCollection({ loader: topics }),
  authors: defineLiveCollection({ loader: authors }),
  pages: defineLiveCollection({ loader: pages }),
  themePages: defineLiveCollection({ loader: themePages }),
  sitemaps: defineLiveCollection({ loader: sitemaps }),
  newsSitemap: defineLiveCollection({ loader: newsSitemap }),
  newestArchives: defineLiveCollection({ loader: newestArchives }),
  archiveParts: defineLiveCollection({ loader: archiveParts }),
  partnerFeeds: defineLiveCollection({ loader: partnerFeeds }),
  hosting: defineLiveCollection({ loader: hosting }),
  redirects: defineLiveCollection({ loader: redirects }),
  trust: defineLiveCollection({ loader: trust }),
  wire: defineLiveCollection({ loader: wire }),
  wireDay: defineLiveCollection({ loader: wireDay }),
  wireDays: defineLiveCollection({ loader: wireDays }),
};

const tooWide = { error: new Error('no template queries everything: name the list') };

/** The type that Astro accepts as the data of an entry. */
type EntryData = LiveDataEntry['data'];

function entry<Data extends EntryData>(id: string, data: Data | undefined) {
  return data && { id, data };
}

function byId<Data extends EntryData>(
  name: string,
  query: (index: IndexHandle, id: string) => Data | undefined,
): LiveLoader<Data, { id: string }, never> {
  return {
    name: `broadsheet-${name}`,
    loadEntry: async ({ filter }) => entry(filter.id, query(renderedIndex(), filter.id)),
    loadCollection: async () => ({ error: new Error(`${name} are queried one by one`) }),
  };
}
