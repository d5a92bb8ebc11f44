import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bodyCacheFile, type CachedBody, clearBodyCaches, makeBodyCache, openBodyCaches } from './body-cache.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, writeFileSync: vi.fn(fs.writeFileSync) };
});

let folder = '';
let index = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shelf-'));
  index = join(folder, 'index.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const bodyOf = (html: string): CachedBody => ({ body: [{ kind: 'html', html }], words: html.length });

/** Fills a cache of bodies, opens all caches, and returns what they contain for some keys. */
function cached(bodyCaches: Record<string, CachedBody>[], keys: string[]): (CachedBody | undefined)[] {
  for (const [number, bodies] of bodyCaches.entries()) {
    const bodyCache = makeBodyCache(bodyCacheFile(index, number));
    for (const [key, body] of Object.entries(bodies)) bodyCache.put?.(key, body);
    bodyCache.close();
  }
  const all = openBodyCaches(index);
  const found = keys.map((key) => all?.get?.(key));
  all?.close();
  return found;
}

test('every body in every cache is found, whatever its length and script', () => {
  const texts = ['', 'a', 'Ireland’s harbour — “open”', '日本語 🎈', 'long '.repeat(300_000), 'after it'];
  const bodies = Object.fromEntries(texts.map((text, at) => [`content/stories/ā ${at}.md en digest`, bodyOf(text)]));
  const other = { 'content/stories/other.md en digest': bodyOf('other') };
  const keys = [...Object.keys(bodies), ...Object.keys(other)];
  expect(cached([bodies, other], keys)).toEqual([...Object.values(bodies), ...Object.values(other)]);
});

test('what was never stored is not found, nor is anything in an empty cache', () => {
  expect(cached([{}, { a: bodyOf('a') }], ['b', ''])).toEqual([undefined, undefined]);
});

test('if two keys have the same hash, neither is mistaken for the other', () => {
  const [first, second] = cached([{ plumless: bodyOf('first'), buckeroo: bodyOf('second') }], ['plumless', 'buckeroo']);
  expect(first).toBeUndefined();
  expect(second).toEqual(bodyOf('second'));
});

test('all caches are deleted together, and nothing else', () => {
  cached([{ a: bodyOf('a') }, { b: bodyOf('b') }], []);
  makeBodyCache(bodyCacheFile(join(folder, 'other.db'), 0)).close();
  clearBodyCaches(index);
  expect(readdirSync(folder)).toEqual(['other.db.bodies-0']);
  expect(openBodyCaches(index)).toBeUndefined();
});

test('a full disk is reported once, and the cache can still be closed', () => {
  const full = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  const whilePutting = makeBodyCache(bodyCacheFile(index, 0));
  vi.mocked(writeFileSync).mockImplementationOnce(full);
  expect(() => whilePutting.put?.('a', bodyOf('long '.repeat(300_000)))).toThrow('ENOSPC');
  expect(() => whilePutting.close()).not.toThrow();
  const whileClosing = makeBodyCache(bodyCacheFile(index, 1));
  whileClosing.put?.('a', bodyOf('a'));
  vi.mocked(writeFileSync).mockImplementationOnce(full);
  expect(() => whileClosing.close()).toThrow('ENOSPC');
  expect(() => whileClosing.close()).not.toThrow();
});
