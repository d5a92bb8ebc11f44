import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { isForTests } from './house-rules.fixture.ts';

// A file has one subject. A file with more lines than this usually has two, so it is cut, or says why it is not.

const linesMax = 300;
const reason = /\blonger than 300 lines because\b/;

const sources = new Map(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(?:tsx?|mjs|astro|css)$/.test(path))
    .map((path) => [path, readFileSync(join(import.meta.dirname, path), 'utf8')]),
);

/** Long files without a reason. A reason is in a comment, so only lines that begin like a comment count. */
const tooLong = (files: Map<string, string>): string[] =>
  [...files].flatMap(([file, text]) => {
    const lines = text.replace(/\n$/, '').split('\n');
    const comments = lines.filter((line) => /^\s*(?:\/\/|\/?\*)/.test(line)).join(' ');
    const words = comments.replace(/\s*(?:\/\/|\/?\*+\/?)\s*/g, ' ');
    return isForTests(file) || lines.length <= linesMax || reason.test(words)
      ? []
      : [
          `${file}: ${lines.length} lines. Cut it by subject, or say in a comment why it is longer than ${linesMax} lines.`,
        ];
  });

test('no source has more than 300 lines without saying why', () => expect(tooLong(sources)).toEqual([]));

test('canary: a script, a template, and a style sheet that are too long, and reasons', () => {
  const lines = (count: number, first = '') => `${[first, ...Array(count - 1).fill('a')].join('\n')}\n`;
  const found = tooLong(
    new Map([
      ['story/a.ts', lines(301)],
      ['story/b.ts', lines(300)],
      ['components/C.astro', lines(302)],
      ['styles/d.css', lines(400)],
      ['story/e.test.ts', lines(400)],
      ['story/f.fixture.ts', lines(400)],
      ['story/g.ts', lines(400, ' * This file is longer than 300\n * lines because it is a list.')],
      ['story/h.ts', lines(400, "const text = 'longer than 300 lines because';")],
    ]),
  );
  expect(found.map((file) => file.split(' lines.')[0])).toEqual([
    'story/a.ts: 301',
    'components/C.astro: 302',
    'styles/d.css: 400',
    'story/h.ts: 400',
  ]);
});
