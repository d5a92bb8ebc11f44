import { isDeepStrictEqual } from 'node:util';
import type { IndexHandle } from '../index/handle.ts';
import type { AuthorRecord } from '../index/records.ts';
import { partsOf } from '../index/rows.ts';
import { periodOf, type StorySeen } from '../index/story-rows.ts';
import type { NewsroomChanges } from '../ingest/ingest-run.ts';
import { pictureId } from '../pictures/picture.ts';
import { olderMax, querySite } from '../queries/queries.ts';
import { digestOfKey } from '../queries/resolve.ts';
import { hasRedirects, sitemapLength } from '../queries/site-map.ts';
import {
  correctionsAddress,
  feedAddress,
  foldAddress,
  isMonthly,
  type ListKey,
  listAddress,
  markAddress,
  periodAddress,
  searchAddress,
  seriesAddress,
  sitemapAddress,
  yearAddress,
} from '../site/address.ts';
import { wantedPicture } from './wanted-pictures.ts';

/*
 * Decides which addresses exist, and which of them a change makes stale. Everything here runs inside the transaction
 * that ingests the change, and the result is rows of `todo`, so a killed press continues where it stopped.
 */

/**
 * The order of writing: nothing is linked before it exists, and nothing is removed while it is linked. New addresses
 * are written before pages that readers may already have open, because only a page written later in this build links to
 * them.
 */
export const Step = { asset: 0, newStory: 1, newFront: 2, story: 3, front: 4, remove: 5 } as const;
export type Step = (typeof Step)[keyof typeof Step];
/** The steps in which pages are rendered, in order. */
export const pageSteps: readonly Step[] = [Step.newStory, Step.newFront, Step.story, Step.front];

/** Pages that exist even without any story. */
const fixed = ['/', feedAddress(), '/404.html', sitemapAddress(), correctionsAddress, searchAddress];

/**
 * A todo row that is not a page: a picture by its digest, a document of a story by its address, or a file in `public/`.
 */
export const pictureTodo = (digest: string): string => `picture:${digest}`;
export const documentTodo = (address: string): string => `document:${address}`;
export const publicTodo = (file: string): string => `public:${file}`;
/** A file of dist that the site no longer needs. It is deleted unless something needs it by then. */
export const fileTodo = (file: string): string => `file:${file}`;

export const todo = (index: IndexHandle, address: string, step: Step) =>
  index.sql('INSERT OR REPLACE INTO todo VALUES (?, ?)').run(address, step);

/** Adds more work. Work that is already recorded stays as it is, because it may be a removal. */
export const todoToo = (index: IndexHandle, address: string, step: Step) =>
  index.sql('INSERT OR IGNORE INTO todo VALUES (?, ?)').run(address, step);

const stepOf = (index: IndexHandle, address: string): Step => (isStoryLike(index, address) ? Step.story : Step.front);

/** The step of a page that readers cannot have seen: it does not exist, and no existing page links to it. */
export const newStepOf = (index: IndexHandle, address: string): Step =>
  isStoryLike(index, address) ? Step.newStory : Step.newFront;

/** Records a page that has to be rendered. */
const todoPage = (index: IndexHandle, address: string) =>
  todo(
    index,
    address,
    index.sql('SELECT 1 FROM page WHERE address = ?').get(address) ? stepOf(index, address) : newStepOf(index, address),
  );

/** Pages that lists link to, as opposed to lists. They are written first. */
const isStoryLike = (index: IndexHandle, address: string): boolean =>
  index
    .sql("SELECT 1 FROM address WHERE fold = ? AND address = ? AND kind IN ('story', 'page', 'alias')")
    .get(foldAddress(address), address) !== undefined;

/** Every address of the site, after new templates or without a record. Pages that no longer exist are removed. */
export function planAll(index: IndexHandle): void {
  const { sql, db } = index;
  // Every page is rendered again and records its trace again, because an old digest would hide a later change.
  db.exec('DELETE FROM read; DELETE FROM query');
  // What a killed publish was about to write may exist, so it is removed unless it is needed.
  db.exec(`
    INSERT OR IGNORE INTO todo
      SELECT 'file:' || substr(address, 2) || iif(substr(address, -1) = '/', 'index.html', ''), ${Step.remove}
      FROM todo WHERE substr(address, 1, 1) = '/';
    DELETE FROM todo WHERE substr(address, 1, 5) <> 'file:';
    INSERT INTO todo SELECT address, ${Step.remove} FROM page`);
  db.exec(`INSERT INTO todo SELECT DISTINCT source, ${Step.remove} FROM asset WHERE source <> 'templates'`);
  for (const address of [...fixed, ...extras(index)]) todo(index, address, Step.front);
  db.exec(`
    INSERT OR REPLACE INTO todo SELECT address.address, ${Step.story} FROM address JOIN story ON address.owner = 'story/' || story.id
      WHERE isPublic = 1 AND address.kind IN ('story', 'alias');
    INSERT OR REPLACE INTO todo SELECT address, ${Step.story} FROM address WHERE owner LIKE 'page/%';
    INSERT OR REPLACE INTO todo SELECT address, ${Step.front} FROM address WHERE kind IN ('section', 'feed');
    INSERT OR REPLACE INTO todo SELECT DISTINCT 'picture:' || digest, ${Step.asset} FROM pictureUse;
    INSERT OR REPLACE INTO todo SELECT 'document:' || address, ${Step.asset} FROM document;
    INSERT OR REPLACE INTO todo SELECT 'public:' || path, ${Step.asset} FROM file WHERE path LIKE 'public/%'`);
  const lists = new Set<string>();
  for (const { list, period, length } of sql('SELECT list, period, length FROM period WHERE length > 0').all() as {
    list: ListKey;
    period: string;
    length: number;
  }[]) {
    lists.add(list);
    for (let part = 1; part <= partsOf(length); part++) todo(index, periodAddress(list, period, part), Step.front);
    if (list === 'site') todo(index, yearAddress(period.slice(0, 4)), Step.front);
  }
  for (const list of lists) todo(index, listAddress(list as ListKey), Step.front);
  for (const { series, count } of sql('SELECT series, count(*) AS count FROM series GROUP BY series').all() as {
    series: string;
    count: number;
  }[])
    for (let part = 1; part <= partsOf(count); part++) todo(index, seriesAddress(series, part), Step.front);
  for (const part of sitemapParts(index, sitemapCount(index))) todo(index, sitemapAddress(part), Step.front);
  db.exec(`
    UPDATE todo SET step = step - ${Step.story - Step.newStory}
      WHERE step IN (${Step.story}, ${Step.front}) AND address NOT IN (SELECT address FROM page)`);
}

/** Pages that a newsroom can replace with its own file, or that exist only if needed. */
function extras(index: IndexHandle): string[] {
  const { sql } = index;
  const found: string[] = [];
  if (!sql("SELECT 1 FROM address WHERE fold = 'robots.txt'").get()) found.push('/robots.txt');
  if (!querySite(index).icon) found.push(markAddress);
  if (hasRedirects(index)) found.push('/_redirects');
  return found;
}

const sitemapCount = (index: IndexHandle): number =>
  (index.sql("SELECT total(length) AS count FROM period WHERE list = 'site'").get() as { count: number }).count;

function sitemapParts(index: IndexHandle, count: number): string[] {
  if (count <= sitemapLength) return [];
  const months = index.sql("SELECT period FROM period WHERE list = 'site' AND length > 0").all() as {
    period: string;
  }[];
  return ['pages', ...months.map(({ period }) => period)];
}

/** Records the pages that a change adds, makes stale, or removes. */
export function planChanges(index: IndexHandle, changes: NewsroomChanges): void {
  const wanted = new Set<string>();
  const dropped = new Set<string>();
  const subjects = new Set(changes.subjects);
  const pictures = new Set(changes.pictures);
  /** By list and period: the change in the number of its stories. */
  const grown = new Map<string, { list: ListKey; period: string; by: number }>();
  /** By series: the change in the number of its stories. */
  const longer = new Map<string, number>();

  for (const address of changes.pages.before.keys()) dropped.add(address);
  for (const address of changes.pages.after.keys()) if (!isPage(index, address)) wanted.add(address);
  for (const { before, after } of changes.stories) {
    for (const { id, names, aliases, translationOf } of [before, after].filter((story) => story !== undefined)) {
      subjects.add(`story:${id}`).add(`translations:${id}`);
      for (const name of names) subjects.add(`name:${name}`);
      for (const alias of aliases) subjects.add(`alias:${alias}`);
      if (translationOf) subjects.add(`translations:${idOf(index, translationOf)}`);
    }
    if (before?.isPublic) for (const address of [before.address, ...before.aliases]) dropped.add(address);
    if (after?.isPublic)
      for (const address of [after.address, ...after.aliases]) if (!isPage(index, address)) wanted.add(address);
    if (
      before?.address !== after?.address ||
      before?.isPublic !== after?.isPublic ||
      String(before?.aliases) !== String(after?.aliases)
    )
      subjects.add('redirects');
    if (before?.isListed) for (const digest of before.pictures) pictures.add(digest);
    if (after?.isListed) for (const digest of after.pictures) pictures.add(digest);
    const grow = (list: ListKey, period: string, by: number) => {
      const key = `${list} ${period}`;
      const entry = grown.get(key) ?? { list, period, by: 0 };
      entry.by += by;
      grown.set(key, entry);
    };
    const isSame = isSameCard(before, after);
    if (!isSame || !isDeepStrictEqual(before?.corrected, after?.corrected))
      for (const [story, by] of [
        [before, -1],
        [after, 1],
      ] as const)
        if (story?.isListed) for (const { period } of story.corrected) grow('corrections', period, by);
    if (!isSame || !isDeepStrictEqual(before?.series, after?.series)) {
      for (const [story, by] of [
        [before, -1],
        [after, 1],
      ] as const) {
        if (!story?.isListed || !story.series) continue;
        const { id } = story.series;
        longer.set(id, (longer.get(id) ?? 0) + by);
        subjects.add(`series:${id}`).add(`beside:${story.id}`);
        for (const other of besidePlace(index, story.series, story.published, story.id))
          subjects.add(`beside:${other}`);
      }
    }
    if (isSame) continue;
    for (const [story, by] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (!story?.isListed) continue;
      subjects.add(`sitemap:${story.day.slice(0, 7)}`).add('sitemap:');
      for (const topic of story.topics) subjects.add(`topic:${topic}`);
      for (const list of story.lists as ListKey[]) {
        const period = periodOf(list, story.day);
        grow(list, period, by);
        for (const id of newerThan(index, list, period, story.published, story.id)) subjects.add(`older:${id}`);
      }
    }
  }
  // A public page at an address that something else gave up stays, and is a different page.
  const owners = ownersOf(changes);
  for (const [address, owner] of owners.after) {
    if (dropped.delete(address) && owners.before.get(address) !== owner) wanted.add(address);
  }

  planLists(index, [...grown.values()], wanted, dropped, subjects, pictures);
  planSeries(index, longer, wanted, dropped, subjects);
  const had = ['/robots.txt', '/_redirects', markAddress].filter(
    (address) => addressesFrom(index, address, `${address}!`).length,
  );
  const extra = extras(index);
  for (const address of extra) if (!had.includes(address)) wanted.add(address);
  for (const address of had) if (!extra.includes(address)) dropped.add(address);

  for (const address of dropped) if (!wanted.has(address)) todo(index, address, Step.remove);
  for (const address of wanted) todoPage(index, address);
  for (const digest of pictures)
    todo(index, pictureTodo(digest), wantedPicture(index, digest) ? Step.asset : Step.remove);
  for (const { before } of changes.stories)
    if (before?.isListed) for (const { address } of before.documents) todo(index, documentTodo(address), Step.remove);
  for (const { after } of changes.stories)
    if (after?.isListed) for (const { address } of after.documents) todo(index, documentTodo(address), Step.asset);
  for (const file of changes.publicFiles.changed) todo(index, publicTodo(file), Step.asset);
  for (const file of changes.publicFiles.gone) todo(index, publicTodo(file), Step.remove);
  for (const subject of subjects) recheck(index, subject);
}

/** Pages that exist, or that a killed publish was about to write, from one address up to another in binary order. */
const addressesFrom = (index: IndexHandle, from: string, to: string): string[] =>
  (
    index
      .sql(
        `SELECT address FROM page WHERE address >= ?1 AND address < ?2
          UNION SELECT address FROM todo WHERE address >= ?1 AND address < ?2 AND step <> ${Step.remove}`,
      )
      .all(from, to) as { address: string }[]
  ).map(({ address }) => address);

/** The previous and current owners of each address of what was ingested, by address: the kind of page and its owner. */
function ownersOf({ stories, pages }: NewsroomChanges): { before: Map<string, string>; after: Map<string, string> } {
  const owners = { before: new Map(pages.before), after: new Map(pages.after) };
  for (const { before, after } of stories)
    for (const [story, known] of [
      [before, owners.before],
      [after, owners.after],
    ] as const) {
      if (!story?.isPublic) continue;
      for (const alias of story.aliases) known.set(alias, `alias story/${story.id}`);
      known.set(story.address, `story story/${story.id}`);
    }
  return owners;
}

const isPage = (index: IndexHandle, address: string): boolean => {
  const { sql } = index;
  const row = sql('SELECT step FROM todo WHERE address = ?').get(address) as { step: Step } | undefined;
  return row ? false : sql('SELECT 1 FROM page WHERE address = ?').get(address) !== undefined;
};

const idOf = (index: IndexHandle, name: string): string =>
  (index.sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined)?.id ?? name;

/** Whether no list can show a difference. */
const isSameCard = (before: StorySeen | undefined, after: StorySeen | undefined): boolean =>
  before?.isListed === after?.isListed &&
  before?.cardDigest === after?.cardDigest &&
  before?.day === after?.day &&
  String(before?.lists) === String(after?.lists) &&
  String(before?.topics) === String(after?.topics);

/** The next stories of a list after a position. Only they can show the story at that position as "older". */
function newerThan(index: IndexHandle, list: string, period: string, published: number, id: string): string[] {
  const rows = index
    .sql(
      'SELECT id FROM listing WHERE list = ? AND (period, published, id) > (?, ?, ?) ORDER BY period, published, id LIMIT ? + 0',
    )
    .all(list, period, published, id, olderMax) as { id: string }[];
  return rows.map((row) => row.id);
}

function planLists(
  index: IndexHandle,
  grown: { list: ListKey; period: string; by: number }[],
  wanted: Set<string>,
  dropped: Set<string>,
  subjects: Set<string>,
  pictures: Set<string>,
): void {
  const { sql } = index;
  const totals = new Map<ListKey, number>();
  const years = new Set<string>();
  for (const { list, period, by } of grown) {
    totals.set(list, (totals.get(list) ?? 0) + by);
    subjects.add(`list:${list}`).add(`period:${list}:${period}`);
    const now =
      (
        sql('SELECT length FROM period WHERE list = ? AND period = ?').get(list, period) as
          | { length: number }
          | undefined
      )?.length ?? 0;
    const old = now - by;
    const [oldParts, parts] = [old > 0 ? partsOf(old) : 0, now > 0 ? partsOf(now) : 0];
    for (let part = oldParts + 1; part <= parts; part++) wanted.add(periodAddress(list, period, part));
    for (let part = parts + 1; part <= oldParts; part++) dropped.add(periodAddress(list, period, part));
    if (old > 0 === now > 0) continue;
    subjects.add(`periods:${list}`);
    if (list !== 'site') continue;
    years.add(period.slice(0, 4));
    if (sitemapCount(index) > sitemapLength) {
      if (now > 0) wanted.add(sitemapAddress(period));
      else dropped.add(sitemapAddress(period));
    }
  }
  for (const year of years) {
    const isThere =
      sql("SELECT 1 FROM period WHERE list = 'site' AND length > 0 AND period LIKE ? LIMIT 1").get(`${year}-%`) !==
      undefined;
    if (isThere && !isPage(index, yearAddress(year))) wanted.add(yearAddress(year));
    if (!isThere) dropped.add(yearAddress(year));
  }
  for (const [list, by] of totals) {
    const now = (sql('SELECT total(length) AS count FROM period WHERE list = ?').get(list) as { count: number }).count;
    if (list === 'site') planSitemap(index, now - by, now, wanted, dropped);
    if (by !== 0 && list.startsWith('topic/')) subjects.add('offered');
    if (now > 0 === now - by > 0 || isMonthly(list) || list === 'corrections') continue;
    subjects.add('sitemap:').add('sitemap:pages');
    if (now > 0) wanted.add(listAddress(list));
    else dropped.add(listAddress(list));
    if (!list.startsWith('author/')) continue;
    const author = sql('SELECT record FROM record WHERE key = ?').get(list) as { record: string } | undefined;
    const facts = author && (JSON.parse(author.record) as AuthorRecord).picture?.facts;
    if (facts) pictures.add(pictureId(facts));
  }
}

/** The stories on both sides of a position in a series. Only they name the story at that position. */
function besidePlace(
  index: IndexHandle,
  series: { id: string; part: number },
  published: number,
  id: string,
): string[] {
  const { sql } = index;
  const one = (sign: '<' | '>', order: 'DESC' | 'ASC') =>
    sql(
      `SELECT id FROM series WHERE series = ? AND (part, published, id) ${sign} (?, ?, ?)
        ORDER BY part ${order}, published ${order}, id ${order} LIMIT 1`,
    ).get(series.id, series.part, published, id) as { id: string } | undefined;
  return [one('<', 'DESC'), one('>', 'ASC')].flatMap((row) => row?.id ?? []);
}

function planSeries(
  index: IndexHandle,
  longer: Map<string, number>,
  wanted: Set<string>,
  dropped: Set<string>,
  subjects: Set<string>,
): void {
  for (const [series, by] of longer) {
    const { count: now } = index.sql('SELECT count(*) AS count FROM series WHERE series = ?').get(series) as {
      count: number;
    };
    subjects.add('offered');
    const old = now - by;
    const [oldParts, parts] = [old > 0 ? partsOf(old) : 0, now > 0 ? partsOf(now) : 0];
    for (let part = oldParts + 1; part <= parts; part++) wanted.add(seriesAddress(series, part));
    for (let part = parts + 1; part <= oldParts; part++) dropped.add(seriesAddress(series, part));
    if (old > 0 !== now > 0) subjects.add('sitemap:').add('sitemap:pages');
  }
}

/** The sitemap is one file or many. One story can change this, and then all of the files are added or removed. */
function planSitemap(index: IndexHandle, before: number, now: number, wanted: Set<string>, dropped: Set<string>): void {
  if (before > sitemapLength === now > sitemapLength) return;
  const parts = now > sitemapLength ? sitemapParts(index, now) : [];
  for (const part of parts) wanted.add(sitemapAddress(part));
  for (const address of addressesFrom(index, '/sitemap-', '/sitemap.'))
    if (!parts.some((part) => sitemapAddress(part) === address)) dropped.add(address);
}

/** Runs the queries about a subject again. A page that read a result which has changed is stale. */
function recheck(index: IndexHandle, subject: string): void {
  const { sql } = index;
  const queries = sql('SELECT id, key, digest FROM query WHERE subject = ?').all(subject) as {
    id: number;
    key: string;
    digest: string;
  }[];
  for (const { id, key, digest } of queries) {
    const now = digestOfKey(index, key);
    if (now === digest) continue;
    sql('UPDATE query SET digest = ? WHERE id = ?').run(now, id);
    const readers = sql('SELECT address FROM read JOIN page ON page.id = read.page WHERE read.query = ?').all(id) as {
      address: string;
    }[];
    for (const { address } of readers) todoToo(index, address, stepOf(index, address));
  }
}
