import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfOthers, licencesFile, licencesOf } from './licences.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* Every file that readers receive is our own, the newsroom's, or named with its licence. */

let newsroom: SmallNewsroom;
beforeAll(async () => {
  newsroom = smallNewsroom({ 'content/stories/2025/02/a.md': story() });
  await newsroom.press();
}, 120_000);
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

/** Files below assets/ that neither we nor the newsroom made, and that have no licence. */
const unlicensed = (files: Iterable<string>, licences: string): string[] =>
  [...files].filter(
    (file) =>
      /^assets\/(?!pictures\/)/.test(file) &&
      !/\.css$|^assets\/mark\.svg$/.test(file) &&
      file !== licencesFile &&
      !licences.split('\n').includes(file),
  );

test('the fonts are named with their copyright notice and their licence', () => {
  const licences = newsroom.dist().get(licencesFile) ?? '';
  expect([...newsroom.dist().keys()].filter(isOfOthers).length).toBeGreaterThan(0);
  expect(unlicensed(newsroom.dist().keys(), licences)).toEqual([]);
  expect(licences).toContain('Copyright 2020 The Newsreader Project Authors');
  expect(licences).toContain('SIL OPEN FONT LICENSE Version 1.1');
});

test('canary: a script or a font of somebody else without a licence', () => {
  const licences = newsroom.dist().get(licencesFile) ?? '';
  expect(unlicensed(['assets/pagefind.js', 'assets/other.woff2', 'assets/a.css', 'index.html'], licences)).toEqual([
    'assets/pagefind.js',
    'assets/other.woff2',
  ]);
});

test('a site without files of others has no such file', () =>
  expect(licencesOf(['assets/a.css', 'assets/own-font.woff2'])).toBeUndefined());
