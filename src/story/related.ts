import type { AtKey } from './at-keys.ts';
import { nameOf } from './names.ts';
import { relatedItself, relatedTwice } from './problems/front-matter.ts';
import type { FrontMatter } from './schema.ts';

type Related = NonNullable<FrontMatter['related']>;

/** The related stories without the story itself and without duplicates, each of which causes a warning. */
export function withoutTwins(related: Related, names: string[], atKeys: AtKey[]): Related {
  const seen = new Set<string>();
  return related.filter((entry, i) => {
    const name = typeof entry === 'string' ? nameOf(entry) : entry.url;
    const isOwn = typeof entry === 'string' && names.includes(name);
    const at = ['related', i];
    if (isOwn) atKeys.push(relatedItself({ at }, name));
    else if (seen.has(name)) atKeys.push(relatedTwice({ at }, name));
    if (isOwn || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
