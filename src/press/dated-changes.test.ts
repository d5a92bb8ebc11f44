import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { digestOfFolder, type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * What a story dates after the time of the build is held back everywhere until then: `updated`, corrections, and a
 * withdrawal. The report names the time, and a build at that time has the same result as a clean one.
 */

const noon = '2025-06-01T12:00:00Z';
const file = 'content/stories/2025/02/ferry.md';
const page = '2025/02/ferry/index.html';

function paper(front: Record<string, unknown>): SmallNewsroom {
  const newsroom = smallNewsroom({
    [file]: story({ headline: 'The ferry', ...front }),
    'content/stories/2025/02/other.md': story({ headline: 'Another story' }),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  return newsroom;
}

/** Builds at a time, and compares with a clean build of the same time. */
async function pressAt(newsroom: SmallNewsroom, at: string) {
  const report = await newsroom.press({ at });
  const clean = join(newsroom.site, 'clean');
  const whole = await newsroom.press({ at, dist: clean });
  expect(report.nextChange, at).toBe(whole.nextChange);
  expect(digestOfFolder(join(newsroom.site, 'dist')), at).toBe(digestOfFolder(clean));
  rmSync(clean, { recursive: true, force: true });
  return report;
}

const dated: [string, Record<string, unknown>, due: string, traces: string[], files: string[]][] = [
  [
    'updated',
    { updated: '2025-06-02T08:00:00Z' },
    '2025-06-02T08:00:00.000Z',
    ['2025-06-02', '2 Jun'],
    [page, 'sitemap.xml', 'feed.xml'],
  ],
  [
    'a correction',
    { corrections: [{ date: '2025-06-03T08:00:00Z', type: 'correction', text: 'The captain is a Moldovan.' }] },
    '2025-06-03T08:00:00.000Z',
    ['Moldovan'],
    [page, 'corrections/index.html', 'corrections/2025/index.html'],
  ],
  [
    'a withdrawal',
    { withdrawn: { date: '2025-06-04T08:00:00Z', reason: 'The source was a forgery.' } },
    '2025-06-04T08:00:00.000Z',
    ['forgery'],
    [page],
  ],
];

test.each(dated)(
  '%s of tomorrow leaves no trace today, and appears everywhere at its time',
  async (_, front, due, traces, files) => {
    const newsroom = paper(front);
    expect((await pressAt(newsroom, noon)).nextChange).toBe(due);
    expect(newsroom.filesMentioning(...traces)).toEqual([]);
    expect((await pressAt(newsroom, new Date(Date.parse(due) - 1).toISOString())).changed).toEqual([]);
    const then = await pressAt(newsroom, due);
    expect(then.nextChange).toBeNull();
    expect([...then.changed, ...then.added]).toEqual(expect.arrayContaining(files));
    expect(newsroom.filesMentioning(...traces).length, 'canary').toBeGreaterThan(0);
    // A build for an earlier time removes it again.
    await pressAt(newsroom, noon);
    expect(newsroom.filesMentioning(...traces)).toEqual([]);
  },
);

test('if there are several, each appears at its own time', async () => {
  const correction = (day: number, text: string) => ({ date: `2025-06-0${day}`, type: 'correction', text });
  const newsroom = paper({
    corrections: [correction(1, 'Firstly'), correction(3, 'Secondly'), correction(5, 'Thirdly')],
  });
  const seen = [];
  for (let at: string | null = noon; at; at = seen.at(-1)!.nextChange) {
    const { nextChange } = await pressAt(newsroom, at);
    const html = newsroom.dist().get(page) ?? '';
    seen.push({ nextChange, words: ['Firstly', 'Secondly', 'Thirdly'].filter((word) => html.includes(word)).length });
  }
  expect(seen).toEqual([
    { nextChange: '2025-06-02T23:00:00.000Z', words: 1 },
    { nextChange: '2025-06-04T23:00:00.000Z', words: 2 },
    { nextChange: null, words: 3 },
  ]);
});

test('for a story that is not public yet, only the story itself is announced', async () => {
  const newsroom = paper({ published: '2025-06-05', updated: '2025-06-06', headline: 'The ferry' });
  expect((await pressAt(newsroom, noon)).nextChange).toBe('2025-06-04T23:00:00.000Z');
  expect((await pressAt(newsroom, '2025-06-05T12:00:00Z')).nextChange).toBe('2025-06-05T23:00:00.000Z');
  expect((await pressAt(newsroom, '2025-06-07T12:00:00Z')).nextChange).toBeNull();
});
