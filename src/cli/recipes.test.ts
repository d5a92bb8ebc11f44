import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';

/* The recipes of docs/hosting/ are run as far as they can be here. */

const docs = join(import.meta.dirname, '../../docs/hosting');
/** The blocks of code of a page, by language. */
const blocks = (page: string, language: string): string[] =>
  [
    ...readFileSync(join(docs, page), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm')),
  ].map(([, text = '']) => text);

interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
}

/** What a recipe runs, the folders that it keeps, and the folder that it publishes. */
function recipeOf(kind: 'github' | 'gitlab'): { commands: string[]; kept: string[]; published: string } {
  if (kind === 'github') {
    const text = blocks('github-pages.md', 'yaml').find((block) => block.includes('runs-on'))!;
    const { jobs } = parse(text) as { jobs: { publish: { steps: Step[] } } };
    const { steps } = jobs.publish;
    const using = (name: string) => steps.find(({ uses }) => uses?.startsWith(name))?.with;
    return {
      commands: steps.flatMap(({ run }) => run ?? []),
      kept: String(using('actions/cache')?.path).trim().split('\n'),
      published: String(using('actions/upload-pages-artifact')?.path),
    };
  }
  const { pages } = parse(blocks('gitlab-pages.md', 'yaml')[0]!) as {
    pages: { script: string[]; cache: { paths: string[] }; artifacts: { paths: string[] }; publish: string };
  };
  expect(pages.artifacts.paths).toEqual([pages.publish]);
  return {
    commands: pages.script,
    kept: pages.cache.paths.map((path) => path.replace(/\/$/, '')).filter((path) => path !== '.npm'),
    published: pages.publish,
  };
}

test.each(['github', 'gitlab'] as const)(
  'the steps for %s publish, and with the cache of another run only what changed',
  { timeout: 600_000 },
  (kind) => {
    const { commands, kept, published } = recipeOf(kind);
    expect(commands.length).toBe(3);
    const root = mkdtempSync(join(tmpdir(), 'recipe-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const [work, store, bin] = ['work', 'store', 'bin'].map((name) => join(root, name)) as [string, string, string];
    // The package is not in the registry, so `npx broadsheet` runs the one from here.
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'npx'),
      `#!/bin/sh\n[ "$1" = broadsheet ] || exit 9\nshift\nexec "${process.execPath}" "${join(import.meta.dirname, 'bin.mjs')}" "$@"\n`,
    );
    chmodSync(join(bin, 'npx'), 0o755);
    const { BROADSHEET_CACHE: _, ...env } = process.env;
    /** A clone in an empty folder, with what the last run kept. */
    const run = (body: string) => {
      rmSync(work, { recursive: true, force: true });
      const put = (name: string, text: string) => {
        mkdirSync(join(work, name, '..'), { recursive: true });
        writeFileSync(join(work, name), text);
      };
      put('content/site.yaml', siteYaml);
      for (let number = 1; number <= 9; number++)
        put(
          `content/stories/2025/02/s${number}/index.md`,
          story({ headline: `Story ${number}` }, number === 5 ? body : 'Text.'),
        );
      put('package.json', '{ "name": "paper", "private": true }\n');
      put(
        'package-lock.json',
        '{ "name": "paper", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "paper" } } }\n',
      );
      for (const path of kept) {
        try {
          cpSync(join(store, path), join(work, path), { recursive: true });
        } catch {
          // the first run
        }
      }
      for (const command of commands)
        execFileSync('bash', ['-e', '-c', command], {
          cwd: work,
          env: { ...env, PATH: `${bin}:${env.PATH}` },
          stdio: 'pipe',
        });
      rmSync(store, { recursive: true, force: true });
      for (const path of kept) cpSync(join(work, path), join(store, path), { recursive: true });
      expect(readdirSync(join(work, published))).toContain('index.html');
      return JSON.parse(readFileSync(join(work, 'build.json'), 'utf8')) as {
        rendered: number;
        changed: string[];
        added: string[];
      };
    };
    expect(run('One.').added.length).toBeGreaterThan(20);
    expect(run('One.')).toMatchObject({ rendered: 0, added: [], changed: [] });
    const edited = run('Two.');
    expect(edited.added).toEqual([]);
    expect(edited.changed).toContain('2025/02/s5/index.html');
    // The story, and three feeds each of the site and its section.
    expect(edited.rendered).toBeLessThan(8);
  },
);

test('the units for systemd are valid', ({ skip }) => {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
  } catch {
    const reason = 'not run: needs systemd-analyze (Debian: systemd)';
    if (process.env.BROADSHEET_FORBID_SKIPS === '1') throw new Error(reason);
    skip(reason);
  }
  const folder = mkdtempSync(join(tmpdir(), 'units-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const units = blocks('publish-on-time.md', 'ini');
  expect(units).toHaveLength(3);
  const verify = (change: (text: string) => string) => {
    const files = units.map((text) => {
      const name = /^# (\S+)\n/.exec(text)?.[1] ?? '';
      // The program does not have to be installed here.
      writeFileSync(join(folder, name), change(text.replace('/usr/bin/npx', '/bin/true')));
      return join(folder, name);
    });
    const { SYSTEMD_UNIT_PATH: _, ...env } = process.env;
    return execFileSync('systemd-analyze', ['verify', '--man=no', ...files], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...env, SYSTEMD_UNIT_PATH: `${folder}:` },
    });
  };
  expect(verify((text) => text)).toBe('');
  expect(() => verify((text) => text.replace('*:0/5', 'every five minutes')), 'canary').toThrow();
});

test('the line for cron has five fields, a user, and a command that the command line accepts', async () => {
  const [line = ''] = /^\*.*$/m.exec(readFileSync(join(docs, 'publish-on-time.md'), 'utf8')) ?? [];
  const [, fields, user, command] = /^((?:\S+ ){5})(\S+) (.*)$/.exec(line) ?? [];
  expect([fields, user]).toEqual(['*/5 * * * * ', 'paper']);
  expect(command).toMatch(/^cd \/\S+ && npx broadsheet build --out \/\S+ --quiet$/);
});
