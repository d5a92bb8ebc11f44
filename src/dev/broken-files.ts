import type { IndexHandle } from '../index/handle.ts';
import { addUnsaved, leaveOut } from '../ingest/add-unsaved.ts';
import { knownFiles } from '../ingest/again.ts';
import { authorFile, frontFile, pageFile, seriesFile, siteFile, storyFile, topicsFile } from '../ingest/file-names.ts';
import type { Scan } from '../ingest/scan.ts';
import { pictureOfSidecar } from '../pictures/sidecar.ts';
import type { Problem } from '../problems/problem.ts';

/*
 * Files with an error, which keep only themselves out of an index. Without site.yaml nothing can be checked, so an error
 * in it keeps everything out.
 */

/** How each broken file is kept out. */
export type BrokenFiles = Map<string, 'as before' | 'stand-in'>;

/**
 * Takes note of the files with errors. What is known of a file stays as it was. If that does not help, because something
 * else reads the file, the file is replaced by a text with nothing in it.
 *
 * Files that others read come first: without the alt text of a broken sidecar, its story would have an error too, which
 * is nobody's mistake.
 *
 * @returns the errors of the files that are kept out from now on. None if another attempt would have the same outcome
 */
export function noteBroken(index: IndexHandle, broken: BrokenFiles, problems: readonly Problem[]): Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.some(({ file }) => file === siteFile)) return [];
  const read = errors.filter(({ file }) => !isReadByNone(file));
  const noted = note(index, broken, read);
  return noted.length > 0 ? noted : note(index, broken, errors);
}

const isReadByNone = (file: string): boolean =>
  storyFile.test(file) || pageFile.test(file) || frontFile.test(file) || !file.startsWith('content/');

function note(index: IndexHandle, broken: BrokenFiles, errors: readonly Problem[]): Problem[] {
  const fresh = new Set<string>();
  for (const file of new Set(errors.map((error) => error.file))) {
    const isKnown = broken.has(file) || knownFiles(index, [file], 1).length === 0;
    const how = isKnown && standIn(file) !== undefined ? 'stand-in' : 'as before';
    if (broken.get(file) === how) continue;
    broken.set(file, how);
    fresh.add(file);
  }
  return errors.filter(({ file }) => fresh.has(file));
}

/** A scan without the files that are broken. Sets the texts that replace them. */
export function withoutBroken(index: IndexHandle, seen: Scan, broken: BrokenFiles): Scan {
  let scan = seen;
  const texts = new Map<string, Buffer>();
  for (const [file, how] of broken)
    if (how === 'stand-in') {
      texts.set(file, Buffer.from(standIn(file)!));
      scan = addUnsaved(scan, file);
    } else if (!file.startsWith('theme/')) scan = leaveOut(scan, file);
  if (texts.size > 0) index.overlay = texts;
  index.leftOut = new Set(broken.keys());
  return scan;
}

/** The least that a file can contain. Undefined for a file that the index can do without. */
function standIn(path: string): string | undefined {
  if (frontFile.test(path) || path === topicsFile || path === seriesFile) return '{}\n';
  if (authorFile.test(path)) return 'name: "?"\n';
  if (pageFile.test(path) || storyFile.test(path)) return '---\nheadline: "?"\ndraft: true\n---\n';
  if (pictureOfSidecar(path) !== undefined) return 'alt: Its texts cannot be read yet\n';
  return /\.csv$/i.test(path) ? '?,–\n?,?\n' : undefined;
}
