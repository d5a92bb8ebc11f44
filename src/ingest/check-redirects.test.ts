import { expect, onTestFinished, test } from 'vitest';
import { siteYaml } from '../press/small-newsroom.fixture.ts';
import type { ProblemsError } from '../problems/problem.ts';
import { file, newsroomWith, openNewsroom, problemsOf } from './ingested.fixture.ts';

const files = {
  ...file('2025/02/a', { aliases: ['/was/', '/2025/02/A/', '/story.php?id=4'] }),
  ...file('2025/02/later', { published: '2031-01-01' }),
  'content/pages/about.md': '---\nheadline: About\naliases: [/who/]\n---\n\nUs.\n',
  'public/logo.png': 'x',
};

/** What is reported about these lines below `redirects:`, as `line rule message`. */
async function said(lines: string): Promise<string[]> {
  const newsroom = openNewsroom({ ...files, 'content/site.yaml': `${siteYaml}redirects:\n${lines}` });
  onTestFinished(newsroom.close);
  return named(await problemsOf(() => newsroom.ingest()), siteYaml.split('\n').length + 1);
}

const named = (problems: readonly { rule: string; line: number; message: string }[], first: number): string[] =>
  problems
    .filter(({ rule }) => rule.startsWith('redirect-') || /-value$|-key$/.test(rule))
    .map(({ rule, line, message }) => `${line - first + 1} ${rule} ${message}`);

test.each<[string, string]>([
  [
    'feeds, a shop elsewhere, a story, and a page',
    '  /rss.xml: /feed.xml\n  /shop/: https://shop.example/?a=b\n  /p/: /2025/02/a/\n  /us: /about/\n',
  ],
  ['folders', '  /blog/*: /world/*\n  /forum/*: /\n  /gone/*: https://archive.example/*\n'],
  ['the long form', '  - { from: /rss.xml, to: /feed.xml, status: 302 }\n  - { from: /x.php?id=5, to: /2025/02/a/ }\n'],
  ['letter case that differs', '  /ABOUT/: /about/\n  /2025/02/a/index.htm: /2025/02/a/\n'],
  ['a list that exists, and a file in public/', '  /news/: /world/\n  /logo.gif: /logo.png\n  /days/: /2025/02/\n'],
  ['a heading', '  /us/: /about/#people\n'],
])('nothing is wrong with %s', async (_, lines) => expect(await said(lines)).toEqual([]));

test.each<[string, string, RegExp[]]>([
  ['a page', '  /about/: /\n', [/^1 redirect-taken "\/about\/" cannot be redirected\. There is a page or file/]],
  ['a page without its slash', '  /about: /\n', [/^1 redirect-taken/]],
  ['a story that is not public yet', '  /2025/02/later/: /\n', [/^1 redirect-taken/]],
  ['a file', '  /logo.png: /about/\n', [/^1 redirect-taken/]],
  [
    'a front, a feed, and an archive page',
    '  /: /about/\n  /world/: /\n  /feed.xml: /about/\n  /2025/02/: /\n',
    [/^1 wrong-value/],
  ],
  [
    'a front and a feed',
    '  /world/: /\n  /feed.xml: /about/\n  /2025/02/: /\n',
    [/^1 redirect-taken/, /^2 redirect-taken/, /^3 redirect-taken/],
  ],
  [
    'an alias, with a page or without',
    '  /was/: /\n  /2025/02/A/: /\n  /story.php?id=4: /\n  /who/: /\n',
    [
      /^1 redirect-taken .*alias/,
      /^2 redirect-taken .*alias/,
      /^3 redirect-taken .*alias/,
      /^4 redirect-taken .*alias/,
    ],
  ],
  [
    'an address twice',
    '  - { from: /x/, to: / }\n  - { from: /x, to: /about/ }\n',
    [/^2 redirect-taken .*listed twice/],
  ],
  ['itself', '  /x/: /x/\n', [/^1 redirect-loop .*\/x\/ → \/x\//]],
  [
    'a circle of three',
    '  /x/: /y/\n  /y/: /z/\n  /z/: /x/\n',
    [/^1 redirect-loop .*\/x\/ → \/y\/ → \/z\/ → \/x\//, /^2 redirect-loop/, /^3 redirect-loop/],
  ],
  ['a folder into itself', '  /blog/*: /blog/archive/*\n', [/^1 redirect-loop/]],
  ['a folder back to itself through another', '  /a/*: /b/*\n  /b/*: /a/*\n', [/redirect-loop/, /redirect-loop/]],
  ['an alias', '  /x/: /was/\n', [/^1 redirect-chain .* leads to \/2025\/02\/a\//]],
  ['another redirect', '  /x/: /y/\n  /y/: /about/\n', [/^1 redirect-chain .*\/about\//]],
  ['nothing', '  /x/: /nothing/\n', [/^1 redirect-target-missing/]],
  ['a story that is not public yet', '  /x/: /2025/02/later/\n', [/^1 redirect-target-missing/]],
  ['nearly a page', '  /x/: /About/\n', [/^1 redirect-target-missing/]],
  ['a folder without anything', '  /x/*: /nothing/*\n', [/^1 redirect-target-missing/]],
  [
    'over pages',
    '  /2025/*: /about/\n  /topics/*: /\n',
    [/^1 redirect-over-pages .*\/2025\/02\/a\//, /^2 redirect-over-pages/],
  ],
  ['what is no address', '  x: /about/\n', [/wrong-value/]],
  ['a pattern in the middle', '  /a/*/b/: /about/\n', [/wrong-value/]],
  ['a target that is no address', '  /x/: javascript:alert(1)\n', [/wrong-value/]],
  ['another status', '  - { from: /x/, to: /about/, status: 200 }\n', [/wrong-value/]],
])('a redirect of or to %s is reported', async (_, lines, patterns) => {
  const found = await said(lines);
  expect(found).toHaveLength(patterns.length);
  for (const [at, pattern] of patterns.entries()) expect(found[at]).toMatch(pattern);
});

test('a page that takes the address of a redirect, or the target that is deleted, is reported on the line in site.yaml', async () => {
  const newsroom = await newsroomWith({
    ...files,
    'content/site.yaml': `${siteYaml}redirects:\n  /soon/: /2025/02/a/\n  /x/: /about/\n`,
  });
  newsroom.put('content/pages/soon.md', '---\nheadline: Soon\n---\n\nSoon.\n');
  const refused = await newsroom.ingest().catch((error: unknown) => (error as ProblemsError).problems);
  expect(refused).toMatchObject([{ rule: 'redirect-taken', file: 'content/site.yaml' }]);
  newsroom.remove('content/pages/soon.md');
  newsroom.remove('content/pages/about.md');
  const { warnings } = await newsroom.ingest();
  expect(warnings).toMatchObject([{ rule: 'redirect-target-missing', file: 'content/site.yaml' }]);
});
