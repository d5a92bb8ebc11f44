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
