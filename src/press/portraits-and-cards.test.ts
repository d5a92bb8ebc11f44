import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { noise } from '../pictures/small-pictures.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

// Portraits of authors and pictures of other stories appear on pages that do not belong to them. The test checks which
// pages an edit affects. A clean build must have the same result.

vi.setConfig({ testTimeout: 240_000 });

const storyFile = (name: string) => `content/stories/2025/02/${name}/index.md`;
const page = (name: string) => `2025/02/${name}/index.html`;
const at = (day: number) => `2025-02-${String(day).padStart(2, '0')}T09:00:00Z`;
const ann = (bio: string, more = '') => `name: Ann Example\nrole: Columnist\nbio: ${bio}\npicture: ann.jpg\n${more}`;

/**
 * Ann has a portrait and wrote an opinion story. Bo has none. `old` has a picture, and `news` names it as related. Six
 * stories in another section keep all of them out of each other's "More from".
 */
async function paper(): Promise<SmallNewsroom> {
  const newsroom = smallNewsroom({
    'content/authors/ann.yaml': ann('She has seen it all.'),
    'content/authors/ann.jpg': await noise(500, 750).jpeg().toBuffer(),
    'content/authors/bo.yaml': 'name: Bo Other\n',
    [storyFile('view')]: story({
      headline: 'My view',
      type: 'opinion',
      kicker: 'Opinion',
      byline: ['ann'],
      published: at(9),
    }),
    [storyFile('plain')]: story({ headline: 'Plain', byline: ['bo'], section: 'sport', published: at(8) }),
    [storyFile('news')]: story({
      headline: 'News',
      byline: ['bo'],
      section: undefined,
      related: ['2025/02/old', '2025/02/view'],
      published: at(7),
    }),
    [storyFile('old')]: story({
      headline: 'Old story',
      section: undefined,
      byline: ['bo'],
      lead: { src: 'quay.jpg', alt: 'A quay', credit: 'A. Diallo' },
      published: at(1),
    }),
    'content/stories/2025/02/old/quay.jpg': await noise(900, 600).jpeg({ quality: 40 }).toBuffer(),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  return newsroom;
}

async function touched(newsroom: SmallNewsroom): Promise<string[]> {
  const { changed } = await newsroom.press();
  const clean = join(newsroom.site, 'clean');
  await newsroom.press({ dist: clean, clean: true });
  expect(newsroom.dist()).toEqual(newsroom.dist(clean));
  return changed.filter((file) => file.endsWith('.html')).sort();
}

function edit(newsroom: SmallNewsroom, name: string, from: string, to: string): void {
  const before = readFileSync(join(newsroom.site, name), 'utf8');
  expect(before).toContain(from);
  newsroom.put(name, before.replace(from, to));
}

const html = (newsroom: SmallNewsroom, name: string) => newsroom.dist().get(page(name)) ?? '';
const srcOf = (text: string) => /<img src="([^"]+)"/.exec(text)?.[1] ?? '';

test('an opinion story has its author’s portrait in the header, on cards, and below; the label appears once', async () => {
  const newsroom = await paper();
  const view = html(newsroom, 'view');
  const header = /<header class="top">.*?<\/header>/s.exec(view)?.[0] ?? '';
  expect(header).toMatch(/<div class="voice"[^>]*>.*<picture>.*By <a rel="author"/s);
  expect(header.match(/Opinion/g)).toHaveLength(1);
  expect(view.match(/class="byline"/g), 'the byline stands once').toHaveLength(1);
  expect(view).toMatch(/<aside class="endmatter author".*She has seen it all\./s);
  const front = newsroom.dist().get('index.html') ?? '';
  expect(/<article class="card [^"]*opinion[^"]*faced.*?<\/article>/s.exec(front)?.[0]).toMatch(
    /<div class="face">.*<picture>/s,
  );
  // Every file that a page names exists.
  for (const text of [view, front, html(newsroom, 'news')])
    for (const [, file] of text.matchAll(/\/(assets\/pictures\/[\w.-]+)/g))
      expect(newsroom.dist().has(file!), file).toBe(true);
});

test('a portrait needs no renditions besides those of the author’s own page: nine', async () => {
  const newsroom = await paper();
  const key = /pictures\/([0-9a-f]{20})-/.exec(srcOf(html(newsroom, 'view')))?.[1] ?? '';
  expect([...newsroom.dist().keys()].filter((file) => file.includes(key))).toHaveLength(9);
});

test('a plain story has no trace of portraits and cards', async () => {
  const newsroom = await paper();
  const plain = html(newsroom, 'plain');
  for (const trace of ['<picture', 'class="faces', 'endmatter author', 'pictured', 'faced', 'voice'])
    expect(plain.includes(trace), trace).toBe(false);
});

test('related stories are cards with their pictures, and not repeated below', async () => {
  const newsroom = await paper();
  const related = /aria-label="Related".*?<\/nav>/s.exec(html(newsroom, 'news'))?.[0] ?? '';
  expect(related).toMatch(/<li class="pictured"><a href="\/2025\/02\/old\/">Old story<\/a>.*?<picture>.*? alt /s);
  expect(related).toMatch(
    /<li class="faced opinion"><a href="\/2025\/02\/view\/">My view<\/a><p class="who">Ann Example<\/p>/,
  );
});

test('an edit of a text affects only its own page, wherever its card appears', async () => {
  const newsroom = await paper();
  edit(newsroom, storyFile('old'), 'at seven', 'at eight');
  expect(await touched(newsroom)).toEqual([page('old')]);
});

test('an edit of a headline, or another picture, affects the pages that show the card', async () => {
  const newsroom = await paper();
  const archive = ['2025/02/index.html', 'authors/bo/2025/index.html'];
  const shown = [page('news'), page('old'), 'authors/bo/index.html', 'index.html', ...archive].sort();
  edit(newsroom, storyFile('old'), 'Old story', 'Older story');
  expect(await touched(newsroom)).toEqual(shown);
  newsroom.put('content/stories/2025/02/old/quay.jpg', await noise(901, 600).jpeg({ quality: 40 }).toBuffer());
  expect(await touched(newsroom)).toEqual(shown.filter((file) => !archive.includes(file)));
});

test('a biography is on the author’s page and below stories with the portrait; without a portrait only on the author’s page', async () => {
  const newsroom = await paper();
  newsroom.put('content/authors/ann.yaml', ann('She has seen most of it.'));
  expect(await touched(newsroom)).toEqual([page('view'), 'authors/ann/index.html'].sort());
  newsroom.put('content/authors/bo.yaml', 'name: Bo Other\nbio: He has not.\n');
  expect(await touched(newsroom)).toEqual(['authors/bo/index.html']);
});

test('another portrait, by file or by focus, reaches every page that shows it, and disappears from all', async () => {
  const newsroom = await paper();
  // The story, the related card, the fronts, and the author's own page.
  const shown = [
    page('view'),
    page('news'),
    'index.html',
    'world/index.html',
    'authors/ann/index.html',
    '404.html',
  ].sort();
  const before = srcOf(html(newsroom, 'view'));
  newsroom.put('content/authors/ann.jpg', await noise(501, 750).jpeg().toBuffer());
  expect(await touched(newsroom)).toEqual(shown);
  expect(newsroom.filesMentioning(before.slice(before.lastIndexOf('/') + 1))).toEqual([]);
  newsroom.put(
    'content/authors/ann.yaml',
    ann('She has seen it all.').replace('ann.jpg', '{ src: ann.jpg, alt: Ann, focus: 50% 90% }'),
  );
  expect(await touched(newsroom)).toEqual(shown);
  newsroom.put('content/authors/ann.yaml', 'name: Ann Example\n');
  expect(await touched(newsroom)).toEqual(shown);
  expect(html(newsroom, 'view')).not.toContain('<picture');
});

test('pictures of a photo essay are wide, with the files for it, unless they are upright or the editor says otherwise', async () => {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/essay/a.jpg': await noise(2500, 1400).jpeg({ quality: 20 }).toBuffer(),
    'content/stories/2025/02/essay/up.jpg': await noise(1200, 1800).jpeg({ quality: 20 }).toBuffer(),
    'content/stories/2025/02/essay/index.mdx': story(
      { type: 'photo-essay', lead: { src: 'a.jpg', alt: 'A boat' } },
      'One.\n\n![A boat](a.jpg)\n\n![A tower](up.jpg)\n\nTwo.\n\n<Picture src="a.jpg" alt="Again" size="normal" />',
    ),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  const essay = html(newsroom, 'essay');
  expect([...essay.matchAll(/<figure class="([^"]*)"/g)].map(([, names]) => names)).toEqual(['lead', 'wide', 'tall']);
  expect(essay.match(/<figure/g), 'normal has no class').toHaveLength(4);
  // The lead is also wide in the text, so it needs the width that only such pictures have.
  const files = [...essay.matchAll(/\/(assets\/pictures\/[\w.-]+)/g)].map(([, file]) => file!);
  expect(files.some((file) => file.endsWith('-2400.avif'))).toBe(true);
  expect(files.filter((file) => !newsroom.dist().has(file))).toEqual([]);
  // In a news story, none of its pictures is wide.
  edit(newsroom, 'content/stories/2025/02/essay/index.mdx', '"photo-essay"', '"news"');
  await touched(newsroom);
  expect(html(newsroom, 'essay')).not.toMatch(/<figure class="wide"/);
});

test('a label that only repeats the section is not printed among the stories of that section', async () => {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/same.md': story({ section: 'sport', kicker: 'Sport' }),
    'content/stories/2025/02/other.md': story({ section: 'sport', kicker: 'Rowing', published: at(8) }),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  const labels = (file: string) =>
    [
      ...newsroom
        .dist()
        .get(file)!
        .matchAll(/<p class="kicker">(.*?)<\/p>/g),
    ].map(([, label]) => label!.replace(/<[^>]*>/g, '').trim());
  expect(labels('sport/index.html')).toEqual(['Rowing']);
  // Elsewhere it shows the name of the section.
  expect(labels('index.html').sort()).toEqual(['Rowing', 'Sport']);
});
