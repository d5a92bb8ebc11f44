import type { PictureFacts } from '../pictures/picture.ts';
import { pictureSpellings } from '../story/picture-file.ts';
import type { TableFile } from '../story/table-file.ts';
import type { IndexHandle } from './handle.ts';

/** What the index stores about a table file. @param path newsroom-relative */
export function tableOf(index: IndexHandle, path: string): { digest: string; table: TableFile } | undefined {
  for (const spelling of pictureSpellings(path)) {
    const row = index.sql('SELECT digest, record FROM tableFile WHERE path = ?').get(spelling) as
      | { digest: string; record: string }
      | undefined;
    if (row) return { digest: row.digest, table: JSON.parse(row.record) as TableFile };
  }
  return undefined;
}

/** What the index stores about a picture file. @param path newsroom-relative */
export function factsOf(index: IndexHandle, path: string): PictureFacts | undefined {
  for (const spelling of pictureSpellings(path)) {
    const row = index.sql('SELECT facts FROM picture WHERE path = ?').get(spelling) as { facts: string } | undefined;
    if (row) return JSON.parse(row.facts) as PictureFacts;
  }
  return undefined;
}

/** The metadata in a picture file, without its sidecar. @param digest of its bytes */
export function factsOfFile(index: IndexHandle, digest: string): PictureFacts | undefined {
  const row = index.sql('SELECT facts FROM pictureFile WHERE digest = ?').get(digest) as { facts: string } | undefined;
  return row && (JSON.parse(row.facts) as PictureFacts);
}

/** Pictures in a folder, at any depth. @param folder newsroom-relative, without a slash at its end */
export function picturesUnder(index: IndexHandle, folder: string): { path: string; facts: PictureFacts }[] {
  const rows = index
    .sql('SELECT path, facts FROM picture WHERE path >= ? AND path < ?')
    .all(`${folder}/`, `${folder}0`) as { path: string; facts: string }[];
  return rows.map(({ path, facts }) => ({ path, facts: JSON.parse(facts) as PictureFacts }));
}

/** Pictures in order of their newsroom-relative paths. @param count the maximum number, or -1 for all */
export function* picturesIn(index: IndexHandle, count = -1): Generator<{ path: string; facts: PictureFacts }> {
  const rows = index.sql('SELECT path, facts FROM picture ORDER BY path LIMIT ? + 0').all(count) as {
    path: string;
    facts: string;
  }[];
  for (const { path, facts } of rows) yield { path, facts: JSON.parse(facts) as PictureFacts };
}
