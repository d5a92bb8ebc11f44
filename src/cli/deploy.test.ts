import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { holderHere } from '../deploy/lock.ts';
import { filesIn, newsSite, smallSite } from '../deploy/small-site.fixture.ts';
import { call } from './command-line.fixture.ts';

/** A newsroom with a built site and a `content/deploy.yaml`. */
function newsroom(deployYaml?: string) {
  const site = smallSite();
  onTestFinished(() => site.remove());
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(site.folder, file)), { recursive: true });
    writeFileSync(join(site.folder, file), text);
  };
  put('content/site.yaml', 'name: The Example Post\nurl: https://post.example\n');
  put('content/stories/2025/02/ferry.md', '---\nheadline: Ferry\npublished: 2025-02-01\n---\n\nText.\n');
  const www = join(site.folder, 'www');
  put(
    'content/deploy.yaml',
    deployYaml ??
      'targets:\n  live: { kind: folder, path: www }\n  test: { kind: folder, path: other }\ndefault: live\n',
  );
  const build = (edition: string, stories: Record<string, string>) => {
    site.build(newsSite(edition, stories));
    writeFileSync(join(site.dist, '.broadsheet'), '');
  };
  build('one', { ferry: 'The first ferry' });
  const env = { BROADSHEET_CACHE: undefined };
  const run = (...argv: string[]) => call(['deploy', ...argv, '--site', site.folder], { cwd: site.folder, env });
  return { ...site, put, www, build, run };
}

const withoutMarker = (files: Map<string, string>) => new Map([...files].filter(([path]) => path !== '.broadsheet'));

test('--json holds the names that are a contract, and nothing else is printed', async () => {
  const { run, www, dist, build } = newsroom();
  const first = await run('--json');
  expect([first.code, first.stderr]).toEqual([0, '']);
  const report = JSON.parse(first.stdout);
  expect(report).toMatchObject({ ok: true, deleted: [], unchanged: 0, kept: [], errors: [], warnings: [] });
  expect(report.sent).toEqual([...withoutMarker(filesIn(dist)).keys()].sort());
  expect(report.bytes).toBeGreaterThan(1000);
  expect(report.seconds).toBeGreaterThan(0);
  expect(report.purge).toContain('/2025/02/ferry/');
  expect(filesIn(www)).toEqual(withoutMarker(filesIn(dist)));
  build('one', { ferry: 'The first ferry', vote: 'The vote' });
  const second = JSON.parse((await run('live', '--json')).stdout);
  expect(second.sent).toContain('2025/02/vote/index.html');
  expect(second.unchanged).toBeGreaterThan(0);
});

test('a person reads what was sent, what would be sent, and how to return', async () => {
  const { run, www, build } = newsroom();
  expect((await run('--dry-run')).stdout).toMatch(/would be sent[\s\S]*assets:\n {2}\+ assets\//);
  expect(existsSync(www)).toBe(false);
  expect((await run()).stdout).toMatch(
    /^live \(folder .*\): \d+ files sent \([\d.]+ kB\), 0 files unchanged, [\d.]+ s\.\n$/,
  );
  build('two', { ferry: 'The second ferry' });
  await run();
  const before = readFileSync(join(www, '2025/02/ferry/index.html'), 'utf8');
  const back = await run('live', '--rollback');
  expect([back.code, back.stderr]).toEqual([0, '']);
  expect(back.stdout).toContain('The next deploy sends the built site again');
  expect(before).toContain('The second ferry');
  expect(readFileSync(join(www, '2025/02/ferry/index.html'), 'utf8')).toContain('The first ferry');
  expect((await run('--quiet')).stdout).toBe('');
  expect(readFileSync(join(www, '2025/02/ferry/index.html'), 'utf8')).toBe(before);
});

test.each([
  [['lvie'], 'Did you mean  broadsheet deploy live ?'],
  [['--rollback', 'live'], 'Write the name of the target before it'],
  [['--rollback', '0'], 'a whole number from 1 on'],
  [['--delete-max', 'many'], 'a whole number from 0 on'],
  [['--delete-max'], '--delete-max needs a value'],
  [['--dryrun'], 'Did you mean  --dry-run ?'],
  [['live', 'test'], 'Unexpected argument: "test".'],
])('what is not understood ends with 2: %j', async (argv, words) => {
  const { run, www } = newsroom();
  const { code, stderr } = await run(...argv);
  expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  expect(existsSync(www)).toBe(false);
});

test('several targets without a default have to be named', async () => {
  const { run } = newsroom('targets:\n  a: { kind: folder, path: www }\n  b: { kind: folder, path: other }\n');
  expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('The targets are a and b.') });
  expect((await run('b')).code).toBe(0);
});

test('without deploy.yaml (deploy-not-set-up), or a built site (deploy-nothing-built), nothing is sent', async () => {
  const { run, folder, dist } = newsroom();
  const rulesOf = async () => {
    const { code, stdout } = await run('--json');
    const { ok, errors, sent } = JSON.parse(stdout);
    expect({ code, ok, sent }).toEqual({ code: 1, ok: false, sent: [] });
    return errors.map(({ rule }: { rule: string }) => rule);
  };
  rmSync(dist, { recursive: true });
  expect(await rulesOf()).toEqual(['deploy-nothing-built']);
  rmSync(join(folder, 'content/deploy.yaml'));
  expect(await rulesOf()).toEqual(['deploy-not-set-up']);
  expect((await run()).stderr).toContain('live: { kind: folder, path: /srv/www }');
});

test('a mistake in deploy.yaml has a line and a cure, and a secret is never printed', async () => {
  const { run, put } = newsroom('targets:\n  live: { kind: folder, paht: www }\n');
  expect(await run()).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^content\/deploy\.yaml:2:\d+ {2}unknown-key\n[\s\S]*path: www[\s\S]*Nothing was sent\.\n$/,
    ),
  });
  put('content/deploy.yaml', 'targets:\n  host: { kind: sftp, host: a.example, path: /www, password: hunter2-1998 }\n');
  const { code, stderr } = await run();
  expect([code, stderr]).toEqual([1, expect.stringContaining('deploy.yaml:2:52  deploy-secret')]);
  expect(stderr).not.toContain('hunt');
});

test('files of somebody else that are in the way end with 1, and with --force they are replaced', async () => {
  const { run, www, build, dist } = newsroom();
  await run();
  writeFileSync(join(www, '2025/02/ferry/index.html'), 'somebody else');
  build('two', { ferry: 'The second ferry' });
  const { code, stderr } = await run();
  expect([code, stderr]).toEqual([1, expect.stringContaining('2025/02/ferry/index.html')]);
  expect((await run('--force')).code).toBe(0);
  expect(filesIn(www)).toEqual(withoutMarker(filesIn(dist)));
});

test('a second deploy waits, says for whom, and sends afterwards; with --wait 0 it is refused', async () => {
  const { run, put, www } = newsroom();
  // A process that is always there.
  const holder = { ...holderHere('deploy live', new Date('2025-06-01T12:00:00Z')), user: 'nadia', pid: process.ppid };
  put('www/.broadsheet-deploy/lock.json', `${JSON.stringify({ ...holder, beats: 0 })}\n`);
  const refused = await run('--wait', '0');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/in use: nadia on .*Nothing was sent/)]);
  const waiting = run();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(existsSync(join(www, 'index.html'))).toBe(false);
  rmSync(join(www, '.broadsheet-deploy/lock.json'));
  const { code, stderr } = await waiting;
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^Waiting, because live .* is in use: nadia on /)]);
  expect(existsSync(join(www, 'index.html'))).toBe(true);
});
