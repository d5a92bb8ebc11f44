import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LockStore } from './lock.ts';

/**
 * A lock that is a file of this machine. It is created under another name, so nobody ever reads a part of it.
 *
 * @param file absolute. Its folder is created
 */
export function fileLock(file: string): LockStore {
  const besides = () => `${file}.${randomUUID()}`;
  return {
    async create(text) {
      const other = besides();
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 }); // the holder may have deleted it
      writeFileSync(other, text, { mode: 0o600 });
      try {
        await link(other, file);
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST' || code === 'ENOENT') return false;
        return await createAlone(file, text); // a disk without links
      } finally {
        await rm(other, { force: true });
      }
    },
    read: async () => (await readFile(file).catch(undefinedIfMissing))?.toString(),
    async write(text) {
      const other = besides();
      await writeFile(other, text, { mode: 0o600 });
      await rename(other, file);
    },
    async remove(text) {
      const other = besides();
      try {
        await rename(file, other);
      } catch (error) {
        if (undefinedIfMissing(error as NodeJS.ErrnoException) === undefined) return;
      }
      // Somebody else may have taken it over at this moment. Then it is put back.
      if ((await readFile(other, 'utf8')) !== text) await link(other, file).catch(() => {});
      await rm(other, { force: true });
    },
  };
}

async function createAlone(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

export function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
