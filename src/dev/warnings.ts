import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import type { Address } from '../site/address.ts';
import { authorAddress, sectionAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';

/** Warnings as a page shows them. */
export interface PageWarnings {
  /** Warnings about the files of the page. */
  own: Problem[];
  /** On the front page: the warnings of other pages. */
  elsewhere: { address: string; problems: Problem[] }[];
}

/**
 * Assigns warnings to the pages that they belong to. Those that belong to no page, such as one about site.yaml, are on
 * the front page, and so is the list of the others, because nobody looks at every page.
 */
export function warningsFor(index: IndexHandle, address: Address, problems: Problem[]): PageWarnings {
  if (problems.length === 0) return { own: [], elsewhere: [] };
  if (address.kind !== 'home') {
    const files = filesOf(index, address);
    return { own: problems.filter(({ file }) => files.some((own) => isOf(file, own))), elsewhere: [] };
  }
  const own: Problem[] = [];
  const pages = new Map<string, Problem[]>();
  for (const problem of problems) {
    const page = pageOf(index, problem.file);
    if (page === undefined || page === '/') own.push(problem);
    else pages.set(page, [...(pages.get(page) ?? []), problem]);
  }
  return { own, elsewhere: [...pages].map(([page, found]) => ({ address: page, problems: found })) };
}

/** A folder stands for all files in it. */
const isOf = (file: string, own: string): boolean => file === own || (own.endsWith('/') && file.startsWith(own));

/** The files that a page is made from, newsroom-relative. */
function filesOf(index: IndexHandle, address: Address): string[] {
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
    case 'author': {
      const key = address.kind === 'page' ? `page/${address.page}` : `author/${address.author}`;
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

/** The page that a file belongs to, or undefined if no page, or every page, is made from it. */
function pageOf(index: IndexHandle, file: string): string | undefined {
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
  const page = sql("SELECT address FROM address WHERE file = ? AND kind = 'page'").get(file) as
    | { address: string }
    | undefined;
  return page?.address;
}
