import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import type { Upload } from '../target.ts';

const copiedAtOnce = 8;

/**
 * Copies files to a folder of this machine for a program that sends them. A program reads a file whenever it likes, and a
 * build may replace the original meanwhile, so only bytes with the planned digest are copied.
 *
 * @param folder absolute. It has nothing but these files afterwards
 */
export async function stage(folder: string, files: Iterable<Upload>): Promise<void> {
  const limit = pLimit(copiedAtOnce);
  await Promise.all([...files].map((file) => limit(() => stageOne(folder, file))));
}

async function stageOne(folder: string, file: Upload): Promise<void> {
  const path = join(folder, file.path);
  await mkdir(dirname(path), { recursive: true });
  if (file.isLarge) await pipeline(file.stream(), createWriteStream(path));
  else await writeFile(path, await file.bytes());
}
