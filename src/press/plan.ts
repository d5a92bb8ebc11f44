import type { IndexHandle } from '../index/handle.ts';
import type { StorySeen } from '../index/story-rows.ts';
import type { NewsroomChanges } from '../ingest/ingest-run.ts';
import { digestOfKey, families } from '../queries/families.ts';
import type { Touched } from '../queries/family.ts';
import { foldAddress, isSearchIndex, isWireAddress, wireAddress } from '../site/address.ts';
import { editsOfLists } from './edits-of-lists.ts';
import { manifestSource } from './manifest-state.ts';
import { wantedPicture } from './wanted-pictures.ts';

/*
 * Decides which addresses exist, and which of them a change makes stale. Everything here runs inside the transaction
 * that ingests the change, and the result is rows of `todo`, so a killed press continues where it stopped.
 */

/**
 * The order of writing: nothing is linked before it exists, and nothing is removed while it is linked. New addresses
 * are written before pages that readers may already have open, because only a page written later in this build links to
 * them. The search indexes come last, so that no page waits for them.
 */
export const Step = { asset: 0, newStory: 1, newFront: 2, story: 3, front: 4, remove: 5, search: 6 } as const;
export type Step = (typeof Step)[keyof typeof Step];
/** The steps in which pages are rendered, in order. */
export const pageSteps: readonly Step[] = [Step.newStory, Step.newFront, Step.story, Step.front];

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

const stepOf = (index: IndexHandle, address: string): Step =>
  isSearchIndex(address) ? Step.search : isStoryLike(index, address) ? Step.story : Step.front;

/** The step of a page that readers cannot have seen: it does not exist, and no existing page links to it. */
export const newStepOf = (index: IndexHandle, address: string): Step =>
  isSearchIndex(address) ? Step.search : isStoryLike(index, address) ? Step.newStory : Step.newFront;

/** Records a page that has to be rendered. */
const todoPage = (index: IndexHandle, address: string) =>
  todo(
    index,
    address,
    index.sql('SELECT 1 FROM page WHERE address = ?').get(address) ? stepOf(index, address) : newStepOf(index, address),
  );

/** Pages that lists link to, and what is beside them, as opposed to lists. They are written first. */
const isStoryLike = (index: IndexHandle, address: string): boolean =>
  isWireAddress(address) ||
  index
    .sql("SELECT 1 FROM address WHERE fold = ? AND address = ? AND kind IN ('story', 'page', 'themePage', 'alias')")
    .get(foldAddress(address), address) !== undefined;

/** Every address of the site, after new templates or without a record. Pages that no longer exist are removed. */
export function planAll(index: IndexHandle): void {
  const { db } = index;
  // Every page is rendered again and records its trace again, because an old digest would hide a later change.
  db.exec('DELETE FROM read; DELETE FROM query');
  // What a killed publish was about to write may exist, so it is removed unless it is needed.
  db.exec(`
    INSERT OR IGNORE INTO todo
      SELECT 'file:' || substr(address, 2) || iif(substr(address, -1) = '/', 'index.html', ''), ${Step.remove}
      FROM todo WHERE substr(address, 1, 1) = '/';
    DELETE FROM todo WHERE substr(address, 1, 5) <> 'file:';
    INSERT INTO todo SELECT address, ${Step.remove} FROM page`);
  db.exec(
    `INSERT OR IGNORE INTO todo SELECT DISTINCT source, ${Step.remove} FROM asset WHERE source NOT IN ('templates', '${manifestSource}')`,
  );
  for (const { fixed = [], optional } of families) {
    for (const address of fixed) todo(index, address, Step.front);
    for (const [address, isThere] of optional?.(index) ?? []) if (isThere) todo(index, address, stepOf(index, address));
  }
  db.exec(`
    INSERT OR REPLACE INTO todo SELECT address.address, ${Step.story} FROM address JOIN story ON address.owner = 'story/' || story.id
      WHERE isPublic = 1 AND address.kind IN ('story', 'alias');
    INSERT OR REPLACE INTO todo SELECT address, ${Step.story} FROM address WHERE owner LIKE 'page/%' AND kind <> 'document' OR kind = 'themePage';
    INSERT OR REPLACE INTO todo SELECT address, ${Step.front} FROM address WHERE kind IN ('section', 'feed');
    INSERT OR REPLACE INTO todo SELECT DISTINCT 'picture:' || digest, ${Step.asset} FROM pictureUse;
    INSERT OR REPLACE INTO todo SELECT 'document:' || address, ${Step.asset} FROM document;
    INSERT OR REPLACE INTO todo SELECT 'public:' || path, ${Step.asset} FROM file WHERE path LIKE 'public/%'`);
  for (const family of families)
    for (const address of family.addresses?.(index) ?? [])
      todo(index, address, isWireAddress(address) ? Step.story : Step.front);
  db.exec(`
    UPDATE todo SET step = step - ${Step.story - Step.newStory}
      WHERE step IN (${Step.story}, ${Step.front}) AND address NOT IN (SELECT address FROM page)`);
}

/** Records the pages that a change adds, makes stale, or removes. Each family of queries says what an edit touches. */
export function planChanges(index: IndexHandle, changes: NewsroomChanges): void {
  const wanted = new Set<string>();
  const dropped = new Set<string>();
  const touched: Touched = {
    subjects: new Set(),
    pictures: new Set(changes.pictures),
    want: (address) => void (isPage(index, address) || wanted.add(address)),
    drop: (address) => void dropped.add(address),
    addresses: (from, to) => addressesFrom(index, from, to),
  };
  for (const address of changes.pages.before.keys()) touched.drop(address);
  for (const address of changes.pages.after.keys()) touched.want(address);
  for (const key of changes.records) for (const family of families) family.record?.(key, touched);
  const edits = changes.stories.map((edit) => ({ ...edit, isSameCard: isSameCard(edit.before, edit.after) }));
  for (const edit of edits) for (const family of families) family.story?.(index, edit, touched);
  // A public page at an address that something else gave up stays, and is a different page.
  const owners = ownersOf(changes);
  for (const [address, owner] of owners.after) {
    if (dropped.delete(address) && owners.before.get(address) !== owner) wanted.add(address);
  }
  const { periods, lists, series } = editsOfLists(index, edits);
  for (const family of families) {
    for (const edit of periods) family.period?.(index, edit, touched);
    for (const edit of lists) family.list?.(index, edit, touched);
    for (const edit of series) family.series?.(index, edit, touched);
    for (const [address, isThere] of family.optional?.(index) ?? []) {
      const wasThere = addressesFrom(index, address, `${address}!`).length > 0;
      if (isThere && !wasThere) wanted.add(address);
      if (!isThere && wasThere) dropped.add(address);
    }
  }

  for (const address of dropped) if (!wanted.has(address)) todo(index, address, Step.remove);
  for (const address of wanted) todoPage(index, address);
  for (const digest of touched.pictures)
    todo(index, pictureTodo(digest), wantedPicture(index, digest) ? Step.asset : Step.remove);
  for (const { before } of changes.stories)
    if (before?.isListed) for (const { address } of before.documents) todo(index, documentTodo(address), Step.remove);
  for (const { after } of changes.stories)
    if (after?.isListed) for (const { address } of after.documents) todo(index, documentTodo(address), Step.asset);
  for (const address of changes.documents.before) todo(index, documentTodo(address), Step.remove);
  for (const address of changes.documents.after) todo(index, documentTodo(address), Step.asset);
  if (changes.publicFiles.changed.length + changes.publicFiles.gone.length > 0) touched.subjects.add('publicFiles');
  for (const file of changes.publicFiles.changed) todo(index, publicTodo(file), Step.asset);
  for (const file of changes.publicFiles.gone) todo(index, publicTodo(file), Step.remove);
  for (const subject of touched.subjects) recheck(index, subject);
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
      if (story.isOnWire) known.set(wireAddress(story.address), `wire story/${story.id}`);
    }
  return owners;
}

const isPage = (index: IndexHandle, address: string): boolean => {
  const { sql } = index;
  const row = sql('SELECT step FROM todo WHERE address = ?').get(address) as { step: Step } | undefined;
  return row ? false : sql('SELECT 1 FROM page WHERE address = ?').get(address) !== undefined;
};

/** Whether no list can show a difference. */
const isSameCard = (before: StorySeen | undefined, after: StorySeen | undefined): boolean =>
  before?.isListed === after?.isListed &&
  before?.cardDigest === after?.cardDigest &&
  before?.day === after?.day &&
  String(before?.lists) === String(after?.lists) &&
  String(before?.topics) === String(after?.topics);

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
