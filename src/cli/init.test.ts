import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { call } from './command-line.fixture.ts';
import { languageOf } from './init-facts.ts';
import { ownCommand } from './own-command.ts';

const home = mkdtempSync(join(tmpdir(), 'init-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const env = { BROADSHEET_CACHE: join(home, 'cache'), LANG: 'de_AT.UTF-8' };
const read = (file: string) => readFileSync(join(home, file), 'utf8');

describe('a new newsroom', () => {
  test('takes its facts from the options or the machine, and asks nothing in a script', async () => {
    const options = ['--name', 'Die "Post"', '--time-zone', 'Europe/Vienna', '--url', 'https://post.example/paper/'];
    const said = await call(['init', 'post', ...options], { cwd: home, env });
    expect(said.code).toBe(0);
    expect(parse(read('post/content/site.yaml'))).toMatchObject({
      name: 'Die "Post"',
      language: 'de-AT',
      timeZone: 'Europe/Vienna',
      url: 'https://post.example/paper/',
      feedIdentity: expect.stringMatching(/^post\.example,\d{4}$/),
    });
    expect(said.stdout).not.toContain('still an example');
    const checked = await call(['check', '--site', join(home, 'post')], { env });
    expect(checked.stdout).toMatch(/^No problems found: 1 story, 1 picture/);
  });

  test('keeps packages, the site, and the cache out of git', () => {
    const room = join(home, 'post');
    for (const file of ['node_modules/x/y.js', 'dist/index.html', '.broadsheet/dev/index.db']) {
      mkdirSync(join(room, file, '..'), { recursive: true });
      writeFileSync(join(room, file), 'x');
    }
    const git = (...argv: string[]) => execFileSync('git', argv, { cwd: room, encoding: 'utf8' });
    git('init', '-q');
    expect(git('status', '--porcelain', '-uall')).not.toMatch(/node_modules|dist|\.broadsheet\/|\.db/);
    expect(git('status', '--porcelain', '-uall')).toContain('content/site.yaml');
  });

  test('tells text editors where the schemas are, and the schemas exist', () => {
    const settings = JSON.parse(read('post/.vscode/settings.json'));
    const schemas = Object.keys(settings['yaml.schemas']);
    expect(schemas).toHaveLength(7);
    for (const path of schemas) {
      expect(path).toMatch(/^\.\//);
      expect(JSON.parse(read(join('post', path)))).toHaveProperty('$schema');
    }
    // The same schemas as in the manual.
    expect(read('post/.vscode/broadsheet/site.schema.json')).toBe(
      readFileSync(join(import.meta.dirname, '../../docs/site.schema.json'), 'utf8'),
    );
  });

  test('updates its schemas after an upgrade, and writes nothing else there', async () => {
    const file = 'post/.vscode/broadsheet/site.schema.json';
    const current = read(file);
    writeFileSync(join(home, file), '{ "$schema": "old" }');
    writeFileSync(join(home, 'post/.vscode/broadsheet/mine.json'), 'mine');
    rmSync(join(home, 'post/.vscode/broadsheet/story.schema.json'));
    const said = await call(['new', 'story', 'After the upgrade', '--site', join(home, 'post')], { env });
    expect(said.stdout).toContain('.vscode/broadsheet/ were updated to this version');
    expect(read(file)).toBe(current);
    expect(read('post/.vscode/broadsheet/story.schema.json')).toContain('"$schema"');
    expect(read('post/.vscode/broadsheet/mine.json')).toBe('mine');
    const again = await call(['new', 'story', 'Another', '--site', join(home, 'post')], { env });
    expect(again.stdout).not.toContain('broadsheet/');
    rmSync(join(home, 'post/.vscode/broadsheet'), { recursive: true });
    await call(['new', 'story', 'A third', '--site', join(home, 'post')], { env });
    expect(existsSync(join(home, 'post/.vscode/broadsheet'))).toBe(false);
  });

  test('has a name without characters that pages cannot contain', async () => {
    expect((await call(['init', 'odd', '--name', 'A\u0001B\u000bC'], { cwd: home, env })).code).toBe(0);
    expect(parse(read('odd/content/site.yaml'))).toMatchObject({ name: 'AB C' });
    const checked = await call(['check', '--site', join(home, 'odd')], { env });
    expect(checked.stdout + checked.stderr).toMatch(/^No problems found/);
  });

  test('overwrites nothing', async () => {
    mkdirSync(join(home, 'mine/.vscode'), { recursive: true });
    writeFileSync(join(home, 'mine/.gitignore'), 'mine');
    writeFileSync(join(home, 'mine/.vscode/settings.json'), '{}');
    expect((await call(['init', 'mine'], { cwd: home, env })).code).toBe(0);
    expect([read('mine/.gitignore'), read('mine/.vscode/settings.json')]).toEqual(['mine', '{}']);
    expect(await call(['init', 'mine'], { cwd: home, env })).toMatchObject({ code: 2 });
  });

  test.each([
    [['--language', 'en_IE'], /--language en_IE: .*\nWrite a language tag/],
    [['--time-zone', 'Dublin'], /--time-zone Dublin: .*Europe\/Dublin/s],
    [['--url', 'post.example'], /--url post\.example: .*\nWrite the complete address/],
    [['--name', ' '], /a paper needs a name/],
    [['--name', '\u0001'], /a paper needs a name/],
  ])('%j is refused before anything is written', async (options, said) => {
    const { code, stderr } = await call(['init', 'refused', ...options], { cwd: home, env });
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(existsSync(join(home, 'refused'))).toBe(false);
  });

  test('prints commands that work as they are', async () => {
    const { stdout } = await call(['init', 'a paper'], { cwd: home, env });
    const [, command = ''] = /^ {2}(.*) new story "A headline"/m.exec(stdout) ?? [];
    const line = `${command} new story "A headline" --site "a paper"`;
    expect(stdout).toContain(line);
    expect(execFileSync('sh', ['-c', line], { cwd: home, encoding: 'utf8' })).toContain('a-headline/index.md');
    const [, inside = ''] = /^ {4}(.*) check /m.exec(read('a paper/README.md')) ?? [];
    expect(
      execFileSync('sh', ['-c', `${inside} check`], {
        cwd: join(home, 'a paper'),
        encoding: 'utf8',
        env: { ...process.env, ...env },
      }),
    ).toContain('No problems found');
  });
});

test.each([
  [{ LANG: 'en_IE.UTF-8' }, 'en-IE'],
  [{ LC_ALL: 'pt_BR', LANG: 'en_US' }, 'pt-BR'],
  [{ LANG: 'ca_ES.UTF-8@valencia' }, 'ca-ES'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'POSIX' }, 'en'],
  [{}, 'en'],
])('the language of %j is %s', (given, language) =>
  expect(languageOf(given, (value) => Intl.getCanonicalLocales(value).length === 1)).toBe(language),
);

describe('the command, as it was started', () => {
  const global = join(home, 'usr/bin');
  const bin = join(home, 'usr/lib/node_modules/broadsheet/src/cli/bin.mjs');
  mkdirSync(global, { recursive: true });
  mkdirSync(join(bin, '..'), { recursive: true });
  writeFileSync(bin, '');
  symlinkSync(bin, join(global, 'broadsheet'));
  const local = '/paper/node_modules/broadsheet/src/cli/bin.mjs';
  test.each([
    ['installed for the whole machine', { bin, cwd: '/paper', env: { PATH: `/bin:${global}` } }, 'broadsheet'],
    ['by npx', { bin: local, cwd: '/paper', env: { PATH: '/bin', npm_command: 'exec' } }, 'npx broadsheet'],
    [
      'by a script of package.json',
      { bin: local, cwd: '/paper', env: { PATH: '/bin', npm_lifecycle_event: 'dev' } },
      'npx broadsheet',
    ],
    [
      'by pnpm',
      { bin: local, cwd: '/paper', env: { PATH: '', npm_config_user_agent: 'pnpm/9.1.0 node/v24' } },
      'pnpm exec broadsheet',
    ],
    [
      'by its path in node_modules',
      { bin: local, cwd: '/paper', env: { PATH: '/paper/node_modules/.bin' } },
      'npx broadsheet',
    ],
    [
      'in the repository',
      { bin: '/src/broadsheet/src/cli/bin.mjs', cwd: '/src/broadsheet', env: { PATH: '/bin' } },
      'node src/cli/bin.mjs',
    ],
    [
      'in the repository, from elsewhere',
      { bin: '/src/broad sheet/src/cli/bin.mjs', cwd: '/src/x', env: {} },
      'node "../broad sheet/src/cli/bin.mjs"',
    ],
  ])('%s', (_, started, command) => expect(ownCommand(started)).toBe(command));
});
