import { readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { compare } from './receipt.ts';

/** The files of a source folder, found but not read. */
export interface SourceFolder {
  /** Markdown files, relative, with forward slashes, sorted. */
  files: string[];
  /** Markdown files that are not stories. */
  skipped: { file: string; reason: string }[];
  notes: { file: string; note: string }[];
  /** HTML files, which are posts if they have front matter. */
  pages: string[];
  /** Every other file. */
  others: string[];
}

const markdown = /\.(?:md|markdown|mdown|mkd|mdx)$/i;
const templateFolders = new Set(['_includes', '_layouts', '_data', '_templates', 'archetypes']);
/** Files at the top of a repository that are about it. */
const aboutRepository =
  /^(?:\.github\/.*|README|LICEN[CS]E|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|CHANGELOG|PULL_REQUEST_TEMPLATE|ISSUE_TEMPLATE|SUPPORT|GOVERNANCE|MAINTAINERS)\.(?:md|markdown)$/i;
const foldersOfOthers = new Set(['node_modules', '_site', '.git']);

/**
 * Finds the Markdown files in a folder. Symbolic links are not followed, because they can point anywhere or form a
 * circle.
 *
 * @param except folders that are skipped, as complete paths (the newsroom itself, if it is inside)
 */
export function findSources(folder: string, except: readonly string[]): SourceFolder {
  const found: SourceFolder = { files: [], skipped: [], notes: [], pages: [], others: [] };
  const closed = new Set(except.flatMap((path) => [path, real(path)]));
  (function look(relative: string): void {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true }).sort((a, b) =>
      compare(a.name, b.name),
    )) {
      const file = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const isMarkdown = markdown.test(entry.name);
      if (entry.isSymbolicLink()) {
        if (isMarkdown) found.skipped.push({ file, reason: 'a symbolic link, which is not followed' });
        else found.notes.push({ file, note: 'a symbolic link, which is not followed' });
      } else if (entry.isDirectory()) {
        if (!foldersOfOthers.has(entry.name) && !entry.name.startsWith('.') && !closed.has(join(folder, file)))
          look(file);
      } else if (/\.html?$/i.test(entry.name) && entry.isFile()) found.pages.push(file);
      else if (!isMarkdown) found.others.push(file);
      else if (!entry.isFile()) found.skipped.push({ file, reason: 'not an ordinary file' });
      else if (aboutRepository.test(file)) found.skipped.push({ file, reason: 'about the repository, not a story' });
      else if (file.split('/').some((part) => templateFolders.has(part)))
        found.skipped.push({ file, reason: 'part of a template, not a story' });
      else if (/^_index\./i.test(entry.name))
        found.skipped.push({ file, reason: 'the text of a Hugo list page, not a story' });
      else found.files.push(file);
    }
  })('');
  return found;
}

/** The path without symbolic links, or the path itself if it does not exist. */
export function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whether a path, after resolving all links, is inside a folder. */
export const isWithin = (path: string, folder: string): boolean => {
  const [inner, outer] = [real(path), real(folder)];
  return inner === outer || inner.startsWith(outer + sep);
};
