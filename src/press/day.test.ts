import { expect, test, vi } from 'vitest';
import { documentOf, said } from './heard.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

// A day without a time is a day wherever it is printed or given to a program, and no time is ever made up for it.

vi.setConfig({ testTimeout: 240_000 });

const siteIn = (timeZone: string, language = 'en-US') => `name: The Example Post
url: https://post.example
language: ${language}
timeZone: ${timeZone}
sections:
  - { id: world, title: World }
`;

const text = (newsroom: SmallNewsroom, file: string) =>
  Buffer.from(newsroom.dist().get(file) ?? '', 'latin1').toString('utf8');

/** Any text in a newsroom that states a time: clock times in the languages of the tests, and instants for programs. */
const timesIn = (newsroom: SmallNewsroom) =>
  [...newsroom.dist()]
    // A feed has no day without a time.
    .filter(([file]) => /\.html$|^sitemap.*\.xml$/.test(file))
    .flatMap(([file, body]) =>
      (body.match(/\b\d{1,2}:\d{2}\s?[AP]M\b|T\d{2}:\d{2}:\d{2}|>\d{2}:\d{2}</g) ?? []).map(
        (found) => `${file}: ${found}`,
      ),
    );

test.each([
  ['Europe/Dublin', '2025-02-12', '+0000'],
  ['America/Los_Angeles', '2025-02-12', '-0800'],
  ['Asia/Kolkata', '2025-02-12', '+0530'],
  ['Pacific/Auckland', '2025-01-31', '+1300'],
  // Midnight is skipped on that day, and occurs twice on this one.
  ['America/Sao_Paulo', '2018-11-04', '-0200'],
  ['America/Havana', '2024-11-03', '-0400'],
])('in %s, %s is that day on the page, in data, in the feed and in the map', async (timeZone, day, offset) => {
  const month = `${day.slice(0, 4)}/${day.slice(5, 7)}`;
  const newsroom = smallNewsroom({
    'content/site.yaml': siteIn(timeZone),
    'content/stories/a.md': story({
      published: day,
      updated: day,
      corrections: [{ date: day, type: 'correction', text: 'Was wrong' }],
    }),
  });
  await newsroom.press();
  const page = documentOf(text(newsroom, `${month}/a/index.html`));
  const time = page.querySelector('.times time')!;
  const printed = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));
  expect([time.getAttribute('datetime'), said(time)]).toEqual([day, printed]);
  const data = JSON.parse(page.querySelector('script[type="application/ld+json"]')!.textContent!);
  expect([data.datePublished, data.dateModified, data.correction[0].datePublished]).toEqual([day, day, day]);
  for (const file of ['index.html', 'world/index.html', 'corrections/index.html'])
    for (const stamp of documentOf(text(newsroom, file)).querySelectorAll('main time'))
      expect([stamp.getAttribute('datetime'), said(stamp)], file).toEqual([
        day,
        expect.stringContaining(String(Number(day.slice(8)))),
      ]);
  const archive = documentOf(text(newsroom, `${month}/index.html`));
  expect(archive.querySelector('.day')!.id).toBe(`day-${day.slice(8)}`);
  expect(archive.querySelectorAll('.day time')).toHaveLength(0);
  const [pubDate = '', lastBuild = ''] = [
    ...text(newsroom, 'feed.xml').matchAll(/<(?:pubDate|lastBuildDate)>([^<]*)</g),
  ].map(([, found]) => found);
  const [year, number, name] = [day.slice(0, 4), day.slice(8), new Date(day).toUTCString().slice(8, 11)];
  expect(pubDate).toMatch(new RegExp(`^\\w{3}, ${number} ${name} ${year} 0[01]:00:00 \\${offset}$`));
  expect(lastBuild).toBe(pubDate);
  expect(text(newsroom, 'sitemap.xml')).toContain(`<lastmod>${day}</lastmod>`);
  expect(timesIn(newsroom)).toEqual([]);
});

test('a time that is written is printed, midnight too', async () => {
  const newsroom = smallNewsroom({
    'content/site.yaml': siteIn('Europe/Dublin', 'en-GB'),
    'content/stories/a.md': story({ published: '2025-02-12T00:00' }),
  });
  await newsroom.press();
  const page = documentOf(text(newsroom, '2025/02/a/index.html'));
  expect(said(page.querySelector('.times time'))).toBe('12 February 2025 at 00:00');
  expect(timesIn(newsroom).length).toBeGreaterThan(2); // canary: the search above finds times
});

test('stories of one day: those with a time are newer, and the others are in order of their names', async () => {
  const newsroom = smallNewsroom({
    'content/site.yaml': siteIn('America/Los_Angeles'),
    'content/stories/b.md': story({ headline: 'B, no time', published: '2025-02-12' }),
    'content/stories/a.md': story({ headline: 'A, no time', published: '2025-02-12' }),
    'content/stories/early.md': story({ headline: 'One in the morning', published: '2025-02-12T01:00' }),
    'content/stories/late.md': story({ headline: 'Ten at night', published: '2025-02-12T22:00' }),
    'content/stories/before.md': story({ headline: 'The night before', published: '2025-02-11T23:59' }),
  });
  await newsroom.press();
  const titles = [...text(newsroom, 'feed.xml').matchAll(/<item>\s*<title>([^<]*)</g)].map(([, title]) => title);
  expect(titles).toEqual(['Ten at night', 'One in the morning', 'B, no time', 'A, no time', 'The night before']);
  const rows = [...documentOf(text(newsroom, '2025/02/index.html')).querySelectorAll('.day li a')].map(
    (link) => link.firstChild!.textContent,
  );
  expect(rows).toEqual(titles.toReversed());
});

test('an embargo on a day ends when the day begins in the time zone of the site', async () => {
  const newsroom = smallNewsroom({
    'content/site.yaml': siteIn('America/Los_Angeles'),
    'content/stories/a.md': story({ published: '2025-02-12T18:00', embargo: '2025-02-14' }),
  });
  await newsroom.press({ at: '2025-02-14T07:59:59Z' });
  expect(newsroom.filesMentioning('Harbour reopens')).toEqual([]);
  await newsroom.press({ at: '2025-02-14T08:00:00Z' });
  expect(newsroom.dist().has('2025/02/a/index.html')).toBe(true);
});

test('updated on the day of publication is in order, whatever the hour; on the day before it is not', async () => {
  const newsroom = smallNewsroom({
    'content/site.yaml': siteIn('Europe/Dublin', 'en-GB'),
    'content/stories/a.md': story({ published: '2025-02-12T18:00', updated: '2025-02-12' }),
  });
  await newsroom.press();
  const times = [...documentOf(text(newsroom, '2025/02/a/index.html')).querySelectorAll('.times')].map(said);
  expect(times).toEqual(['Published 12 February 2025 at 18:00', 'Updated 12 February 2025']);
  newsroom.put('content/stories/a.md', story({ published: '2025-02-12T18:00', updated: '2025-02-11' }));
  await expect(newsroom.press()).rejects.toThrow(/is earlier than published/);
});
