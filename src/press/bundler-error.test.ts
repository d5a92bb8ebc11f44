import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ProblemsError, SetupError } from '../problems/problem.ts';
import { bundlerErrors, failedBuild } from './bundler-error.ts';

let site: string;
let plain: string;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'newsroom-'));
  [site, plain] = [join(folder, 'with-theme'), join(folder, 'without')];
  mkdirSync(join(site, 'theme/components'), { recursive: true });
  mkdirSync(plain);
  writeFileSync(
    join(site, 'theme/components/Dial.astro'),
    "---\n\nimport { twice } from './sums.ts';\n---\n<p>{twice(2)}</p>\n",
  );
  return () => rmSync(folder, { recursive: true, force: true });
});

/** As Rolldown throws it: colours, a drawing of the place, and the fields that matter. */
const rolldown = (file: string) =>
  Object.assign(new Error('Build failed with 1 error:\n\n…'), {
    errors: [
      Object.assign(
        new Error('\u001b[31m[MISSING_EXPORT] \u001b[0m"twice" is not exported by "sums.ts".\n  ╭─[ x:2:10 ]'),
        {
          code: 'MISSING_EXPORT',
          id: file,
          loc: { file: `${file}?astro`, line: 2, column: 9 },
        },
      ),
    ],
  });

describe('the fields of an error from a bundler', () => {
  test('one of Rolldown for each mistake, on one line', () =>
    expect(bundlerErrors(rolldown('/cache/app/theme/components/Dial.astro'))).toEqual([
      {
        message: '"twice" is not exported by "sums.ts".',
        file: '/cache/app/theme/components/Dial.astro',
        line: 2,
      },
    ]));

  test('one of Vite or Astro', () =>
    expect(bundlerErrors(Object.assign(new Error('Bad.'), { id: '\0/a/theme/x.css', loc: { line: 4 } }))).toEqual([
      { message: 'Bad.', file: '/a/theme/x.css', line: 4 },
    ]));

  test.each([
    ['a code', Object.assign(new Error('write'), { code: 'ENOSPC' })],
    ['a cause', new Error('Could not write', { cause: Object.assign(new Error('write'), { code: 'ENOSPC' }) })],
    ['words alone', new Error('No space left on device (os error 28)')],
  ])('a full disk, by %s', (_, error) => expect(bundlerErrors(error)[0]?.code).toBe('ENOSPC'));

  test('canary: a code of the bundler is not one of the system', () =>
    expect(bundlerErrors(rolldown('/a.ts'))[0]).not.toHaveProperty('code'));

  test('something that is not an error', () =>
    expect(bundlerErrors('out of memory')).toEqual([{ message: 'out of memory' }]));
});

describe('the error that is thrown for a build that failed', () => {
  test('names a file of the theme, at the word that the bundler quotes', () => {
    const error = failedBuild(bundlerErrors(rolldown('/cache/app/theme/components/Dial.astro')), '', site, '/cache');
    expect((error as ProblemsError).problems).toMatchObject([
      { rule: 'theme-broken', file: 'theme/components/Dial.astro', line: 3, message: expect.stringMatching(/"twice"/) },
    ]);
  });

  test('names the theme as a whole if there is no file', () =>
    expect((failedBuild([{ message: 'Bad.' }], '', site, '/cache') as ProblemsError).problems).toMatchObject([
      { rule: 'theme-broken', file: 'theme', message: expect.stringContaining('Bad.') },
    ]));

  test('names the templates if there is no theme, with what the process printed if nothing else is known', () => {
    const error = failedBuild([], 'FATAL ERROR: heap out of memory', plain, '/cache');
    expect(error).toBeInstanceOf(SetupError);
    expect((error as SetupError).problems).toMatchObject([
      { rule: 'templates-broken', message: expect.stringContaining('heap out of memory') },
    ]);
  });

  test('a full disk is neither', () => {
    const error = failedBuild([{ message: 'write', code: 'ENOSPC' }], '', site, '/cache');
    expect(error).not.toBeInstanceOf(ProblemsError);
    expect(error).toMatchObject({ code: 'ENOSPC', dest: '/cache' });
  });
});
