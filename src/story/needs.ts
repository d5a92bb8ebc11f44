import type { Problem } from '../problems/problem.ts';
import type { BodyNeed } from './body/body.ts';
import type { CompiledBody } from './body/compile.ts';
import type { Newsroom } from './newsroom.ts';
import { pictureFileOf, pictureKey } from './picture-file.ts';
import { unknownAuthor } from './problems/front-matter.ts';
import { columnMissing, tableElsewhere, tableMissing } from './problems/tables.ts';
import { chooseColumns } from './table-file.ts';

/** The newsroom-relative paths of the tables that a body names. */
export const tablesOf = (file: string, { needs }: Pick<CompiledBody, 'needs'>): string[] => [
  ...new Set(needs.flatMap(({ kind, name }) => (kind === 'table' ? (pictureFileOf(file, name) ?? []) : []))),
];

/**
 * Looks up what the components of a body name besides pictures and stories.
 *
 * @param file the story or page
 * @returns the tables that it prints, and everything that it now depends on, whether it exists or not
 */
export function checkNeeds(
  file: string,
  needs: readonly BodyNeed[],
  newsroom: Pick<Newsroom, 'author' | 'authorIds' | 'table' | 'beside'>,
): { problems: Problem[]; tables: { path: string; digest: string }[]; dependencies: Set<string> } {
  const problems: Problem[] = [];
  const dependencies = new Set<string>();
  const tables = new Map<string, string>();
  for (const need of needs) {
    const place = { file, line: need.line };
    if (need.kind === 'author') {
      const id = need.name.normalize('NFC');
      dependencies.add(`author:${id}`);
      if (newsroom.author(id)) continue;
      problems.push(unknownAuthor(place, id, newsroom.authorIds(), 'component'));
      continue;
    }
    const path = pictureFileOf(file, need.name);
    if (path === undefined || !/\.csv$/i.test(path)) {
      problems.push(tableElsewhere(place, need.name));
      continue;
    }
    dependencies.add(`table:${pictureKey(path)}`);
    const found = newsroom.table?.(path);
    if (!found) {
      const names = (newsroom.beside?.(path) ?? []).filter((name) => /\.csv$/i.test(name));
      problems.push(tableMissing(place, need.name, path, names));
      continue;
    }
    if ('problems' in found) {
      problems.push(...found.problems);
      continue;
    }
    const chosen = chooseColumns(found.table, need.columns);
    if ('missing' in chosen) problems.push(columnMissing(place, need.name, chosen.missing, chosen.heads, chosen.meant));
    else tables.set(path, found.digest);
  }
  return { problems, tables: [...tables].map(([path, digest]) => ({ path, digest })), dependencies };
}
