import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { roomOf, withoutPages } from '../rooms.mjs';
import { digestOfPackages } from './installed-packages.ts';
import { engineFile, isCompiled, templatesFolder } from './template-folder.ts';

let known: string | undefined;

/**
 * The digest of everything except a newsroom that can change what is read from its files or printed on its pages: the
 * engine itself, Node, and packages. What another engine ingested cannot be trusted.
 *
 * @param cache the cache folder, which avoids searching for the packages
 */
export function engineVersion(cache: string | undefined): string {
  known ??= digestOf(
    [
      process.version,
      digestOfPackages(cache),
      ...(isCompiled ? [readFileSync(engineFile('compiled'), 'utf8')] : digestsOfFiles(templatesFolder, 'src')),
    ].join('\n'),
  );
  return known;
}

/** The path and digest of every file in a folder that can change a page. @param label stands for the folder */
export const digestsOfFiles = (folder: string, label: string): string[] =>
  filesUnder(folder, '')
    .filter((file) => isInput(file) && !(label === 'src' && withoutPages.includes(roomOf(file))))
    .map((file) => `${label}/${file} ${digestIn(folder, file)}`);

/** Tests and documents do not change a page; nor do rooms that pages do not use. */
export const isInput = (file: string): boolean => !/\.test\.\w+$|\.md$/.test(file);

/** A link to a folder stands for itself: what is imported through it is outside (see `theme-inputs.ts`). */
function digestIn(folder: string, file: string): string {
  const path = join(folder, file);
  return digestOf(lstatSync(path).isSymbolicLink() ? readlinkSync(path) : readFileSync(path));
}

function filesUnder(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}
