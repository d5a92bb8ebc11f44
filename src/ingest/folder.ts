import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Problem } from '../problems/problem.ts';
import { symbolicLink } from './problems.ts';

/* What counts as a file of the newsroom: not what is hidden, and not what a link brings in from outside. */

/** `f` or `d` and a name on each line. The lines are sorted, so that the order of the file system does not matter. */
export function listFolder(root: string, path: string, problems: Problem[]): string {
  const lines: string[] = [];
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    if (isHidden(entry.name) || entry.name.includes('\n')) continue;
    if (entry.isSymbolicLink()) {
      const problem = problemOfLink(root, `${path}/${entry.name}`);
      if (problem) problems.push(problem);
      else lines.push(`f${entry.name}`);
    } else if (entry.isDirectory()) lines.push(`d${entry.name}`);
    else if (entry.isFile()) lines.push(`f${entry.name}`);
  }
  return lines.sort().join('\n');
}

/** The files below a folder, at any depth. */
export function* filesUnder(root: string, path: string, problems: Problem[]): Generator<string> {
  for (const entry of listFolder(root, path, problems).split('\n')) {
    if (!entry) continue;
    const child = `${path}/${entry.slice(1)}`;
    if (entry.startsWith('d')) yield* filesUnder(root, child, problems);
    else yield child;
  }
}

/** Hidden files that hosts and protocols request by these names. */
const wellKnown = ['.well-known', '.nojekyll', '.htaccess'];

/**
 * Hidden files, and files that editors, office programs, browsers, and systems leave behind: `~$report.docx` while Word
 * has the document open, `report.docx.tmp` while it is saved, and an unfinished download.
 */
export const isHidden = (name: string): boolean =>
  (name.startsWith('.') && !wellKnown.includes(name)) ||
  /^~|^#.*#$|~$|\.(?:tmp|temp|swp|swo|bak|crdownload|part|partial)$|^(?:thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|__macosx)$/i.test(
    name,
  );

/** Whether a file, or a folder around it, is hidden. @param path with forward slashes */
export const isHiddenPath = (path: string): boolean => path.split('/').some(isHidden);

/**
 * A link can point to a file inside the newsroom, but nowhere else, because a build must not publish files from
 * outside.
 */
export function problemOfLink(root: string, path: string): Problem | undefined {
  let target: string;
  try {
    target = realpathSync(join(root, path));
  } catch {
    return symbolicLink(path, 'nowhere');
  }
  const inside = relative(realpathSync(root), target);
  if (inside.startsWith('..') || inside.startsWith(sep)) return symbolicLink(path, 'outside');
  return statSync(target).isDirectory() ? symbolicLink(path, 'to-folder') : undefined;
}
