import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import { factsOf, tableOf } from '../index/picture-rows.ts';
import type { AuthorRecord } from '../index/records.ts';
import type { Site } from '../site/site.ts';
import type { Newsroom } from '../story/newsroom.ts';
import { pictureSpellings } from '../story/picture-file.ts';
import type { IngestRun } from './ingest-run.ts';
import { topicIdOf } from './ingest-topics.ts';
import type { Topics } from './newsroom-files.ts';
import { isThere } from './scan.ts';

/** What stories and pages are checked against, according to the index. */
export interface IndexedNewsroom extends Newsroom {
  /** By id. Ingested authors change it for the files after them. */
  authors: Map<string, AuthorRecord>;
}

/** The newsroom around the stories. Its results for pictures and tables are those at the time of the call. */
export function newsroomOf(
  index: IndexHandle,
  site: Site,
  topics: Topics,
  { broken, unprintable }: Pick<IngestRun, 'broken' | 'unprintable'>,
): IndexedNewsroom {
  const authors = knownAuthors(index);
  const topicIds = new Map<string, string>();
  return {
    site,
    authors,
    author: (id) => authors.get(id),
    authorIds: () => [...authors.keys()],
    topicId: (spelling) => {
      let id = topicIds.get(spelling);
      if (id === undefined) {
        id = topicIdOf(topics, spelling, site.language);
        topicIds.set(spelling, id);
      }
      return id;
    },
    picture: (path) => {
      for (const spelling of pictureSpellings(path)) {
        const error = broken.get(spelling);
        if (error) return { rule: error.rule, reason: error.reason, hint: error.hint };
      }
      return factsOf(index, path);
    },
    table: (path) => {
      const problems = unprintable.get(path);
      return problems ? { problems } : tableOf(index, path);
    },
    document: (path, folder) => documentAt(index, path, folder),
    beside: (file) => filesBeside(index, file),
  };
}

function knownAuthors(index: IndexHandle): Map<string, AuthorRecord> {
  const rows = index.sql("SELECT key, record FROM record WHERE key LIKE 'author/%'").all() as {
    key: string;
    record: string;
  }[];
  return new Map(rows.map(({ key, record }) => [key.slice('author/'.length), JSON.parse(record) as AuthorRecord]));
}

function documentAt(index: IndexHandle, path: string, folder: string): { path: string; bytes: number } | undefined {
  const { root, sql } = index;
  // The scan does not include hidden and temporary files.
  const there = pictureSpellings(path).find((spelling) => isThere(index, spelling));
  if (there === undefined) return undefined;
  // A subfolder can belong to another story.
  const below = there
    .slice(folder.length + 1)
    .split('/')
    .slice(0, -1);
  for (let depth = 1; depth <= below.length; depth++) {
    const inside = `${folder}/${below.slice(0, depth).join('/')}/`;
    if (sql('SELECT 1 FROM file WHERE path IN (?, ?)').get(`${inside}index.md`, `${inside}index.mdx`)) return undefined;
  }
  const real = realpathSync(join(root, there));
  if (!real.startsWith(join(realpathSync(join(root, folder)), '/'))) return undefined;
  return { path: there, bytes: statSync(real).size };
}

/** The names of the files in the folder of a file. */
export function filesBeside(index: IndexHandle, file: string): string[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const rows = index
    .sql('SELECT path FROM file WHERE path > ? AND path < ?')
    .all(folder, `${folder.slice(0, -1)}0`) as { path: string }[];
  return rows.map(({ path }) => path.slice(folder.length)).filter((name) => !name.includes('/'));
}
