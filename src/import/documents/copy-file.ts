import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Copies a file completely or not at all, without its permissions. */
export async function copyAtomically(from: string, to: string): Promise<void> {
  const temporary = `${to}.${randomUUID()}.tmp`;
  try {
    await pipeline(createReadStream(from), createWriteStream(temporary));
    await rename(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether two files have the same bytes. The second need not exist. */
export function haveSameBytes(one: string, other: string): boolean {
  const stat = statSync(other, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === statSync(one).size && readFileSync(one).equals(readFileSync(other));
}
