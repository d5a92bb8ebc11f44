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

test('an old address that differs from the new one only in letter case or by index.html stays an alias', {
  timeout: 10_000,
}, async () => {
  const archive = smallArchive({
    '_posts/2015-01-02-Harbour-Opens.md':
      '---\ntitle: Harbour opens\npermalink: /2015/01/Harbour-Opens/\naliases: [/2015/01/HARBOUR-opens, /2015/01/harbour-opens/index.html, /2015/01/harbour-opens/, /2015/01/Harbour-Opens/]\n---\n',
  });
  const receipt = await archive.run();
  expect(receipt.stories.map(({ story, aliases }) => [story, aliases])).toEqual([
    [
      '2015/01/harbour-opens',
      ['/2015/01/Harbour-Opens/', '/2015/01/HARBOUR-opens/', '/2015/01/harbour-opens/index.html'],
    ],
  ]);
  expect(receipt.addressesDropped).toEqual([]);
});
