import {
  type Address,
  authorAddress,
  correctionsAddress,
  foldAddress,
  isMonthly,
  type ListKey,
  markAddress,
  searchAddress,
  sectionAddress,
  seriesAddress,
  topicAddress,
} from '../site/address.ts';
import { baseOf, hrefOf, type Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import type {
  AuthorAnswer,
  CorrectedAnswer,
  CorrectionsPage,
  FrontAnswer,
  NextStory,
  Package,
  PageAnswer,
  PeriodAnswer,
  SeriesAnswer,
  SeriesPage,
  SeriesPlace,
  ShownAuthor,
  ShownLink,
  StoryAnswer,
  TopicAnswer,
} from './answers.ts';
import { showBody } from './bodies.ts';
import { desk } from './desk.ts';
import { digestOf } from './digest.ts';
import type { AuthorThing, FrontThing, PageThing, StoredRecord, StoryRow } from './things.ts';
import { note, type Question } from './trace.ts';

/*
 * All that a page may ask of the index. Each question has a key and each answer a digest; the pair is
 * noted in the trace of the page that asks. The press asks for the digest of a key again without a
 * page (`digestOfKey`), so both ways go through the same functions.
 */

/** An answer is made only when somebody wants more than its digest. */
interface Answered<T> {
  digest: string;
  answer: () => T;
}

/** More stories than this in a period are split into parts, so that no page grows without end. */
export const partLength = 200;
/** A map of more stories than this is split into one file for each month. */
export const sitemapLength = 1000;

const whole = <T>(answer: T): Answered<T> => ({ digest: digestOf(JSON.stringify(answer) ?? ''), answer: () => answer });

type CardRow = { card: string; cardDigest: string };
const cards = (rows: CardRow[], ...more: unknown[]): Answered<Card[]> => ({
  digest: digestOf(rows.map(({ cardDigest }) => cardDigest).join() + (more.length ? JSON.stringify(more) : '')),
  answer: () => rows.map(({ card }) => JSON.parse(card) as Card),
});

// `LIMIT ? + 0` and not `LIMIT ?`: SQLite plans with the number that is bound to a bare limit in view, so it would plan
// anew whenever one is bound, which takes longer than to answer. And in the order of the listing's own key, because
// an order that SQLite makes itself is a table of its own, made and thrown away with each question.
const newestPlaces = `
  SELECT card, cardDigest FROM listing JOIN story USING (id) WHERE list = ?
  ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`;
const olderPlaces = `
  SELECT card, cardDigest FROM listing JOIN story USING (id)
  WHERE list = ? AND (listing.period, listing.published, listing.id) < (?, ?, ?)
  ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`;
// The places first, their stories after: SQLite would fetch the stories of skipped places as well.
const placesOfPeriod = `
  SELECT card, cardDigest FROM (SELECT published, id FROM listing WHERE list = ? AND period = ? ORDER BY published, id LIMIT ? + 0 OFFSET ? + 0) AS place
  JOIN story USING (id) ORDER BY place.published, place.id`;

const lengthOf = (list: string, period: string): number =>
  (
    desk().sql('SELECT length FROM period WHERE list = ? AND period = ?').get(list, period) as
      | { length: number }
      | undefined
  )?.length ?? 0;

/** How many pages a period of so many stories has. */
export const partsOf = (length: number): number => Math.max(1, Math.ceil(length / partLength));

const periodsOf = (list: string): string[] =>
  (
    desk().sql('SELECT period FROM period WHERE list = ? AND length > 0 ORDER BY period DESC').all(list) as {
      period: string;
    }[]
  ).map(({ period }) => period);

const storyRow = (id: string): StoryRow | undefined =>
  desk()
    .sql('SELECT id, file, state, isPublic, digest, card, cardDigest, record FROM story WHERE id = ? AND isPublic = 1')
    .get(id) as StoryRow | undefined;

const idOfName = (name: string): string | undefined =>
  (desk().sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined)?.id;

const thing = <T>(key: string): Answered<T | undefined> => {
  const row = desk().sql('SELECT digest, record FROM thing WHERE key = ?').get(key) as
    | { digest: string; record: string }
    | undefined;
  return { digest: row?.digest ?? '', answer: () => (row ? (JSON.parse(row.record) as T) : undefined) };
};

const questions: { [name in Question[0]]: (...args: never[]) => Answered<unknown> } = {
  site: () => thing<Site>('site'),
  story: (id: string) => {
    const row = storyRow(id);
    return { digest: row?.digest ?? '', answer: () => row }; // an absence is an answer too: the story may come
  },
  card: (name: string) => {
    const row = storyRow(idOfName(name) ?? '');
    const isListed = row?.state === 'ready';
    return {
      digest: isListed ? row.cardDigest : '',
      answer: () => (isListed ? (JSON.parse(row.card) as Card) : undefined),
    };
  },
  link: (name: string) => {
    const row = storyRow(idOfName(name) ?? '');
    return whole(row && (JSON.parse(row.card) as Card).address);
  },
  latest: (list: string, count: number) => cards(desk().sql(newestPlaces).all(list, count) as unknown as CardRow[]),
  older: (list: string, id: string, count: number) => {
    const own = placeOf(list, id);
    return own
      ? cards(desk().sql(olderPlaces).all(list, own.period, own.published, id, count) as unknown as CardRow[])
      : cards([]);
  },
  period: (list: string, period: string, part: number) => {
    const length = lengthOf(list, period);
    const rows = desk()
      .sql(placesOfPeriod)
      .all(list, period, partLength, (part - 1) * partLength) as unknown as CardRow[];
    return length === 0 || part > partsOf(length) ? cards([], 'none') : cards(rows, partsOf(length));
  },
  periods: (list: string) => whole(periodsOf(list)),
  neighbours: (list: string, period: string) => {
    const { sql } = desk();
    const one = (text: string) => (sql(text).get(list, period) as { period: string | null }).period ?? undefined;
    return whole({
      older: one('SELECT max(period) AS period FROM period WHERE list = ? AND period < ? AND length > 0'),
      newer: one('SELECT min(period) AS period FROM period WHERE list = ? AND period > ? AND length > 0'),
    });
  },
  topic: (id: string) => whole(topicOf(id)),
  author: (id: string) => thing<AuthorThing>(`author/${id}`),
  page: (id: string) => thing<PageThing>(`page/${id}`),
  front: (id: string) => {
    const { digest, answer } = thing<FrontThing>(`front/${id}`);
    const isOver = desk().sql('SELECT 1 FROM banner WHERE front = ? AND isOver = 1').get(id) !== undefined;
    return {
      digest: digest && `${digest}${isOver ? ' over' : ''}`,
      answer: () => {
        const front = answer();
        return front && isOver ? { ...front, banner: undefined } : front;
      },
    };
  },
  related: (id: string) => {
    const row = storyRow(id);
    const related = row && (JSON.parse(row.record) as StoredRecord).detail.related;
    return whole((related ?? []).filter((entry) => typeof entry === 'string'));
  },
  series: (id: string) => whole(seriesOf(id)),
  parts: (series: string, page: number) => {
    const { sql } = desk();
    const { count } = sql('SELECT count(*) AS count FROM series WHERE series = ?').get(series) as { count: number };
    const rows = sql(placesOfSeries).all(series, partLength, (page - 1) * partLength) as unknown as CardRow[];
    const { digest, answer } = cards(rows, partsOf(count));
    return { digest, answer: () => ({ cards: answer(), pages: partsOf(count), before: (page - 1) * partLength }) };
  },
  beside: (id: string) => whole(besideOf(id)),
  corrections: (count: number) =>
    whole(
      corrected(
        desk().sql(`${corrections} ORDER BY period DESC, date DESC, id DESC, place DESC LIMIT ? + 0`).all(count),
      ),
    ),
  // Counted from the oldest, so that a new one moves no other to another page; shown the other way round.
  corrected: (period: string, part: number) => {
    const rows = desk()
      .sql(`${corrections} WHERE period = ? ORDER BY period, date, id, place LIMIT ? + 0 OFFSET ? + 0`)
      .all(period, partLength, (part - 1) * partLength);
    return whole({ corrections: corrected(rows).reverse(), parts: partsOf(lengthOf('corrections', period)) });
  },
  offered: () => whole(offeredOf()),
  translations: (original: string) => {
    const { sql } = desk();
    const others = sql(
      'SELECT translation.id FROM translation JOIN name ON name.name = original WHERE name.id = ?',
    ).all(original) as { id: string }[];
    const rows = (others.length ? [original, ...others.map(({ id }) => id).sort()] : [])
      .map(storyRow)
      .filter((row) => row?.state === 'ready') as StoryRow[];
    return whole(
      rows.map(({ card }) => {
        const { id, address, headline, language } = JSON.parse(card) as Card;
        return { id, address, headline, language };
      }),
    );
  },
  sitemap: (part: string) => whole(sitemapOf(part)),
  redirects: () => whole(redirectsOf()),
  alias: (address: string) => whole(aliasOf(address)),
};

function ask(question: Question): Answered<unknown> {
  const [name, ...args] = question;
  return (questions[name] as (...args: unknown[]) => Answered<unknown>)(...args);
}

/** Asks, and notes the question in the trace of the page being rendered. */
function read<T>(...question: Question): T {
  const key = JSON.stringify(question);
  const { digest, answer } = ask(question);
  note(key, digest);
  return answer() as T;
}

/** `read` for what many pages ask: the answer is kept until the index changes. It must not be written to. */
function readOften<T>(...question: Question): T {
  const key = JSON.stringify(question);
  const { memo } = desk();
  let kept = memo.get(key);
  if (!kept) {
    const { digest, answer } = ask(question);
    kept = { digest, answer: answer() };
    memo.set(key, kept);
  }
  note(key, kept.digest);
  return kept.answer as T;
}

/** What the digest of an answer is now. @param key the JSON of a question */
export const digestOfKey = (key: string): string => ask(JSON.parse(key) as Question).digest;

/** The site's facts. @throws when the index has not taken in a site.yaml */
export function querySite(): Site {
  const site = readOften<Site | undefined>('site');
  if (!site) throw new Error('the index holds no site');
  return site;
}

/** A public story with its body; a withdrawn one with nothing but when and why. */
export function queryStory(id: string): StoryAnswer | undefined {
  const row = read<StoryRow | undefined>('story', id);
  if (!row) return undefined;
  const card = JSON.parse(row.card) as Card;
  const { detail, fileDigest } = JSON.parse(row.record) as StoredRecord;
  if (row.state === 'withdrawn')
    return {
      card: { id, address: card.address, headline: '', type: 'news', byline: [], published: 0 },
      body: [],
      words: 0,
      topics: [],
      related: [],
      corrections: [],
      translations: [],
      withdrawn: detail.withdrawn,
    };
  const site = querySite();
  const { body, words } = showBody(
    { file: row.file, fileDigest, language: card.language, pictures: detail.pictures },
    site,
    answersFor(site),
  );
  return {
    card,
    body,
    words,
    summary: detail.summary,
    dateline: detail.dateline,
    topics: detail.topics.map((topic) => ({ id: topic, title: queryTopic(topic)?.title ?? topic })),
    related: detail.related.flatMap((entry) => relatedLink(entry, site)),
    series: detail.series,
    source: detail.source,
    corrections: detail.corrections,
    note: detail.note,
    warning: detail.warning,
    minor: detail.minor,
    translations: translationsOf(card, detail.translationOf, site),
  };
}

/** What a body asks of the index while it is shown; every question is in the trace of the page. */
const answersFor = (site: Site) => ({
  link: (name: string) => read<string | undefined>('link', name),
  card: (name: string) => read<Card | undefined>('card', name),
  author: (id: string): ShownAuthor | undefined => {
    const author = queryAuthor(id);
    if (!author) return undefined;
    const { name, role, bio, picture } = author;
    // An author has a page, and a picture that is made, as long as there are stories.
    const hasPage = queryPeriods(`author/${id}`).length > 0;
    return { name, role, bio, ...(hasPage ? { picture, href: hrefOf(site, authorAddress(id)) } : {}) };
  },
});

function relatedLink(entry: string | { title: string; url: string }, site: Site): ShownLink[] {
  if (typeof entry === 'object')
    return [{ title: entry.title, href: /^\/(?!\/)/.test(entry.url) ? baseOf(site) + entry.url : entry.url }];
  const card = read<Card | undefined>('card', entry);
  return card ? [{ title: card.headline, href: hrefOf(site, card.address) }] : []; // not public yet: its headline is not either
}

function translationsOf(card: Card, translationOf: string | undefined, site: Site): StoryAnswer['translations'] {
  const original = translationOf === undefined ? card.id : (idOfName(translationOf) ?? translationOf);
  const found = read<{ id: string; address: string; headline: string; language?: string }[]>('translations', original);
  return found
    .filter(({ id }) => id !== card.id)
    .map(({ address, headline, language }) => ({
      language: language ?? site.language,
      href: hrefOf(site, address),
      headline,
    }));
}

/** The latest stories of a list, newest first. */
export const queryLatest = (list: ListKey, count: number): Card[] => read('latest', list, count);

/** Stories of a list that are older than one of its stories, newest first: a new story never changes the answer. */
export const queryOlder = (list: ListKey, id: string, count: number): Card[] =>
  read('older', list, id, Math.min(count, olderMax));

/** More is not asked of `queryOlder`: so far the press looks for the stories that an older one may show at. */
export const olderMax = 6;

/** One archive page of a list. */
export function queryPeriod(list: ListKey, period: string, part: number): PeriodAnswer | undefined {
  const found = read<Card[]>('period', list, period, part);
  if (found.length === 0) return undefined;
  const { older, newer } = read<{ older?: string; newer?: string }>('neighbours', list, period);
  return { list, period, part, parts: partsOf(lengthOf(list, period)), cards: found, older, newer };
}

/** The periods of a list that have stories, newest first: `2026-03` for the site and sections, `2026` for others. */
export const queryPeriods = (list: ListKey): string[] => readOften('periods', list);

/** A topic that has public stories, or is described in topics.yaml. */
export const queryTopic = (id: string): TopicAnswer | undefined => readOften('topic', id);

export function queryAuthor(id: string): AuthorAnswer | undefined {
  const found = readOften<AuthorThing | undefined>('author', id);
  return (
    found && { id, name: found.name, role: found.role, bio: found.bio, picture: found.picture, links: found.links }
  );
}

export function queryPage(id: string): PageAnswer | undefined {
  const found = read<PageThing | undefined>('page', id);
  if (!found) return undefined;
  const { body } = showBody(found, querySite(), answersFor(querySite()));
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
 * What an editor decided about the front of the site (`home`) or of a section; undefined when there is no file.
 * Stories that are not public are left out, and asked for nevertheless: they come in at their time.
 */
export function queryFront(id: string): FrontAnswer | undefined {
  const found = read<FrontThing | undefined>('front', id);
  if (!found) return undefined;
  const card = (name: string) => read<Card | undefined>('card', name);
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
    banner: banner && (banner.story === undefined || story) ? { text: banner.text, story } : undefined,
  };
}

/** The public stories that a story names as related. */
export const queryRelated = (id: string): Card[] =>
  read<string[]>('related', id).flatMap((name) => read<Card | undefined>('card', name) ?? []);

/** A series that has public stories. */
export const querySeries = (id: string): SeriesAnswer | undefined => readOften('series', id);

/** The stories of a series in their order, as many on a page as of a period. @param page from 1 */
export function querySeriesPage(series: string, page: number): SeriesPage | undefined {
  const found = read<SeriesPage>('parts', series, page);
  return found.cards.length ? found : undefined;
}

/** The series that a story belongs to, and what stands before and after it there. */
export function querySeriesPlace(id: string): SeriesPlace | undefined {
  const found = read<ReturnType<typeof besideOf>>('beside', id);
  const series = found && querySeries(found.series);
  return series && { series: { id: series.id, title: series.title }, previous: found.previous, next: found.next };
}

/** The latest corrections, newest first. */
export const queryCorrections = (count: number): CorrectedAnswer[] => read('corrections', count);

/** A page of the corrections of a year. */
export function queryCorrected(year: string, part: number): CorrectionsPage | undefined {
  const found = read<Pick<CorrectionsPage, 'corrections' | 'parts'>>('corrected', year, part);
  if (found.corrections.length === 0) return undefined;
  const { older, newer } = read<{ older?: string; newer?: string }>('neighbours', 'corrections', year);
  return { ...found, older, newer };
}

/** Topics and series to look for a story by. */
export const queryOffered = (): { topics: TopicAnswer[]; series: SeriesAnswer[] } => {
  const { topics, series } = read<ReturnType<typeof offeredOf>>('offered');
  return {
    topics: topics.flatMap((id) => queryTopic(id) ?? []),
    series: series.flatMap((id) => querySeries(id) ?? []),
  };
};

/** The latest stories of a list with their bodies, for a feed. */
export const queryFeed = (list: ListKey, count: number): StoryAnswer[] =>
  queryLatest(list, count).flatMap(({ id }) => queryStory(id) ?? []);

export type SitemapAnswer =
  | { kind: 'urls'; urls: { address: string; lastmod?: number }[] }
  | { kind: 'parts'; parts: { address: string }[] };

/** The map of the site, or one part of it: `pages`, or a month such as `2026-03`. */
export const querySitemap = (part = ''): SitemapAnswer => read('sitemap', part);

/** Every alias with the address it leads to. */
export const queryRedirects = (): { from: string; to: string }[] => read('redirects');

/**
 * What stands at an address; undefined when nothing does.
 *
 * @param pathname decoded, without the site's base; with or without the last slash
 */
export function queryAddress(pathname: string): Address | undefined {
  const fixed = fixedAddresses[pathname];
  if (fixed) return fixed;
  const row = desk().sql('SELECT address, kind, owner FROM address WHERE fold = ?').get(foldAddress(pathname)) as
    | { address: string; kind: string; owner: string }
    | undefined;
  if (row?.address === pathname.normalize('NFC')) {
    const id = row.owner.slice(row.owner.indexOf('/') + 1);
    switch (row.kind) {
      case 'story':
        return { kind: 'story', story: id };
      case 'page':
        return { kind: 'page', page: id };
      case 'section':
        return { kind: 'section', section: id };
      case 'feed':
        return { kind: 'feed', section: id };
      case 'alias': {
        const to = read<string | undefined>('alias', row.address);
        return to === undefined ? undefined : { kind: 'alias', to };
      }
    }
  }
  return addressOfList(pathname);
}

const fixedAddresses: Record<string, Address> = {
  '/': { kind: 'home' },
  '/404.html': { kind: 'notFound' },
  '/feed.xml': { kind: 'feed' },
  '/sitemap.xml': { kind: 'sitemap' },
  '/robots.txt': { kind: 'robots' },
  [markAddress]: { kind: 'mark' },
  '/_redirects': { kind: 'redirects' },
  [correctionsAddress]: { kind: 'corrections', part: 1 },
  [searchAddress]: { kind: 'search' },
};

function addressOfList(pathname: string): Address | undefined {
  const part = /^\/sitemap-(pages|\d{4}-\d{2})\.xml$/.exec(pathname)?.[1];
  if (part) return { kind: 'sitemap', part };
  const segments = pathname.normalize('NFC').split('/').slice(1, -1);
  if (!pathname.endsWith('/') || segments.length === 0) return undefined;
  if (segments[0] === 'series') {
    const [, id, rest, ...more] = segments;
    const page = rest === undefined ? '1' : /^part-([2-9]|[1-9]\d+)$/.exec(rest)?.[1];
    return id && page && more.length === 0 ? { kind: 'series', series: id, part: Number(page) } : undefined;
  }
  let list: ListKey = 'site';
  if (segments[0] === 'topics' || segments[0] === 'authors') {
    const [kind, id] = segments.splice(0, 2);
    if (!id) return undefined;
    if (segments.length === 0) return kind === 'topics' ? { kind: 'topic', topic: id } : { kind: 'author', author: id };
    list = kind === 'topics' ? `topic/${id}` : `author/${id}`;
  } else if (segments[0] === 'corrections') list = segments.shift() as 'corrections';
  else if (!/^\d{4}$/.test(segments[0]!)) list = `section/${segments.shift()!}`;
  const partNumber = /^part-([2-9]|[1-9]\d+)$/.exec(segments.at(-1) ?? '')?.[1];
  if (partNumber) segments.pop();
  const [year, month] = segments;
  const isPeriod =
    year && /^\d{4}$/.test(year) && (segments.length === 1 || (segments.length === 2 && /^\d{2}$/.test(month!)));
  if (!isPeriod) return undefined;
  if (!month && list === 'site') return partNumber ? undefined : { kind: 'year', year };
  if (isMonthly(list) !== Boolean(month)) return undefined;
  if (list === 'corrections') return { kind: 'corrections', period: year, part: Number(partNumber ?? 1) };
  return { kind: 'period', list, period: segments.join('-'), part: Number(partNumber ?? 1) };
}

/** Where a story stands in a list. Its period follows from the date, but only for whoever knows the time zone. */
export function placeOf(list: string, id: string): { period: string; published: number } | undefined {
  const row = desk().sql('SELECT day, published FROM story WHERE id = ? AND isPublic = 1').get(id) as
    | { day: string; published: number }
    | undefined;
  return row && { period: row.day.slice(0, isMonthly(list as ListKey) ? 7 : 4), published: row.published };
}

const placesOfSeries = `
  SELECT card, cardDigest FROM (SELECT part, published, id FROM series WHERE series = ? ORDER BY part, published, id LIMIT ? + 0 OFFSET ? + 0) AS place
  JOIN story USING (id) ORDER BY place.part, place.published, place.id`;

function seriesOf(id: string): SeriesAnswer | undefined {
  const { sql } = desk();
  const row = sql('SELECT min(spelling) AS spelling FROM series WHERE series = ?').get(id) as {
    spelling: string | null;
  };
  if (row.spelling === null) return undefined;
  const described = thing<Record<string, { title?: string; description?: string }>>('series').answer()?.[id];
  return { id, title: described?.title ?? row.spelling, description: described?.description };
}

/** The stories before and after a story in its series. */
function besideOf(id: string): { series: string; previous?: NextStory; next?: NextStory } | undefined {
  const { sql } = desk();
  const row = storyRow(id);
  if (row?.state !== 'ready') return undefined;
  const { detail, published } = JSON.parse(row.record) as StoredRecord;
  if (!detail.series) return undefined;
  const place = sql('SELECT part FROM series WHERE series = ? AND published = ? AND id = ?').get(
    detail.series.id,
    published,
    id,
  ) as { part: number } | undefined;
  if (!place) return undefined;
  const one = (sign: '<' | '>', order: 'DESC' | 'ASC') => {
    const found = sql(
      `SELECT card FROM (SELECT id FROM series WHERE series = ? AND (part, published, id) ${sign} (?, ?, ?)
        ORDER BY part ${order}, published ${order}, id ${order} LIMIT 1) JOIN story USING (id)`,
    ).get(detail.series!.id, place.part, published, id) as { card: string } | undefined;
    return found && nextStory(JSON.parse(found.card) as Card);
  };
  return { series: detail.series.id, previous: one('<', 'DESC'), next: one('>', 'ASC') };
}

const nextStory = ({ address, headline, language }: Card): NextStory => ({ address, headline, language });

const corrections = 'SELECT correction.*, card FROM correction JOIN story USING (id)';

const corrected = (rows: unknown[]): CorrectedAnswer[] =>
  (rows as { date: number; type: CorrectedAnswer['type']; text: string; card: string }[]).map(
    ({ date, type, text, card }) => ({ date, type, text, story: nextStory(JSON.parse(card) as Card) }),
  );

/** More topics or series than this are no help to who looks for a story. */
const offeredMax = 48;

/** The topics with the most stories and the latest series, each in order of id. */
function offeredOf(): { topics: string[]; series: string[] } {
  const { sql } = desk();
  const topics = sql(
    `SELECT list FROM period WHERE list >= 'topic/' AND list < 'topic0' GROUP BY list HAVING total(length) > 0
      ORDER BY total(length) DESC, list LIMIT ? + 0`,
  ).all(offeredMax) as { list: string }[];
  const series = sql('SELECT series FROM series GROUP BY series ORDER BY max(published) DESC, series LIMIT ? + 0').all(
    offeredMax,
  ) as { series: string }[];
  return {
    topics: topics.map(({ list }) => list.slice('topic/'.length)).sort(),
    series: series.map((row) => row.series).sort(),
  };
}

function topicOf(id: string): TopicAnswer | undefined {
  const { sql } = desk();
  const described = thing<Record<string, { title?: string; description?: string }>>('topics').answer()?.[id];
  // Spellings of public stories only: the one first in code-point order, whoever came first.
  const written = sql(
    `SELECT spelling FROM spelling JOIN story USING (id) WHERE topic = ? AND isPublic = 1 AND state = 'ready' ORDER BY spelling LIMIT 1`,
  ).get(id) as { spelling: string } | undefined;
  if (!written) return undefined;
  return { id, title: described?.title ?? written.spelling, description: described?.description };
}

function sitemapOf(part: string): SitemapAnswer {
  const { sql } = desk();
  const count = (sql("SELECT total(length) AS count FROM period WHERE list = 'site'").get() as { count: number }).count;
  const isSplit = count > sitemapLength;
  if (!part && isSplit)
    return {
      kind: 'parts',
      parts: ['pages', ...periodsOf('site')].map((name) => ({ address: `/sitemap-${name}.xml` })),
    };
  const stories = (where: string, ...args: string[]) =>
    (
      sql(
        `SELECT card FROM listing JOIN story USING (id) WHERE list = 'site' ${where} ORDER BY listing.period DESC, listing.published DESC, listing.id DESC`,
      ).all(...args) as { card: string }[]
    ).map(({ card }) => {
      const { address, published, updated } = JSON.parse(card) as Card;
      return { address, lastmod: updated ?? published };
    });
  if (part && part !== 'pages') return { kind: 'urls', urls: isSplit ? stories('AND period = ?', part) : [] };
  const site = thing<Site>('site').answer();
  const lists = (kind: string) =>
    (
      sql('SELECT DISTINCT list FROM period WHERE list >= ? AND list < ? AND length > 0 ORDER BY list').all(
        `${kind}/`,
        `${kind}0`,
      ) as { list: string }[]
    ).map(({ list }) => list.slice(kind.length + 1));
  const pages = (
    sql("SELECT address FROM address WHERE kind = 'page' ORDER BY address").all() as { address: string }[]
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

const aliasTargets = `
  SELECT alias.owner, alias.source, own.address AS target FROM
    (SELECT address AS source, owner FROM address WHERE kind = 'alias' UNION SELECT source, owner FROM redirect) AS alias
  JOIN address AS own ON own.owner = alias.owner AND own.kind IN ('story', 'page')
  LEFT JOIN story ON alias.owner = 'story/' || story.id
  WHERE (story.id IS NULL OR story.isPublic = 1)`;

function redirectsOf(): { from: string; to: string }[] {
  const rows = desk().sql(`${aliasTargets} ORDER BY alias.source`).all() as { source: string; target: string }[];
  return rows.map(({ source, target }) => ({ from: source, to: target }));
}

function aliasOf(address: string): string | undefined {
  return (desk().sql(`${aliasTargets} AND alias.source = ?`).get(address) as { target: string } | undefined)?.target;
}
