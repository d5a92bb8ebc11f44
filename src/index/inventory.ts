import type { Card } from '../story/card.ts';
import type { StoryState } from '../story/record.ts';
import type { IndexHandle } from './handle.ts';
import type { StoredRecord } from './records.ts';

/* Everything that a newsroom contains, hidden stories included. An export reads this. No page may. */

/** A story with its state at the time of the index. */
export interface StoryInInventory {
  id: string;
  /** Newsroom-relative. */
  file: string;
  state: StoryState;
  /** It has a page. The page of a withdrawn story only says so. */
  isPublic: boolean;
  card: Card;
  record: StoredRecord;
}

type Row = { id: string; file: string; state: StoryState; isPublic: number; card: string; record: string };

/** Every story, in the order of the files. */
export function* everyStory(index: IndexHandle): Generator<StoryInInventory> {
  const rows = index.sql('SELECT id, file, state, isPublic, card, record FROM story ORDER BY file').iterate();
  for (const row of rows as Iterable<Row>)
    yield {
      id: row.id,
      file: row.file,
      state: row.state,
      isPublic: row.isPublic === 1,
      card: JSON.parse(row.card) as Card,
      record: JSON.parse(row.record) as StoredRecord,
    };
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

/** Where public files name a story that readers cannot read, with the name as written. */
export const namesOfHidden = (index: IndexHandle): { file: string; line: number; name: string }[] =>
  index
    .sql(`
    SELECT link.file, link.line, link.name FROM link JOIN name ON name.name = link.name JOIN story ON story.id = name.id
    WHERE NOT (story.isPublic = 1 AND story.state = 'ready') AND (link.owner NOT LIKE 'story/%'
      OR link.owner IN (SELECT 'story/' || id FROM story WHERE isPublic = 1 AND state = 'ready'))
    ORDER BY link.file, link.line, link.name`)
    .all() as { file: string; line: number; name: string }[];
