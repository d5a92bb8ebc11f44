import { htmlWords } from '../../html-body/convert.ts';
import { authorId } from '../../people.ts';
import type { SourceAuthor } from '../../source.ts';
import type { Row } from './rows.ts';

/** What posts refer to: the small tables of an export. */
export interface Tables {
  users: Map<string, SourceAuthor>;
  tags: Map<string, { name: string; slug: string; isInternal: boolean }>;
  /** Post id → ids, in their order. */
  authorsOf: Map<string, string[]>;
  tagsOf: Map<string, string[]>;
  /** Post id → its row in `posts_meta`. */
  metaOf: Map<string, Record<string, unknown>>;
  settings: Map<string, string>;
  counts: Map<string, number>;
  used: Set<string>;
}

export const emptyTables = (): Tables => ({
  users: new Map(),
  tags: new Map(),
  authorsOf: new Map(),
  tagsOf: new Map(),
  metaOf: new Map(),
  settings: new Map(),
  counts: new Map(),
  used: new Set(),
});

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

/** Reads a row of any table except `posts`. */
export function addRow({ table, value }: Row, tables: Tables): void {
  tables.counts.set(table, (tables.counts.get(table) ?? 0) + 1);
  if (!value) return;
  const id = textOf(value.id);
  switch (table) {
    case 'users': {
      const name = htmlWords(textOf(value.name));
      if (name === '') return;
      const website = textOf(value.website);
      const bio = htmlWords(textOf(value.bio));
      const links =
        /^https?:\/\//.test(website) && URL.canParse(website)
          ? [{ title: new URL(website).host.replace(/^www\./, ''), url: website }]
          : [];
      tables.users.set(id, {
        id: authorId(textOf(value.slug), name),
        name,
        bio: bio || undefined,
        links: links.length > 0 ? links : undefined,
      });
      return;
    }
    case 'tags': {
      const name = htmlWords(textOf(value.name));
      tables.tags.set(id, {
        name,
        slug: textOf(value.slug),
        isInternal: name.startsWith('#') || textOf(value.visibility) === 'internal',
      });
      return;
    }
    case 'posts_authors':
      addOrdered(tables.authorsOf, textOf(value.post_id), textOf(value.author_id), value.sort_order);
      return;
    case 'posts_tags':
      addOrdered(tables.tagsOf, textOf(value.post_id), textOf(value.tag_id), value.sort_order);
      return;
    case 'posts_meta':
      tables.metaOf.set(textOf(value.post_id), value);
      return;
    case 'settings':
      tables.settings.set(textOf(value.key), textOf(value.value));
  }
}

function addOrdered(map: Map<string, string[]>, post: string, id: string, order: unknown): void {
  const list = map.get(post) ?? [];
  const place =
    typeof order === 'number' && Number.isInteger(order) && order >= 0 && order < 1000 ? order : list.length;
  // Two with the same place follow each other.
  let at = place;
  while (list[at] !== undefined) at++;
  list[at] = id;
  map.set(post, list);
}
