import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRenditions, type PictureJob } from '../../pictures/encode.ts';
import { readPictureFacts } from '../../pictures/metadata.ts';
import { PictureError } from '../../pictures/problems.ts';
import { renditionSets } from '../../pictures/renditions.ts';
import { encodeApart } from './encode-apart.ts';

/* In a separate process or in this one: the same files and the same failures. */

let home: string;
const jobs: PictureJob[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'encode-apart-'));
  for (let i = 0; i < 9; i++) {
    const file = join(home, `${i}.jpg`);
    await sharp({ create: { width: 300 + i, height: 200, channels: 3, background: { r: 20 * i, g: 80, b: 120 } } })
      .jpeg()
      .toFile(file);
    const facts = await readPictureFacts(readFileSync(file));
    jobs.push({ file, facts, renditions: Object.values(renditionSets(facts, { use: 'lead' })).flat() });
  }
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

const filesIn = (folder: string) =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]);

let wasApart = 0;
const apartInto = (folder: string) => (some: PictureJob[], tell: (done: number) => void) => {
  wasApart++;
  return encodeApart(some, folder, tell);
};

test('the same files are created, and progress is reported', async () => {
  const [here, apart] = [join(home, 'here'), join(home, 'apart')];
  const told: number[] = [];
  const alone = await makeRenditions(jobs, here);
  const made = await makeRenditions(jobs, apart, {
    apart: apartInto(apart),
    onProgress: ({ done, total }) => told.push(done, total),
  });
  expect(wasApart).toBe(1);
  expect(made).toEqual(alone);
  expect(filesIn(apart)).toEqual(filesIn(here));
  expect(told.slice(-2)).toEqual([9, 9]);

  // Damaged ones are created again, and no process is started for existing ones.
  const names = readdirSync(apart).filter((name) => name.endsWith('.webp'));
  for (const name of names) writeFileSync(join(apart, name), 'cut');
  const checked = { apart: apartInto(apart), isChecked: () => true };
  const again = await makeRenditions(jobs, apart, checked);
  expect(wasApart).toBe(2);
  expect([...again.mended].sort()).toEqual(names.sort());
  expect(filesIn(apart)).toEqual(filesIn(here));
  await makeRenditions(jobs, apart, checked);
  expect(wasApart).toBe(2);
});

test('a picture that changed in the meantime is reported as in this process', async () => {
  const file = join(home, 'changed.jpg');
  writeFileSync(file, 'no picture any more');
  const changed = { ...jobs[0]!, file };
  const { failed } = await encodeApart([changed], join(home, 'failed'), () => {});
  const alone = await makeRenditions([changed], join(home, 'failed-here'));
  expect(failed).toHaveLength(1);
  expect(failed[0]?.error).toBeInstanceOf(PictureError);
  expect(failed).toEqual(alone.failed);
});

test('the disk’s error message is passed on', async () => {
  writeFileSync(join(home, 'file'), '');
  await expect(encodeApart(jobs, join(home, 'file/below'), () => {})).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform === 'linux')('a killed process ends the build, with its signal', async () => {
  const folder = join(home, 'killed');
  mkdirSync(folder);
  const encoders = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const isOurs =
            Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) === process.pid;
          return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('press/threads/encoder');
        } catch {
          return false; // it ended in the meantime
        }
      });
  const before = encoders();
  const work = encodeApart(jobs, folder, () => {});
  const pid = encoders().find((other) => !before.includes(other));
  expect(pid).toBeDefined();
  process.kill(Number(pid), 'SIGKILL');
  await expect(work).rejects.toThrow('ended with SIGKILL');
});
