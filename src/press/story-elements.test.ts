import { expect, test } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

// What components name is outside their story. It must exist, and an edit of it must reach the page.

const said = async (newsroom: SmallNewsroom): Promise<string[]> => {
  try {
    const { warnings } = await newsroom.press();
    return warnings.map(({ severity, rule, file, line }) => `${severity} ${rule} ${file}:${line}`);
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ severity, rule, file, line }) => `${severity} ${rule} ${file}:${line}`);
  }
};
const table = 'content/stories/a/reservoir.csv';

test('an edit of a CSV file renders the story that prints it, and nothing else', { timeout: 240_000 }, async () => {
  const newsroom = smallNewsroom({
    [table]: 'Year,Full\n2024,41\n',
    'content/stories/a/index.mdx': story({}, '<Table src="reservoir.csv" caption="Full" />'),
    'content/stories/b.md': story({ headline: 'Another' }),
  });
  await newsroom.press();
  newsroom.put(table, 'Year,Full\n2024,42\n');
  const report = await newsroom.press();
  expect([report.rendered, report.changed]).toEqual([1 + feeds, expect.arrayContaining(['2025/02/a/index.html'])]);
  expect(newsroom.dist().get('2025/02/a/index.html')).toContain('<td class="num">42</td>');
  expect(newsroom.filesMentioning('reservoir.csv')).toEqual([]);
});

/** The feeds of the site and of its section contain whole stories. */
const feeds = 6;

test('mistakes in a CSV file are reported at its own lines, and nothing is published', {
  timeout: 240_000,
}, async () => {
  const newsroom = smallNewsroom({
    [table]: 'Year,Full\n2024\n',
    'content/stories/a/index.mdx': story({}, '<Table src="reservoir.csv" columns="Yaer" caption="Full" />'),
  });
  expect(await said(newsroom)).toEqual([`error table-columns ${table}:2`]);
  newsroom.put(table, `Year,Full\n${'2024,1\n'.repeat(100_000)}`);
  expect(await said(newsroom)).toEqual([`error table-too-long ${table}:1`]);
  newsroom.put(table, 'Year,Full\n2024,41\n');
  expect(await said(newsroom)).toEqual(['error table-column-missing content/stories/a/index.mdx:8']);
  newsroom.put('content/stories/a/index.mdx', story({}, '<Table src="resevoir.csv" caption="Full" />'));
  expect(await said(newsroom)).toEqual(['error table-missing content/stories/a/index.mdx:8']);
  // A draft never stops anyone from publishing, and neither does its table.
  newsroom.put(table, 'Year,Full\n2024\n');
  newsroom.put('content/stories/b.md', story({ headline: 'Another' }));
  newsroom.put('content/stories/a/index.mdx', story({ draft: true }, '<Table src="reservoir.csv" caption="Full" />'));
  expect(await said(newsroom)).toEqual([`warning table-columns ${table}:2`]);
});

test('a rich link follows the rules of links: broken is an error, hidden has only its text, and it becomes a link at its time', {
  timeout: 240_000,
}, async () => {
  const at = '2025-06-02T06:00:00Z';
  const newsroom = smallNewsroom({
    'content/stories/a.mdx': story({}, 'Text\n\n<RichLink to="story:late#vote" title="What comes" />'),
  });
  expect(await said(newsroom)).toEqual(['error story-link-dead content/stories/a.mdx:10']);
  newsroom.put('content/stories/late.md', story({ headline: 'The secret vote', published: at }, '## Vote'));
  expect(await said(newsroom)).toEqual(['warning story-link-waiting content/stories/a.mdx:10']);
  expect(newsroom.filesMentioning('secret', '/late/')).toEqual([]);
  expect(newsroom.dist().get('2025/02/a/index.html')).toContain('What comes');
  await newsroom.press({ at });
  const page = newsroom.dist().get('2025/02/a/index.html');
  expect(page).toContain('<a href="/2025/06/late/#vote">The secret vote</a>');
  // A new headline reaches the link.
  newsroom.put('content/stories/late.md', story({ headline: 'The open vote', published: at }, '## Vote'));
  await newsroom.press({ at });
  expect(newsroom.dist().get('2025/02/a/index.html')).toContain('The open vote');
});

test('a profile names an author that exists, with a link while the author has a page', {
  timeout: 240_000,
}, async () => {
  const newsroom = smallNewsroom({
    'content/authors/ann.yaml': 'name: Ann Example\nrole: Reporter\n',
    'content/stories/a.mdx': story({}, '<Profile author="anne" />'),
  });
  expect(await said(newsroom)).toEqual(['error unknown-author content/stories/a.mdx:8']);
  newsroom.put('content/stories/a.mdx', story({}, '<Profile author="ann" />'));
  await newsroom.press();
  const page = () => newsroom.dist().get('2025/02/a/index.html') ?? '';
  expect(page()).toContain('Ann Example');
  expect(page()).not.toContain('/authors/ann/');
  newsroom.put('content/stories/b.md', story({ headline: 'Hers', byline: ['ann'] }));
  await newsroom.press();
  expect(page()).toContain('href="/authors/ann/"');
});
