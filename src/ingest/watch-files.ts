import { existsSync, type FSWatcher } from 'node:fs';
import { join, sep } from 'node:path';
import { isHiddenPath } from './folder.ts';
import { watchFolder, watchFolders } from './watch-folders.ts';

const settleMs = 80;
const watchLimit =
  'This computer cannot watch any more folders, so some saved changes are noticed after 5 seconds instead of at once. An administrator can raise the limit: sudo sysctl fs.inotify.max_user_watches=524288';
const folders = ['content', 'public', 'theme'];

/**
 * Calls back once after each burst of changes in the files of a newsroom. Hidden and temporary files do not count.
 *
 * @param site the newsroom's folder, absolute
 * @param tell called at most once, with a sentence for the person at this computer: saves are noticed later than usual
 * @returns a function that ends this
 */
export function watchFiles(site: string, onChange: () => void, tell: (says: string) => void): () => void {
  let isTold = false;
  const onLimit = () => {
    if (!isTold) tell(watchLimit);
    isTold = true;
  };
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
    watchers.set(
      name,
      existsSync(join(site, name)) ? watchFolders(join(site, name), soonIfShown, { onLimit }) : undefined,
    );
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
