import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { anchorsOf } from './anchors.ts';
import { file, fileOf, newsroomWith } from './ingested.fixture.ts';

const site = siteSchema.parse({ name: 'The Post', url: 'https://post.example' });

test('a text has the ids of its headings, at any depth and in any spelling, and the ids of every page', async () => {
  const newsroom = await newsroomWith({
    ...file('2025/02/a', {}, '## The *harbour* & more\n\n## Überfahrt'),
    'content/pages/about.mdx':
      '---\nheadline: About\n---\n\n## Us\n\n<FactBox title="B">\n\n### Within\n\n</FactBox>\n',
  });
  const of = (owner: string) => [...(anchorsOf(newsroom.index, owner, site) ?? [])];
  expect(of('story/2025/02/a')).toEqual(expect.arrayContaining(['', 'top', 'main', 'the-harbour--more', 'überfahrt']));
  expect(of('page/about')).toEqual(expect.arrayContaining(['us', 'within']));
});

test('nothing is known about a text that does not exist or was deleted in the meantime', async () => {
  const newsroom = await newsroomWith(file('2025/02/a'));
  expect(anchorsOf(newsroom.index, 'story/none', site)).toBeUndefined();
  rmSync(join(newsroom.root, fileOf('2025/02/a')));
  expect(anchorsOf(newsroom.index, 'story/2025/02/a', site)).toBeUndefined();
});
