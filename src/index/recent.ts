import type { IndexHandle } from './handle.ts';

/* The stories of the last two days, for the news sitemap. The table `recent` has those of the last publish. */

/** Search engines take the stories of the last two days, and at most a thousand of them. */
export const recentMs = 48 * 60 * 60 * 1000;
const recentMax = 1000;

export interface Recent {
  id: string;
  published: number;
}

/** The stories that were published in the two days before `now`, newest first. It reads no others. */
export function recentAt(index: IndexHandle, now: number): Recent[] {
  const found: Recent[] = [];
  for (const { id, published } of index
    .sql(
      "SELECT id, published FROM listing WHERE list = 'site' ORDER BY period DESC, published DESC, id DESC LIMIT 1000",
    )
    .iterate() as Iterable<Recent & { period: string }>) {
    if (published + recentMs <= now || found.length === recentMax) break;
    found.push({ id, published });
  }
  return found;
}

/** Whether the news sitemap is different at `now` from that of the last publish. */
export function isRecentOver(index: IndexHandle, now: number): boolean {
  const then = recentRows(index);
  const current = recentAt(index, now);
  return (
    current.length !== then.length ||
    current.some(({ id, published }, place) => then[place]?.id !== id || then[place].published !== published)
  );
}

/** Stores which stories are recent. @returns whether they are others than before, in another order, or of another time */
export function keepRecent(index: IndexHandle, now: number): boolean {
  if (!isRecentOver(index, now)) return false;
  index.sql('DELETE FROM recent').run();
  const put = index.sql('INSERT INTO recent VALUES (?, ?, ?)');
  for (const [place, { id, published }] of recentAt(index, now).entries()) put.run(place, id, published);
  return true;
}

/** The stories of the news sitemap as of the last publish, newest first. */
export const recentRows = (index: IndexHandle): Recent[] =>
  index.sql('SELECT id, published FROM recent ORDER BY place').all() as unknown as Recent[];
