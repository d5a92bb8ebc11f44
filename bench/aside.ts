import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';

let number = 0;

/**
 * Moves what exists at a path out of the way, into a folder beside everything that is measured. It is deleted at the
 * end, not now: ext4 passes over each inode that was freed within the last minutes whenever it looks for a free one
 * (`recently_deleted` in fs/ext4/ialloc.c). Because of this, a build right after the deletion of ten thousand folders
 * took four seconds longer than one into a new folder.
 */
export function setAside(path: string, home: string): void {
  if (!existsSync(path)) return;
  const aside = join(home, 'aside');
  mkdirSync(aside, { recursive: true });
  renameSync(path, join(aside, `${number++}-${basename(path)}`));
}

/** What the previous build left to be written to the disk must not count against the next one. */
export const flushDisk = (): void => void spawnSync('sync');
