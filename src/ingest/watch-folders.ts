import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { isHidden } from './folder.ts';

type OnEvent = (name: string | null) => void;

/** Watches one folder, without those inside it. @returns undefined if the file system cannot be watched */
export function watchFolder(folder: string, onEvent: OnEvent, recursive = false): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { recursive, persistent: false }, (_, name) => onEvent(name));
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

interface WatchOptions {
  /** Called once if the system watches no more folders. The others are compared every few seconds. */
  onLimit?: (() => void) | undefined;
  pollMs?: number;
  watchOne?: typeof watchFolder;
}

/**
 * Watches a folder and everything below it, except hidden folders and installed packages.
 *
 * On Linux, Node's own recursive watching opens a watcher for each file and each folder: for 10,000 stories these are
 * 74 MB and half a second of work. A watcher of a folder also tells about the files in it, so here only folders are
 * watched. The other systems watch a whole tree by themselves.
 *
 * @param onEvent gets a path relative to the folder
 */
export function watchFolders(
  folder: string,
  onEvent: OnEvent,
  options: WatchOptions = {},
): Pick<FSWatcher, 'close'> | undefined {
  return process.platform === 'linux' ? eachFolder(folder, onEvent, options) : watchFolder(folder, onEvent, true);
}

interface Known {
  watcher?: FSWatcher;
  /** The names of the known folders in it. */
  inside: Set<string>;
  /** What was in it at the last look, if it has no watcher. */
  seen?: Map<string, string>;
}

function eachFolder(
  root: string,
  onEvent: OnEvent,
  { onLimit, pollMs = 5000, watchOne = watchFolder }: WatchOptions,
): Pick<FSWatcher, 'close'> | undefined {
  /** By path relative to the root, '' for the root itself. */
  const known = new Map<string, Known>();
  const unwatched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const pathOf = (inner: string, name: string) => (inner === '' ? name : `${inner}/${name}`);
  const watcherOf = (inner: string): FSWatcher | undefined =>
    // After the first failure, the last watches of the system are left to other programs.
    timer !== undefined
      ? undefined
      : watchOne(join(root, inner), (name) => {
          if (name !== null) follow(pathOf(inner, name));
          onEvent(name === null ? name : pathOf(inner, name));
        });
  const open = (inner: string): void => {
    if (known.has(inner) || inner.split('/').some(isLeftOut)) return;
    const watcher = watcherOf(inner);
    const folder: Known = { inside: new Set() };
    if (watcher) folder.watcher = watcher;
    else {
      const seen = look(join(root, inner));
      if (!seen) return;
      folder.seen = seen;
      unwatched.add(inner);
      if (timer === undefined) {
        timer = setTimeout(poll, pollMs).unref();
        onLimit?.();
      }
    }
    known.set(inner, folder);
    if (inner !== '') known.get(above(inner))?.inside.add(inner.slice(inner.lastIndexOf('/') + 1));
    for (const name of foldersIn(join(root, inner))) open(pathOf(inner, name));
  };
  /** Something was added, changed, or removed. If it is a new folder, its files may be older than its watcher. */
  const follow = (path: string): void => {
    const isKnown = known.has(path);
    const isThere = foldersIn(join(root, path)) !== none;
    // A folder that replaces another one of the same name has another watcher.
    if (isKnown) closeBelow(path);
    if (isThere) open(path);
    if (isThere && !isKnown) onEvent(path);
  };
  /** Only what is below is touched: a folder of 10,000 folders that is deleted closes them one by one. */
  const closeBelow = (path: string): void => {
    const folder = known.get(path);
    if (!folder) return;
    for (const name of folder.inside) closeBelow(pathOf(path, name));
    folder.watcher?.close();
    known.delete(path);
    unwatched.delete(path);
    if (path !== '') known.get(above(path))?.inside.delete(path.slice(path.lastIndexOf('/') + 1));
  };
  const poll = async (): Promise<void> => {
    let count = 0;
    for (const inner of unwatched) {
      count += 1;
      // Requests are answered in between.
      if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (isClosed) return;
      const folder = known.get(inner);
      const now = look(join(root, inner));
      if (!now) {
        closeBelow(inner);
        onEvent(inner);
      } else if (folder) {
        const before = folder.seen ?? new Map<string, string>();
        folder.seen = now;
        for (const name of new Set([...before.keys(), ...now.keys()]))
          if (before.get(name) !== now.get(name)) {
            follow(pathOf(inner, name));
            onEvent(pathOf(inner, name));
          }
      }
    }
    timer = setTimeout(poll, pollMs).unref();
  };
  open('');
  if (!known.has('')) return undefined;
  return {
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      closeBelow('');
    },
  };
}

const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const isLeftOut = (name: string): boolean => isHidden(name) || name === 'node_modules';

/** What tells that something in a folder changed, by name. @returns undefined if it is no folder */
function look(folder: string): Map<string, string> | undefined {
  try {
    return new Map(
      readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => !isLeftOut(name))
        .map((entry) => {
          const stat = statSync(join(folder, entry.name), { throwIfNoEntry: false });
          const isFolder = entry.isDirectory();
          // The time of a folder changes with the files in it, which are looked at themselves.
          return [entry.name, stat ? `${stat.ino} ${isFolder ? '' : `${stat.mtimeMs} ${stat.size}`}` : ''];
        }),
    );
  } catch {
    return undefined;
  }
}

const none: string[] = [];

/** The names of the folders in a folder. Links are not followed. @returns `none` if it is no folder */
function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return none;
  }
}
