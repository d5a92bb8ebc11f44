import { readFileSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { listFolder } from '../../ingest/folder.ts';
import type { FileStamp } from '../store/file-rows.ts';
import { isPicture, kindOfPath } from './kinds.ts';

/** For this long, nobody waits because of a scan. */
const turnMs = 15;

/** Lets others work from time to time. */
export function openTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < turnMs) return;
    await nextTurn();
    began = performance.now();
  };
}

/**
 * Every file below `content/` that the desk edits, and every picture, the newest folders first, so that a list shows the newest stories
 * while the rest is still being read.
 *
 * @param site the newsroom's folder
 */
export async function* contentFiles(site: string): AsyncGenerator<{ path: string; stamp: FileStamp }> {
  const rest = openTurns();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: string;
    try {
      entries = listFolder(site, folder === '' ? 'content' : `content/${folder}`, []);
    } catch {
      continue; // deleted meanwhile
    }
    for (const entry of entries.split('\n')) {
      if (!entry) continue;
      const path = folder === '' ? entry.slice(1) : `${folder}/${entry.slice(1)}`;
      // The folder with the highest name, such as that of this month, comes first.
      if (entry.startsWith('d')) folders.push(path);
      else if (kindOfPath(path) || isPicture(path)) {
        const stamp = stampOf(site, path);
        if (stamp) yield { path, stamp };
      }
      await rest();
    }
  }
}

/** The size and times of a file, or undefined if it does not exist. @param path relative to `content/` */
export function stampOf(site: string, path: string): FileStamp | undefined {
  const stat = statSync(`${site}/content/${path}`, { throwIfNoEntry: false });
  return stat?.isFile() ? { size: stat.size, mtime: stat.mtimeMs, ctime: stat.ctimeMs } : undefined;
}

export const isSameStamp = (one: FileStamp | undefined, other: FileStamp): boolean =>
  one !== undefined && one.size === other.size && one.mtime === other.mtime && one.ctime === other.ctime;

/** The bytes of a file, or undefined if it was deleted. */
export function bytesOf(site: string, path: string): Buffer | undefined {
  try {
    return readFileSync(`${site}/content/${path}`);
  } catch {
    return undefined;
  }
}
