import { describe, expect, test } from 'vitest';
import { isForTests, matches, sources } from './house-rules.fixture.ts';
import { roomOf } from './rooms.mjs';

// House rules about problems and errors. Each is tested with a few lines that break it.

describe('an editor’s mistake is a value', () => {
  // A rule is reported by a function in the problems.ts of its room, where all texts of the room are together.
  const rulesElsewhere = (files: Map<string, string>): string[] =>
    [...files]
      .filter(
        ([file]) => !isForTests(file) && !/(?:^|[/-])problems(?:\.ts$|\/)|element-states\.ts$|conformance\//.test(file),
      )
      .flatMap(([file, text]) =>
        matches(text, /\brule: ['`][\w$-]|\b(?:error|warning)\(\s*'[a-z-]+',/g).map(
          ({ line, found }) => `${file}:${line}: ${found}`,
        ),
      );

  test('each rule is reported by its room’s problems.ts', () => expect(rulesElsewhere(sources)).toEqual([]));

  test('canary: one in another file', () =>
    expect(
      rulesElsewhere(
        new Map([
          ['story/derive.ts', "\nreport({ rule: 'missing-key', line: 1 });"],
          ['ingest/claim.ts', "error(\n  'address-taken',\n  place)"],
          ['ingest/twice.ts', 'const a = { rule: `front-` + kind };'],
          ['ingest/problems.ts', "({ rule: 'address-taken' })"],
        ]),
      ),
    ).toEqual([
      "story/derive.ts:2: rule: 'm",
      "ingest/claim.ts:1: error(\n  'address-taken',",
      'ingest/twice.ts:1: rule: `f',
    ]));

  // An error is recognised by its class, its code or its problems. If a library has only a message, one file reads it.
  const readers = ['press/bundler-error.ts', 'story/body/mdx-errors.ts'];
  const printing = /\bconsole\.\w+\(|\bprocess\.std(?:out|err)\.write\b/g;
  const recognising =
    /\.(?:test|exec)\(\(?\w*[eE]rror(?: as \w+\))?\.message\b|\b\w*[eE]rror(?: as \w+\))?\.message(?:\.(?:startsWith|endsWith|includes|match|search)\b| ===)/g;
  const talk = (files: Map<string, string>): string[] =>
    [...files]
      .filter(
        ([file]) =>
          !isForTests(file) && !['cli', 'dev'].includes(roomOf(file)) && !/(?:^|\/)write-[\w-]+\.ts$/.test(file),
      )
      .flatMap(([file, text]) =>
        [...matches(text, printing), ...(readers.includes(file) ? [] : matches(text, recognising))].map(
          ({ line, found }) => `${file}:${line}: ${found}`,
        ),
      );

  test('only cli/ and dev/ print, and no room recognises an error by its message', () =>
    expect(talk(sources)).toEqual([]));

  test('canary: each way to do either', () =>
    expect(
      talk(
        new Map([
          ['press/a.ts', "console.log('built');\nprocess.stderr.write(words);"],
          [
            'press/b.ts',
            'if (/locked/.test((error as Error).message)) return;\nconst [, a] = /x/.exec(error.message) ?? [];',
          ],
          [
            'index/c.ts',
            "error.message.startsWith('x');\n(error as Error).message.includes('y');\nif (error.message === 'z') f();",
          ],
          ['story/body/mdx-errors.ts', '/call stack/.test(error.message)'],
          ['cli/d.ts', "console.log(error.message.startsWith('x'));"],
          ['press/e.ts', 'const why = error.message;'],
        ]),
      ),
    ).toEqual([
      'press/a.ts:1: console.log(',
      'press/a.ts:2: process.stderr.write',
      'press/b.ts:1: .test((error as Error).message',
      'press/b.ts:2: .exec(error.message',
      'index/c.ts:1: error.message.startsWith',
      'index/c.ts:2: error as Error).message.includes',
      'index/c.ts:3: error.message ===',
    ]));
});
