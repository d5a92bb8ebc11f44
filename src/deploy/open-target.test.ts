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
])('a site is not sent to %s', async (path, why) => {
  let refused: SetupError | undefined;
  try {
    await open(path);
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
])('canary: %s is a good place', async (path, root) => {
  expect((await open(path)).name).toBe(`live (folder ${root})`);
});

test.each([
  [{ kind: 's3', bucket: 'paper', region: 'eu-west-1', prefix: '' }, 'live (bucket paper)'],
  [{ kind: 'sftp', host: 'host.example', path: '/www' }, 'live (host.example:/www)'],
  [{ kind: 'rsync', to: 'paper@host.example:/www' }, 'live (paper@host.example:/www)'],
  [{ kind: 'netlify', site: 'paper' }, 'live (netlify)'],
] as const)('a target of each other kind can be opened: %o', async (settings, name) => {
  const target = await openTarget('live', settings, {
    site,
    dist: join(site, 'dist'),
    folder: join(above, 'state'),
    env: {},
  });
  expect(target.name).toBe(name);
  await target.close();
});
