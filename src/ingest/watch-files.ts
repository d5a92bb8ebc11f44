import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { isHiddenPath } from './folder.ts';

const settleMs = 80;
const folders = ['content', 'public', 'theme'];

/**
 * Calls back once after each burst of changes in the files of a newsroom. Hidden and temporary files do not count.
 *
 * @param site the newsroom's folder, absolute
 * @returns a function that ends this
 */
export function watchFiles(site: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs).unref();
  };
  // Editors write their settings beside the texts while somebody reads, and other programs their temporary files.
  const soonIfShown = (name: string | null) => {
    if (name === null || !isHiddenPath(name.split(sep).join('/'))) soon();
  };
  const open = (folder: string, recursive: boolean, onEvent: (name: string | null) => void): FSWatcher | undefined => {
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (_, name) => onEvent(name));
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return undefined; // the file system cannot be watched
    }
  };
  const watchers = new Map<string, FSWatcher | undefined>();
  const openOne = (name: string) => {
    watchers.get(name)?.close();
    watchers.set(name, existsSync(join(site, name)) ? open(join(site, name), true, soonIfShown) : undefined);
  };
  folders.forEach(openOne);
  // A folder that is added later, such as the first theme, or that replaces another one.
  const above = open(site, false, (name) => {
    if (name === null || !folders.includes(name)) return;
    openOne(name);
    soon();
  });
  return () => {
    clearTimeout(timer);
    above?.close();
    for (const watcher of watchers.values()) watcher?.close();
  };
}
