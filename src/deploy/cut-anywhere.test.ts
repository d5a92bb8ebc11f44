import { fork } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crawledMeanwhile, missing, random, siteOf } from './crawler.fixture.ts';
import { cut, memoryTarget } from './memory-target.fixture.ts';
import { contentsIn, filesIn, newsSite, type SmallSite, smallSite } from './small-site.fixture.ts';
import { workFolder } from './target.ts';

/*
 * The cable is cut, or the process is killed, at 40 random moments. A crawler reads the target all the time, from its
 * front page on, and finds no page that refers to a missing file. The next deploy makes the target the same as the site.
 */

let site: SmallSite;
let root: string;
beforeEach(() => {
  site = smallSite();
  root = join(site.folder, 'www');
});
afterEach(() => site.remove());

test('canary: the crawler finds a page, a picture, and a style that are missing', () => {
  const files = new Map(Object.entries(newsSite('a', { ferry: 'x', vote: 'y' })));
  expect(missing(files.keys(), (path) => files.get(path))).toEqual([]);
  for (const path of [
    '2025/02/ferry/index.html',
    [...files.keys()].find((name) => name.endsWith('.css'))!,
    [...files.keys()].find((name) => name.endsWith('.jpg'))!,
  ]) {
    const text = files.get(path)!;
    files.delete(path);
    expect(
      missing(files.keys(), (name) => files.get(name)),
      path,
    ).not.toEqual([]);
    files.set(path, text);
  }
});

describe.each([false, true])('a target in memory (near: %s)', (isNear) => {
  test('after each change at the target, and after each cut, no page refers to a missing file', async () => {
    const stored = new Map();
    const next = random(isNear ? 1 : 2);
    let left = Number.POSITIVE_INFINITY;
    const target = memoryTarget(
      {
        isNear,
        before() {
          if (--left < 0) throw Object.assign(cut(), { isTransient: false });
        },
        after() {
          const files = target.files();
          expect(missing(files.keys(), (path) => files.get(path))).toEqual([]);
          // The answer to the last request gets lost.
          if (left === 0) throw Object.assign(cut(), { isTransient: false });
        },
      },
      stored,
    );
    let cuts = 0;
    for (let number = 0; cuts < 40; number++) {
      site.build(siteOf(number));
      left = 2 + Math.floor(next() * 40);
      // Every third time, another machine deploys, which knows only what is at the target.
      const stateFolder = join(site.folder, number % 3 === 2 ? `state-${number}` : 'state');
      const ended = await site.deploy(target, { stateFolder }).then(
        () => true,
        () => false,
      );
      if (!ended) cuts++;
      left = Number.POSITIVE_INFINITY;
      // Sometimes the site has changed again when the next deploy comes.
      if (number % 2 === 1) {
        const report = await site.deploy(target);
        expect(report.problems.map(({ message }) => message)).toEqual([]);
        expect(target.files()).toEqual(site.files());
      }
    }
    await site.deploy(target);
    expect(target.files()).toEqual(site.files());
    expect([...stored.keys()].filter((path) => path.startsWith(workFolder))).toEqual([]);
  });
});

test('a folder, with a process that is killed at 40 random moments while a crawler reads', async () => {
  const next = random(3);
  const program = join(import.meta.dirname, 'deploy-in-process.fixture.ts');
  let kills = 0;
  for (let number = 0; kills < 40; number++) {
    site.build(siteOf(number));
    const task = join(site.folder, 'task.json');
    writeFileSync(task, JSON.stringify({ folder: site.folder, contents: [...contentsIn(site.dist)] }));
    const child = fork(program, [task, `${Math.floor(next() * 45)}`], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    child.stderr?.on('data', (part) => {
      said += part;
    });
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
      child.once('close', (code, signal) => resolve(signal ?? code)),
    );
    const [how, found] = await crawledMeanwhile(root, () => ended);
    expect(found, `crawl ${number}`).toEqual([]);
    if (how === 'SIGKILL') kills++;
    else expect([how, said]).toEqual([0, '']);
    if (number % 4 !== 3) continue;
    const report = await site.deploy(undefined);
    expect(report.problems).toEqual([]);
    expect(filesIn(root)).toEqual(site.files());
  }
  await site.deploy(undefined);
  expect(filesIn(root)).toEqual(site.files());
  // Without its own knowledge, too.
  rmSync(join(site.folder, 'state'), { recursive: true });
  expect((await site.deploy(undefined)).sent).toEqual([]);
}, 300_000);
