import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOfAddress, referencesIn } from './references.ts';
import { newsSite } from './small-site.fixture.ts';

/* A crawler that reads the whole site while it is deployed, and a series of sites to deploy. */

/** Random numbers that are the same in each run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A site that differs from every other: stories appear, disappear, and change, and so do styles and lists. */
export function siteOf(number: number): Record<string, string> {
  const next = random(number + 7);
  const slugs = Array.from({ length: 14 }, (_, i) => `s${i}`).filter(() => next() < 0.6);
  return newsSite(`${number}`, Object.fromEntries(slugs.map((slug) => [slug, `Text ${Math.floor(next() * 3)}`])));
}

/** What is missing for a reader who begins at the front page, and what any page shows and is missing. */
export function missing(files: Iterable<string>, read: (path: string) => string | undefined): string[] {
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

/**
 * Reads a folder again and again while something runs, and once more afterwards.
 *
 * @returns what it returns, and what was missing
 */
export async function crawledMeanwhile<T>(root: string, work: () => Promise<T>, pauseMs = 2): Promise<[T, string[]]> {
  const found: string[] = [];
  let isOpen = true;
  const crawler = (async () => {
    while (isOpen) {
      found.push(...missingIn(root));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  })();
  try {
    return [await work(), found];
  } finally {
    isOpen = false;
    await crawler;
    found.push(...missingIn(root));
  }
}

/** A file can be deleted while the crawler reads. What counts is missing on a second look, too. */
function missingIn(root: string): string[] {
  const look = () =>
    missing(pathsIn(root), (path) => {
      try {
        return readFileSync(join(root, path), 'latin1');
      } catch {
        return undefined; // missing, or a folder
      }
    });
  const first = look();
  return first.length > 0 ? look().filter((lost) => first.includes(lost)) : [];
}

/** The files of a site. Folders can disappear meanwhile. */
function pathsIn(root: string, folder = ''): string[] {
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? pathsIn(root, `${folder}${entry.name}/`) : [`${folder}${entry.name}`]));
}
