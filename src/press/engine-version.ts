import { readdirSync, readFileSync } from 'node:fs';
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
    .filter(isInput)
    .map((file) => `${label}/${file} ${digestOf(readFileSync(join(folder, file)))}`);

/** Tests, and rooms that pages do not use, do not change a page. */
const isInput = (file: string): boolean => !/\.test\.\w+$|\.md$/.test(file) && !withoutPages.includes(roomOf(file));

function filesUnder(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}
