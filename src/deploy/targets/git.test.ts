import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TargetSettings } from '../../newsroom/deploy-schema.ts';
import type { SetupError } from '../../problems/problem.ts';
import { newsSite, type SmallSite, smallSite } from '../small-site.fixture.ts';
import { FileChangedError } from '../target.ts';
import { uploadOfText } from '../upload.ts';
import { gitTarget } from './git.ts';

/* A branch of a bare repository on this disk, which is all that a git host is for a deploy. */

let site: SmallSite;
let bare: string;
beforeEach(() => {
  site = smallSite();
  bare = join(site.folder, 'paper.git');
  run('init', '--quiet', '--bare', bare);
  site.build(newsSite('one', { ferry: 'The first ferry', vote: 'The vote' }));
});
afterEach(() => site.remove());

const run = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const inBare = (...args: string[]) => run('--git-dir', bare, ...args);
const commits = () => Number(inBare('rev-list', '--count', 'pages'));

/** The files of the branch with their text. */
const published = () =>
  new Map(
    inBare('ls-tree', '-r', '-z', '--name-only', 'pages')
      .split('\0')
      .filter(Boolean)
      .map((path): [string, string] => [
        path,
        execFileSync('git', ['--git-dir', bare, 'cat-file', 'blob', `pages:${path}`], { encoding: 'latin1' }),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const deploy = async (settings: Partial<TargetSettings> = {}, options: Parameters<SmallSite['deploy']>[1] = {}) =>
  await site.deploy(undefined, {
    settings: { kind: 'git', url: bare, branch: 'pages', history: 'squash', ...settings } as TargetSettings,
    env: { PATH: process.env.PATH, HOME: site.folder },
    ...options,
  });

const refusal = async (work: Promise<unknown>) =>
  ((await work.catch((error: unknown) => error)) as SetupError).problems[0];

/** Somebody else pushes a commit to the branch. */
function push(files: Record<string, string>): void {
  const clone = join(site.folder, `clone-${Math.random()}`);
  run('clone', '--quiet', '--branch', 'pages', bare, clone);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(clone, path, '..'), { recursive: true });
    writeFileSync(join(clone, path), text);
  }
  run('-C', clone, 'add', '--all');
  run('-C', clone, '-c', 'user.name=x', '-c', 'user.email=x@y', 'commit', '--quiet', '-m', 'x');
  run('-C', clone, 'push', '--quiet', 'origin', 'pages');
}

test('the branch is the site, and an edit sends what differs as one commit', async () => {
  const first = await deploy();
  expect(published()).toEqual(site.files());
  expect([first.sent.length, commits()]).toEqual([site.files().size, 1]);
  expect((await deploy()).sent).toEqual([]);
  const head = inBare('rev-parse', 'pages');
  expect(inBare('rev-parse', 'pages')).toBe(head);
  site.build(newsSite('two', { ferry: 'The second ferry' }));
  const second = await deploy();
  expect(published()).toEqual(site.files());
  expect(second.deleted).toContain('2025/02/vote/index.html');
  expect(commits()).toBe(1);
  expect(inBare('log', '--format=%an %s', 'pages')).toMatch(/^Broadsheet Sent \d+ files, deleted \d+ files\n$/);
});

test('history: keep adds a commit for each publish', async () => {
  await deploy({ history: 'keep' });
  site.build(newsSite('two', { ferry: 'The second ferry' }));
  await deploy({ history: 'keep' });
  expect(commits()).toBe(2);
  expect(published()).toEqual(site.files());
  site.build(newsSite('three', { ferry: 'The third ferry' }));
  await deploy();
  expect(commits()).toBe(1);
  expect(published()).toEqual(site.files());
});

test('another machine continues, and this one notices', async () => {
  await deploy();
  site.build(newsSite('two', { ferry: 'The second ferry', vote: 'The vote' }));
  const other = await deploy({}, { stateFolder: join(site.folder, 'other-state') });
  expect([other.problems, other.sent.length < site.files().size]).toEqual([[], true]);
  site.build(newsSite('three', { ferry: 'The third ferry' }));
  expect((await deploy()).problems).toEqual([]);
  expect(published()).toEqual(site.files());
});

test('files that somebody else pushed are kept and named, and --force replaces them', async () => {
  await deploy();
  push({ CNAME: 'post.example\n', '2025/02/ferry/index.html': 'somebody else' });
  site.build(newsSite('two', { ferry: 'The second ferry' }));
  const report = await deploy();
  expect(report.kept).toEqual(['2025/02/ferry/index.html', 'CNAME']);
  expect(published().get('CNAME')).toBe('post.example\n');
  expect(published().get('2025/02/ferry/index.html')).toBe('somebody else');
  expect(published().get('index.html')).toBe(site.files().get('index.html'));
  await deploy({}, { isForced: true });
  expect(published()).toEqual(site.files());
});

test('somebody else pushes while the commit is made: nothing is overwritten', async () => {
  await deploy();
  site.build(newsSite('two', { ferry: 'The second ferry' }));
  let isPushed = false;
  const problem = await refusal(
    deploy(
      {},
      {
        onProgress: () => {
          if (!isPushed) push({ CNAME: 'post.example\n' });
          isPushed = true;
        },
      },
    ),
  );
  expect([problem?.rule, problem?.message]).toEqual(['deploy-locked', expect.stringContaining('published to')]);
  expect(published().get('CNAME')).toBe('post.example\n');
  await deploy();
  expect(published().get('index.html')).toBe(site.files().get('index.html'));
});

test('a rollback returns to what was on the branch', async () => {
  await deploy();
  const before = published();
  site.build(newsSite('two', { ferry: 'The second ferry' }));
  await deploy();
  await deploy({}, { rollback: 1 });
  expect(published()).toEqual(before);
});

test('names with quotation marks, spaces, and other scripts, an empty file, and every byte', async () => {
  const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i));
  site.build({ 'a "b" \\c.html': 'x', 'гавань/порт é.html': 'y', 'empty.txt': '', 'bytes.bin': bytes, ' x /-y': 'z' });
  await deploy();
  expect(published()).toEqual(site.files());
});

test('a large file is sent in parts, and one that changes meanwhile is not published', async () => {
  const large = 'x'.repeat(17_000_000);
  site.build({ 'index.html': 'a', 'film.mp4': large });
  await deploy();
  expect(inBare('cat-file', '-s', 'pages:film.mp4').trim()).toBe(`${large.length}`);
  const target = gitTarget(
    'pages',
    { kind: 'git', url: bare, branch: 'pages', history: 'squash' },
    { folder: join(site.folder, 'other'), env: process.env },
  );
  await target.contents?.();
  const head = inBare('rev-parse', 'pages');
  const changed = {
    ...uploadOfText('index.html', 'b'),
    bytes: async () => {
      throw new FileChangedError('index.html');
    },
  };
  await expect(
    target.publish({
      folder: site.dist,
      files: new Map([['index.html', changed]]),
      sent: ['index.html'],
      deleted: [],
      kept: [],
      steps: [{ phase: 'fronts and feeds', send: ['index.html'] }],
      clear: new Map(),
      intent: [],
      message: 'x',
      at: '2025-06-01T12:00:00Z',
      onProgress: () => {},
      onSent: async () => {},
      onRemoved: () => {},
    }),
  ).rejects.toThrow(FileChangedError);
  await target.close();
  expect(inBare('rev-parse', 'pages')).toBe(head);
});

test('a repository that is not there is reported with what git said', async () => {
  rmSync(bare, { recursive: true });
  const problem = await refusal(deploy());
  expect([problem?.rule, problem?.message]).toEqual([
    'deploy-failed',
    expect.stringContaining('does not appear to be'),
  ]);
});

test('a network that fails for a moment is tried again, and one that stays down is reported', async () => {
  const programs = join(site.folder, 'programs');
  const count = join(site.folder, 'count');
  mkdirSync(programs);
  const down = (times: number) => {
    writeFileSync(count, '');
    writeFileSync(
      join(programs, 'git'),
      `#!/bin/sh\ncase "$*" in *ls-remote*|*push*) echo x >> ${count}; if [ $(wc -l < ${count}) -le ${times} ]; then echo "fatal: unable to access: Could not resolve host: host.example" >&2; exit 128; fi;; esac\nPATH='${process.env.PATH}' exec git "$@"\n`,
      { mode: 0o755 },
    );
  };
  const env = { PATH: `${programs}:${process.env.PATH}`, HOME: site.folder };
  down(2);
  await deploy({}, { env });
  expect(published()).toEqual(site.files());
  down(100);
  const problem = await refusal(deploy({}, { env }));
  expect([problem?.rule, problem?.message]).toEqual([
    'deploy-failed',
    expect.stringContaining('There is no server host.example'),
  ]);
  expect(readFileSync(count, 'utf8').length / 2).toBe(4);
});

test('git is not installed', async () => {
  const problem = await refusal(deploy({}, { env: { PATH: site.folder } }));
  expect(problem?.message).toContain('git  is not installed');
});

test('in a hook of another repository, only our own repository is touched', async () => {
  const other = join(site.folder, 'other.git');
  run('init', '--quiet', '--bare', other);
  const before = readdirSync(join(other, 'objects'));
  await deploy({}, { env: { ...process.env, GIT_DIR: other, GIT_INDEX_FILE: join(other, 'index') } });
  expect(published()).toEqual(site.files());
  expect(readdirSync(join(other, 'objects'))).toEqual(before);
});

test('the hooks of this machine do not run', async () => {
  const hooks = join(site.folder, 'hooks');
  mkdirSync(hooks);
  writeFileSync(join(hooks, 'pre-push'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  writeFileSync(join(site.folder, '.gitconfig'), `[core]\n\thooksPath = ${hooks}\n\tautocrlf = true\n`);
  await deploy();
  expect(published()).toEqual(site.files());
});
