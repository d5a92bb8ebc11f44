import type { IndexHandle } from '../index/handle.ts';
import type { StoredRecord } from '../index/records.ts';
import { type Address, authorAddress, sectionAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import { isDocument } from '../story/documents.ts';

/* The files of the newsroom behind an address, and the address for a file. Only `dev` and the desk use this, never a page. */

/**
 * The file that is served unchanged at an address: a file of `public/`, or a document of a story that readers can see. Only
 * files that were ingested, because ingesting refuses links that point outside the newsroom.
 *
 * @returns newsroom-relative
 */
export function publicFileAt(index: IndexHandle, path: string): string | undefined {
  const row = index.sql("SELECT file FROM address WHERE address = ? AND kind = 'public'").get(path.normalize('NFC')) as
    | { file: string }
    | undefined;
  const document = index.sql('SELECT path FROM document WHERE address = ?').get(path.normalize('NFC')) as
    | { path: string }
    | undefined;
  return row?.file ?? document?.path;
}

/** A document of a story that readers cannot see yet, newsroom-relative. */
export function documentFileAt(index: IndexHandle, path: string): string | undefined {
  if (!isDocument(path)) return undefined;
  const address = path.normalize('NFC');
  const hidden = index.sql('SELECT record FROM story WHERE isPublic = 0').all() as { record: string }[];
  return hidden
    .flatMap(({ record }) => (JSON.parse(record) as StoredRecord).documents ?? [])
    .find((document) => document.address === address)?.path;
}

/** The files that a page is made from, newsroom-relative. */
export function filesOfPage(index: IndexHandle, address: Address): string[] {
  const { sql } = index;
  switch (address.kind) {
    case 'story': {
      const owner = `story/${address.story}`;
      const row = sql('SELECT file FROM story WHERE id = ?').get(address.story) as { file: string } | undefined;
      const needed = sql('SELECT key FROM dependency WHERE owner = ?').all(owner) as { key: string }[];
      return [
        ...(row ? [folderOf(row.file)] : []),
        ...needed.flatMap(({ key }) => {
          const [kind = '', name = ''] = splitOnce(key);
          if (kind === 'author') return [`content/authors/${name}.yaml`, `content/authors/${name}.yml`];
          return kind === 'picture' || kind === 'table' ? [name, `${name}.yaml`] : [];
        }),
      ];
    }
    case 'page':
    case 'themePage':
    case 'author': {
      const key = `${address.kind}/${address.kind === 'author' ? address.author : address.page}`;
      const row = sql('SELECT file FROM record WHERE key = ?').get(key) as { file: string } | undefined;
      return row ? [row.file] : [];
    }
    case 'section':
      return [`content/fronts/${address.section}.yaml`, `content/fronts/${address.section}.yml`];
    default:
      return [];
  }
}

const splitOnce = (key: string): string[] => [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];

/** The files beside a story belong to it if it has its own folder. */
const folderOf = (file: string): string => file.replace(/(?<=\/)index\.mdx?$/i, '');

/** A story by its file, whether readers can see it or not. @param file newsroom-relative */
export function storyOfFile(
  index: IndexHandle,
  file: string,
): { id: string; isPublic: boolean; card: Card; fileDigest: string } | undefined {
  const row = index.sql('SELECT id, isPublic, card, record FROM story WHERE file = ?').get(file) as
    | { id: string; isPublic: number; card: string; record: string }
    | undefined;
  if (!row) return undefined;
  const { fileDigest } = JSON.parse(row.record) as StoredRecord;
  return { id: row.id, isPublic: row.isPublic === 1, card: JSON.parse(row.card) as Card, fileDigest };
}

/** The file of the story with a name, newsroom-relative, whether readers can see it or not. @param name its `id`, or its path */
export function fileOfStoryName(index: IndexHandle, name: string): string | undefined {
  const row = index
    .sql('SELECT file FROM story WHERE id = (SELECT id FROM name WHERE name = ?)')
    .get(name.normalize('NFC')) as { file: string } | undefined;
  return row?.file;
}

/** The page that a file belongs to, or undefined if no page, or every page, is made from it. */
export function pageOfFile(index: IndexHandle, file: string): string | undefined {
  const { sql } = index;
  const above = file.slice(0, file.lastIndexOf('/') + 1);
  const story = sql('SELECT card FROM story WHERE file IN (?, ?, ?)').get(
    file,
    `${above}index.md`,
    `${above}index.mdx`,
  ) as { card: string } | undefined;
  if (story) return (JSON.parse(story.card) as Card).address;
  const [, kind, id = ''] = /^content\/(fronts|authors)\/([^/]+)\.ya?ml$/.exec(file) ?? [];
  if (kind === 'fronts') return id === 'home' ? '/' : sectionAddress(id);
  if (kind === 'authors') return authorAddress(id);
  const page = sql("SELECT address FROM address WHERE file = ? AND kind IN ('page', 'themePage')").get(file) as
    | { address: string }
    | undefined;
  return page?.address;
}
