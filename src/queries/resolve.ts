import { aliasOf } from '../index/alias-rows.ts';
import { desk } from '../index/handle.ts';
import type { AuthorThing, FrontThing, PageThing, StoredRecord, StoryRow } from '../index/records.ts';
import {
  type Answered,
  type CardRow,
  cards,
  idOfName,
  lengthOf,
  partLength,
  partsOf,
  periodsOf,
  placeOf,
  storyRow,
  thing,
  whole,
} from '../index/rows.ts';
import type { Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import type { CorrectedAnswer } from './results.ts';
import { redirectsOf, sitemapOf } from './site-map.ts';
import { besideOf, nextStory, offeredOf, seriesOf, topicOf } from './topics-and-series.ts';
import { note, type Question } from './trace.ts';

/*
 * How each question is answered. Each has a key and each answer a digest; the pair is noted in the trace of the page
 * that asks. The press asks for the digest of a key again without a page (`digestOfKey`), so both ways go through the
 * same functions.
 */

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

const placesOfSeries = `
  SELECT card, cardDigest FROM (SELECT part, published, id FROM series WHERE series = ? ORDER BY part, published, id LIMIT ? + 0 OFFSET ? + 0) AS place
  JOIN story USING (id) ORDER BY place.part, place.published, place.id`;

const corrections = 'SELECT correction.*, card FROM correction JOIN story USING (id)';

const corrected = (rows: unknown[]): CorrectedAnswer[] =>
  (rows as { date: number; type: CorrectedAnswer['type']; text: string; card: string }[]).map(
    ({ date, type, text, card }) => ({ date, type, text, story: nextStory(JSON.parse(card) as Card) }),
  );

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
export function read<T>(...question: Question): T {
  const key = JSON.stringify(question);
  const { digest, answer } = ask(question);
  note(key, digest);
  return answer() as T;
}

/** `read` for what many pages ask: the answer is kept until the index changes. It must not be written to. */
export function readOften<T>(...question: Question): T {
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
