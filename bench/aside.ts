import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';

let number = 0;

/**
 * Takes what lies at a path out of the way, into a folder beside everything that is measured.
 *
 * It is removed at the end, not now: ext4 passes over each inode that was freed within the last minutes whenever
 * it looks for a free one (`recently_deleted` in fs/ext4/ialloc.c). A build right after the removal of ten thousand
 * folders took four seconds longer for it than one into a new folder.
 */
export function setAside(path: string, home: string): void {
  if (!existsSync(path)) return;
  const aside = join(home, 'aside');
  mkdirSync(aside, { recursive: true });
  renameSync(path, join(aside, `${number++}-${basename(path)}`));
}

/** What the build before left to be written to the disk is not billed to the next one. */
export const flushDisk = (): void => void spawnSync('sync');
