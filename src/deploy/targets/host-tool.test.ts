import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newsSite, type SmallSite, smallSite } from '../small-site.fixture.ts';
import { hostTool, reasonIn, type ToolSettings } from './host-tool.ts';

/*
 * Programs that record what they were asked stand in for the tools of the hosts, which need an account. The folder that a
 * tool was given is recorded with its files.
 */

let site: SmallSite;
let programs: string;
beforeEach(() => {
  site = smallSite();
  programs = join(site.folder, 'node_modules/.bin');
  mkdirSync(programs, { recursive: true });
  site.build(newsSite('one', { ferry: 'The first ferry' }));
});
afterEach(() => site.remove());

interface Asked {
  args: string[];
  input: string;
  files: string[];
}

/** Puts a program in place. @returns what it was asked so far */
function standIn(name: string, ends = 'process.exit(0)'): () => Asked[] {
  const log = join(site.folder, `${name}.log`);
  writeFileSync(
    join(programs, name),
    `#!${process.execPath}
    const fs = require('node:fs');
    const args = process.argv.slice(2);
    const folder = args.find((arg) => arg.startsWith(${JSON.stringify(tmpdir())}));
    const files = folder ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => require('node:path').relative(folder, one.parentPath + '/' + one.name)) : [];
    const input = fs.readFileSync(0, 'utf8');
    fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args: args.map((arg) => (arg === folder ? 'FOLDER' : arg)), input, files: files.sort() }) + '\\n');
    ${ends}`,
  );
  chmodSync(join(programs, name), 0o755);
  return () => {
    try {
      return readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Asked);
    } catch {
      return [];
    }
  };
}

const open = (settings: ToolSettings) =>
  hostTool('live', settings, { site: site.folder, env: { PATH: '/usr/bin:/bin' } });
const all = () => [...site.files().keys()].sort();

test.each<[ToolSettings, string, string[][]]>([
  [
    { kind: 'netlify', site: 'paper' },
    'netlify',
    [['deploy', '--prod', '--no-build', '--dir', 'FOLDER', '--site', 'paper', '--message', 'MESSAGE']],
  ],
  [
    { kind: 'cloudflare', project: 'paper', branch: 'main' },
    'wrangler',
    [
      [
        'pages',
        'deploy',
        'FOLDER',
        '--project-name',
        'paper',
        '--branch',
        'main',
        '--commit-dirty=true',
        '--commit-message',
        'MESSAGE',
      ],
    ],
  ],
  [
    { kind: 'vercel', project: 'paper', scope: 'desk' },
    'vercel',
    [
      ['link', '--yes', '--project', 'paper', '--cwd', 'FOLDER', '--scope', 'desk'],
      ['deploy', '--prod', '--yes', '--cwd', 'FOLDER', '--scope', 'desk'],
    ],
  ],
  [
    { kind: 'azure', app: 'paper', environment: 'production' },
    'swa',
    [['deploy', 'FOLDER', '--app-name', 'paper', '--env', 'production']],
  ],
])(
  '%o gets the whole site, and nothing else, with the options that its tool knows',
  async (settings, program, wanted) => {
    const asked = standIn(program);
    const report = await site.deploy(open(settings));
    expect(report.sent).toEqual(all());
    const shown = asked().map(({ args }) => args.map((arg) => (/^Sent \d+ files/.test(arg) ? 'MESSAGE' : arg)));
    expect(shown).toEqual(wanted);
    for (const { files } of asked()) expect(files).toEqual(all());
    // The copy is gone.
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('broadsheet-deploy-'))).toEqual([]);
  },
);

test('a deploy without a change does not call the tool', async () => {
  const asked = standIn('netlify');
  await site.deploy(open({ kind: 'netlify', site: 'paper' }));
  expect(await site.deploy(open({ kind: 'netlify', site: 'paper' }))).toMatchObject({ sent: [] });
  expect(asked().length).toBe(1);
});

test('a bucket gets files in the order of a deploy, with their lifetimes, and deletions last', async () => {
  const asked = standIn('gcloud');
  const bucket = { kind: 'gcs', bucket: 'paper', prefix: 'www' } as const;
  await site.deploy(open(bucket));
  const calls = asked();
  expect(calls.flatMap(({ files }) => files).sort()).toEqual(all());
  const pictures = calls.find(({ files }) => files.some((file) => file.startsWith('assets/pictures/')));
  expect(pictures?.args).toEqual([
    'storage',
    'rsync',
    'FOLDER',
    'gs://paper/www/',
    '--recursive',
    '--checksums-only',
    '--cache-control=public, max-age=31536000, immutable',
  ]);
  const at = (file: string) => calls.findIndex(({ files }) => files.includes(file));
  expect(at('2025/02/ferry/index.html')).toBeGreaterThan(calls.indexOf(pictures!));
  expect(at('index.html')).toBeGreaterThan(at('2025/02/ferry/index.html'));
  expect(at('.well-known/broadsheet.json')).toBe(calls.length - 1);
  site.build(newsSite('one', { vote: 'The vote' }));
  await site.deploy(open(bucket));
  const removed = asked()
    .slice(calls.length)
    .filter(({ args }) => args[1] === 'rm');
  expect(removed.map(({ input }) => input).join('')).toContain('gs://paper/www/2025/02/ferry/index.html\n');
});

test('a tool that fails says why, and how to sign in; one that is missing, how to get it', async () => {
  standIn('netlify', `console.error('Error: Not authorized'); process.exit(1);`);
  await expect(site.deploy(open({ kind: 'netlify', site: 'paper' }))).rejects.toThrow(
    /netlify ended with 1: Error: Not authorized/,
  );
  await expect(site.deploy(open({ kind: 'vercel', project: 'paper' }))).rejects.toThrow(/vercel is not installed/);
});

test('names that a tool would read as patterns are refused', () => {
  const { whyNot } = open({ kind: 'gcs', bucket: 'paper', prefix: '' });
  expect(whyNot?.('a*b.html')).toContain('patterns');
  expect(whyNot?.('x'.repeat(1025))).toContain('1024');
  expect(whyNot?.('a/b.html')).toBeUndefined();
});

test.each([
  [
    [
      'Deploying',
      'ERROR: (gcloud.storage.rsync) You do not have an active account.',
      'Please run:',
      '$ gcloud auth login',
      'to obtain new credentials.',
      'to select an account.',
    ],
    'ERROR: (gcloud.storage.rsync) You do not have an active account.\nPlease run:\n$ gcloud auth login\nto obtain new credentials.',
  ],
  [
    ['Uploading', '✘ [ERROR] Authentication error [code: 10000]', '🪵  Logs were written to "/home/editor/x.log"'],
    '✘ [ERROR] Authentication error [code: 10000]\n🪵  Logs were written to "/home/editor/x.log"',
  ],
  [['one', 'two'], 'two'],
  [[], ''],
])('of %j, the reason is shown', (said, reason) => {
  expect(reasonIn(said)).toBe(reason);
});
