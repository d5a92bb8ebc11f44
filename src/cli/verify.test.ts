import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishedSite, put } from '../verify/published.fixture.ts';
import { staticHost } from '../verify/static-host.fixture.ts';
import { call } from './command-line.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = publishedSite().folder;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function verify(...argv: string[]) {
  const { code, stdout, stderr } = await call(['verify', ...argv], { cwd: folder });
  return { code, out: stdout, err: stderr };
}

test('a site that is as published', async () => {
  const { code, out, err } = await verify('.');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\. is as published: 9 files, publish [\da-f]{12}, \d+\.\d\d s\.\nThe manifest is not signed/);
  expect(await verify('.', '--quiet')).toEqual({ code: 0, out: '', err: '' });
});

test('as JSON', async () => {
  const { code, out } = await verify(folder, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    ok: true,
    site: folder,
    publish: expect.stringMatching(/^[\da-f]{64}$/),
    files: 9,
    signature: { state: 'none' },
    changed: [],
    missing: [],
    added: [],
    listed: true,
    reasons: {},
    unserved: [],
    redirected: [],
    seconds: expect.any(Number),
    errors: [],
  });
});

test('what differs is listed, and names cannot control the terminal', async () => {
  writeFileSync(join(folder, 'index.html'), 'x');
  rmSync(join(folder, 'feed.xml'));
  for (let i = 0; i < 22; i++) put(folder, `n/${String(i).padStart(2, '0')}.php`, 'x');
  put(folder, 'a\u001b[2J', 'x');
  const { code, out } = await verify('.');
  expect(code).toBe(1);
  expect(out).toMatch(/^\. is not as published \(publish [\da-f]{12}, 9 files\):\n/);
  expect(out).toContain(
    '  1 file changed\n    index.html\n  1 file missing\n    feed.xml\n  23 files added\n    a\u{fffd}[2J\n',
  );
  expect(out).toContain('    n/18.php\n    and 3 others\n');
  const json = JSON.parse((await verify('.', '--json')).out);
  expect(json).toMatchObject({ ok: false, changed: ['index.html'], missing: ['feed.xml'] });
  expect(json.added).toHaveLength(23);
});

test('an address', async () => {
  const host = await staticHost(folder, { base: '/paper' });
  try {
    const good = await verify(host.url.slice(0, -1));
    expect(good.code).toBe(0);
    expect(good.out).toContain('Files that were added could not be looked for');
    rmSync(join(folder, 'feed.xml'));
    const bad = await verify(host.url);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('  1 file missing\n    feed.xml  (status 404)\n');
  } finally {
    await host.close();
  }
});

test('a site that cannot be compared', async () => {
  rmSync(join(folder, '.well-known'), { recursive: true });
  const { code, err } = await verify('.');
  expect(code).toBe(1);
  expect(err).toMatch(/^\. has no manifest of its files/);
  const json = JSON.parse((await verify('.', '--json')).out);
  expect(json).toMatchObject({
    ok: false,
    changed: [],
    missing: [],
    added: [],
    errors: [{ rule: 'manifest-missing' }],
  });
});

test('the key of the newsroom, or the one that was named, must have signed', async () => {
  const key = 'RWRAIW17qL6KLIDfSnWrjh7XFRHAs3J2k3HuZbiZTk5yyskrETPhGAsf';
  expect((await verify('.', '--key', key)).err).toContain(
    'is not signed. It should be signed with the key 2C8ABEA87B6D2140',
  );
  put(folder, 'own.pub', `untrusted comment: minisign public key\n${key}\n`);
  expect((await verify('.', '--key', 'own.pub')).code).toBe(1);
  rmSync(join(folder, 'own.pub'));
  put(folder, 'content/site.yaml', `name: P\npublicKey: "${key}" # since 2025\n`);
  expect((await verify('.')).err).toContain('It should be signed with the key 2C8ABEA87B6D2140');
});

test.each([
  [[], 'Name the folder or the address of a published site.'],
  [['nowhere'], 'There is no folder nowhere.'],
  [['post.example'], 'write  https://post.example .'],
  [['http://'], '"http://" is not an address.'],
  [['.', 'b'], 'Unexpected argument: "b".'],
  [['.', '--jsn'], 'Did you mean  --json ?'],
  [['.', '--key', 'nowhere.pub'], '--key nowhere.pub: This is not a public key'],
])('a command line that is not understood: %j', async (argv, message) => {
  const { code, err } = await verify(...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
