import { describe, expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { deriveStory } from './derive.ts';
import { cpuOf, few, growth } from './growth.fixture.ts';
import type { Newsroom } from './newsroom.ts';
import { parseStory } from './parse.ts';
import { bodies, components, fronts, type Repeated } from './repeated-constructs.fixture.ts';
import { listMax } from './schema.ts';

const site = siteSchema.parse({ name: 'The Post', url: 'https://post.example' });
const newsroom = {
  site,
  author: () => undefined,
  authorIds: () => ['ann', 'bob'],
  topicId: (spelling: string) => spelling,
  picture: () => undefined,
  table: () => undefined,
  beside: () => [],
} as unknown as Newsroom;

async function cost(format: 'md' | 'mdx', front: string, body: string): Promise<number> {
  const bytes = Buffer.from(`---\nheadline: A\npublished: 2025-01-01\n${front}---\n\n${body}`);
  return cpuOf(async () => {
    const result = await parseStory(`content/stories/a.${format}`, bytes, 'digest', site);
    if ('parsed' in result) await deriveStory(result.parsed, newsroom);
  });
}

const groups: [string, Record<string, Repeated>, (text: string) => Promise<number>][] = [
  ['Markdown', bodies, (text) => cost('md', '', text)],
  ['MDX', components, (text) => cost('mdx', '', text)],
  ['front matter', fronts, (text) => cost('md', text, '')],
];

describe.each(groups)('%s is read in linear time', (_, constructs, read) => {
  test.each(Object.entries(constructs))('%s', async (_, make) => {
    const { isLinear, ms } = await growth((n) => read(make(n)));
    expect(isLinear, ms.join(' ms, ')).toBe(true);
  });
});

test('canary: quadratic time is detected', async () => {
  // Work measured by CPU time, so that it is the same on every machine.
  const square = async (n: number) => {
    const before = process.cpuUsage();
    const wanted = 60 * (n / few) ** 2;
    let ms = 0;
    while (ms < wanted) {
      const { user, system } = process.cpuUsage(before);
      ms = (user + system) / 1000;
    }
    return ms;
  };
  expect((await growth(square)).isLinear).toBe(false);
});

test('an anchor that is repeated often is refused with the limit; a few uses are not', async () => {
  const read = (front: string) =>
    parseStory(
      'content/stories/a.md',
      Buffer.from(`---\nheadline: A\npublished: 2025-01-01\n${front}---\n`),
      'd',
      site,
    );
  const words = 'word '.repeat(200).trim();
  const repeated = `standfirst: &a ${words}\ntopics: [${Array.from({ length: 200 }, () => '*a').join(', ')}]\n`;
  expect(await read(repeated)).toMatchObject({
    problems: [{ rule: 'yaml-repeats', line: 4, message: expect.stringContaining('10,000 characters') }],
  });
  const bomb = `topics: [${Array.from({ length: 30 }, (_, i) => (i === 0 ? '&a0 [x]' : `&a${i} [*a${i - 1}, *a${i - 1}]`)).join(', ')}]\n`;
  expect(await read(bomb)).toMatchObject({ problems: [{ rule: 'yaml-repeats' }] });
  expect(await read('kicker: &a Words\nstandfirst: *a\n')).toHaveProperty('parsed');
});

const lists: Record<string, (i: number) => string> = {
  topics: (i) => `  - t${i}`,
  byline: (i) => `  - Ann Example ${i}`,
  aliases: (i) => `  - /old/${i}/`,
  related: (i) => `  - { title: A, url: "https://a.example/${i}" }`,
  corrections: () => '  - { date: 2025-01-01, type: correction, text: a }',
  pictures: (i) => `  a${i}.jpg: { alt: b }`,
};

test.each(Object.entries(lists))(
  '%s: a thousand entries are accepted, one more is refused with the limit',
  async (key, entry) => {
    const read = (n: number) => {
      const front = `${key}:\n${Array.from({ length: n }, (_, i) => entry(i)).join('\n')}`;
      const bytes = Buffer.from(`---\nheadline: A\npublished: 2025-01-01\n${front}\n---\n`);
      return parseStory('content/stories/a.md', bytes, 'd', site);
    };
    expect(await read(listMax)).toMatchObject({ parsed: { broken: [] } });
    expect(JSON.stringify(await read(listMax + 1))).toContain(
      `${key}: this has more than 1,000 entries, which is the limit`,
    );
  },
);
