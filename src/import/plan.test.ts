import { expect, test } from 'vitest';
import { smallArchive } from './small-archive.fixture.ts';

test('names that a list page could have step aside', { timeout: 10_000 }, async () => {
  const head = (title: string) => `---\ntitle: ${title}\ndate: 2015-01-01\n---\n`;
  const archive = smallArchive({
    'a/part.md': head('A'),
    'b/part.md': head('B'),
    'c/part-2.md': head('C'),
    'd/part.md': head('D'),
  });
  const receipt = await archive.run();
  expect(receipt.stories.map(({ story }) => story)).toEqual([
    '2015/01/part',
    '2015/01/part-story-3',
    '2015/01/part-2-story-2',
    '2015/01/part-story-5',
  ]);
});
