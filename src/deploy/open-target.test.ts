import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SetupError } from '../problems/problem.ts';
import { openTarget } from './open-target.ts';

/* The rule deploy-place: a deploy never damages the newsroom, the built site, or a home folder. */

const above = realpathSync(mkdtempSync(join(tmpdir(), 'places-')));
afterAll(() => rmSync(above, { recursive: true, force: true }));
const site = join(above, 'newsroom');
mkdirSync(join(site, 'content'), { recursive: true });
mkdirSync(join(site, 'dist'));
symlinkSync(join(site, 'content'), join(above, 'link'));

const open = (path: string) =>
  openTarget(
    'live',
    { kind: 'folder', path },
    { site, dist: join(site, 'dist'), folder: join(above, 'state'), env: {} },
  );

test.each([
  ['.', 'the newsroom itself'],
  ['..', 'contains the newsroom'],
  ['/', 'the root of the disk'],
  ['~', 'a home folder'],
  [homedir(), 'a home folder'],
  ['dist', 'the site itself is built there'],
  ['dist/www', 'the site itself is built there'],
  ['content', 'content/'],
  ['content/www', 'content/'],
  ['public/www', 'public/'],
  ['.broadsheet/www', '.broadsheet/'],
  ['.git/www', '.git/'],
  ['../link', 'content/'],
  ['../link/www', 'content/'],
])('a site is not sent to %s', (path, why) => {
  let refused: SetupError | undefined;
  try {
    open(path);
  } catch (error) {
    refused = error as SetupError;
  }
  expect(refused?.problems[0]).toMatchObject({ rule: 'deploy-place', message: expect.stringContaining(why) });
});

test.each([
  ['www', join(site, 'www')],
  ['../www', join(above, 'www')],
  ['/srv/www', '/srv/www'],
  ['~/www', join(realpathSync(homedir()), 'www')],
])('canary: %s is a good place', (path, root) => expect(open(path).name).toBe(`live (folder ${root})`));
