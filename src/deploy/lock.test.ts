import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SetupError } from '../problems/problem.ts';
import { fileLock } from './file-lock.ts';
import { holderHere, takeLock } from './lock.ts';
import { waitingForDeploy } from './problems.ts';

/* The rule deploy-locked: one deploy at a time, and a killed one is no obstacle. */

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'lock.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const times = { beatMs: 20, watchMs: 200 };
const mine = () => holderHere('deploy live', new Date('2025-06-01T12:00:00Z'));
const take = async (holder = mine()) => await takeLock('live', fileLock(file), holder, times);
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a second deploy is refused with the name of the holder', async () => {
  const lock = await take({ ...mine(), user: 'nadia', host: 'desk-2' });
  const refused = await take().catch((error: unknown) => error as SetupError);
  expect('problems' in refused && refused.problems[0]).toMatchObject({
    rule: 'deploy-locked',
    message: `live is in use: nadia on desk-2 is deploying to it since 2025-06-01T12:00:00.000Z:  broadsheet deploy live  (process ${process.pid}). Nothing was sent.`,
  });
  await lock.release();
  await (await take()).release();
});

test('a deploy that may wait says for whom, and begins when the other one has ended', async () => {
  const lock = await take({ ...mine(), user: 'nadia', host: 'desk-2' });
  const said: string[] = [];
  const waiting = takeLock('live', fileLock(file), mine(), {
    ...times,
    waitMs: 60_000,
    onWait: (name, holder) => said.push(waitingForDeploy(name, holder)),
  });
  await later(2500);
  expect(said).toEqual([
    `Waiting, because live is in use: nadia on desk-2 is deploying to it since 2025-06-01T12:00:00.000Z:  broadsheet deploy live  (process ${process.pid}).`,
  ]);
  await lock.release();
  await (await waiting).release();
});

test('and it is refused with the name of the holder after that time', async () => {
  const lock = await take({ ...mine(), user: 'nadia' });
  await expect(takeLock('live', fileLock(file), mine(), { ...times, waitMs: 300 })).rejects.toThrow('nadia');
  await lock.release();
});

test('a lock whose answer got lost on the way is our own, and one that was never released here is taken over', async () => {
  const first = mine();
  writeFileSync(file, JSON.stringify({ ...first, beats: 0 }));
  await takeLock('live', fileLock(file), first, times);
  rmSync(file);
  // The cable was cut when this one ended.
  const broken = { ...fileLock(file), remove: () => Promise.reject(new Error('cut')) };
  const second = await takeLock('live', broken, mine(), times);
  await expect(second.release()).rejects.toThrow('cut');
  await (await take()).release();
});

test('if the preparation of a deploy fails, its lock is released', async () => {
  const failing = takeLock('live', fileLock(file), mine(), times, () => Promise.reject(new Error('full')));
  await expect(failing).rejects.toThrow('full');
  await (await take()).release();
});

test('of many that try at once, exactly one gets it', async () => {
  for (let round = 0; round < 5; round++) {
    // Each time, an abandoned lock is in the way of all of them.
    writeFileSync(file, JSON.stringify({ ...mine(), pid: 2 ** 30 }));
    const tried = await Promise.allSettled(Array.from({ length: 8 }, () => take()));
    const got = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const held = await Promise.allSettled(got.map((lock) => lock.check()));
    expect(held.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lock of got) await lock.release();
  }
});

test('the lock of a process of this machine that has ended is taken over at once', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  writeFileSync(file, JSON.stringify({ ...mine(), pid: child.pid }));
  const began = performance.now();
  const watchMs = 60_000; // a busy machine can take a while
  await (await takeLock('live', fileLock(file), mine(), { ...times, watchMs })).release();
  expect(performance.now() - began).toBeLessThan(watchMs);
});

test('the lock of another machine is taken over only if it does not change while it is watched', async () => {
  const other = { ...mine(), machine: 'another', pid: 1 };
  const alive = await takeLock('live', fileLock(file), other, times);
  await expect(take()).rejects.toThrow('is in use');
  await alive.release();
  writeFileSync(file, JSON.stringify({ ...other, beats: 7 }));
  await (await take()).release();
});

test('clocks do not matter: a lock from the future and one from long ago are watched in the same way', async () => {
  for (const since of ['2099-01-01T00:00:00Z', '1999-01-01T00:00:00Z']) {
    const alive = await takeLock('live', fileLock(file), { ...mine(), machine: 'another', since }, times);
    await expect(take()).rejects.toThrow(since);
    await alive.release();
  }
});

test('a damaged lock is watched, and then taken over', async () => {
  writeFileSync(file, '{"id":');
  await (await take()).release();
});

test('a holder that was asleep notices that its lock was taken over, and leaves the new one alone', async () => {
  const asleep = await take({ ...mine(), machine: 'another' });
  const now = JSON.stringify({ ...mine(), beats: 0 });
  writeFileSync(file, now);
  await expect(asleep.check()).rejects.toThrow('taken over');
  await later(3 * times.beatMs);
  await asleep.release();
  expect(readFileSync(file, 'utf8')).toBe(now);
});

test('the holder shows that it is alive', async () => {
  const lock = await take();
  await later(5 * times.beatMs);
  expect(JSON.parse(readFileSync(file, 'utf8')).beats).toBeGreaterThan(0);
  await lock.release();
});
