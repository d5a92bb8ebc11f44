import type { IndexHandle } from '../index/handle.ts';
import type { AuthorRecord, FrontRecord, PageRecord, StoredRecord, StoryRow } from '../index/records.ts';
import { idOfName, lengthOf, partsOf } from '../index/rows.ts';
import { authorAddress, type ListKey } from '../site/address.ts';
import { baseOf, hrefOf, type Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import { setWords } from '../story/punctuation.ts';
import { read, readOften } from './resolve.ts';
import type {
  AuthorResult,
  CorrectedResult,
  CorrectionsPage,
  FrontResult,
  Package,
  PageResult,
  PeriodResult,
  SeriesPage,
  SeriesPlace,
  SeriesResult,
  ShownAuthor,
  ShownLink,
  SitemapResult,
  StoryResult,
  TopicResult,
} from './results.ts';
import { setSite, setTitled } from './set-words.ts';
import { showBody } from './show-body.ts';
import type { besideOf, offeredOf } from './topics-and-series.ts';

/* All queries that a page can make, in the form that templates use. `resolve.ts` resolves them. */

/** The settings of the site. @throws if no site.yaml has been ingested */
export function querySite(index: IndexHandle): Site {
  const site = readOften<Site | undefined>(index, 'site');
  if (!site) throw new Error('the index holds no site');
  return setSite(site);
}

/** A public story with its body. A withdrawn one has only the date and the reason. */
export function queryStory(index: IndexHandle, id: string): StoryResult | undefined {
  const row = read<StoryRow | undefined>(index, 'story', id);
  if (!row) return undefined;
  const card = JSON.parse(row.card) as Card;
  const { detail, fileDigest, documents } = JSON.parse(row.record) as StoredRecord;
  if (row.state === 'withdrawn')
    return {
      card: {
        id,
        address: card.address,
        headline: '',
        type: 'news',
        byline: [],
        published: 0,
        language: card.language,
      },
      body: [],
      words: 0,
      topics: [],
      related: [],
      corrections: [],
      translations: [],
      withdrawn: detail.withdrawn,
    };
  const site = querySite(index);
  const { body, words } = showBody(
    index,
    {
      file: row.file,
      fileDigest,
      language: card.language,
      pictures: detail.pictures,
      isEssay: card.type === 'photo-essay',
      documents,
    },
    site,
    lookupsFor(index, site),
  );
  return {
    card,
    body,
    words,
    summary: detail.summary,
    dateline: detail.dateline,
    topics: detail.topics.map((topic) => ({ id: topic, title: queryTopic(index, topic)?.title ?? topic })),
    related: onePerAddress(detail.related.flatMap((entry) => relatedLink(index, entry, site))),
    series: detail.series,
    source: detail.source,
    corrections: detail.corrections,
    note: detail.note,
    warning: detail.warning,
    minor: detail.minor,
    translations: translationsOf(index, card, detail.translationOf, site),
  };
}

/** What a body queries while it is shown. Every query is in the trace of the page. */
const lookupsFor = (index: IndexHandle, site: Site) => ({
  link: (name: string) => read<string | undefined>(index, 'link', name),
  card: (name: string) => read<Card | undefined>(index, 'card', name),
  author: (id: string): ShownAuthor | undefined => {
    const author = queryAuthor(index, id);
    if (!author) return undefined;
    const { name, role, bio, picture } = author;
    // An author has a page, and a published picture, as long as there are stories.
    const hasPage = queryPeriods(index, `author/${id}`).length > 0;
    return { name, role, bio, ...(hasPage ? { picture, href: hrefOf(site, authorAddress(id)) } : {}) };
  },
});

function relatedLink(index: IndexHandle, entry: string | { title: string; url: string }, site: Site): ShownLink[] {
  if (typeof entry === 'object')
    return [{ title: entry.title, href: /^\/(?!\/)/.test(entry.url) ? baseOf(site) + entry.url : entry.url }];
  const card = read<Card | undefined>(index, 'card', entry);
  // It is not public yet, and neither is its headline.
  return card
    ? [{ title: card.headline, href: hrefOf(site, card.address), language: card.language ?? site.language, card }]
    : [];
}

/** A story can be named twice, by its id and by its path. */
const onePerAddress = (links: ShownLink[]): ShownLink[] =>
  [...new Map(links.map((link) => [link.href, link] as const).reverse()).values()].reverse();

function translationsOf(
  index: IndexHandle,
  card: Card,
  translationOf: string | undefined,
  site: Site,
): StoryResult['translations'] {
  const original = translationOf === undefined ? card.id : (idOfName(index, translationOf) ?? translationOf);
  const found = read<{ id: string; address: string; headline: string; language?: string }[]>(
    index,
    'translations',
    original,
  );
  return found
    .filter(({ id }) => id !== card.id)
    .map(({ address, headline, language }) => ({
      language: language ?? site.language,
      href: hrefOf(site, address),
      headline,
    }));
}

/** The latest stories of a list, newest first. */
export const queryLatest = (index: IndexHandle, list: ListKey, count: number): Card[] =>
  read(index, 'latest', list, count);

/**
 * The stories of a list that are older than one of its stories, newest first, so a new story never changes the result.
 */
export const queryOlder = (index: IndexHandle, list: ListKey, id: string, count: number): Card[] =>
  read(index, 'older', list, id, Math.min(count, olderMax));

/** The limit for `queryOlder`, because the press looks this far for stories that show an older one. */
export const olderMax = 6;

/** One archive page of a list. */
export function queryPeriod(index: IndexHandle, list: ListKey, period: string, part: number): PeriodResult | undefined {
  const found = read<Card[]>(index, 'period', list, period, part);
  if (found.length === 0) return undefined;
  const { older, newer } = read<{ older?: string; newer?: string }>(index, 'neighbours', list, period);
  return { list, period, part, parts: partsOf(lengthOf(index, list, period)), cards: found, older, newer };
}

/** The periods of a list that have stories, newest first: `2026-03` for the site and sections, `2026` for others. */
export const queryPeriods = (index: IndexHandle, list: ListKey): string[] => readOften(index, 'periods', list);

/** A topic that has public stories, or is described in topics.yaml. */
export const queryTopic = (index: IndexHandle, id: string): TopicResult | undefined =>
  setTitled(readOften<TopicResult | undefined>(index, 'topic', id), querySite(index));

export function queryAuthor(index: IndexHandle, id: string): AuthorResult | undefined {
  const found = readOften<AuthorRecord | undefined>(index, 'author', id);
  if (!found) return undefined;
  const { language } = querySite(index);
  const { name, role, bio, picture, links } = found;
  return {
    id,
    name: setWords(name, language),
    role: setWords(role, language),
    bio: setWords(bio, language),
    picture,
    links: links.map((link) => ({ ...link, title: setWords(link.title, language) })),
  };
}

export function queryPage(index: IndexHandle, id: string): PageResult | undefined {
  const found = read<PageRecord | undefined>(index, 'page', id);
  if (!found) return undefined;
  const { body } = showBody(index, found, querySite(index), lookupsFor(index, querySite(index)));
  return {
    id,
    address: found.address,
    headline: found.headline,
    standfirst: found.standfirst,
    language: found.language,
    body,
  };
}

/**
 * An editor's decisions about the front of the site (`home`) or of a section, or undefined if there is no file. Stories
 * that are not public are left out, but they are queried all the same, because they appear when they are due.
 */
export function queryFront(index: IndexHandle, id: string): FrontResult | undefined {
  const found = read<FrontRecord | undefined>(index, 'front', id);
  if (!found) return undefined;
  const card = (name: string) => read<Card | undefined>(index, 'card', name);
  const { layout, stories, banner } = found;
  const story = banner?.story === undefined ? undefined : card(banner.story);
  return {
    layout,
    stories: stories.flatMap((entry): Package[] => {
      const lead = card(entry.story);
      const others = entry.with.flatMap((name) => card(name) ?? []);
      return lead ? [{ card: lead, with: others }] : others.map((other) => ({ card: other, with: [] }));
    }),
    pinned: found.pinned === undefined ? undefined : card(found.pinned),
    banner:
      banner && (banner.story === undefined || story)
        ? { text: setWords(banner.text, querySite(index).language), story }
        : undefined,
  };
}

/** The public stories that a story names as related. */
export const queryRelated = (index: IndexHandle, id: string): Card[] => {
  const found = read<string[]>(index, 'related', id).flatMap(
    (name) => read<Card | undefined>(index, 'card', name) ?? [],
  );
  // A story can be named twice, by its id and by its path, and can name itself by either.
  return found.filter((card, i) => card.id !== id && found.findIndex((other) => other.id === card.id) === i);
};

/** A series that has public stories. */
export const querySeries = (index: IndexHandle, id: string): SeriesResult | undefined =>
  setTitled(readOften<SeriesResult | undefined>(index, 'series', id), querySite(index));

/** The stories of a series in their order, with as many on a page as for a period. @param page counted from 1 */
export function querySeriesPage(index: IndexHandle, series: string, page: number): SeriesPage | undefined {
  const found = read<SeriesPage>(index, 'parts', series, page);
  return found.cards.length ? found : undefined;
}

/** The series that a story belongs to, and the stories before and after it. */
export function querySeriesPlace(index: IndexHandle, id: string): SeriesPlace | undefined {
  const found = read<ReturnType<typeof besideOf>>(index, 'beside', id);
  const series = found && querySeries(index, found.series);
  return series && { series: { id: series.id, title: series.title }, previous: found.previous, next: found.next };
}

/** The latest corrections, newest first. */
export const queryCorrections = (index: IndexHandle, count: number): CorrectedResult[] =>
  read(index, 'corrections', count);

/** A page of the corrections of a year. */
export function queryCorrected(index: IndexHandle, year: string, part: number): CorrectionsPage | undefined {
  const found = read<Pick<CorrectionsPage, 'corrections' | 'parts'>>(index, 'corrected', year, part);
  if (found.corrections.length === 0) return undefined;
  const { older, newer } = read<{ older?: string; newer?: string }>(index, 'neighbours', 'corrections', year);
  return { ...found, older, newer };
}

/** Topics and series for the search page. */
export const queryOffered = (index: IndexHandle): { topics: TopicResult[]; series: SeriesResult[] } => {
  const { topics, series } = read<ReturnType<typeof offeredOf>>(index, 'offered');
  return {
    topics: topics.flatMap((id) => queryTopic(index, id) ?? []),
    series: series.flatMap((id) => querySeries(index, id) ?? []),
  };
};

/** The latest stories of a list with their bodies, for a feed. */
export const queryFeed = (index: IndexHandle, list: ListKey, count: number): StoryResult[] =>
  queryLatest(index, list, count).flatMap(({ id }) => queryStory(index, id) ?? []);

/** The sitemap, or one part of it: `pages`, or a month such as `2026-03`. */
export const querySitemap = (index: IndexHandle, part = ''): SitemapResult => read(index, 'sitemap', part);

/** Every alias with its target. */
export const queryRedirects = (index: IndexHandle): { from: string; to: string }[] => read(index, 'redirects');
