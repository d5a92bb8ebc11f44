import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clearShelves, makeShelf, openShelves, type ShelvedBody, shelfFile } from './body-cache.ts';

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

const bodyOf = (html: string): ShelvedBody => ({ body: [{ kind: 'html', html }], words: html.length });

/** Fills a shelf, opens all, and gives what they hold for some keys. */
function shelved(shelves: Record<string, ShelvedBody>[], keys: string[]): (ShelvedBody | undefined)[] {
  for (const [number, bodies] of shelves.entries()) {
    const shelf = makeShelf(shelfFile(index, number));
    for (const [key, body] of Object.entries(bodies)) shelf.put?.(key, body);
    shelf.close();
  }
  const all = openShelves(index);
  const found = keys.map((key) => all?.get?.(key));
  all?.close();
  return found;
}

test('every body of every shelf is found, whatever its length and script', () => {
  const texts = ['', 'a', 'Ireland’s harbour — “open”', '日本語 🎈', 'long '.repeat(300_000), 'after it'];
  const bodies = Object.fromEntries(texts.map((text, at) => [`content/stories/ā ${at}.md en digest`, bodyOf(text)]));
  const other = { 'content/stories/other.md en digest': bodyOf('other') };
  const keys = [...Object.keys(bodies), ...Object.keys(other)];
  expect(shelved([bodies, other], keys)).toEqual([...Object.values(bodies), ...Object.values(other)]);
});

test('what was never put there is not found, nor is anything on an empty shelf', () => {
  expect(shelved([{}, { a: bodyOf('a') }], ['b', ''])).toEqual([undefined, undefined]);
});

test('of two keys with the same sum neither is taken for the other', () => {
  const [first, second] = shelved(
    [{ plumless: bodyOf('first'), buckeroo: bodyOf('second') }],
    ['plumless', 'buckeroo'],
  );
  expect(first).toBeUndefined();
  expect(second).toEqual(bodyOf('second'));
});

test('shelves go together, and nothing else', () => {
  shelved([{ a: bodyOf('a') }, { b: bodyOf('b') }], []);
  makeShelf(shelfFile(join(folder, 'other.db'), 0)).close();
  clearShelves(index);
  expect(readdirSync(folder)).toEqual(['other.db.bodies-0']);
  expect(openShelves(index)).toBeUndefined();
});

test('a full disk is told once, and the shelf can be closed nevertheless', () => {
  const full = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  const whilePutting = makeShelf(shelfFile(index, 0));
  vi.mocked(writeFileSync).mockImplementationOnce(full);
  expect(() => whilePutting.put?.('a', bodyOf('long '.repeat(300_000)))).toThrow('ENOSPC');
  expect(() => whilePutting.close()).not.toThrow();
  const whileClosing = makeShelf(shelfFile(index, 1));
  whileClosing.put?.('a', bodyOf('a'));
  vi.mocked(writeFileSync).mockImplementationOnce(full);
  expect(() => whileClosing.close()).toThrow('ENOSPC');
  expect(() => whileClosing.close()).not.toThrow();
});
