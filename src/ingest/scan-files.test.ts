import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { isThere, keepScan, type Scan, scan } from './scan.ts';

let root = '';
let index: IndexHandle;

const put = (file: string, text = file) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
/** Long after every file was written, so that each signature is trusted. */
const later = Date.now() + 3_600_000;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scan-'));
  index = openIndexHandle(root, ':memory:');
  put('content/site.yaml');
  put('content/stories/a/index.md');
  put('content/stories/a/more/b.md');
  put('public/a.txt', 'one');
  keepScan(index, scan(index, later));
});
afterEach(() => {
  closeIndexHandle(index);
  rmSync(root, { recursive: true });
});

const found = ({ changed, gone, problems }: Scan) => ({
  changed: [...changed].sort(),
  gone: [...gone].sort(),
  ...(problems.length ? { problems: problems.map(({ file, rule }) => `${file} ${rule}`) } : {}),
});
const named = (...paths: string[]) => found(scan(index, later, paths));
const all = (now = later) => found(scan(index, now));

describe('a file has changed', () => {
  test('if it is new, is another one at the same path, or has another size or other times', () => {
    expect(all()).toEqual({ changed: [], gone: [] });
    put('public/b.txt');
    put('public/a.txt', 'two');
    expect(all()).toEqual({ changed: ['public/a.txt', 'public/b.txt'], gone: [] });
  });

  test('even if a program kept its size and the time of its contents', () => {
    const { atimeMs, mtimeMs } = statSync(join(root, 'public/a.txt'));
    put('public/a.txt', 'two');
    utimesSync(join(root, 'public/a.txt'), atimeMs / 1000, mtimeMs / 1000);
    keepScan(index, { ...scan(index, later), changed: new Set() });
    const { mtimeMs: kept } = statSync(join(root, 'public/a.txt'));
    put('public/a.txt', 'six');
    utimesSync(join(root, 'public/a.txt'), atimeMs / 1000, mtimeMs / 1000);
    expect(statSync(join(root, 'public/a.txt')).mtimeMs).toBe(kept);
    expect(all().changed).toEqual(['public/a.txt']);
  });

  test('possibly, if it was written just now, because it could be written again within the same tick', () => {
    put('public/a.txt', 'two');
    const now = Date.now();
    keepScan(index, scan(index, now));
    expect(all(now).changed).toContain('public/a.txt');
    // From then on it is trusted.
    keepScan(index, scan(index, later));
    expect(all()).toEqual({ changed: [], gone: [] });
  });

  test('not if it was moved away and back', () => {
    renameSync(join(root, 'content/site.yaml'), join(root, 'site.yaml'));
    expect(all().gone).toEqual(['content/site.yaml']);
    renameSync(join(root, 'site.yaml'), join(root, 'content/site.yaml'));
    expect(named('content/site.yaml')).toEqual({ changed: [], gone: [] });
  });
});

describe('only what is named is scanned', () => {
  test('a file that is new, changed, or deleted', () => {
    put('public/a.txt', 'two');
    put('public/b.txt');
    rmSync(join(root, 'content/site.yaml'));
    expect(named('public/b.txt')).toEqual({ changed: ['public/b.txt'], gone: [] });
    expect(named('content/site.yaml', 'public/a.txt', 'public/a.txt')).toEqual({
      changed: ['public/a.txt'],
      gone: ['content/site.yaml'],
    });
  });

  test('a folder stands for everything that is in it, and everything that was', () => {
    put('content/stories/a/new.md');
    rmSync(join(root, 'content/stories/a/more'), { recursive: true });
    expect(named('content/stories')).toEqual({
      changed: ['content/stories/a/new.md'],
      gone: ['content/stories/a/more/b.md'],
    });
    rmSync(join(root, 'content/stories'), { recursive: true });
    expect(named('content/stories').gone).toEqual(['content/stories/a/index.md', 'content/stories/a/more/b.md']);
  });

  test('a file that became a folder is deleted, and its files are new', () => {
    rmSync(join(root, 'public/a.txt'));
    put('public/a.txt/b.txt');
    expect(named('public/a.txt')).toEqual({ changed: ['public/a.txt/b.txt'], gone: ['public/a.txt'] });
  });

  test('nothing outside content/ and public/, nothing hidden, and nothing through a link', () => {
    put('theme/a.css');
    put('public/.hidden/a.txt');
    put('publicity/a.txt');
    put('outside.txt');
    symlinkSync(join(root, 'outside.txt'), join(root, 'public/link.txt'));
    expect(named('theme/a.css', 'public/.hidden/a.txt', 'publicity/a.txt', 'outside.txt', '../x')).toEqual({
      changed: [],
      gone: [],
    });
    symlinkSync(tmpdir(), join(root, 'public/out'));
    expect(named('public/out')).toEqual({ changed: [], gone: [], problems: ['public/out symbolic-link'] });
  });
});

test.each([
  '.notes.md',
  '~$report.docx',
  'report.docx.tmp',
  '#a#',
  'a.md~',
  '.a.swp',
  'a.bak',
  'x.crdownload',
  'Thumbs.db',
  'desktop.ini',
  '__MACOSX',
])('%s is not a file of the newsroom', (name) => {
  put(`content/stories/a/${name}`);
  expect(all()).toEqual({ changed: [], gone: [] });
});

test.each(['.htaccess', '.nojekyll', '.well-known/security.txt', 'a.tmpl', 'part.md', 'bak'])(
  '%s is a file of the newsroom',
  (name) => {
    put(`public/${name}`);
    expect(all().changed).toEqual([`public/${name}`]);
  },
);

test.each([
  ['into the newsroom is followed', 'content/site.yaml', { changed: ['public/link'], gone: [] }],
  ['to a folder is refused', 'content/stories', { changed: [], gone: [], problems: ['public/link symbolic-link'] }],
  ['out of the newsroom is refused', '..', { changed: [], gone: [], problems: ['public/link symbolic-link'] }],
  ['to nothing is refused', 'nothing', { changed: [], gone: [], problems: ['public/link symbolic-link'] }],
])('a symbolic link %s', (_, target, expected) => {
  symlinkSync(join(root, target), join(root, 'public/link'));
  expect(all()).toEqual(expected);
});

test('what was stored is what exists', () => {
  expect(isThere(index, 'public/a.txt')).toBe(true);
  expect(isThere(index, 'public')).toBe(false);
  rmSync(join(root, 'public/a.txt'));
  expect(isThere(index, 'public/a.txt')).toBe(true);
  keepScan(index, scan(index, later));
  expect(isThere(index, 'public/a.txt')).toBe(false);
});
