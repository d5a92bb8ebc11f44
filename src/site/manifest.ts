import { hash } from 'node:crypto';
import { manifestDamaged } from './problems.ts';

/*
 * The manifest of contents: the SHA-256 and the size of every file of a published site. `.well-known/broadsheet.json`
 * holds the digests of the parts, and each part lists some of the files, so an edit rewrites only the parts of the files
 * that it changed. The same files have the same manifest, on every machine.
 *
 * Everything here is pure. `press/manifest.ts` writes the manifest.
 */

/** What the manifest says about a file. */
export interface FileDigest {
  /** 64 hexadecimal digits. */
  sha256: string;
  /** In bytes. */
  size: number;
}

/** The files of a site by their path: from the root of the site, with slashes, without one at the beginning. */
export type Contents = ReadonlyMap<string, FileDigest>;

export const manifestFile = '.well-known/broadsheet.json';
/** The minisign signature of `manifestFile`. */
export const signatureFile = '.well-known/broadsheet.json.minisig';
const partFolder = '.well-known/broadsheet/';

/** The file of a part. @param name as `partOf` returns it */
export const partFile = (name: string): string => `${partFolder}${name}.json`;

/** Whether a file belongs to the manifest itself. The manifest does not list these files. */
export const isManifestFile = (path: string): boolean =>
  path === manifestFile || path === signatureFile || path.startsWith(partFolder);

export const sha256Of = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/**
 * The part of the manifest that lists a file. It depends only on the path, so a file stays in its part while the site
 * grows. Files that change together are in the same part where possible: a story, the archive pages of its month, all
 * renditions of a picture.
 *
 * - `2025-02` and `2025`: files in the folder of a month or year, at any depth.
 * - `top`: files in the root of the site.
 * - `assets-00` to `assets-3f`: files in `assets/`.
 * - `other-00` to `other-3f`: the rest.
 */
export function partOf(path: string): string {
  const [, year, month] = periodFolder.exec(path) ?? [];
  if (year !== undefined) return month === undefined ? year : `${year}-${month}`;
  const slash = path.lastIndexOf('/');
  if (slash < 0) return 'top';
  const name = path.slice(slash + 1);
  // The names of renditions begin with the digest of their picture.
  if (path.startsWith('assets/')) return `assets-${bucketOf(name.replace(/[-.].*$/, ''))}`;
  return `other-${bucketOf(listName.test(name) ? path.slice(0, slash) : path)}`;
}

/** The years are limited, so that the numbers in old addresses (`/archives/4711/`) do not become thousands of parts. */
const periodFolder = /(?:^|\/)(1[5-9]\d\d|2[01]\d\d)\/(?:(0[1-9]|1[0-2])\/)?/;
/** A page and its feeds change together. */
const listName = /^(?:index\.html|feed\..*)$/;

/** One of 64 buckets, as two hexadecimal digits. A part of a large site then still has only a few hundred lines. */
const bucketOf = (key: string): string =>
  (Number.parseInt(sha256Of(key).slice(0, 2), 16) & 0x3f).toString(16).padStart(2, '0');

/** What the root of a manifest says. */
export interface ManifestRoot {
  /** The number of files in all parts. */
  files: number;
  /** The SHA-256 of each part, by name. */
  parts: ReadonlyMap<string, string>;
}

/** The digest that stands for a whole publish: two sites with the same digest have the same files. */
export const rootDigestOf = (parts: ManifestRoot['parts']): string =>
  sha256Of(
    sorted(parts)
      .map(([name, digest]) => `${name} ${digest}\n`)
      .join(''),
  );

/** The text of `.well-known/broadsheet.json`. */
export const rootText = ({ files, parts }: ManifestRoot): string =>
  `{\n"version": 1,\n"files": ${files},\n"root": "${rootDigestOf(parts)}",\n"parts": {\n${linesOf(
    sorted(parts).map(([name, digest]) => `${JSON.stringify(name)}: "${digest}"`),
  )}}\n}\n`;

/** The text of a part: one line for each file, in order of their paths. */
export const partText = (files: Contents): string =>
  `{\n${linesOf(sorted(files).map(([path, { sha256, size }]) => `${JSON.stringify(path)}: ["${sha256}", ${size}]`))}}\n`;

const linesOf = (lines: string[]): string => (lines.length === 0 ? '' : `${lines.join(',\n')}\n`);

const sorted = <Value>(entries: ReadonlyMap<string, Value>): [string, Value][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** The files of a manifest by part. Files of the manifest itself are left out. */
export function partsOf(contents: Contents): Map<string, Map<string, FileDigest>> {
  const parts = new Map<string, Map<string, FileDigest>>();
  for (const [path, file] of contents) {
    if (isManifestFile(path)) continue;
    const name = partOf(path);
    const part = parts.get(name) ?? new Map<string, FileDigest>();
    parts.set(name, part.set(path, file));
  }
  return parts;
}

/**
 * The manifest of a site.
 *
 * @returns the text of the root and of each part, by path. The root comes last, because it names the parts
 */
export function manifestFiles(contents: Contents): Map<string, string> {
  const texts = new Map<string, string>();
  const digests = new Map<string, string>();
  let files = 0;
  for (const [name, part] of sorted(partsOf(contents))) {
    const text = partText(part);
    texts.set(partFile(name), text);
    digests.set(name, sha256Of(text));
    files += part.size;
  }
  return texts.set(manifestFile, rootText({ files, parts: digests }));
}

/**
 * Reads a manifest and compares each part with the digest that the root has for it.
 *
 * @param read returns the text of a file of the site, or undefined if the site has no such file. Parts are requested
 *   one after another
 * @returns undefined if there is no manifest
 * @throws SetupError that names the file which does not match
 */
export async function readManifest(read: (path: string) => Promise<string | undefined>): Promise<Contents | undefined> {
  const text = await read(manifestFile);
  if (text === undefined) return undefined;
  const root = readRoot(text);
  const contents = new Map<string, FileDigest>();
  for (const name of root.parts.keys())
    for (const [path, file] of readPart(root, name, await read(partFile(name)))) contents.set(path, file);
  if (contents.size !== root.files)
    throw manifestDamaged(
      manifestFile,
      `It says that the site has ${root.files} files, but its parts list ${contents.size}.`,
    );
  return contents;
}

/** Reads `.well-known/broadsheet.json`. @throws SetupError if it is not one, or if its digests do not match */
export function readRoot(text: string): ManifestRoot {
  const known = parsed(manifestFile, text);
  if (known.version !== 1)
    throw manifestDamaged(
      manifestFile,
      `It has version ${JSON.stringify(known.version)}, and only version 1 is known.`,
    );
  const { files, root, parts } = known;
  if (!isObject(parts) || !Number.isSafeInteger(files)) throw manifestDamaged(manifestFile, 'It is not complete.');
  const digests = new Map<string, string>();
  for (const [name, digest] of Object.entries(parts)) {
    if (!/^[a-z\d-]+$/.test(name) || !isSha256(digest))
      throw manifestDamaged(manifestFile, `The entry ${JSON.stringify(name)} is not valid.`);
    digests.set(name, digest);
  }
  if (rootDigestOf(digests) !== root)
    throw manifestDamaged(manifestFile, 'The digest "root" does not match the digests of its parts.');
  return { files: files as number, parts: digests };
}

/**
 * Reads a part.
 *
 * @param text undefined if the file is missing
 * @throws SetupError if it does not match the digest in the root, or if it is not valid
 */
export function readPart({ parts }: Pick<ManifestRoot, 'parts'>, name: string, text: string | undefined): Contents {
  const file = partFile(name);
  if (text === undefined) throw manifestDamaged(file, `${manifestFile} names it, but it is missing.`);
  if (sha256Of(text) !== parts.get(name))
    throw manifestDamaged(file, `It does not match its digest in ${manifestFile}.`);
  const contents = new Map<string, FileDigest>();
  for (const [path, entry] of Object.entries(parsed(file, text))) {
    const [sha256, size] = Array.isArray(entry) ? (entry as unknown[]) : [];
    // The paths are appended to a folder or an address, so a hostile manifest must not lead out of the site.
    if (!isSafePath(path) || partOf(path) !== name || isManifestFile(path) || !isSha256(sha256) || !isSize(size))
      throw manifestDamaged(file, `The entry ${JSON.stringify(path.slice(0, 200))} is not valid.`);
    contents.set(path, { sha256, size });
  }
  return contents;
}

function parsed(file: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw manifestDamaged(file, 'It is not valid JSON.');
  }
  if (!isObject(value)) throw manifestDamaged(file, 'It must be a JSON object.');
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSha256 = (value: unknown): value is string => typeof value === 'string' && /^[\da-f]{64}$/.test(value);
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether a path leads to a file inside the site, on every system. */
export const isSafePath = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.') &&
  !/\p{Cc}/u.test(path) &&
  !path.split(/[/\\]/).includes('..');

/** How the files of a site differ from its manifest. All lists are sorted. */
export interface Differences {
  changed: string[];
  missing: string[];
  /** Files that the manifest does not list. */
  added: string[];
}

/** Compares what is there with what was published. */
export function compareContents(published: Contents, found: Contents): Differences {
  const differences: Differences = { changed: [], missing: [], added: [] };
  for (const [path, { sha256 }] of published) {
    const there = found.get(path);
    if (!there) differences.missing.push(path);
    else if (there.sha256 !== sha256) differences.changed.push(path);
  }
  // Somebody could hide a file among the parts of the manifest.
  const own = new Set([manifestFile, signatureFile, ...[...partsOf(published).keys()].map(partFile)]);
  for (const path of found.keys()) if (!published.has(path) && !own.has(path)) differences.added.push(path);
  for (const list of Object.values(differences) as string[][]) list.sort();
  return differences;
}
