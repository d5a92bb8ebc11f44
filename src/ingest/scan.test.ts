import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { joinScans, keepScan, middleOfFiles, type Scan, scan, scanPart } from './scan.ts';

/** Long after every file was written, so that each signature is trusted. */
const later = Date.now() + 3_600_000;
let root = '';

const put = (file: string, text = file) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

let index: IndexHandle;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scan-'));
  index = openIndexHandle(root, join(root, 'index.db'));
});
afterEach(() => {
  closeIndexHandle(index);
  rmSync(root, { recursive: true });
});

const archive = [
  'content/site.yaml',
  'content/stories/2020-old/a/index.md',
  'content/stories/2020/01/a/index.md',
  'content/stories/2020/01/a/photo.jpg',
  'content/stories/2020/01/a-b/index.md',
  'content/stories/2020/01/a.md',
  'content/stories/2020/02/b/index.md',
  'content/stories/2020.md',
  'content/stories/20200/c/index.md',
  'content/stories/2021/01/d/index.md',
  'content/stories/2021/01/ü ber/index.md',
  'content/topics.yaml',
  'public/robots.txt',
];

/** The complete result of a scan, in a fixed order. */
const said = ({ changed, gone, files, folders, foldersGone, problems }: Scan) => ({
  changed: [...changed].sort(),
  gone: [...gone].sort(),
  files: files.map((row) => JSON.stringify(row)).sort(),
  folders: folders.map((row) => JSON.stringify(row)).sort(),
  foldersGone: [...foldersGone].sort(),
  problems: problems.map(({ file, rule }) => `${file} ${rule}`).sort(),
});

test.each(['content/stories/2020/', 'content/stories/2020/01/', 'content/stories/2020/02/', 'content/stories/2021/'])(
  'two halves at %s give the result of one scan, whatever changed',
  (place) => {
    const halves = () => joinScans(scanPart(index, later, { before: place }), scanPart(index, later, { from: place }));
    for (const file of archive) put(file);
    expect(said(scan(index, later)).changed).toEqual([...archive].sort());
    expect(said(halves())).toEqual(said(scan(index, later)));

    keepScan(index, scan(index, later));
    const nothing = { changed: [], gone: [], files: [], folders: [], foldersGone: [], problems: [] };
    expect(said(scan(index, later))).toEqual(nothing);
    expect(said(halves())).toEqual(nothing);

    put('content/stories/2020/01/a.md', 'changed');
    put('content/stories/2020/02/new/index.md');
    put('content/stories/2022/01/new/index.md');
    rmSync(join(root, 'content/stories/2020-old'), { recursive: true });
    rmSync(join(root, 'content/stories/2020.md'));
    rmSync(join(root, 'content/stories/2021/01/d'), { recursive: true });
    symlinkSync('/nowhere', join(root, 'content/stories/2020/01/link'));
    symlinkSync('/nowhere', join(root, 'content/stories/2021/01/link'));
    const whole = said(scan(index, later));
    expect(whole.changed).toHaveLength(3);
    expect(whole.gone).toHaveLength(3);
    expect(whole.problems).toHaveLength(2);
    expect(said(halves())).toEqual(whole);

    rmSync(join(root, place), { recursive: true });
    expect(said(halves())).toEqual(said(scan(index, later)));
  },
);

test('the middle separates whole folders whose names sort like their paths', () => {
  for (let month = 1; month <= 9; month++)
    for (let day = 1; day <= 3; day++) put(`content/stories/2020/0${month}/s-${day}/index.md`);
  put('content/site.yaml');
  keepScan(index, scan(index, later));
  expect(middleOfFiles(index, 10)).toBe('content/stories/2020/05/');
  expect(middleOfFiles(index, 1_000)).toBeUndefined();
});

test('stories in one folder are not separated', () => {
  for (let number = 1; number <= 20; number++) put(`content/stories/s${number}.md`);
  keepScan(index, scan(index, later));
  expect(middleOfFiles(index, 10)).toBeUndefined();
});
