import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digestOf } from '../index/digest.ts';
import { templatesFolder } from './template-folder.ts';

/*
 * The version of each package that the engine runs with, whichever program installed them: npm, pnpm, or yarn. The
 * versions come from the packages themselves, as Node finds them, and not from a lock file.
 */

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A file or folder that shows whether something changed, with its size and times, or 0 if it does not exist. */
type Seen = [path: string, size: number, mtimeMs: number, ctimeMs: number];

interface Note {
  /** The folder of the engine. */
  engine: string;
  seen: Seen[];
  digest: string;
}

/** Where the program that installs packages records what it did. */
const installNotes = ['.package-lock.json', '.modules.yaml', '.yarn-integrity', '.yarn-state.yml'];

/**
 * The digest of the name and version of every package that the engine needs, directly or through another package.
 *
 * Finding them takes a tenth of a second. So the result is stored in the cache, with the size and times of each
 * package.json and of each folder that contains packages. While these are unchanged, the packages are the same.
 *
 * @param cache the cache folder. Without one, the packages are searched again
 * @param engine the folder with the package.json of the engine
 */
export function digestOfPackages(cache: string | undefined, engine = resolve(templatesFolder, '..')): string {
  const file = cache === undefined ? undefined : join(cache, noteFile);
  const noted = file === undefined ? undefined : readNote(file);
  if (noted?.engine === engine && noted.seen.every(isAsSeen)) return noted.digest;
  const { manifests: _, ...note } = findPackages(engine);
  if (file !== undefined) writeNote(file, note);
  return note.digest;
}

/** The folders of all packages that the engine needs, by their real names. */
export const packageFolders = (engine = resolve(templatesFolder, '..')): string[] =>
  findPackages(engine)
    .manifests.slice(1)
    .map((file) => dirname(file));

const noteFile = 'packages.json';

function findPackages(engine: string): Note & { manifests: string[] } {
  const queue = [join(engine, 'package.json')];
  const manifests = new Map(queue.map((file) => [file, manifestIn(file)]));
  const folders = new Set<string>();
  const lines: string[] = [];
  for (const file of queue) {
    const { name, version, ...manifest } = manifests.get(file)!;
    // The version of the engine itself does not matter, because its files are compared.
    const from = file === queue[0] ? '' : `${name} ${version}`;
    const needed = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies };
    for (const one of Object.keys(needed)) {
      const found = manifestOf(one, file);
      if (found === undefined) {
        lines.push(`${from} > ${one}`);
        continue;
      }
      folders.add(folderOfPackages(found, one));
      const real = realpathSync(found);
      if (!manifests.has(real)) {
        manifests.set(real, manifestIn(real));
        queue.push(real);
      }
      lines.push(`${from} > ${one} ${manifests.get(real)?.version}`);
    }
  }
  const places = [...folders].flatMap((folder) => [folder, ...installNotes.map((name) => join(folder, name))]);
  return {
    engine,
    seen: [...queue, ...places].map(seenNow),
    digest: digestOf(lines.sort().join('\n')),
    manifests: queue,
  };
}

const manifestIn = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** The package.json of a package as another package finds it, whether the package exports it or not. */
export function manifestOf(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(from));
  } catch {
    return undefined; // an optional package for another system, or a peer dependency that is not installed
  }
}

/** The folder `node_modules` in which a package was found. */
function folderOfPackages(manifest: string, name: string): string {
  const folder = dirname(dirname(manifest));
  return name.startsWith('@') && basename(folder) === name.split('/')[0] ? dirname(folder) : folder;
}

function seenNow(path: string): Seen {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? [path, stat.size, stat.mtimeMs, stat.ctimeMs] : [path, 0, 0, 0];
}

const isAsSeen = ([path, size, mtimeMs, ctimeMs]: Seen): boolean => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? stat.size === size && stat.mtimeMs === mtimeMs && stat.ctimeMs === ctimeMs : mtimeMs === 0;
};

/** A damaged note is ignored: its first line is the digest of the rest. */
function readNote(file: string): Note | undefined {
  try {
    const [digest, ...rest] = readFileSync(file, 'utf8').split('\n');
    const text = rest.join('\n');
    return digestOf(text) === digest ? (JSON.parse(text) as Note) : undefined;
  } catch {
    return undefined;
  }
}

function writeNote(file: string, note: Note): void {
  const text = JSON.stringify(note);
  const part = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
    writeFileSync(part, `${digestOf(text)}\n${text}`);
    renameSync(part, file);
  } catch {
    // The cache is on a full disk, or is not a folder. The packages are then searched again.
  }
}
