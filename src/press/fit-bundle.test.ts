import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitBundle } from './fit-bundle.ts';

// A bundle as the bundler leaves it, as far as fitting it is concerned.

let home: string;
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
};
const fonts = (name = 'fonts') => ({ folder: join(home, name), roman: ['roman.woff2'], italic: [] as string[] });
const assets = () => readdirSync(join(home, 'bundle/client/assets')).sort();
const entry = () => readFileSync(join(home, 'bundle/server/entry.mjs'), 'utf8');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fit-'));
  put('fonts/roman.woff2', 'letters');
  put('fonts/fonts.css', '@font-face{font-family:Newsreader;src:url(./roman.woff2)format("woff2")}\n');
  put(
    'bundle/client/assets/Paper.AAAAAAAA.css',
    'a{}@font-face{font-family:broadsheet-fonts;src:local(broadsheet-fonts)}b{}',
  );
  put('bundle/client/assets/front.BBBBBBBB.css', 'c{}');
  put('bundle/server/entry.mjs', 'const styles = ["Paper.AAAAAAAA.css", "front.BBBBBBBB.css"];');
  put('bundle/server/chunks/Paper.mjs', 'const [roman, italic] = JSON.parse("broadsheet-preloads");');
});
afterEach(() => rmSync(home, { recursive: true }));

describe('a bundle is fitted with the fonts of a language', () => {
  test('the fonts replace the gap, in the same order, and pages preload them', () => {
    fitBundle(join(home, 'bundle'), fonts());
    const [sheet = '', other, font = ''] = assets();
    expect(other).toBe('front.BBBBBBBB.css');
    expect(font).toMatch(/^roman\.[\w-]{8}\.woff2$/);
    expect(readFileSync(join(home, 'bundle/client/assets', sheet), 'utf8')).toBe(
      `a{}@font-face{font-family:Newsreader;src:url(${font})format("woff2")}b{}`,
    );
    expect(readFileSync(join(home, 'bundle/server/chunks/Paper.mjs'), 'utf8')).toBe(
      `const [roman, italic] = JSON.parse(${JSON.stringify(JSON.stringify([[`/assets/${font}`], []]))});`,
    );
    expect(entry()).toBe(`const styles = ["${sheet}", "front.BBBBBBBB.css"];`);
  });

  test('a style sheet with other fonts has another name, so that no browser keeps the old one', () => {
    const other = join(home, 'other');
    fitBundle(join(home, 'bundle'), fonts());
    const before = entry();
    rmSync(join(home, 'bundle'), { recursive: true });
    put('bundle/client/assets/Paper.AAAAAAAA.css', '@font-face{font-family:broadsheet-fonts;src:local("x")}');
    put(
      'bundle/server/entry.mjs',
      'const styles = ["Paper.AAAAAAAA.css", "front.BBBBBBBB.css"], p = "broadsheet-preloads";',
    );
    put('other/roman.woff2', 'other letters');
    put('other/fonts.css', '@font-face{src:url("./roman.woff2")}');
    fitBundle(join(home, 'bundle'), { ...fonts(), folder: other });
    expect(entry().split('"')[1]).not.toBe(before.split('"')[1]);
  });

  test.each([
    ['for the fonts', 'bundle/client/assets/Paper.AAAAAAAA.css', 'a{}'],
    ['for the fonts that pages preload', 'bundle/server/chunks/Paper.mjs', 'const roman = [];'],
  ])('a bundle without a place %s is a bug', (_, file, text) => {
    put(file, text);
    expect(() => fitBundle(join(home, 'bundle'), fonts())).toThrow(`no place ${_}.`);
  });
});
