import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { indexFile } from '../press/index-file.ts';
import { lockPress } from '../press/lock.ts';
import { digestOfFolder, sharedCache, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { call, start } from './command-line.fixture.ts';

const at = ['--now', '2025-06-01T12:00:00Z'];
const oneStory = { 'content/stories/2025/02/harbour/index.md': story() };

describe('an invalid command line changes nothing and exits with 2', () => {
  test.each([
    [['biuld'], 'There is no command "biuld".\nDid you mean  broadsheet build ?\n'],
    [['build', '--sit', 'x'], 'There is no option --sit.\nDid you mean  --site ?\n'],
    [['build', '--out'], '--out needs a value: --out DIST .\nSee  broadsheet build --help .\n'],
    [['build', 'content'], 'Unexpected argument: "content".\nSee  broadsheet build --help .\n'],
    [
      ['build', '--now', '2025-02-30'],
      '--now 2025-02-30: this is not a date, or that day or time does not exist.\nWrite it as in  --now 2026-03-01T06:00:00Z .\n',
    ],
    [['build', '--site', 'nowhere'], 'There is no folder nowhere.\nName the folder that contains  content/ .\n'],
  ])('%j', async (argv, stderr) => expect(await call(argv)).toEqual({ code: 2, stdout: '', stderr }));
});

test('the help lists every command, and each has examples', async () => {
  const { stdout } = await call(['--help']);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
  expect(names).toEqual([
    'init',
    'new',
    'dev',
    'desk',
    'check',
    'pictures',
    'build',
    'deploy',
    'publish',
    'watch',
    'preview',
    'verify',
    'edition',
    'host',
    'import',
    'export',
    'upgrade',
    'clean',
  ]);
  for (const name of names) {
    const help = await call([name, '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/Examples\n {2}broadsheet /);
  }
});

describe('an older Node hands over to the one that is installed with the packages', () => {
  const bin = join(import.meta.dirname, 'bin.mjs');

  test('so the command imports by name only what Node 20 has', () => {
    const files = ['bin.mjs', 'packaged-node.mjs'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
    const named = [...files.join('').matchAll(/^import \{ (.*) \} from '(.*)'/gm)].flatMap(([, names = '', from]) =>
      names.split(', ').map((name) => `${from} ${name}`),
    );
    expect([...new Set(named)].sort()).toEqual([
      './packaged-node.mjs isNodeOld',
      './packaged-node.mjs packagedNode',
      './packaged-node.mjs whyNoNode',
      'node:fs existsSync',
      'node:path dirname',
      'node:path join',
      'node:url fileURLToPath',
      'node:url pathToFileURL',
    ]);
  });

  const older = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((node) => !node.includes('node_modules') && existsSync(node))
    .filter((node) => Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]) < 24);
  for (const node of older)
    test(`as ${node} does`, () =>
      expect(execFileSync(node, [bin, '--version'], { encoding: 'utf8' })).toMatch(/^broadsheet \d/));
});

test('a reader of the output that stops early stops nothing', () =>
  expect(
    execFileSync(
      'bash',
      ['-c', 'set -o pipefail; "$0" "$1" --help | head -c 0', process.execPath, join(import.meta.dirname, 'bin.mjs')],
      {
        encoding: 'utf8',
      },
    ),
  ).toBe(''));

test('a folder that is not a newsroom stays as it is', async () => {
  const folder = smallNewsroom();
  folder.remove('content');
  const said = await call(['build', '--site', folder.site]);
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('content/site.yaml:1:1  no-newsroom\n  There is no newsroom here:');
  expect(existsSync(join(folder.site, '.broadsheet'))).toBe(false);
});

describe('build', () => {
  test('prints only JSON on stdout, and the report has exactly these names', async () => {
    const { site } = smallNewsroom(oneStory);
    const names = [
      'added',
      'changed',
      'removed',
      'repaired',
      'pages',
      'pictures',
      'rendered',
      'renditions',
      'seconds',
      'nextChange',
      'publish',
    ];
    const said = await call(['build', '--site', site, ...at, '--json', '--report', join(site, 'report.json')]);
    const json = JSON.parse(said.stdout);
    expect(Object.keys(json)).toEqual(['ok', ...names, 'errors', 'warnings']);
    expect(json).toMatchObject({ ok: true, changed: [], removed: [], nextChange: null, errors: [] });
    expect(json.added).toContain('2025/02/harbour/index.html');
    expect(json.seconds.total).toBeGreaterThan(0);
    expect(Object.keys(JSON.parse(readFileSync(join(site, 'report.json'), 'utf8')))).toEqual(names);
  });

  test('says on one line that nothing changed, otherwise what changed and what comes next', async () => {
    const newsroom = smallNewsroom({
      ...oneStory,
      'content/stories/2025/02/later/index.md': story({ headline: 'Later', embargo: '2031-11-01T06:00:00Z' }),
    });
    const build = ['build', '--site', newsroom.site, ...at];
    await call(build);
    const next = 'Next: 1 November 2031, 06:00 — 1 story is published then.';
    expect((await call(build)).stdout).toMatch(new RegExp(`^Nothing changed: \\d+ pages, [\\d.]+ s\\. ${next}\n$`));
    newsroom.put('content/stories/2025/02/harbour/index.md', story({}, 'Other words.'));
    const said = await call(build);
    expect(said.stdout).toMatch(
      /^Files of the site: \d+ changed\.\n( {2}~ .*\n)+( {4}and \d+ more files?\n)?\d+ pages rendered, [\d.]+ s\. The site has \d+ pages and 0 pictures\.\n/,
    );
    expect(said.stdout).toContain('  ~ 2025/02/harbour/index.html\n');
    expect(said.stdout).toContain(next);
    expect((await call([...build, '--quiet'])).stdout).toBe('');
  });

  test('reports every mistake with its place and leaves dist as it was', async () => {
    const newsroom = smallNewsroom(oneStory);
    const build = ['build', '--site', newsroom.site, ...at];
    await call(build);
    const before = digestOfFolder(join(newsroom.site, 'dist'));
    newsroom.put('content/stories/2025/02/harbour/index.md', story({ section: 'wrld' }, '![A boat](gone.jpg)'));
    const said = await call(build);
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('content/stories/2025/02/harbour/index.md:3:1  unknown-section\n  ');
    expect(said.stderr).toMatch(/index\.md:8:1 {2}picture-missing\n/);
    expect(said.stderr).toMatch(/\n2 errors\. The site was not changed\.\n$/);
    expect(said.stderr).not.toMatch(/\n {4}at /);
    const json = JSON.parse((await call([...build, '--json'])).stdout);
    expect(json).toMatchObject({ ok: false, added: [], nextChange: null, warnings: [] });
    expect(Object.keys(json.errors[0])).toEqual(['file', 'line', 'column', 'message', 'hint', 'rule']);
    expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(before);
  });

  test('scans only the named files, including deleted ones, by any spelling of their paths', async () => {
    const newsroom = smallNewsroom({
      ...oneStory,
      'content/stories/2025/02/second/index.md': story({ headline: 'Second' }),
    });
    const build = ['build', '--site', newsroom.site, ...at];
    await call(build);
    const file = 'content/stories/2025/02/second/index.md';
    newsroom.remove('content/stories/2025/02/second');
    newsroom.put('public/not-named.txt', 'not looked at');
    const said = await call([...build, '--json', '--changed', file, '/elsewhere/x.md']);
    expect(JSON.parse(said.stdout).removed).toContain('2025/02/second/index.html');
    expect(JSON.parse(said.stdout).added).toEqual([]);
    expect(said.stderr).toContain('--changed /elsewhere/x.md is outside the newsroom and was ignored.');
    const again = await call([...build, '--json', '--changed', join(newsroom.site, 'public/not-named.txt')]);
    expect(JSON.parse(again.stdout).added).toEqual(['not-named.txt']);
  });

  test('refuses a folder that is not its own, and the newsroom itself', async () => {
    const { site } = smallNewsroom(oneStory);
    mkdirSync(join(site, 'holiday'));
    writeFileSync(join(site, 'holiday/photo.jpg'), 'x');
    const foreign = await call(['build', '--site', site, '--out', join(site, 'holiday')]);
    expect(foreign).toMatchObject({ code: 1, stdout: '' });
    expect(foreign.stderr).toContain('holiday is not empty and was not written by Broadsheet');
    expect(foreign.stderr).not.toContain('bug in Broadsheet');
    for (const out of ['.', '..', 'content/dist', 'public'])
      expect((await call(['build', '--site', site, '--out', join(site, out)])).code).toBe(2);
  });

  test('waits for another build and names it', async () => {
    const newsroom = smallNewsroom(oneStory);
    await newsroom.press();
    const release = await lockPress(sharedCache, new Date(), () => {});
    const second = start(['build', '--site', newsroom.site, ...at]);
    while (!second.saidSoFar().includes('\n')) await new Promise((resolve) => setTimeout(resolve, 20));
    release();
    const { code, stderr } = await second.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(
      new RegExp(
        `^Waiting for another build of this newsroom to finish: .* \\(process ${process.pid}, since \\d\\d:\\d\\d:\\d\\d\\)\\.`,
      ),
    );
  });

  test('after kill -9 in the middle, the next build produces the bytes of a clean one', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `content/stories/2025/02/s${i}/index.md`,
        story({ headline: `Story ${i}` }),
      ]),
    );
    const newsroom = smallNewsroom(many);
    const killed = start(['build', '--site', newsroom.site, ...at]);
    const some = join(newsroom.site, 'dist/2025/02/s10/index.html');
    while (!existsSync(some)) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.child.kill('SIGKILL');
    expect((await killed.ended).code).toBeNull();
    expect(existsSync(join(newsroom.site, 'dist/sitemap.xml'))).toBe(false);
    expect((await call(['build', '--site', newsroom.site, ...at])).code).toBe(0);
    expect(
      (await call(['build', '--site', newsroom.site, ...at, '--clean', '--out', join(newsroom.site, 'clean')])).code,
    ).toBe(0);
    expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digestOfFolder(join(newsroom.site, 'clean')));
  });

  test('corrects what somebody changed in dist and reports it; --verify compares every byte', async () => {
    const newsroom = smallNewsroom(oneStory);
    const build = ['build', '--site', newsroom.site, ...at];
    expect(await call([...build, '--verify'])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/Verified: \d+ files compared byte for byte, and \d+ pages rendered again/),
    });
    const page = join(newsroom.site, 'dist/world/index.html');
    const whole = readFileSync(page, 'utf8');
    writeFileSync(page, 'mine');
    writeFileSync(join(newsroom.site, 'dist/mine.txt'), 'mine');
    expect(await call(build)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        '2 files were not as the last build left them, and were corrected: mine.txt, world/index.html.\n',
      ),
    });
    expect(readFileSync(page, 'utf8')).toBe(whole);
    writeFileSync(page, 'mine');
    const said = await call([...build, '--verify', '--json']);
    expect(JSON.parse(said.stdout)).toMatchObject({ ok: true, repaired: ['world/index.html'] });
    expect(readFileSync(page, 'utf8')).toBe(whole);
  });

  test('--verify finds a page that differs from what the newsroom would produce', async () => {
    const newsroom = smallNewsroom(oneStory);
    const build = ['build', '--site', newsroom.site, ...at];
    // A file that was saved within the last second is read again.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await call(build);
    const dist = realpathSync(join(newsroom.site, 'dist'));
    const db = new DatabaseSync(indexFile(sharedCache, dist));
    db.exec("UPDATE story SET card = replace(card, 'Harbour reopens', 'Harbour closes')");
    db.close();
    const said = await call([...build, '--verify']);
    expect(said).toMatchObject({ code: 1, stderr: expect.stringContaining('world/index.html:1:1  page-differs') });
  });
});

test('check reports what a build would refuse, and leaves no files behind', async () => {
  const newsroom = smallNewsroom(oneStory);
  expect((await call(['check', '--site', newsroom.site])).stdout).toMatch(/^No problems found: 1 story, 0 pictures, /);
  newsroom.put('content/stories/2025/02/harbour/index.md', story({ headline: undefined }));
  const said = await call(['check', '--site', newsroom.site, '--json']);
  expect(said.code).toBe(1);
  expect(JSON.parse(said.stdout)).toMatchObject({
    ok: false,
    errors: [{ file: 'content/stories/2025/02/harbour/index.md' }],
  });
  expect(existsSync(join(newsroom.site, 'dist'))).toBe(false);
});

test('a new newsroom has no problems, and running init again changes nothing', async () => {
  const { site, remove } = smallNewsroom();
  remove('content');
  expect((await call(['init', '.', '--name', 'The "Harbour" Post'], { cwd: site })).code).toBe(0);
  expect((await call(['check', '--site', site])).stdout).toMatch(/^No problems found: 1 story, 1 picture, /);
  expect(await call(['init', site])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('so nothing was written'),
  });
});

test('a new story is a draft that builds, and is never overwritten', async () => {
  const newsroom = smallNewsroom(oneStory);
  const start = ['new', 'story', 'Ferries: "late" again', '--site', newsroom.site, '--date', '2025-03-01T06:00'];
  const file = 'content/stories/2025/03/ferries-late-again/index.md';
  expect((await call(start)).stdout).toBe(`${file}\nIt is a draft. Delete  draft: true  when it is ready.\n`);
  expect((await call(start)).code).toBe(2);
  const text = readFileSync(join(newsroom.site, file), 'utf8');
  expect((await call(['check', '--site', newsroom.site])).stdout).toMatch(/^No problems found: 2 stories/);
  newsroom.put(file, text.replace(/^draft.*\n/m, ''));
  expect((await call(['check', '--site', newsroom.site])).stdout).toMatch(/^No problems found: 2 stories/);
  expect((await call(['new', 'story', 'X', '--section', 'wrold', '--site', newsroom.site])).stderr).toContain(
    'There is no section "wrold".',
  );
});
