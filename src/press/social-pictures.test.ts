import { rmSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { quarters } from '../pictures/small-pictures.fixture.ts';
import { isSocialPicture, type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';
import * as apart from './threads/draw-apart.ts';

vi.mock(import('./threads/draw-apart.ts'), { spy: true });

let newsroom: SmallNewsroom | undefined;
afterEach(() => {
  if (newsroom) rmSync(newsroom.site, { recursive: true, force: true });
  newsroom = undefined;
  vi.mocked(apart.drawApart).mockClear();
});

const a = 'content/stories/2025/02/a/index.md';
const drawnNow = () => vi.mocked(apart.drawApart).mock.calls.flatMap(([cards]) => cards.map(({ title }) => title));
const socials = (files: Map<string, string>) => [...files.keys()].filter(isSocialPicture).sort();

/** The social picture that each page names, by the file of the page. */
function named(files: Map<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [file, bytes] of files) {
    if (!file.endsWith('.html')) continue;
    const url = /property="og:image" content="([^"]+)"/.exec(bytes)?.[1];
    if (url) found.set(file, decodeURIComponent(new URL(url).pathname.slice(1)));
  }
  return found;
}

test('each page that is shared names a picture that exists, and no picture is there for nothing', async () => {
  newsroom = smallNewsroom({
    [a]: story({ headline: 'Tea & <b>', topics: ['Harbour'], byline: ['ann'], series: 'The sea' }),
    'content/stories/2025/02/b/index.md': story({ headline: '日本語の見出し', language: 'ja' }),
    'content/stories/2025/02/c/index.md': story({ headline: 'With a lead', lead: { src: 'quay.png', alt: 'A quay' } }),
    'content/stories/2025/02/c/quay.png': await quarters(),
    'content/stories/2025/02/d/index.md': story({ headline: 'A secret', draft: true }),
    'content/authors/ann.yaml': 'name: Ann\nrole: Reporter\n',
    'content/pages/about.md': '---\nheadline: About us\n---\n\nHello.\n',
  });
  await newsroom.press();
  const files = newsroom.dist();
  const pictures = named(files);
  const shared = ['index.html', 'world/index.html', 'topics/harbour/index.html', 'authors/ann/index.html'];
  shared.push('series/the-sea/index.html', 'about/index.html', 'corrections/index.html', '2025/02/index.html');
  for (const page of [...shared, '2025/02/a/index.html', '2025/02/b/index.html', '2025/02/c/index.html'])
    expect([page, pictures.has(page)]).toEqual([page, true]);
  for (const [page, file] of pictures) expect([page, files.has(file)]).toEqual([page, true]);
  const used = new Set(pictures.values());
  for (const file of socials(files)) expect([file, used.has(file)]).toEqual([file, true]);
  expect(pictures.get('2025/02/b/index.html')).toBe(pictures.get('index.html'));
  expect(pictures.get('2025/02/c/index.html')).not.toContain('-social-');
  expect(pictures.has('404.html')).toBe(false);
  expect(drawnNow()).not.toContain('A secret');
  for (const file of socials(files)) expect(files.get(file)!.length).toBeLessThan(100_000);
});

test('a picture is drawn once: again for other words, never for another text', async () => {
  const headline = `Once ${Date.now()}`;
  newsroom = smallNewsroom({ [a]: story({ headline }) });
  await newsroom.press();
  expect(drawnNow()).toContain(headline);
  const before = named(newsroom.dist()).get('2025/02/a/index.html');
  vi.mocked(apart.drawApart).mockClear();
  newsroom.put(a, story({ headline }, 'Another text.'));
  await newsroom.press();
  expect(drawnNow()).toEqual([]);
  newsroom.put(a, story({ headline: `${headline} more` }));
  await newsroom.press();
  expect(drawnNow()).toEqual([`${headline} more`]);
  expect(newsroom.dist().has(before!)).toBe(false);
  vi.mocked(apart.drawApart).mockClear();
  // The cache has it still.
  newsroom.put(a, story({ headline }));
  await newsroom.press();
  expect(drawnNow()).toEqual([]);
  expect(named(newsroom.dist()).get('2025/02/a/index.html')).toBe(before);
});

test('a picture that is missing in dist comes back, and a withdrawn story has none', async () => {
  newsroom = smallNewsroom({ [a]: story({ headline: 'Comes back' }) });
  await newsroom.press();
  const file = named(newsroom.dist()).get('2025/02/a/index.html')!;
  rmSync(`${newsroom.site}/dist/${file}`);
  await newsroom.press();
  expect(newsroom.dist().has(file)).toBe(true);
  newsroom.put(a, story({ headline: 'Comes back', withdrawn: { date: '2025-02-13', reason: 'Wrong.' } }));
  await newsroom.press();
  expect(newsroom.dist().has(file)).toBe(false);
});
