import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readDeployFile } from './deploy-file.ts';
import { targetKinds } from './deploy-schema.ts';
import { deployExample } from './manual.ts';
import { secretsIn } from './secrets.ts';

const read = async (text: string) => await readDeployFile(Buffer.from(text));

/** "LINE rule hint" of each problem. */
const problemsOf = async (text: string) => {
  const found = await read(text);
  return 'problems' in found ? found.problems.map(({ line, rule, hint }) => `${line} ${rule} ${hint ?? ''}`) : [];
};

/** The example of the issue that specifies the file. */
const contract = `targets:
  live: { kind: folder, path: /srv/www }
  pages: { kind: git, url: ssh://git@host.example/paper.git, branch: pages }
  bucket: { kind: s3, bucket: paper, region: eu-west-1, endpoint: https://s3.host.example, prefix: "" }
  host: { kind: sftp, host: host.example, port: 22, user: paper, path: /var/www/paper }
  old: { kind: rsync, to: paper@host.example:/var/www/paper }
default: live
`;

test('reads every kind of target, with its defaults', async () => {
  const found = await read(contract);
  if ('problems' in found) throw new Error(found.problems[0]?.message);
  expect([...found.data.targets.keys()]).toEqual(['live', 'pages', 'bucket', 'host', 'old']);
  expect(found.data.default).toBe('live');
  expect(found.data.targets.get('pages')).toEqual({
    kind: 'git',
    url: 'ssh://git@host.example/paper.git',
    branch: 'pages',
    history: 'squash',
  });
  expect(targetKinds).toHaveLength(10);
  expect(await problemsOf(deployExample)).toEqual([]);
});

test('the only target is the default', async () => {
  const found = await read('targets:\n  live: { kind: folder, path: www }\n');
  expect('data' in found && found.data.default).toBe('live');
});

test('the JSON Schema accepts the same files and refuses unknown keys and kinds', () => {
  const schema = z.fromJSONSchema(
    JSON.parse(readFileSync(new URL('../../docs/deploy.schema.json', import.meta.url), 'utf8')),
  );
  const ok = { targets: { live: { kind: 'folder', path: '/srv/www' }, pages: { kind: 'git', url: 'x' } } };
  expect(schema.safeParse(ok).success).toBe(true);
  expect(schema.safeParse({ targets: { live: { kind: 'folder', paht: '/srv/www' } } }).success).toBe(false);
  expect(schema.safeParse({ targets: { live: { kind: 'ftp', path: '/srv/www' } } }).success).toBe(false);
});

test.each([
  ['targets:\n  live: { kind: folder, paht: /srv/www }', /^2 unknown-key .*path: \/srv\/www/],
  ['targets:\n  live: { kind: fodler, path: /srv/www }', /^2 wrong-value .*folder/],
  ['targets:\n  live: { path: /srv/www }', /^2 wrong-value One of: folder, git/],
  ['targets:\n  a:\n    kind: git\n    url: x\n    history: kept\n', /^5 wrong-value .*keep/],
  ['targets:\n  a:\n    kind: sftp\n    host: h\n    path: /w\n    port: 2222222\n', /^6 wrong-value/],
  ['targets:\n  a:\n    kind: sftp\n    host: h\n    path: /w\n    port: "22"\n', /^6 wrong-value .*22/],
  ['targets:\n  a: { kind: git, url: "--upload-pack=x" }', /^2 wrong-value/],
  ['targets:\n  a: { kind: git, url: "ext::sh -c x" }', /^2 wrong-value/],
  ['targets:\n  a: { kind: git, url: x, branch: "-d" }', /^2 wrong-value/],
  ['targets:\n  a: { kind: git, url: x, branch: "a..b" }', /^2 wrong-value/],
  ['targets:\n  a: { kind: s3, bucket: b, endpoint: s3.example }', /^2 wrong-value/],
  ['targets:\n  a: { kind: s3, bucket: b, prefix: /paper }', /^2 wrong-value/],
  ['targets:\n  a: { kind: sftp, host: "-oProxyCommand=x", path: /w }', /^2 wrong-value/],
  ['targets:\n  a: { kind: rsync, to: "paper@host.example" }', /^2 wrong-value/],
  ['targets:\n  "a/../b": { kind: folder, path: w }', /^2 deploy-target-name/],
  ['targets:\n  live: { kind: folder, path: w }\ndefault: lvie', /^3 deploy-default .*live/],
  ['target:\n  live: { kind: folder, path: w }', /^1 unknown-key .*targets/],
  ['targets: live', /^1 wrong-value/],
  ['targets:\n\tlive: x', /^2 yaml-broken/],
  ['', /^1 missing-key/],
])('a mistake has its line, and a cure if there is one: %j', async (text, expected) => {
  const problems = await problemsOf(text);
  expect(problems[0]).toMatch(expected);
});

describe('a secret', () => {
  const random40 = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1eF3hJ5lM7o';
  test.each([
    ['password: hunter2', '1:1'],
    ['  pages: { kind: git, url: "https://desk:s3cret@host.example/paper.git" }', '1:42'],
    ['  a: { kind: s3, bucket: b, secretAccessKey: abc }', '1:29'],
    ['  a: { kind: s3, bucket: b, secret_access_key: abc }', '1:29'],
    ['# aws_secret_access_key = abcdefgh12345678', '1:3'],
    [`# ${'AKIA'}ABCDEFGHIJKLMNOP`, '1:3'],
    [`x: ${'ghp_'}abcdefghijklmnopqrstuvwxyz0123456789`, '1:4'],
    [`x: ${'glpat-'}abcdefghijklmnopqrst`, '1:4'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', '1:1'],
    ['endpoint: https://a.example/?sv=1&sig=abcdefghijklmnopqrstuvwxyz%3D', '1:39'],
    [`x: ${random40}`, '1:4'],
    ['authToken: abc', '1:1'],
    ['"token": "abc"', '1:2'],
  ])('is found and not repeated: %s', (text, place) => {
    const found = secretsIn(text);
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([place]);
    expect(found[0]!.start.length).toBeLessThan(12 + (text.startsWith('-----') ? 40 : 0));
  });

  test.each([
    contract,
    '# The password: ask the desk.',
    '# token: comes from the environment',
    'password: $SFTP_PASSWORD',
    'identityFile: ~/.ssh/paper',
    'url: https://host.example:8080/paper.git',
    'url: git@host.example:desk/paper.git',
    '# 4f1a2b3c4d5e6f708192a3b4c5d6e7f801234567 is the commit before it moved',
    'path: /srv/Sites/Paper2/Public/Www/Html/Www12/',
    'site: 12345678-1234-1234-1234-123456789abc',
  ])('canary: what is not one is not found: %s', (text) => expect(secretsIn(text)).toEqual([]));
});
