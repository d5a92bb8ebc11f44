import { isMonthly, type ListKey } from '../site/address.ts';
import { type Card, modifiedOf } from '../story/card.ts';
import type { StoryDocument } from '../story/documents.ts';
import type { StoryRecord, StoryState } from '../story/record.ts';
import { forgetAddressLinks, putAddressLinks } from './address-link-rows.ts';
import { digestOf } from './digest.ts';
import type { IndexHandle } from './handle.ts';
import type { StoredRecord } from './records.ts';

/** A story as the rest of the site sees it: everything that is visible from outside when it changes. */
export interface StorySeen {
  id: string;
  /** It has a page: it is due and not a draft. */
  isPublic: boolean;
  /** It is in lists: it is public and not withdrawn. */
  isListed: boolean;
  address: string;
  digest: string;
  cardDigest: string;
  published: number;
  updated?: number;
  day: string;
  lists: string[];
  topics: string[];
  names: string[];
  /** Addresses with a page that redirects here. */
  aliases: string[];
  /** Old addresses that no file can hold, which redirect here only in the lists of redirects. */
  redirects: string[];
  /** The digests of its pictures. */
  pictures: string[];
  /** The documents that it publishes. */
  documents: Pick<StoryDocument, 'path' | 'address'>[];
  translationOf?: string;
  /** Its position in its series. */
  series?: { id: string; spelling: string; part: number };
  /** What the page of corrections shows of it. */
  corrected: { period: string; date: number; place: number; type: string; text: string }[];
  /** Other newsrooms can republish it. */
  isOnWire: boolean;
  /** When it was published, updated, or corrected, whichever is the latest. */
  modified: ReturnType<typeof modifiedOf>;
}

/** The position of a story without a number: after all stories that have one. */
const partLast = 100_000;

type Row = { state: StoryState; isPublic: number; digest: string; card: string; cardDigest: string; record: string };

export const periodOf = (list: string, day: string): string => day.slice(0, isMonthly(list as ListKey) ? 7 : 4);

export function seenStory(index: IndexHandle, id: string): StorySeen | undefined {
  const { sql } = index;
  const row = sql('SELECT state, isPublic, digest, card, cardDigest, record FROM story WHERE id = ?').get(id) as
    | Row
    | undefined;
  if (!row) return undefined;
  return seen(id, row, JSON.parse(row.card) as Card, JSON.parse(row.record) as StoredRecord);
}

function seen(
  id: string,
  row: Pick<Row, 'state' | 'isPublic' | 'digest' | 'cardDigest'>,
  card: Card,
  record: StoredRecord,
): StorySeen {
  const isPublic = row.isPublic === 1;
  return {
    id,
    isPublic,
    isListed: isPublic && row.state === 'ready',
    address: card.address,
    digest: row.digest,
    cardDigest: row.cardDigest,
    published: record.published,
    updated: card.updated,
    day: record.day,
    lists: record.lists,
    topics: record.detail.topics,
    names: record.names,
    aliases: record.aliases,
    redirects: record.redirects ?? [],
    pictures: record.pictures.map(({ digest }) => digest),
    documents: record.documents ?? [],
    translationOf: record.detail.translationOf,
    series: record.detail.series && {
      id: record.detail.series.id,
      spelling: record.detail.series.title,
      part: record.detail.series.part ?? partLast,
    },
    corrected: record.detail.corrections
      .map(({ date, type, text }, place) => ({ period: record.correctionYears[place]!, date, place, type, text }))
      // An update is not a correction: the story was not wrong.
      .filter(({ type }) => type !== 'update'),
    isOnWire: record.detail.isOnWire === true,
    modified: modifiedOf(card, record.detail.corrections),
  };
}

/** The lists that contain a story once it is public. */
function listsOf({ card, detail }: StoryRecord): string[] {
  const authors = card.byline.flatMap(({ author }) => (author ? [`author/${author}`] : []));
  return [
    'site',
    ...(card.section ? [`section/${card.section}`] : []),
    ...detail.topics.map((topic) => `topic/${topic}`),
    ...new Set(authors),
  ];
}

/**
 * Writes a story. `enlist` adds its lists.
 *
 * @param claimed its old addresses: those with a page, and those that are only in the lists of redirects
 */
export function putStory(
  index: IndexHandle,
  record: StoryRecord,
  { withPage: aliases, listOnly: redirects }: { withPage: string[]; listOnly: string[] },
  isPublic: boolean,
): StorySeen {
  const { sql } = index;
  const { id, file, state, due, card, detail, day, pictures, names, fileDigest } = record;
  const stored: StoredRecord = {
    detail,
    fileDigest,
    day,
    published: card.published,
    aliases,
    lists: listsOf(record),
    names,
    pictures,
    correctionYears: record.correctionYears,
    ...(redirects.length > 0 ? { redirects } : {}),
    ...(record.tables.length > 0 ? { tables: record.tables } : {}),
    ...(record.documents.length > 0 ? { documents: record.documents } : {}),
  };
  const cardText = JSON.stringify(card);
  const recordText = JSON.stringify(stored);
  const row = {
    state,
    isPublic: isPublic ? 1 : 0,
    digest: digestOf(cardText + recordText),
    cardDigest: digestOf(cardText),
  };
  sql('INSERT OR REPLACE INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    id,
    file,
    state,
    due ?? null,
    row.isPublic,
    card.published,
    day,
    row.digest,
    cardText,
    row.cardDigest,
    recordText,
  );
  for (const { topic, spelling } of record.spellings)
    sql('INSERT OR IGNORE INTO spelling VALUES (?, ?, ?)').run(topic, spelling, id);
  for (const key of record.dependencies) sql('INSERT OR IGNORE INTO dependency VALUES (?, ?)').run(key, `story/${id}`);
  for (const { name, line } of record.links)
    sql('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)').run(`story/${id}`, name, line, file);
  // Readers do not see the text of a withdrawn story, so its links do not count.
  putAddressLinks(index, `story/${id}`, file, state === 'withdrawn' ? [] : record.addressLinks);
  if (detail.translationOf) sql('INSERT INTO translation VALUES (?, ?)').run(detail.translationOf, id);
  return seen(id, row, card, stored);
}

/** Adds a public story to its lists, and marks its pictures as used. */
export function enlist(index: IndexHandle, story: StorySeen): void {
  const { sql } = index;
  if (!story.isListed) return;
  for (const list of story.lists) {
    const period = periodOf(list, story.day);
    sql('INSERT INTO listing VALUES (?, ?, ?, ?)').run(list, period, story.published, story.id);
    countPeriod(index, list, period, 1);
  }
  for (const { address, path } of story.documents)
    sql('INSERT OR REPLACE INTO document VALUES (?, ?, ?)').run(address, path, `story/${story.id}`);
  for (const digest of new Set(story.pictures))
    sql('INSERT OR IGNORE INTO pictureUse VALUES (?, ?)').run(digest, `story/${story.id}`);
  const { id, series } = story;
  if (series)
    sql('INSERT INTO series VALUES (?, ?, ?, ?, ?)').run(series.id, series.part, story.published, id, series.spelling);
  for (const { period, date, place, type, text } of story.corrected) {
    sql('INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?)').run(period, date, id, place, type, text);
    countPeriod(index, 'corrections', period, 1);
  }
}

export function unlist(index: IndexHandle, story: StorySeen): void {
  const { sql } = index;
  if (!story.isListed) return;
  for (const list of story.lists) {
    const period = periodOf(list, story.day);
    sql('DELETE FROM listing WHERE list = ? AND period = ? AND published = ? AND id = ?').run(
      list,
      period,
      story.published,
      story.id,
    );
    countPeriod(index, list, period, -1);
  }
  sql('DELETE FROM pictureUse WHERE owner = ?').run(`story/${story.id}`);
  sql('DELETE FROM document WHERE owner = ?').run(`story/${story.id}`);
  const { id, series } = story;
  if (series)
    sql('DELETE FROM series WHERE series = ? AND part = ? AND published = ? AND id = ?').run(
      series.id,
      series.part,
      story.published,
      id,
    );
  for (const { period, date, place } of story.corrected) {
    sql('DELETE FROM correction WHERE period = ? AND date = ? AND id = ? AND place = ?').run(period, date, id, place);
    countPeriod(index, 'corrections', period, -1);
  }
}

function countPeriod({ periodChanges }: IndexHandle, list: string, period: string, by: number): void {
  const key = `${list} ${period}`;
  const change = periodChanges.get(key);
  if (change) change.by += by;
  else periodChanges.set(key, { list, period, by });
}

/**
 * Counts the stories that joined or left the periods of lists. A clean build has five for each story, and a few hundred
 * periods, so they are counted at the end.
 */
export function settlePeriods({ sql, periodChanges }: IndexHandle): void {
  for (const { list, period, by } of periodChanges.values())
    if (by !== 0)
      sql('INSERT INTO period VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET length = length + excluded.length').run(
        list,
        period,
        by,
      );
  periodChanges.clear();
}

/** Deletes everything that belongs to an owner. `forgetStory` deletes the row of the story itself. */
export function releaseStory(index: IndexHandle, story: StorySeen): void {
  const { sql } = index;
  const owner = `story/${story.id}`;
  unlist(index, story);
  for (const name of story.names) sql('DELETE FROM name WHERE name = ? AND id = ?').run(name, story.id);
  for (const topic of story.topics) sql('DELETE FROM spelling WHERE topic = ? AND id = ?').run(topic, story.id);
  sql('DELETE FROM dependency WHERE owner = ?').run(owner);
  sql('DELETE FROM link WHERE owner = ?').run(owner);
  forgetAddressLinks(index, owner);
  sql('DELETE FROM redirect WHERE owner = ?').run(owner);
  sql('DELETE FROM turn WHERE id = ?').run(story.id);
  sql('DELETE FROM address WHERE owner = ?').run(owner);
  if (story.translationOf) sql('DELETE FROM translation WHERE id = ?').run(story.id);
}

export function forgetStory(index: IndexHandle, id: string): void {
  index.sql('DELETE FROM story WHERE id = ?').run(id);
}
