import { fork } from 'node:child_process';
import { type Dirent, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cut, memoryTarget } from './memory-target.fixture.ts';
import { filesOfAddress, referencesIn } from './references.ts';
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

/** Random numbers that are the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A site that differs from every other: stories appear, disappear, and change, and so do styles and lists. */
function siteOf(number: number): Record<string, string> {
  const next = random(number + 7);
  const slugs = Array.from({ length: 14 }, (_, i) => `s${i}`).filter(() => next() < 0.6);
  return newsSite(`${number}`, Object.fromEntries(slugs.map((slug) => [slug, `Text ${Math.floor(next() * 3)}`])));
}

/** What is missing for a reader who begins at the front page, and what any page shows and is missing. */
function missing(files: Iterable<string>, read: (path: string) => string | undefined): string[] {
  const seen = new Set<string>();
  const waiting = ['index.html'];
  const lost: string[] = [];
  const thereOf = (address: string) => filesOfAddress(address).find((file) => read(file) !== undefined);
  const addressesIn = (text: string) => referencesIn(text, { origin: 'https://post.example', base: '' });
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = seen.has(path) ? undefined : read(path);
    seen.add(path);
    for (const address of text === undefined ? [] : addressesIn(text)) {
      const there = thereOf(address);
      if (there === undefined) lost.push(`${path} refers to ${address}`);
      else if (/\.(?:html|xml|css)$/.test(there)) waiting.push(there);
    }
  }
  for (const path of files) {
    const text = path.endsWith('.html') ? read(path) : undefined;
    for (const address of text === undefined ? [] : addressesIn(text))
      if (address.startsWith('/assets/') && thereOf(address) === undefined) lost.push(`${path} shows ${address}`);
  }
  return lost;
}

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
  const read = (path: string) => {
    const file = join(root, path);
    try {
      return readFileSync(file, 'latin1');
    } catch {
      return undefined; // missing, or a folder
    }
  };
  /** The files of the site. Folders can disappear meanwhile. */
  const here = (folder = ''): string[] => {
    let entries: Dirent[] = [];
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch {
      return [];
    }
    return entries
      .filter(({ name }) => !name.startsWith('.'))
      .flatMap((entry) => (entry.isDirectory() ? here(`${folder}${entry.name}/`) : [`${folder}${entry.name}`]));
  };
  /** A file can be deleted while the crawler reads. What counts is missing on a second look, too. */
  const crawl = () => {
    const first = missing(here(), read);
    return first.length > 0 ? missing(here(), read).filter((lost) => first.includes(lost)) : [];
  };
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
    let isOpen = true;
    const found: string[] = [];
    const crawler = (async () => {
      while (isOpen) {
        found.push(...crawl());
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    const how = await ended;
    isOpen = false;
    await crawler;
    expect(found, `crawl ${number}`).toEqual([]);
    if (how === 'SIGKILL') kills++;
    else expect([how, said]).toEqual([0, '']);
    expect(missing(here(), read)).toEqual([]);
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
