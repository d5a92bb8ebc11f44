import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

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

/**
 * Watches a folder and everything below it.
 *
 * On Linux, Node's own recursive watching opens a watcher for each file and each folder: for 10,000 stories these are
 * 74 MB and half a second of work. A watcher of a folder also tells about the files in it, so here only folders are
 * watched. The other systems watch a whole tree by themselves.
 *
 * @param onEvent gets a path relative to the folder
 */
export function watchFolders(folder: string, onEvent: OnEvent): Pick<FSWatcher, 'close'> | undefined {
  return process.platform === 'linux' ? eachFolder(folder, onEvent) : watchFolder(folder, onEvent, true);
}

function eachFolder(root: string, onEvent: OnEvent): Pick<FSWatcher, 'close'> | undefined {
  const watchers = new Map<string, FSWatcher>();
  /** @param inner relative to the root, '' for the root itself */
  const open = (inner: string): void => {
    if (watchers.has(inner)) return;
    const watcher = watchFolder(join(root, inner), (name) => {
      if (name !== null) follow(inner === '' ? name : `${inner}/${name}`);
      onEvent(name === null || inner === '' ? name : `${inner}/${name}`);
    });
    if (!watcher) return;
    watchers.set(inner, watcher);
    for (const name of foldersIn(join(root, inner))) open(inner === '' ? name : `${inner}/${name}`);
  };
  /** Something was added, changed, or removed. If it is a new folder, its files may be older than its watcher. */
  const follow = (path: string): void => {
    const isKnown = watchers.has(path);
    const isThere = foldersIn(join(root, path)) !== none;
    // A folder that replaces another one of the same name has another watcher.
    if (isKnown) closeBelow(path);
    if (isThere) open(path);
    if (isThere && !isKnown) onEvent(path);
  };
  const closeBelow = (path: string): void => {
    for (const [inner, watcher] of watchers)
      if (inner === path || inner.startsWith(`${path}/`)) {
        watcher.close();
        watchers.delete(inner);
      }
  };
  open('');
  if (!watchers.has('')) return undefined;
  return {
    close: () => {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
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
