import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { filesOfPage, pageOfFile } from '../queries/files.ts';
import type { Address } from '../site/address.ts';

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
    const files = filesOfPage(index, address);
    return { own: problems.filter(({ file }) => files.some((own) => isOf(file, own))), elsewhere: [] };
  }
  const own: Problem[] = [];
  const pages = new Map<string, Problem[]>();
  for (const problem of problems) {
    const page = pageOfFile(index, problem.file);
    if (page === undefined || page === '/') own.push(problem);
    else pages.set(page, [...(pages.get(page) ?? []), problem]);
  }
  return { own, elsewhere: [...pages].map(([page, found]) => ({ address: page, problems: found })) };
}

/** A folder stands for all files in it. */
const isOf = (file: string, own: string): boolean => file === own || (own.endsWith('/') && file.startsWith(own));
