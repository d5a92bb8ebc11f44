import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileLock, undefinedIfMissing } from '../file-lock.ts';
import { type LockTimes, lockFile, takeLock } from '../lock.ts';
import { deployFailed } from '../problems.ts';
import { intentFile, isInWorkFolder, isLeftAlone, type RemoteFile, type Target, workFolder } from '../target.ts';
import { remoteOf } from './place-file.ts';
import { placers } from './placers.ts';

/** For incomplete files, so that nothing of them is left elsewhere. Nobody else can read them. */
const partFolder = `${workFolder}/parts`;
const nameBytesMax = 255;

/**
 * A folder of this machine.
 *
 * @param name for messages
 * @param root absolute. It may not exist yet, but the folder above it must
 */
export function folderTarget(name: string, root: string, times?: LockTimes): Target {
  let isCaseFolded = false;
  const at = (path: string) => join(root, path);
  const placing = placers(at(partFolder), at);

  return {
    name,
    // Files are placed in groups, because asking a thread for one takes longer than placing it.
    parallel: 256,
    isNear: true,
    get foldsCase() {
      return isCaseFolded;
    },
    whyNot: (path) =>
      path.length * 3 > nameBytesMax && // a letter has at most three bytes
      path.split('/').some((segment) => Buffer.byteLength(segment) > nameBytesMax)
        ? `a name in it is longer than ${nameBytesMax} bytes`
        : undefined,
    async contents() {
      const files = new Map<string, RemoteFile>();
      isCaseFolded = foldsCase(root);
      walk(root, '', files);
      return files;
    },
    read: async (path) => await readFile(at(path)).catch(undefinedIfMissing),
    put: placing.put,
    async remove(path) {
      await unlink(at(path)).catch(undefinedIfMissing);
      for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
        try {
          await rmdir(at(folder));
        } catch {
          return; // not empty
        }
    },
    async lock(holder) {
      openWorkFolder(name, root);
      const lock = await takeLock(name, fileLock(join(root, lockFile)), holder, times, async () => {
        // Whatever else is here was left by a deploy that was killed.
        for (const entry of readdirSync(at(workFolder)))
          if (![lockFile, intentFile].includes(`${workFolder}/${entry}`))
            rmSync(at(`${workFolder}/${entry}`), { recursive: true, force: true });
        mkdirSync(at(partFolder), { mode: 0o700 });
      });
      return {
        check: lock.check,
        async release() {
          await rm(at(partFolder), { recursive: true, force: true });
          await lock.release();
          await rmdir(at(workFolder)).catch(() => {}); // another deploy has already begun
        },
      };
    },
    close: placing.close,
  };
}

/** Links are not followed, because they can lead out of the folder. They count as files of somebody else. */
function walk(root: string, folder: string, files: Map<string, RemoteFile>): void {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(join(root, folder));
  } catch (error) {
    if (folder === '' && (error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (isLeftAlone(path) || (isInWorkFolder(path) && path !== intentFile)) continue;
    if (entry.isDirectory()) walk(root, path, files);
    else {
      const stat = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
      if (stat) files.set(path, stat.isFile() ? remoteOf(stat) : { size: -1, stamp: '' });
    }
  }
}

const list = (path: string) => readdirSync(path, { withFileTypes: true });

/** Whether the disk ignores case, as on macOS and Windows: the folder then also exists under another spelling. */
function foldsCase(root: string): boolean {
  const other = join(root, workFolder.toUpperCase());
  return lstatSync(join(root, workFolder), { throwIfNoEntry: false }) !== undefined
    ? lstatSync(other, { throwIfNoEntry: false }) !== undefined
    : false;
}

/** The folder above must exist, because a missing one is probably a disk that is not mounted. */
function openWorkFolder(name: string, root: string): void {
  const above = dirname(root);
  if (!statSync(above, { throwIfNoEntry: false })?.isDirectory())
    throw deployFailed(
      name,
      undefined,
      `There is no folder ${above}. Nothing was sent.`,
      'Create it, mount the disk, or correct the path in  content/deploy.yaml .',
    );
  if (!(statSync(root, { throwIfNoEntry: false })?.isDirectory() ?? true))
    throw deployFailed(name, undefined, `${root} is a file. Nothing was sent.`, 'Name a folder.');
  mkdirSync(root, { recursive: true });
  mkdirSync(join(root, workFolder), { recursive: true, mode: 0o700 });
}
