import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { querySite } from '../queries/queries.ts';
import { indexFile } from './index-file.ts';

/** The next instant at which a story comes out or changes by itself, or a banner goes. */
export function nextChange(index: IndexHandle, now: number): string | null {
  const row = index
    .sql(
      'SELECT min(due) AS due FROM (SELECT due FROM story WHERE isPublic = 0 AND due > ?1 UNION ALL SELECT until FROM banner WHERE until > ?1 UNION ALL SELECT instant FROM turn JOIN story USING (id) WHERE isPast = 0 AND instant > ?1 AND isPublic = 1)',
    )
    .get(now) as {
    due: number | null;
  };
  return row.due === null ? null : new Date(row.due).toISOString();
}

/** What changes by itself at an instant, and the time zone to say so in. */
export interface Coming {
  timeZone: string;
  stories: number;
  updates: number;
  banners: number;
}

/** What changes by itself at an instant, by the index that belongs to a newsroom and a dist. @param due ms */
export function comingAt(due: number, { site, cache, dist }: { site: string; cache: string; dist: string }): Coming {
  const index = openIndexHandle(site, indexFile(cache, dist), 'read');
  const count = (query: string): number => (index.sql(query).get(due) as { count: number }).count;
  try {
    return {
      timeZone: querySite(index).timeZone,
      stories: count('SELECT count(*) AS count FROM story WHERE isPublic = 0 AND due = ?'),
      updates: count(
        'SELECT count(DISTINCT id) AS count FROM turn JOIN story USING (id) WHERE isPast = 0 AND instant = ? AND isPublic = 1',
      ),
      banners: count('SELECT count(*) AS count FROM banner WHERE until = ?'),
    };
  } finally {
    closeIndexHandle(index);
  }
}
