import { closeSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { LeftLog } from './left-files.ts';
import { compare } from './order.ts';

/** The files of a source folder, found but not read. */
export interface SourceFolder {
  /** Markdown files, relative, with forward slashes, sorted. */
  files: string[];
  /** The texts of Hugo's and Zola's list pages, `_index.md`. */
  indexes: string[];
  /** Markdown files that belong to the repository or its templates, such as `README.md`. */
  generator: string[];
  /** Markdown files that cannot be read. */
  skipped: { file: string; reason: string }[];
  notes: { file: string; note: string }[];
  /** HTML files, which are posts if they have front matter. */
  pages: string[];
  /** Every other file. */
  others: string[];
  /** Hidden and temporary files and folders, which are never imported. */
  left: LeftLog;
}

const markdown = /\.(?:md|markdown|mdown|mkd|mdx)$/i;
const templateFolders = new Set(['_includes', '_layouts', '_data', '_templates', 'archetypes', 'bower_components']);
/** Folders at the top of a repository that contain no texts of its site. */
const generatorFolders = new Set(['themes', 'layouts', 'templates', 'scaffolds', 'vendor', 'partials', 'shortcodes']);
const isTemplate = (file: string, isRepository: boolean): boolean => {
  const parts = file.split('/').slice(0, -1);
  return parts.some((part) => templateFolders.has(part)) || (isRepository && generatorFolders.has(parts[0] ?? ''));
};
/** Files that are about a repository, or about a folder in it if they have no front matter. */
const aboutRepository =
  /^(?:README(?:[._-][a-z]{2}(?:-[a-z]{2,4})?)?|LICEN[CS]E|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|CHANGELOG|PULL_REQUEST_TEMPLATE|ISSUE_TEMPLATE|SUPPORT|GOVERNANCE|MAINTAINERS)\.(?:md|markdown)$/i;
const foldersOfOthers = new Set(['node_modules', '_site']);

/**
 * Finds the Markdown files in a folder. Symbolic links are not followed, because they can point anywhere or form a
 * circle.
 *
 * @param except folders that are skipped, as complete paths (the newsroom itself, if it is inside)
 * @param isRepository the folder has the configuration of the old site, and so its templates
 */
export function findSources(folder: string, except: readonly string[], isRepository = false): SourceFolder {
  const found: SourceFolder = {
    files: [],
    indexes: [],
    generator: [],
    skipped: [],
    notes: [],
    pages: [],
    others: [],
    left: new LeftLog(),
  };
  const closed = new Set(except.flatMap((path) => [path, real(path)]));
  (function look(relative: string): void {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true }).sort((a, b) =>
      compare(a.name, b.name),
    )) {
      const file = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (found.left.leaves(file, entry.name)) continue;
      const isMarkdown = markdown.test(entry.name);
      if (entry.isSymbolicLink()) {
        if (isMarkdown) found.skipped.push({ file, reason: 'a symbolic link, which is not followed' });
        else found.notes.push({ file, note: 'a symbolic link, which is not followed' });
      } else if (entry.isDirectory()) {
        if (!foldersOfOthers.has(entry.name) && entry.name !== '.well-known' && !closed.has(join(folder, file)))
          look(file);
      } else if (/\.html?$/i.test(entry.name) && entry.isFile()) found.pages.push(file);
      else if (!isMarkdown) found.others.push(file);
      else if (!entry.isFile()) found.skipped.push({ file, reason: 'not an ordinary file' });
      else if (aboutRepository.test(entry.name) && (relative === '' || !hasFrontMatter(join(folder, file))))
        found.generator.push(file);
      else if (isTemplate(file, isRepository)) found.generator.push(file);
      else if (/^_index\./i.test(entry.name)) found.indexes.push(file);
      else found.files.push(file);
    }
  })('');
  return found;
}

/** Whether a file begins as a post does. */
function hasFrontMatter(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(200);
    const text = start.subarray(0, readSync(file, start, 0, start.length, 0)).toString('utf8');
    return /^\ufeff?\s*(?:---|\+\+\+|\{)/.test(text);
  } finally {
    closeSync(file);
  }
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
