import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { holderHere } from '../lock.ts';
import { filesIn, newsSite, smallSite } from '../small-site.fixture.ts';
import { workFolder } from '../target.ts';
import { promisesOfTargets } from '../target-contract.fixture.ts';
import { uploadOfText } from '../upload.ts';
import { cable } from './cable.fixture.ts';
import { sftpTarget } from './sftp.ts';
import * as requests from './sftp-requests.ts';
import { lacksForSsh, type Sshd, startSshd } from './sshd.fixture.ts';

vi.mock(import('./sftp-requests.ts'), { spy: true });

// Nothing shows that it is alive during a test, or a process that counts as ended could write its lock again.
const times = { beatMs: 60_000, watchMs: 200 };

const lacks = lacksForSsh();
let server: Sshd;
beforeAll(async () => {
  if (!lacks) server = await startSshd();
});
afterAll(async () => await server?.stop());
beforeEach((context) => {
  if (lacks) context.skip(lacks);
});

promisesOfTargets('sftp', async () => {
  const root = join(server.folder, 'paper');
  return {
    open: () =>
      sftpTarget(
        'host',
        { kind: 'sftp', host: '127.0.0.1', port: server.port, user: server.user, path: root },
        { times, env: { HOME: server.home } },
      ),
    readable: async () => new Map([...filesIn(root)].filter(([path]) => !path.startsWith(`${workFolder}/`))),
    async change(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    close: async () => rmSync(root, { recursive: true, force: true }),
  };
});

const open = (settings: Partial<TargetOf<'sftp'>> = {}, env: NodeJS.ProcessEnv = { HOME: server.home }) =>
  sftpTarget(
    'host',
    {
      kind: 'sftp',
      host: '127.0.0.1',
      port: server.port,
      user: server.user,
      path: join(server.folder, 'paper'),
      ...settings,
    },
    { times, env },
  );

describe('a server far away', () => {
  test('is asked for a folder only if it may have files, and creates each missing folder once', async () => {
    const site = smallSite();
    const stories = { ferry: 'The first ferry', vote: 'The vote' };
    site.build(newsSite('one', stories));
    const root = join(server.folder, 'paper');
    const list = vi.spyOn(SftpClient.prototype, 'list');
    const exists = vi.spyOn(SftpClient.prototype, 'exists');
    const made = vi.spyOn(requests, 'makeFolder');
    const renamed = vi.spyOn(requests, 'replaceFile');
    const ofSite = (calls: unknown[][]) =>
      calls
        .flat()
        .filter((path) => typeof path === 'string' && !path.includes(workFolder))
        .sort();
    const foldersOf = (path: string): string[] => (path === '.' ? [] : [path, ...foldersOf(dirname(path))]);
    await site.deploy(open());
    expect(ofSite(list.mock.calls)).toEqual([root]);
    const folders = new Set([...site.files().keys()].flatMap((path) => foldersOf(dirname(path))));
    expect(ofSite(made.mock.calls)).toEqual([root, ...[...folders].map((folder) => join(root, folder))].sort());
    expect(ofSite(exists.mock.calls)).toEqual([root]);
    expect(renamed.mock.calls.length).toBe(site.files().size + 1); // and the note about what is sent
    made.mockClear();
    site.build(newsSite('one', { ...stories, harbour: 'The harbour' }));
    await site.deploy(open());
    expect(ofSite(made.mock.calls)).toEqual([join(root, '2025/02/harbour')]);
    vi.restoreAllMocks();
    rmSync(root, { recursive: true });
    site.remove();
  });

  test('answers at once: no request waits until the one before is acknowledged', async () => {
    const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    const target = open();
    await target.contents();
    await target.close();
    expect(noDelay).toHaveBeenCalledWith(true);
    noDelay.mockRestore();
  });

  test('sends the requests of one moment together', async () => {
    const [written, together] = [vi.spyOn(Socket.prototype, 'write'), vi.spyOn(Socket.prototype, 'cork')];
    const target = open();
    await target.lock(holderHere('deploy', new Date()));
    for (const calls of [written, together]) calls.mockClear();
    const names = Array.from({ length: 32 }, (_, i) => `2025/02/s${i}/index.html`);
    await Promise.all(names.map((name) => target.put(uploadOfText(name, name))));
    // Each file needs five requests, and its folder one.
    expect(written.mock.calls.length).toBeGreaterThan(6 * names.length);
    expect(together).toHaveBeenCalled();
    expect(together.mock.calls.length).toBeLessThan(written.mock.calls.length / 4);
    await target.close();
    vi.restoreAllMocks();
    rmSync(join(server.folder, 'paper'), { recursive: true });
  });
});

describe('a server', () => {
  test('that is not in known_hosts gets nothing, and its key is named as ssh names it', async () => {
    const home = mkdtempSync(join(tmpdir(), 'newsroom-home-'));
    const identityFile = join(server.home, '.ssh/id_ed25519');
    const site = smallSite();
    site.build(newsSite('one', { ferry: 'The first ferry' }));
    const refused = await site.deploy(open({ identityFile }, { HOME: home })).catch((error: Error) => error.message);
    const fingerprint = execFileSync('ssh-keygen', ['-lf', join(server.home, 'host_key.pub')], { encoding: 'utf8' });
    expect(refused).toContain(fingerprint.split(' ')[1]);
    expect(refused).toMatch(/does not know 127\.0\.0\.1:\d+ yet/);
    // Somebody in between shows another key.
    mkdirSync(join(home, '.ssh'));
    const other = readFileSync(join(server.home, '.ssh/id_ed25519.pub'), 'utf8');
    writeFileSync(join(home, '.ssh/known_hosts'), `[127.0.0.1]:${server.port} ${other}`);
    await expect(site.deploy(open({ identityFile }, { HOME: home }))).rejects.toThrow(/another key than before/);
    site.remove();
    rmSync(home, { recursive: true });
  });

  test('that does not accept our key, or does not exist, is named', async () => {
    const site = smallSite();
    site.build(newsSite('one', { ferry: 'The first ferry' }));
    const identityFile = join(server.home, 'host_key');
    await expect(site.deploy(open({ identityFile }))).rejects.toThrow(/did not accept the key or the password/);
    await expect(site.deploy(open({ host: 'no-such-host.invalid' }))).rejects.toThrow(/There is no server/);
    site.remove();
  });

  test('whose connection is cut again and again gets the whole site', async () => {
    const way = await cable(server.port, (cuts) => (cuts < 10 ? 60_000 : Number.POSITIVE_INFINITY));
    writeFileSync(
      join(server.home, '.ssh/known_hosts'),
      `\n[127.0.0.1]:${way.port} ${readFileSync(join(server.home, 'host_key.pub'), 'utf8')}`,
      { flag: 'a' },
    );
    const site = smallSite();
    site.build(
      newsSite('one', Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`story-${i}`, 'x'.repeat(9000)]))),
    );
    const report = await site.deploy(open({ port: way.port }), {
      retries: { retries: 20, pauseMs: 5, pauseMsMax: 40 },
    });
    expect(way.cuts()).toBeGreaterThan(1);
    expect(report.sent.length).toBe(site.files().size);
    const root = join(server.folder, 'paper');
    expect(filesIn(root)).toEqual(site.files());
    expect(readdirSync(root)).not.toContain(workFolder);
    rmSync(root, { recursive: true });
    site.remove();
    await way.close();
  });
});
