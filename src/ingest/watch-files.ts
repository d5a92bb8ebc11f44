import { existsSync, type FSWatcher } from 'node:fs';
import { join, sep } from 'node:path';
import { isHiddenPath } from './folder.ts';
import { watchFolder, watchFolders } from './watch-folders.ts';

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
  const watchers = new Map<string, Pick<FSWatcher, 'close'> | undefined>();
  const openOne = (name: string) => {
    watchers.get(name)?.close();
    watchers.set(name, existsSync(join(site, name)) ? watchFolders(join(site, name), soonIfShown) : undefined);
  };
  folders.forEach(openOne);
  // A folder that is added later, such as the first theme, or that replaces another one.
  const above = watchFolder(site, (name) => {
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
