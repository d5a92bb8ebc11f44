import type { IndexHandle } from '../index/handle.ts';

/** What the index stores about the last publish, by name. */
export const meta = (index: IndexHandle, key: string): string | undefined =>
  (index.sql('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined)?.value;
export const setMeta = (index: IndexHandle, key: string, value: string) =>
  index.sql('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
