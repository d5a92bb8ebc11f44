import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Thread } from '../../press/threads/thread.ts';
import { sha256Of } from '../../site/manifest.ts';
import { FileChangedError, type Upload } from '../target.ts';
import { uploadOf } from '../upload.ts';
import { placers } from './placers.ts';

/* So many files that threads place most of them. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'placers-'));
  mkdirSync(join(folder, 'from'));
  mkdirSync(join(folder, 'to'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (i: number) => `2025/${i % 7}/s${i}/index.html`;

function uploads(count: number): Upload[] {
  return Array.from({ length: count }, (_, i) => {
    const from = join(folder, 'from', String(i));
    writeFileSync(from, `Story ${i}`);
    return uploadOf(pathOf(i), { sha256: sha256Of(Buffer.from(`Story ${i}`)), size: `Story ${i}`.length }, from);
  });
}

/** Puts all, 128 at once, as a deploy does. @returns what happened to each */
async function putAll(files: readonly Upload[]): Promise<PromiseSettledResult<{ size: number; stamp: string }>[]> {
  const placing = placers(join(folder, 'parts'), (path) => join(folder, 'to', path));
  const results: PromiseSettledResult<{ size: number; stamp: string }>[] = [];
  try {
    for (let i = 0; i < files.length; i += 128)
      results.push(...(await Promise.allSettled(files.slice(i, i + 128).map((file) => placing.put(file)))));
  } finally {
    await placing.close();
  }
  return results;
}

const leftParts = () =>
  readdirSync(join(folder, 'parts'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

test('several threads place many files, each with its own bytes', async () => {
  const asked = vi.spyOn(Thread.prototype, 'ask');
  const files = uploads(1500);
  const placed = await putAll(files);
  expect(asked).toHaveBeenCalled();
  expect(placed.filter(({ status }) => status !== 'fulfilled')).toEqual([]);
  for (const { path, from } of files)
    expect(readFileSync(join(folder, 'to', path), 'utf8')).toBe(readFileSync(from!, 'utf8'));
  expect(leftParts()).toEqual([]);
});

test('in a thread, too, a file that changed is refused, and what the system says names the file', async () => {
  const files = uploads(900);
  writeFileSync(files[700]!.from!, 'Changed');
  rmSync(files[701]!.from!);
  mkdirSync(join(folder, 'to', pathOf(702), 'not empty'), { recursive: true });
  const placed = await putAll(files);
  const reasons = placed.flatMap((one, i) => (one.status === 'rejected' ? [[i, one.reason] as const] : []));
  expect(reasons.map(([i]) => i)).toEqual([700, 701, 702]);
  expect(reasons[0]![1]).toBeInstanceOf(FileChangedError);
  expect(reasons[1]![1]).toBeInstanceOf(FileChangedError);
  expect(reasons[2]![1]).toMatchObject({ code: 'ENOTEMPTY', dest: join(folder, 'to', pathOf(702)) });
  expect(existsSync(join(folder, 'to', pathOf(700)))).toBe(false);
  expect(leftParts()).toEqual([]);
});

test('if threads cannot run, the files are placed all the same', async () => {
  vi.spyOn(Thread.prototype, 'ask').mockRejectedValue(new Error('no thread'));
  const placed = await putAll(uploads(900));
  expect(placed.filter(({ status }) => status !== 'fulfilled')).toEqual([]);
});
