import { hash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { inputsOf, isLibCurrent } from './lib-inputs.mjs';

// A repository in which lib/ was just compiled.

const home = mkdtempSync(join(tmpdir(), 'lib-'));
const root = join(home, 'repository');
const put = (file: string, text = file) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
/** As `compile.mjs` records it. */
const compiled = () => {
  const inputs = inputsOf(root).map((file: string) => {
    const { size, mtimeMs } = statSync(join(root, file));
    return [file, size, mtimeMs, hash('sha256', file, 'base64url')];
  });
  put('lib/sources.json', JSON.stringify(inputs));
  put('lib/compiled');
};
const files = [
  'src/press/a.ts',
  'src/components/story/age.js',
  'src/cli/gallery.astro',
  'src/styles/a.css',
  'src/x.json',
];

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const file of [...files, 'src/press/a.test.ts', 'src/press/a.fixture.ts', 'node_modules/.package-lock.json'])
    put(file);
  compiled();
});
afterAll(() => rmSync(home, { recursive: true }));

describe('lib/ is used as long as it was compiled from the current sources', () => {
  test('if nothing changed', () => expect(isLibCurrent(root)).toBe(true));

  test.each([...files, 'node_modules/.package-lock.json'])('not after an edit of %s', (file) => {
    put(file, `${file.slice(0, -1)}!`); // of the same size
    utimesSync(join(root, file), 1, 1); // and as old as a file from an archive
    expect(isLibCurrent(root)).toBe(false);
  });

  test.each(['src/new.ts', 'src/new.svg'])('not if %s is new, whatever its date', (file) => {
    put(file);
    utimesSync(join(root, file), 1, 1);
    expect(isLibCurrent(root)).toBe(false);
  });

  test('not if a source was deleted', () => {
    rmSync(join(root, 'src/components/story/age.js'));
    expect(isLibCurrent(root)).toBe(false);
  });

  test('not if it is incomplete', () => {
    rmSync(join(root, 'lib/compiled'));
    expect(isLibCurrent(root)).toBe(false);
  });

  test('even after an edit of a test, and in a copy in which every file has a new time', () => {
    put('src/press/a.test.ts', 'other');
    cpSync(root, join(home, 'copy'), { recursive: true });
    expect(isLibCurrent(root)).toBe(true);
    expect(isLibCurrent(join(home, 'copy'))).toBe(true);
  });
});
