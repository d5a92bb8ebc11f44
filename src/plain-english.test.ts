import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// A few phrases that do not read as plain English, with what to write instead. They are checked in the docs, and in
// every comment, text, and test title, except in the tests of import/, which quote the archives of others. The style
// guides of GOV.UK and Google say why (CONTRIBUTING.md, "How we write").

const root = join(import.meta.dirname, '..');

/** Each phrase with an example that the rule must find, and what to write instead. */
const phrases: { phrase: RegExp; example: string; instead: string }[] = [
  {
    phrase: /[;,:] else (?!if\b)(?:the|its|from|from|what|it|they|none|all)\b/,
    example: 'The label above the headline; else the section.',
    instead: 'Defaults to …',
  },
  { phrase: /\b(?:is|are) wanted here\b/, example: 'A number is wanted here.', instead: 'This must be …' },
  {
    phrase: /\b(?:because|for|to|of|by) who (?:hear|listen|look|read|need|want|edit|write|make|build)s?\b/,
    example: 'It is no help to who looks for a story.',
    instead: 'anyone who …, someone who …',
  },
  {
    phrase: /\bhang(?:s|ing)? (?:behind|on (?:it|what|something|its|nothing))\b/,
    example: 'An archive (zip) hangs behind the picture.',
    instead: 'is appended to …, depends on …',
  },
  { phrase: /\bone word too many\b/, example: '"x" is one word too many.', instead: 'Unexpected argument: "x".' },
  {
    phrase: /\b(?:take it out|takes? (?:it |them )?out of|taken out|takes? the line out)\b/i,
    example: 'Take it out of theme/ : then ours comes back.',
    instead: 'Delete …, remove …',
  },
  {
    phrase: /\b(?:take|takes|took|taken|taking) in (?!turns|parallel|order|total|one|the order)/,
    example: 'The index takes in what changed.',
    instead: 'ingest',
  },
  { phrase: /\b(?:made|written|rendered|built|read) anew\b/, example: 'The cache is made anew.', instead: '… again' },
  {
    phrase: /\b(?:lies|lie|lying) (?:in|beside|below|outside|there)\b/,
    example: 'The file lies beside the story.',
    instead: 'is in …, is beside …',
  },
  {
    phrase: /\bstands (?:in|at|on|beside|above|below|behind|alone|there)\b/,
    example: 'The caption stands below the picture.',
    instead: 'is in …, appears …',
  },
  { phrase: /\bin the place of ours\b/, example: 'Components in the place of ours.', instead: 'replaces …' },
  { phrase: /\bhas no heads\b/, example: 'This table has no heads.', instead: 'has no header row' },
  { phrase: /\ba quick way\b/, example: 'A text goes a quick way.', instead: 'takes a fast path' },
  {
    phrase: /\b(?:(?:for|to|by|because|of) whoever|whoever (?:wants|typed|looks|asks|makes|builds|reads|edits))\b/,
    example: 'Every single figure, for whoever wants to look closer.',
    instead: 'anyone who …',
  },
  { phrase: /\bin turns\b/, example: 'Both are measured in turns.', instead: 'alternately, in alternating runs' },
  {
    phrase: /\b[Ww]hat may be wrong with\b/,
    example: 'What may be wrong with a table.',
    instead: 'Problems with …',
  },
  {
    phrase: /\bas (?:it|they) stands?\b/,
    example: 'Words as they stand in the file.',
    instead: 'as written, unchanged',
  },
  { phrase: /\bputs? right\b/, example: 'A build puts right what changed.', instead: 'corrects' },
  { phrase: /\b(?:say|says|said) nothing of\b/, example: 'It says nothing of its age.', instead: 'does not mention …' },
  { phrase: /\bwarned of\b/, example: 'A draft is warned of.', instead: 'causes a warning, gets a warning' },
  {
    phrase: /\b(?:for|by) (?:one who|him who|those who only)\b/,
    example: 'It is for one who looks.',
    instead: 'for anyone who …',
  },
];

test('docs, comments, and texts of the product contain no phrase that reads as translated', () => {
  const files = execFileSync(
    'git',
    ['ls-files', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs', 'src', 'e2e', 'bench'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((file) => /\.(?:md|tsx?|mjs|astro|css)$/.test(file) && file !== 'src/plain-english.test.ts')
    .filter(
      (file) =>
        !/^src\/i18n\/languages\/|^src\/import\/.*\.(?:test|fixture)\.ts$|^docs\/next\.md$|conformance/.test(file),
    );
  const found = files.flatMap((file) =>
    oddities(readFileSync(join(root, file), 'utf8')).map(
      ({ line, text, instead }) => `${file}:${line} "${text}": ${instead}`,
    ),
  );
  expect(found).toEqual([]);
});

test.each(phrases)('canary: "$example" is found', ({ example, instead }) => {
  expect(oddities(`First line.\n${example}`)).toContainEqual(expect.objectContaining({ line: 2, instead }));
});

test('canary: ordinary English is not found', () => {
  const ordinary = [
    'The label above the headline. Defaults to the section name.',
    'if (isOpen) close(); else open();',
    'It takes in total two seconds.',
    'Anyone who reads this can help. Somebody who looks for a story finds it.',
  ];
  for (const text of ordinary) expect(oddities(text)).toEqual([]);
});

function oddities(text: string): { line: number; text: string; instead: string }[] {
  return text.split('\n').flatMap((content, at) =>
    phrases.flatMap(({ phrase, instead }) => {
      const match = phrase.exec(content)?.[0];
      return match === undefined ? [] : [{ line: at + 1, text: match, instead }];
    }),
  );
}
