import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import type { BodyNeed } from './body/body.ts';
import type { CompiledBody } from './body/compile.ts';
import type { Newsroom } from './newsroom.ts';
import { pictureFileOf, pictureKey } from './picture-file.ts';
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
    const error = (rule: string, message: string, hint: string) =>
      problems.push({ rule, severity: 'error', file, line: need.line, message, hint });
    if (need.kind === 'author') {
      const id = need.name.normalize('NFC');
      dependencies.add(`author:${id}`);
      if (newsroom.author(id)) continue;
      const meant = nearest(id, newsroom.authorIds());
      error(
        'unknown-author',
        `There is no author file content/authors/${id}.yaml.`,
        meant ? `Did you mean  ${meant} ?` : 'Add that file, or write  name="…"  instead of  author="…" .',
      );
      continue;
    }
    const path = pictureFileOf(file, need.name);
    if (path === undefined || !/\.csv$/i.test(path)) {
      error(
        'table-elsewhere',
        `"${need.name}" is not the name of a .csv file beside the story.`,
        'Save the table as CSV in the folder of the story and write only its name.',
      );
      continue;
    }
    dependencies.add(`table:${pictureKey(path)}`);
    const found = newsroom.table?.(path);
    if (!found) {
      const meant = nearest(
        need.name,
        (newsroom.beside?.(path) ?? []).filter((name) => /\.csv$/i.test(name)),
      );
      error(
        'table-missing',
        `There is no table "${need.name}" (${path}).`,
        meant ? `Did you mean  ${meant} ?` : 'Put the file beside the story, or correct the name.',
      );
      continue;
    }
    if ('problems' in found) {
      problems.push(...found.problems);
      continue;
    }
    const chosen = chooseColumns(found.table, need.columns);
    if ('missing' in chosen)
      error(
        'table-column-missing',
        `The table "${need.name}" has no column "${chosen.missing}".`,
        chosen.meant ? `Did you mean  ${chosen.meant} ?` : `Its columns are: ${chosen.heads.join(', ')}.`,
      );
    else tables.set(path, found.digest);
  }
  return { problems, tables: [...tables].map(([path, digest]) => ({ path, digest })), dependencies };
}
