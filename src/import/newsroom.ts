import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isHiddenPath } from '../ingest/folder.ts';
import { writeAtomically } from '../pictures/ledger.ts';
import { ProblemsError } from '../problems/problem.ts';
import { type Site, siteSchema } from '../site/site.ts';
import { checkData } from '../yaml/check-data.ts';
import { readYamlFile } from '../yaml/source.ts';
import { compare } from './receipt.ts';
import { ImportError } from './source.ts';
import { isWithin, real } from './source-folder.ts';

/* The newsroom that an archive moves into: what it has already, and what may be written there. */

/** @throws ImportError, ProblemsError */
export async function readSite(folder: string, section: string | undefined): Promise<Site> {
  const path = join(folder, 'content/site.yaml');
  if (!existsSync(path))
    throw new ImportError(
      `${folder} is not a newsroom, because it has no content/site.yaml. Start one with  broadsheet init , or name another folder with  --site DIR .`,
    );
  const source = readYamlFile('content/site.yaml', readFileSync(path));
  if ('problems' in source) throw new ProblemsError(source.problems);
  const checked = await checkData(siteSchema, source, 'content/site.yaml', 'site');
  if ('problems' in checked) throw new ProblemsError(checked.problems);
  const site = checked.data;
  if (section !== undefined && !site.sections.some(({ id }) => id === section))
    throw new ImportError(
      `--section ${section}: content/site.yaml has no such section. The sections are: ${site.sections.map(({ id }) => id).join(', ') || 'none'}.`,
    );
  return site;
}

/** Story → its file under `content/stories`. */
export function existingStories(site: string): Map<string, string> {
  return new Map(
    textsUnder(join(site, 'content/stories')).map((file) => [
      file.replace(textEnding, '').replace(/\/index$/, ''),
      file,
    ]),
  );
}

/** Page → its file under `content/pages`. */
export function existingPages(site: string): Map<string, string> {
  return new Map(textsUnder(join(site, 'content/pages')).map((file) => [file.replace(textEnding, ''), file]));
}

const textEnding = /\.mdx?$/i;

const textsUnder = (root: string): string[] =>
  filesUnder(root)
    .filter((file) => textEnding.test(file))
    .map((file) => file.normalize('NFC'));

function filesUnder(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !isHiddenPath(file));
}

/** The addresses of the files in `public/`. */
export const publicAddresses = (site: string): string[] =>
  filesUnder(join(site, 'public')).map((file) => `/${file}`.replace(/\/index\.html$/, '/'));

/** Creates a folder in the newsroom. No symbolic link along the path may point outside the newsroom. */
export function openFolder(site: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!isWithin(folder, site) || lstatSync(folder).isSymbolicLink())
    throw new ImportError(`${folder} points outside the newsroom (to ${real(folder)}). Nothing was written there.`);
}

/** What earlier imports wrote: file under `content` → digest. It tells whether somebody has edited a file since. */
export class ImportRecord {
  readonly #path: string;
  readonly #digests: Map<string, string>;

  constructor(site: string) {
    this.#path = join(site, '.broadsheet/imported.json');
    this.#digests = readRecord(this.#path);
  }

  /** Whether an import wrote exactly these bytes. */
  has(file: string, bytes: Uint8Array): boolean {
    const digest = digestOf(bytes);
    // Earlier versions recorded stories by name.
    return this.#digests.get(file) === digest || this.#digests.get(storyOf(file)) === digest;
  }

  set(file: string, digest: string): void {
    this.#digests.delete(storyOf(file));
    this.#digests.set(file, digest);
  }

  async write(): Promise<void> {
    mkdirSync(dirname(this.#path), { recursive: true });
    const sorted = [...this.#digests].sort(([a], [b]) => compare(a, b));
    await writeAtomically(this.#path, `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`);
  }
}

const storyOf = (file: string): string => file.replace(/^stories\//, '').replace(/\/index\.mdx?$/, '');

function readRecord(path: string): Map<string, string> {
  if (!existsSync(path)) return new Map();
  try {
    const data: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return new Map(
      Object.entries(data ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // Without its record, an import is only more careful.
    return new Map();
  }
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
