import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { filesIn, newsSite, type SmallSite, smallSite } from '../small-site.fixture.ts';
import { workFolder } from '../target.ts';
import { rsyncTarget } from './rsync.ts';
import { listedEntry } from './rsync-listing.ts';
import { lacksForSsh, type Sshd, startSshd } from './sshd.fixture.ts';

const times = { beatMs: 60_000, watchMs: 200 };

let server: Sshd;
let site: SmallSite;
let root: string;
const lacks = lacksForSsh('rsync', 'ssh');
beforeAll(async () => {
  if (!lacks) server = await startSshd();
});
afterAll(async () => await server?.stop());
beforeEach((context) => {
  if (lacks) context.skip(lacks);
  site = smallSite();
  root = join(server.folder, 'our paper');
  mkdirSync(root);
  site.build(newsSite('one', { ferry: 'The first ferry', vote: 'The vote', гавань: 'The harbour' }));
});
afterEach(() => {
  if (lacks) return;
  site.remove();
  rmSync(root, { recursive: true, force: true });
});

const open = (to = `127.0.0.1:${root}`) =>
  rsyncTarget(
    'old',
    { kind: 'rsync', to, port: server.port, identityFile: join(server.home, '.ssh/id_ed25519') },
    {
      times,
      env: { ...process.env, RSYNC_RSH: `ssh -o UserKnownHostsFile=${join(server.home, '.ssh/known_hosts')}` },
    },
  );

test('after a deploy, the folder is the site and nothing else; a second one sends nothing', async () => {
  const report = await site.deploy(open());
  expect(filesIn(root)).toEqual(site.files());
  expect(report.sent.length).toBe(site.files().size);
  expect(await site.deploy(open())).toMatchObject({ sent: [], deleted: [], unchanged: site.files().size });
});

test('an edit sends the files that differ, and deletes those that are gone, with their folders', async () => {
  await site.deploy(open());
  site.build(newsSite('one', { ferry: 'The second ferry', гавань: 'The harbour' }));
  const report = await site.deploy(open());
  expect(filesIn(root)).toEqual(site.files());
  expect(report.sent).toContain('2025/02/ferry/index.html');
  expect(report.sent).not.toContain('2025/02/гавань/index.html');
  expect(report.deleted).toContain('2025/02/vote/index.html');
  expect([...filesIn(root).keys()].join('\n')).not.toContain('vote');
});

test('without any knowledge of this machine, the manifest at the target says what is there', async () => {
  await site.deploy(open());
  const report = await site.deploy(open(), { stateFolder: join(site.folder, 'other-state') });
  expect([report.sent, report.problems]).toEqual([[], []]);
});

test('what somebody else changed is kept and named', async () => {
  await site.deploy(open());
  await new Promise((resolve) => setTimeout(resolve, 1100)); // times have only seconds
  writeFileSync(join(root, 'index.html'), 'by hand');
  const report = await site.deploy(open());
  expect(report.kept).toEqual(['index.html']);
  expect(filesIn(root).get('index.html')).toBe('by hand');
});

test('a rollback brings back the old bytes from this machine', async () => {
  await site.deploy(open());
  const before = filesIn(root);
  site.build(newsSite('one', { ferry: 'A mistake', vote: 'The vote', гавань: 'The harbour' }));
  await site.deploy(open());
  await site.deploy(open(), { rollback: 1 });
  expect(filesIn(root)).toEqual(before);
});

test('a second deploy is refused while the first one holds the lock', async () => {
  mkdirSync(join(root, workFolder));
  const other = {
    id: 'x',
    user: 'nadia',
    host: 'desk',
    pid: process.pid,
    command: 'deploy old',
    since: '2025-02-01T00:00:00Z',
    machine: '',
  };
  const beat = setInterval(
    () => writeFileSync(join(root, workFolder, 'lock.json'), `${JSON.stringify({ ...other, beats: Date.now() })}\n`),
    40,
  );
  try {
    await expect(site.deploy(open())).rejects.toThrow(/nadia on desk is deploying/);
  } finally {
    clearInterval(beat);
  }
});

test('a server that does not know us, or that we do not know, is named with a cure', async () => {
  const stranger = rsyncTarget(
    'old',
    { kind: 'rsync', to: `127.0.0.1:${root}`, port: server.port },
    {
      env: {
        ...process.env,
        RSYNC_RSH: `ssh -F none -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null`,
      },
    },
  );
  await expect(site.deploy(stranger)).rejects.toThrow(/does not know the server/);
  const noKey = rsyncTarget(
    'old',
    { kind: 'rsync', to: `127.0.0.1:${root}`, port: server.port },
    {
      env: {
        ...process.env,
        SSH_AUTH_SOCK: '',
        RSYNC_RSH: `ssh -F none -o IdentityFile=/dev/null -o IdentitiesOnly=yes -o UserKnownHostsFile=${join(server.home, '.ssh/known_hosts')}`,
      },
    },
  );
  await expect(site.deploy(noKey)).rejects.toThrow(/did not accept a key/);
});

test('a program that is not installed is named', async () => {
  const target = rsyncTarget('old', { kind: 'rsync', to: '127.0.0.1:/x' }, { env: { PATH: '/nowhere' } });
  await expect(site.deploy(target)).rejects.toThrow(/rsync is not installed on this machine/);
});

test('a listing is read as it is printed', () => {
  expect(listedEntry('-rw-r--r--      1234 2025/02/01 10:00:00 a b/c.html')).toEqual({
    path: 'a b/c.html',
    isFolder: false,
    file: { size: 1234, stamp: '2025/02/01 10:00:00' },
  });
  expect(listedEntry('drwxr-xr-x      4096 2025/02/01 10:00:00 a')?.isFolder).toBe(true);
  expect(listedEntry('lrwxrwxrwx         4 2025/02/01 10:00:00 l')?.file.size).toBe(-1);
  expect(listedEntry('-rw-r--r--         1 2025/02/01 10:00:00 \\#320\\#263.html')?.path).toBe('г.html');
  expect(listedEntry('drwxr-xr-x      4096 2025/02/01 10:00:00 .')).toBeUndefined();
  expect(listedEntry('Welcome to this server')).toBeUndefined();
});
