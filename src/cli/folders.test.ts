import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { type Io, readArguments } from './command.ts';
import { cacheFolder, changedFiles, distFolder, editionPlace, mustBeNewsroom, siteFolder } from './folders.ts';

let root = '';
let site = '';
let io: Io;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'broadsheet-folders-')));
  site = join(root, 'paper');
  for (const folder of ['content/stories', 'public', 'theme', 'content/dist'])
    mkdirSync(join(site, folder), { recursive: true });
  writeFileSync(join(site, 'content/site.yaml'), 'name: A\n');
  writeFileSync(join(root, 'file.txt'), '');
  const output = { write: () => true };
  io = { cwd: root, env: {}, stdout: output, stderr: output };
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const option = { value: 'DIR', words: '' };
const args = (...argv: string[]) =>
  readArguments({ usage: 'x', about: '', options: { site: option, out: option, dist: option }, examples: [] }, argv);
const dist = (out: string) => distFolder(args('--out', out), site, io);

describe('siteFolder', () => {
  test('the named folder, from the current one', () => expect(siteFolder(args('--site', 'paper'), io)).toBe(site));
  test('the current folder by default', () => expect(siteFolder(args(), io)).toBe(root));
  test.each([['nowhere'], ['file.txt']])('%s is no folder', (named) =>
    expect(() => siteFolder(args('--site', named), io)).toThrow(`There is no folder ${named}.`),
  );
});

describe('mustBeNewsroom', () => {
  test('accepts a folder with content/site.yaml', () => expect(() => mustBeNewsroom(site)).not.toThrow());
  test('refuses another folder with a problem that a reader can act on', () =>
    expect(() => mustBeNewsroom(root)).toThrow(ProblemsError));
});

describe('cacheFolder', () => {
  test('is in the newsroom, or where BROADSHEET_CACHE says', () => {
    expect(cacheFolder(site, io)).toBe(join(site, '.broadsheet'));
    expect(cacheFolder(site, { ...io, env: { BROADSHEET_CACHE: 'kept' } })).toBe(join(root, 'kept'));
  });
});

describe('distFolder', () => {
  test('is dist/ in the newsroom by default, or the named folder', () => {
    expect(distFolder(args(), site, io)).toBe(join(site, 'dist'));
    expect(dist('public_html')).toBe(join(root, 'public_html'));
  });

  test.each([
    ['paper', 'this is the newsroom itself'],
    ['.', 'this folder contains the newsroom'],
    ['paper/content/dist', 'this is inside content/'],
    ['paper/public', 'this is inside public/'],
    ['paper/theme/out', 'this is inside theme/'],
    ['paper/.broadsheet', 'this is where Broadsheet keeps its index'],
    ['paper/.broadsheet/dist', 'this is where Broadsheet keeps its index'],
    ['file.txt', 'this is a file'],
    ['x'.repeat(4000), 'its path is longer than'],
  ])('refuses %.30s: %s', (out, why) => expect(() => dist(out)).toThrow(why));

  test('refuses a link that leads into the newsroom', () => {
    symlinkSync(join(site, 'content'), join(root, 'link'));
    expect(() => dist('link/site')).toThrow('this is inside content/');
  });

  test('names the option that was wrong', () =>
    expect(() => distFolder(args('--dist', 'paper'), site, io, 'dist')).toThrow('--dist paper: '));
});

describe('editionPlace', () => {
  const place = (out: string, kind: 'zip' | 'folder' = 'zip') =>
    editionPlace(args('--out', out), kind, { site, dist: join(site, 'dist') }, io);

  test('is the named file or folder', () => expect(place('paper.zip')).toBe(join(root, 'paper.zip')));

  test.each([
    ['paper/dist/a.zip', 'zip', 'the site itself is written there'],
    ['paper/public/a.zip', 'zip', 'this is inside public/'],
    ['.', 'folder', 'this folder contains the newsroom'],
    ['file.txt', 'folder', 'this is a file'],
    ['paper', 'zip', 'this is the newsroom itself'],
  ] as const)('refuses %s as %s: %s', (out, kind, why) => expect(() => place(out, kind)).toThrow(why));

  test('refuses a zip file in the place of a folder', () => {
    mkdirSync(join(root, 'there'));
    expect(() => place('there')).toThrow('this is a folder');
  });

  test('refuses a folder that contains the site', () =>
    expect(() => editionPlace(args('--out', 'web'), 'folder', { site, dist: join(root, 'web/site') }, io)).toThrow(
      'it contains the site',
    ));
});

describe('changedFiles', () => {
  const changed = (...named: string[]) => changedFiles(named, site, join(root, 'paper/content'));

  test('by the paths of the index, each once: from the newsroom, the current folder, or complete', () =>
    expect(changed('content/stories/a.md', 'stories/a.md', join(site, 'content/stories/a.md'), 'public/b.css')).toEqual(
      { changed: ['content/stories/a.md', 'public/b.css'], outside: [] },
    ));

  test('a path through a link to the newsroom', () => {
    symlinkSync(site, join(root, 'link'));
    expect(changed(join(root, 'link/content/stories/a.md'))).toEqual({
      changed: ['content/stories/a.md'],
      outside: [],
    });
  });

  test('what is outside is named as it was written', () =>
    expect(changed('/elsewhere/x.md', '../../x.md')).toEqual({
      changed: [],
      outside: ['/elsewhere/x.md', '../../x.md'],
    }));
});
