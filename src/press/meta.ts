import { desk } from '../index/handle.ts';

/** What the index keeps of the last publish, by name. */
export const meta = (key: string): string | undefined =>
  (desk().sql('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined)?.value;
export const setMeta = (key: string, value: string) =>
  desk().sql('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
