import { expect, test } from 'vitest';
import { savedMeanwhile } from '../index/problems.ts';
import { foreignDist } from '../press/problems.ts';
import { grouped } from '../problems/counted.ts';
import { ProblemsError } from '../problems/problem.ts';
import { progressWords } from './progress.ts';
import { problemsOf, reportFailure } from './report-problems.ts';

const failure = (error: unknown, isTTY = false, env = {}) => {
  let stderr = '';
  const output = { write: (text: string) => (stderr += text), isTTY };
  const code = reportFailure(error, { cwd: '/', env, stdout: output, stderr: output }, 'The site was not changed.');
  return { code, stderr };
};
const problem = {
  rule: 'picture-missing',
  severity: 'error',
  file: 'content/a/index.mdx',
  line: 14,
  message: 'There is no quay.jpg.',
  hint: 'Did you mean  key.jpg ?',
} as const;
const warning = {
  rule: 'stray-file',
  severity: 'warning',
  file: 'content/sites.yaml',
  line: 1,
  message: 'Broadsheet does not read this file.',
} as const;

test('problems are grouped by file, errors first, with their number at the end', () =>
  expect(failure(new ProblemsError([warning, problem, { ...problem, line: 9, column: 3, hint: undefined }]))).toEqual({
    code: 1,
    stderr: `content/a/index.mdx:9:3  picture-missing
  There is no quay.jpg.
content/a/index.mdx:14:1  picture-missing
  There is no quay.jpg.
  Did you mean  key.jpg ?

content/sites.yaml:1:1  stray-file (warning)
  Broadsheet does not read this file.

2 errors, 1 warning. The site was not changed.
`,
  }));

test('colours are only for terminals, and never if NO_COLOR is set', () => {
  expect(failure(new ProblemsError([problem]), true).stderr).toContain('\u001b[31mpicture-missing');
  expect(failure(new ProblemsError([problem]), true, { NO_COLOR: '1' }).stderr).not.toContain('\u001b');
});

test('a full disk and missing permissions are reported plainly; a bug shows where it is', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    path: '/srv/www/a.html',
  });
  expect(failure(full).stderr).toBe(
    'The disk is full: /srv/www/a.html could not be written.\nFree some space. No file is incomplete. Run the same command again to continue where it stopped.\n',
  );
  const locked = Object.assign(new Error("EACCES: permission denied, mkdir '/srv/www'"), {
    code: 'EACCES',
    path: '/srv/www',
    syscall: 'mkdir',
  });
  expect(failure(locked).stderr).toMatch(/^Cannot write to \/srv\/www: permission denied\.\n/);
  expect(
    failure(Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })).stderr,
  ).toMatch(/^The disk is full\.\n/);
  const ours = failure(new TypeError('x is not a function'));
  expect(ours.code).toBe(1);
  expect(ours.stderr).toMatch(/^This is a bug in Broadsheet[\s\S]*x is not a function\n {4}at /);
});

test('problems that the machine causes have a rule, for --json', () => {
  const refused = (fields: object) => problemsOf(Object.assign(new Error('in words'), fields));
  expect(refused({ code: 'ENOSPC', dest: '/srv' })).toMatchObject([{ rule: 'disk-full', file: '/srv' }]);
  expect(refused({ code: 'EMFILE' })).toMatchObject([{ rule: 'too-many-files' }]);
  expect(refused({ code: 'EROFS', path: '/srv/a' })).toMatchObject([
    { rule: 'no-permission', message: 'Cannot write to /srv/a: the disk is read-only.' },
  ]);
  // Files of content/ are only ever opened to be read.
  expect(refused({ code: 'EACCES', syscall: 'open', path: '/news/content/a.md' })).toMatchObject([
    { rule: 'no-permission', message: 'Cannot read /news/content/a.md: permission denied.' },
  ]);
  expect(refused({ errcode: 14 })).toMatchObject([{ rule: 'no-permission' }]);
  expect(refused({})).toBeUndefined();
});

test('a problem with a folder, or with timing, is printed without a place', () => {
  expect(problemsOf(foreignDist('/srv/www'))).toMatchObject([{ rule: 'foreign-dist', file: '/srv/www' }]);
  expect(failure(foreignDist('/srv/www')).stderr).toBe(
    '/srv/www is not empty and was not written by Broadsheet, so nothing was written to it.\nName another folder with --out, or empty this one yourself.\n',
  );
  expect(problemsOf(savedMeanwhile('content/a.md', 'removed'))).toMatchObject([
    { rule: 'saved-meanwhile', message: 'content/a.md was removed while the site was being built.' },
  ]);
});

test('progress shows the speed and the time left', () => {
  expect(progressWords({ phase: 'pages', done: 1200, total: 10_000 }, 3)).toBe(
    'pages 1,200 of 10,000, 400 pages/s, 22 s left',
  );
  expect(progressWords({ phase: 'pictures', done: 2, total: 300 }, 4)).toBe(
    'pictures 2 of 300, 0.5 pictures/s, 9 min 56 s left',
  );
});

test('thousands are grouped as Intl groups them', () => {
  for (const count of [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 123_456_789])
    expect(grouped(count)).toBe(count.toLocaleString('en'));
});
