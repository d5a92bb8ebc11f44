import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutsFor, keptFonts, rangesOf, writeFonts } from './fonts.ts';
import { lettersFor } from './letters.ts';

const bytesMax = 45 * 1024;

describe('the fonts of a page are at most two files and 45 KB together, and always the same', () => {
  test.each(['en-IE', 'fr', 'de', 'es', 'pl', 'cs', 'hu', 'tr', 'is', 'pt', 'ar', 'x-unknown'])(
    '%s',
    async (language) => {
      const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'fonts-')));
      await writeFonts(language, folders[0]!);
      await writeFonts(language, folders[1]!);
      const names = cutsFor(language).map(({ name }) => `${name}.woff2`);
      expect(names.length).toBeLessThanOrEqual(2);
      const sizes = names.map((name) => statSync(join(folders[0]!, name)).size);
      expect(sizes.every((size) => size > 1000)).toBe(true);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(bytesMax);
      for (const name of [...names, 'fonts.css'])
        expect(readFileSync(join(folders[0]!, name)).equals(readFileSync(join(folders[1]!, name)))).toBe(true);
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
  );
});

test('fonts are subset once for each language, and again if a run did not finish', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  const sheet = await keptFonts('en-IE', folder);
  const { mtimeMs } = statSync(sheet);
  expect(await keptFonts('en-IE', folder)).toBe(sheet);
  expect(statSync(sheet).mtimeMs).toBe(mtimeMs);
  expect(await keptFonts('pl', folder)).not.toBe(sheet);
  rmSync(sheet);
  expect(readFileSync(await keptFonts('en-IE', folder), 'utf8')).toContain('newsreader-italic');
  rmSync(folder, { recursive: true });
});

test('the letters of a language are those of its alphabet', () => {
  expect(lettersFor('pl')).toContain('ł');
  expect(lettersFor('en')).not.toContain('ł');
  expect(lettersFor('de-AT')).toContain('ß');
});

test('each letter is taken from the file that has it', () => {
  expect(cutsFor('pl').map(({ letters }) => letters.includes('ł'))).toEqual([false, true]);
  expect(cutsFor('pl')[0]!.letters).toContain('ó');
});

test('letters as ranges', () => expect(rangesOf([...'acbé'])).toBe('U+61-63, U+E9'));
