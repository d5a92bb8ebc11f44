import { expect, test } from 'vitest';
import { isTurning } from '../ingest/due.ts';
import { file, newsroomWith } from '../ingest/ingested.fixture.ts';
import { nextChange } from '../press/next-change.ts';
import { siteYaml } from '../press/small-newsroom.fixture.ts';
import { queryPartnerFeed } from './queries.ts';

const hourMs = 60 * 60 * 1000;

test.each([
  ['a time', { published: '2025-02-10T12:00:00Z' }, '2025-02-10T14:00:00.000Z'],
  // The site's time zone is an hour from UTC in summer.
  ['a day', { published: '2025-06-10' }, '2025-06-11T01:00:00.000Z'],
  [
    'a day, and a later embargo',
    { published: '2025-02-10', embargo: '2025-02-10T12:00:00Z' },
    '2025-02-10T14:00:00.000Z',
  ],
])('a story with %s waits for a partner, and the next change is when it is due', async (_, front, due) => {
  const newsroom = await newsroomWith({
    'content/site.yaml': `${siteYaml}feeds: [{ id: late, delay: 2h }]\n`,
    ...file('2025/02/a', front),
  });
  const shownAt = async (instant: number) => {
    await newsroom.ingest(new Date(instant).toISOString());
    return queryPartnerFeed(newsroom.index, 'late')!.stories.length;
  };
  const instant = Date.parse(due);
  expect(await shownAt(instant - hourMs)).toBe(0);
  expect(nextChange(newsroom.index, instant - hourMs)).toBe(due);
  expect(isTurning(newsroom.index, instant - 1)).toBe(false);
  expect(isTurning(newsroom.index, instant)).toBe(true);
  expect(await shownAt(instant - 1)).toBe(0);
  expect(await shownAt(instant)).toBe(1);
  expect(isTurning(newsroom.index, instant)).toBe(false);
  // A publish with an earlier time holds it back again.
  expect(await shownAt(instant - 1)).toBe(0);
});
