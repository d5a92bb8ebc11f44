import type { Card } from '../story/card.ts';
import type { StoryState } from '../story/record.ts';
import type { IndexHandle } from './handle.ts';
import type { AuthorRecord, PageRecord, StoredRecord } from './records.ts';
import { recordOf } from './rows.ts';

/* Everything that a newsroom contains, hidden stories included. An export reads this. No page may. */

/** A story with its state at the time of the index. */
export interface StoryInInventory {
  id: string;
  /** Newsroom-relative. */
  file: string;
  state: StoryState;
  /** It has a page. The page of a withdrawn story only says so. */
  isPublic: boolean;
  /** Readers can see it from this instant on, in ms. A draft has none. */
  due?: number;
  card: Card;
  record: StoredRecord;
}

type Row = {
  id: string;
  file: string;
  state: StoryState;
  isPublic: number;
  due: number | null;
  card: string;
  record: string;
};

const columns = 'SELECT id, file, state, isPublic, due, card, record FROM story';

const inInventory = (row: Row): StoryInInventory => ({
  id: row.id,
  file: row.file,
  state: row.state,
  isPublic: row.isPublic === 1,
  due: row.due ?? undefined,
  card: JSON.parse(row.card) as Card,
  record: JSON.parse(row.record) as StoredRecord,
});

/** Every story, in the order of the files. */
export function* everyStory(index: IndexHandle): Generator<StoryInInventory> {
  for (const row of index.sql(`${columns} ORDER BY file`).iterate() as Iterable<Row>) yield inInventory(row);
}

/** A story by any of its names, whether readers can see it or not. */
export function storyNamed(index: IndexHandle, name: string): StoryInInventory | undefined {
  const row = index.sql(`${columns} WHERE id = (SELECT id FROM name WHERE name = ?)`).get(name) as Row | undefined;
  return row && inInventory(row);
}

/** The number of all stories. */
export const storyCount = (index: IndexHandle): number =>
  (index.sql('SELECT count(*) AS count FROM story').get() as { count: number }).count;

/** A file of a picture, newsroom-relative. @param id its identity (`pictureId`) */
export const pictureFileById = (index: IndexHandle, id: string): string | undefined =>
  (index.sql('SELECT min(path) AS path FROM picture WHERE digest = ?').get(id) as { path: string | null }).path ??
  undefined;

/** The standing pages that readers can see, by file. */
export const pageRecords = (index: IndexHandle): Map<string, PageRecord> =>
  new Map(
    (index.sql("SELECT record FROM record WHERE key LIKE 'page/%'").all() as { record: string }[]).map(({ record }) => {
      const page = JSON.parse(record) as PageRecord;
      return [page.file, page];
    }),
  );

/** The author files, by id. */
export const authorRecords = (index: IndexHandle): Map<string, AuthorRecord> =>
  new Map(
    (
      index.sql("SELECT key, record FROM record WHERE key LIKE 'author/%' ORDER BY key").all() as {
        key: string;
        record: string;
      }[]
    ).map(({ key, record }) => [key.slice('author/'.length), JSON.parse(record) as AuthorRecord]),
  );

/** The name of every topic, as written in a story if topics.yaml does not have it. Topics of hidden stories are included. */
export function topicTitles(index: IndexHandle): Map<string, { title: string; description?: string }> {
  const described = recordOf<Record<string, { title?: string; description?: string }>>(index, 'topics').value() ?? {};
  const rows = index
    .sql('SELECT topic, min(spelling) AS spelling FROM spelling GROUP BY topic ORDER BY topic')
    .all() as { topic: string; spelling: string }[];
  return new Map(
    rows.map(({ topic, spelling }) => [
      topic,
      { title: described[topic]?.title ?? spelling, description: described[topic]?.description },
    ]),
  );
}

const column = (index: IndexHandle, query: string): string[] =>
  (index.sql(query).all() as { value: string }[]).map(({ value }) => value);

/** Every file in `content/` and `public/`, newsroom-relative, sorted. Hidden and temporary files are not among them. */
export const everyFile = (index: IndexHandle): string[] =>
  column(index, 'SELECT path AS value FROM file ORDER BY path');

/** The files of the standing pages that readers can see. */
export const publicPageFiles = (index: IndexHandle): Set<string> =>
  new Set(column(index, "SELECT file AS value FROM record WHERE key LIKE 'page/%'"));

/** Pictures, documents, and tables that public stories, pages, and authors use, newsroom-relative. */
export const publicAssets = (index: IndexHandle): Set<string> =>
  new Set([
    ...column(index, 'SELECT path AS value FROM picture WHERE digest IN (SELECT digest FROM pictureUse)'),
    ...column(index, 'SELECT path AS value FROM document'),
    ...column(
      index,
      `SELECT substr(key, 7) AS value FROM dependency WHERE key LIKE 'table:%' AND (owner NOT LIKE 'story/%'
        OR owner IN (SELECT 'story/' || id FROM story WHERE isPublic = 1 AND state = 'ready'))`,
    ),
  ]);

/** Every picture, newsroom-relative. */
export const everyPicture = (index: IndexHandle): Set<string> =>
  new Set(column(index, 'SELECT path AS value FROM picture'));

/** Every name of the stories that have no page. A withdrawn story has one. */
export const namesWithoutPage = (index: IndexHandle): Set<string> =>
  new Set(column(index, 'SELECT name AS value FROM name JOIN story USING (id) WHERE story.isPublic = 0'));

/** Where public files name a story that has no page, with the name as written. */
export const namesOfHidden = (index: IndexHandle): { file: string; line: number; name: string }[] =>
  index
    .sql(`
    SELECT link.file, link.line, link.name FROM link JOIN name ON name.name = link.name JOIN story ON story.id = name.id
    WHERE story.isPublic = 0 AND (link.owner NOT LIKE 'story/%'
      OR link.owner IN (SELECT 'story/' || id FROM story WHERE isPublic = 1 AND state = 'ready'))
    ORDER BY link.file, link.line, link.name`)
    .all() as { file: string; line: number; name: string }[];

/** The ids of the stories that others translate. */
export const originals = (index: IndexHandle): Set<string> =>
  new Set(column(index, 'SELECT DISTINCT name.id AS value FROM translation JOIN name ON name.name = original'));

/** Every name of the stories whose text readers cannot read. */
export const hiddenNames = (index: IndexHandle): Set<string> =>
  new Set(
    column(
      index,
      "SELECT name AS value FROM name JOIN story USING (id) WHERE NOT (story.isPublic = 1 AND story.state = 'ready')",
    ),
  );
