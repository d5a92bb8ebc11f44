import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFrontMatter } from './front-matter.ts';
import type { OwnFields } from './own-fields.ts';
import type { FieldLog } from './receipt.ts';

/**
 * The id of a story is its own. Versions in other languages often have the id of the original, and the newsroom can have a
 * story with the same id.
 *
 * @param there id in lower case → the stories of the newsroom that have it. It is called only if a new story has an id
 */
export function dropTakenIds(
  stories: readonly { story: string; fields: { own?: OwnFields } }[],
  log: FieldLog,
  there: () => ReadonlyMap<string, readonly string[]>,
): void {
  const taken = new Set(stories.map(({ story }) => story.toLowerCase()));
  let known: ReadonlyMap<string, readonly string[]> | undefined;
  for (const { story, fields } of stories) {
    const { id, ...own } = fields.own ?? {};
    if (typeof id !== 'string') continue;
    known ??= there();
    const holders = known.get(id.toLowerCase()) ?? [];
    if (taken.has(id.toLowerCase()) || holders.some((holder) => holder !== story)) {
      fields.own = own;
      log.drop('id', 'id', id, 'another story has this id');
    } else taken.add(id.toLowerCase());
  }
}

/**
 * The ids of the stories that a newsroom has, in lower case. A story without one has its place as its id.
 *
 * @param existing story → its file under `content/stories`
 */
export function existingIds(site: string, existing: ReadonlyMap<string, string>): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [story, file] of existing) {
    const text = readFileSync(join(site, 'content/stories', file), 'utf8');
    const id = /^id[ \t]*:/m.test(text) ? readFrontMatter(text).data.get('id') : undefined;
    const key = String(id ?? story).toLowerCase();
    ids.set(key, [...(ids.get(key) ?? []), story]);
  }
  return ids;
}
