import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../press/report.ts';
import { painter } from './colours.ts';
import { editorSchemas, renewSchemas } from './editor-schemas.ts';
import { schemaFolder } from './init-texts.ts';
import { ownCommand } from './own-command.ts';
import { openProgress, progressWords } from './progress.ts';
import { summaryOf } from './summary.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'broadsheet-output-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An output that remembers what was written, with a clock that only the test moves. */
function output(isTTY: boolean, columns = 80) {
  const said: string[] = [];
  return { said, stream: { isTTY, columns, write: (text: string) => said.push(text) } };
}

describe('painter', () => {
  test('colours in a terminal only, and never with NO_COLOR or a terminal that cannot', () => {
    const { stream } = output(true);
    expect(painter(stream, { env: {} })('red', 'x')).toBe('\x1b[31mx\x1b[39m');
    expect(painter(stream, { env: { NO_COLOR: '1' } })('red', 'x')).toBe('x');
    expect(painter(stream, { env: { TERM: 'dumb' } })('red', 'x')).toBe('x');
    expect(painter(output(false).stream, { env: {} })('red', 'x')).toBe('x');
  });
});

describe('openProgress', () => {
  const steps = (isTTY: boolean, isQuiet = false) => {
    let now = 0;
    const { said, stream } = output(isTTY);
    const progress = openProgress({ stderr: stream }, isQuiet, () => now);
    return {
      said,
      progress,
      at: (ms: number, done: number, phase = 'pages') => {
        now = ms;
        progress.show({ phase, done, total: 1000 });
      },
    };
  };

  test('in a pipe: a line every five seconds', () => {
    const { said, at } = steps(false);
    for (let ms = 0; ms <= 11_000; ms += 500) at(ms, ms / 20);
    expect(said).toEqual([
      'pages 250 of 1,000, 50 pages/s, 15 s left\n',
      'pages 500 of 1,000, 50 pages/s, 10 s left\n',
    ]);
  });

  test('in a terminal: a bar that is overwritten, and removed at the end', () => {
    const { said, at, progress } = steps(true);
    at(0, 0);
    at(200, 500);
    progress.end();
    expect(said[0]?.startsWith(`\r\x1b[K${'█'.repeat(12)}${'░'.repeat(12)} pages 500 of 1,000`)).toBe(true);
    expect(said.slice(1)).toEqual(['\r\x1b[K']);
  });

  test('a sentence for a phase that cannot be counted, and one that stays', () => {
    const { said, at, progress } = steps(false);
    at(0, 0, 'templates');
    progress.say('Waiting.');
    expect(said).toEqual([expect.stringMatching(/^Compiling the templates\..*\n$/), 'Waiting.\n']);
  });

  test('--quiet prints nothing', () => {
    const { said, at, progress } = steps(false, true);
    at(0, 0, 'templates');
    at(60_000, 500);
    progress.say('Waiting.');
    progress.end();
    expect(said).toEqual([]);
  });

  test.each([
    [{ phase: 'pages', done: 0, total: 10 }, 1, 'pages 0 of 10'],
    [{ phase: 'pages', done: 5, total: 10 }, 2, 'pages 5 of 10, 2.5 pages/s, 2 s left'],
    [{ phase: 'pictures', done: 10, total: 10_000 }, 1, 'pictures 10 of 10,000, 10 pictures/s, 16 min 39 s left'],
    [{ phase: 'else', done: 1, total: 2 }, 1, 'else 1 of 2, 1.0 else/s, 1 s left'],
  ])('progressWords of %j', (step, seconds, words) => expect(progressWords(step, seconds)).toBe(words));
});

describe('summaryOf', () => {
  const report = (parts: Partial<Report>): Report =>
    ({
      added: [],
      changed: [],
      removed: [],
      repaired: [],
      pages: 1200,
      pictures: 1,
      rendered: 3,
      renditions: 0,
      seconds: { total: 1.234 },
      nextChange: null,
      ...parts,
    }) as Report;
  const summary = (parts: Partial<Report>) => summaryOf(report(parts), { site: root, cache: root, dist: root });

  test('one line if nothing changed', async () =>
    expect(await summary({})).toBe('Nothing changed: 1,200 pages, 1.23 s.\n'));

  test('what changed, each kind in the order of the files, and how many more', async () =>
    expect(
      await summary({ added: ['b', 'a'], changed: Array.from({ length: 10 }, (_, i) => `c${i}`), removed: ['d'] }),
    ).toBe(
      `Files of the site: 2 added, 10 changed, 1 removed.\n  + a\n  + b\n${Array.from({ length: 8 }, (_, i) => `  ~ c${i}\n`).join('')}    and 3 more files\n3 pages rendered, 1.23 s. The site has 1,200 pages and 1 picture.\n`,
    ));

  test('files of the site that somebody changed, and renditions', async () => {
    expect(await summary({ changed: ['a'], repaired: ['b', 'a', 'd', 'c', 'e'], renditions: 2 })).toContain(
      '5 files were not as the last build left them, and were corrected: a, b, c and 2 more.\n3 pages rendered, 2 renditions created, ',
    );
    expect(await summary({ changed: ['a'], repaired: ['a'] })).toContain(
      '1 file was not as the last build left it, and was corrected: a.\n',
    );
  });
});

describe('ownCommand, what to type to start this again', () => {
  const bin = join(root, 'engine/cli/bin.mjs');
  const installed = join(root, 'node_modules/broadsheet/src/cli/bin.mjs');
  mkdirSync(join(root, 'engine/cli'), { recursive: true });
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(bin, '');
  symlinkSync(bin, join(root, 'bin/broadsheet'));

  test.each<[string, string, NodeJS.ProcessEnv, string]>([
    ['in the repository', bin, {}, 'node engine/cli/bin.mjs'],
    ['on the path', bin, { PATH: join(root, 'bin') }, 'broadsheet'],
    [
      'on the path, but started by npm',
      bin,
      { PATH: join(root, 'bin'), npm_command: 'exec' },
      'node engine/cli/bin.mjs',
    ],
    ['installed', installed, {}, 'npx broadsheet'],
    ['installed with pnpm', installed, { npm_config_user_agent: 'pnpm/9 node' }, 'pnpm exec broadsheet'],
    ['installed with yarn', installed, { npm_config_user_agent: 'yarn/4' }, 'yarn broadsheet'],
    ['installed with bun', installed, { npm_config_user_agent: 'bun/1' }, 'bunx broadsheet'],
  ])('%s', (_, file, env, command) => expect(ownCommand({ bin: file, cwd: root, env })).toBe(command));

  test('from another folder, and in quotation marks if the way has a space', () => {
    expect(ownCommand({ bin, cwd: root, env: {} }, join(root, 'paper'))).toBe('node ../engine/cli/bin.mjs');
    expect(ownCommand({ bin: join(root, 'my engine/bin.mjs'), cwd: root, env: {} })).toBe('node "my engine/bin.mjs"');
  });
});

describe('renewSchemas', () => {
  test('updates the copies of a newsroom that has the folder, and only those that differ', () => {
    const site = join(root, 'with-schemas');
    expect(renewSchemas(site)).toEqual([]);
    mkdirSync(join(site, schemaFolder), { recursive: true });
    expect(renewSchemas(site).sort()).toEqual(Object.keys(editorSchemas()).sort());
    expect(renewSchemas(site)).toEqual([]);
    writeFileSync(join(site, schemaFolder, 'site.schema.json'), 'old');
    expect(renewSchemas(site)).toEqual([`${schemaFolder}/site.schema.json`]);
  });
});
