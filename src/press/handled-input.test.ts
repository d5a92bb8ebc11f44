import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseFragment } from 'parse5';
import sharp from 'sharp';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { filesOf } from '../../e2e/files.ts';
import { attribute, elementsIn, elementsOf, metaOf, textOf } from '../../e2e/gates/dom.ts';
import { ageScript } from '../components/story/age.ts';
import { twoFrames } from '../pictures/small-pictures.fixture.ts';
import { searchScriptAddress } from '../site/address.ts';
import { isManifestFile } from '../site/manifest.ts';
import { deadLinks } from './dead-links.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* Unusual input that a newsroom may write. It is published as it is meant, and does no harm. */

const picture = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();

function newsroomOf(files: Record<string, string | Uint8Array>): SmallNewsroom {
  const newsroom = smallNewsroom(files);
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  return newsroom;
}

const yaml = (value: unknown) => `${JSON.stringify(value)}\n`;

describe('names can contain spaces, dots, # and %, in any script', () => {
  const names = [
    'été 100% #1',
    'v1.2.3 final',
    'Ελλάδα',
    '日本の港',
    'ميناء',
    'हिन्दी',
    'a+b=c & d',
    'naïve'.normalize('NFD'),
    '%41%2f',
  ];

  test('of files, pictures, topics, and authors: every page is at the address of its slug, and every link works', async () => {
    const newsroom = newsroomOf({});
    const photo = await picture();
    newsroom.put('content/authors/josé.yaml', 'name: José\n');
    newsroom.put('content/authors/张伟.yaml', 'name: 张伟\n');
    newsroom.put('content/authors/o.neill.yaml', "name: O'Neill\n");
    names.forEach((name, i) => {
      const folder = `content/stories/2025/02/${name}`;
      newsroom.put(`${folder}/${name}.jpg`, photo);
      newsroom.put(`${folder}/${name} 2.jpg`, photo);
      newsroom.put(
        `${folder}/index.${i % 2 ? 'mdx' : 'md'}`,
        story(
          {
            headline: name,
            topics: [name, 'C#', 'a.b'],
            byline: ['josé', '张伟', 'o.neill'],
            lead: { src: `${name}.jpg`, alt: 'A plain field' },
          },
          `![A plain field](<${name.replace(/%(?=[0-9a-f]{2})/gi, '%25')} 2.jpg>)`,
        ),
      );
      newsroom.put(`content/stories/2025/03/single ${name}.md`, story({ headline: `Single ${name}` }));
    });
    await newsroom.press();
    const dist = join(newsroom.site, 'dist');
    const pages = await filesOf(dist, '.html');
    for (const slug of [
      'été-100-1',
      'v1.2.3-final',
      'Ελλάδα',
      '日本の港',
      'ميناء',
      'हिन्दी',
      'a-b-c-d',
      'naïve',
      '41-2f',
    ])
      expect(pages).toContain(`2025/02/${slug}/index.html`);
    for (const list of [
      'topics/c-sharp/',
      'topics/a.b/',
      'topics/ελλάδα/',
      'authors/josé/',
      'authors/张伟/',
      'authors/o.neill/',
    ])
      expect(pages).toContain(`${list}index.html`);
    for (const name of names) {
      const slug = name
        .normalize('NFC')
        .replace(/[^\p{L}\p{M}\p{N}.]+/gu, '-')
        .replace(/^-|-$/g, '');
      // Pictures of the stories listed below have no text of their own.
      const shown = (await elementsOf(dist, `2025/02/${slug}/index.html`)).filter(
        (element) => element.tagName === 'img' && attribute(element, 'alt') !== '',
      );
      expect(
        shown.map((img) => attribute(img, 'alt')),
        name,
      ).toEqual(['A plain field', 'A plain field']);
    }
    expect(await deadLinks(dist, pages, 'https://post.example')).toEqual([]);
    // The sitemap and the feed name the same addresses, in characters that every client accepts.
    const map = new XMLParser().parse(newsroom.dist().get('sitemap.xml')!) as { urlset: { url: { loc: string }[] } };
    for (const { loc } of map.urlset.url) {
      expect(loc).toMatch(/^https:\/\/post\.example\/[\x21-\x7e]*$/);
      expect(pages).toContain(`${decodeURIComponent(new URL(loc).pathname.slice(1))}index.html`);
    }
  });
});

describe('markup in a place for text is printed, never run', () => {
  const bad = (where: string) =>
    `${where} </title></script></style>--><evil onload="alert(1)">"'><!-- ]]> &amp; <img src=x onerror=alert(1)> {1+1} \${2} **b**`;
  /** As readers get it: only the punctuation is changed. */
  const shown = (where: string) =>
    `${where} </title></script></style>–><evil onload=“alert(1)”>”’><!– ]]> &amp; <img src=x onerror=alert(1)> {1+1} \${2} **b**`;
  let newsroom: SmallNewsroom;
  let dist: string;

  beforeAll(async () => {
    newsroom = smallNewsroom({ 'content/stories/2025/02/s/p.jpg': await picture() });
    dist = join(newsroom.site, 'dist');
    const url = `/?x="><evil>`;
    newsroom.put(
      'content/site.yaml',
      yaml({
        name: bad('site'),
        url: 'https://post.example',
        description: bad('about'),
        sections: [{ id: 'world', title: bad('section'), description: bad('section') }],
        publisher: { name: bad('publisher') },
        navigation: [{ title: bad('navigation'), url }],
      }),
    );
    newsroom.put('content/topics.yaml', yaml({ harbour: { title: bad('topic'), description: bad('topic') } }));
    newsroom.put(
      'content/authors/ann.yaml',
      yaml({ name: bad('author'), role: bad('role'), bio: bad('bio'), links: [{ title: bad('link'), url }] }),
    );
    const front = {
      headline: bad('headline'),
      standfirst: bad('standfirst'),
      kicker: bad('kicker'),
      topics: ['harbour', 'other topic'],
      byline: ['ann', bad('byline'), { name: bad('name'), role: bad('role'), organisation: bad('organisation') }],
      dateline: bad('dateline'),
      lead: { src: 'p.jpg', alt: bad('alt'), caption: bad('caption'), credit: bad('credit') },
      pictures: { 'p.jpg': { caption: bad('caption in the text'), credit: bad('credit in the text') } },
      summary: bad('summary'),
      related: [{ title: bad('related'), url: 'https://x.example/?a=1&b="<evil>' }],
      series: bad('series'),
      source: { name: bad('source'), url: 'https://x.example/"><evil>', licence: bad('licence') },
      corrections: [
        { date: '2025-03-01', type: 'correction', text: bad('correction'), prominent: true },
        { date: '2025-03-01', type: 'update', text: bad('update') },
      ],
      minor: bad('minor'),
      note: bad('note'),
      warning: bad('warning'),
      sponsor: { name: bad('sponsor'), url: 'https://x.example/"><evil>' },
      aliases: ['/old/"><evil>/', '/?p="><evil>'],
    };
    newsroom.put('content/stories/2025/02/s/index.md', story(front, `Text.\n\n![${'A field'}](p.jpg)`));
    newsroom.put(
      'content/stories/2025/02/gone.md',
      story({ headline: bad('gone'), withdrawn: { date: '2025-03-01', reason: bad('reason') } }),
    );
    newsroom.put('content/stories/2025/02/second.md', story({ headline: 'Second', type: 'opinion', byline: ['ann'] }));
    newsroom.put(
      'content/pages/about.md',
      `---\n${yaml({ headline: bad('page'), standfirst: bad('page') })}---\n\nUs.\n`,
    );
    await newsroom.press();
  }, 60_000);

  test('no page has an element or attribute that was smuggled in', async () => {
    const pages = await filesOf(dist, '.html');
    expect(pages.length).toBeGreaterThan(12);
    for (const page of pages)
      for (const element of await elementsOf(dist, page)) {
        const { tagName, attrs } = element;
        expect(['evil', 'style'], page).not.toContain(tagName);
        // Structured data, the only script of a story, or that of the search.
        if (tagName === 'script' && attrs.length === 0)
          expect(textOf(element), page).toBe(ageScript.trim().replace(/\s+/g, ' '));
        else if (tagName === 'script')
          expect(attrs, page).toEqual(
            attrs.some(({ name }) => name === 'src')
              ? [{ name: 'src', value: searchScriptAddress }]
              : [{ name: 'type', value: 'application/ld+json' }],
          );
        for (const { name, value } of attrs) {
          expect(name, page).not.toMatch(/^on/);
          if (name === 'src') expect(value, page).toMatch(/^\/assets\//);
        }
      }
  });

  test('each is on its page, letter by letter', async () => {
    const text = async (page: string) =>
      (await elementsOf(dist, page)).filter(({ tagName }) => tagName === 'html').map(textOf)[0]!;
    const page = await text('2025/02/s/index.html');
    const places =
      'headline standfirst kicker byline name role organisation dateline caption credit caption~in~the~text credit~in~the~text related series source licence correction update minor note warning sponsor site section topic author navigation';
    // A caption is a line of Markdown: emphasis in it is emphasis.
    const asMarkdown = (text: string) => text.replace('**b**', 'b').replace('&amp;', '&');
    for (const place of places.split(' ').map((words) => words.replaceAll('~', ' ')))
      expect(page).toContain(/^caption/.test(place) ? asMarkdown(shown(place)) : shown(place));
    expect(await text('authors/ann/index.html')).toContain(shown('bio'));
    expect(await text('2025/02/gone/index.html')).toContain(shown('reason'));
    expect(await text('about/index.html')).toContain(shown('page'));
    const elements = await elementsOf(dist, '2025/02/s/index.html');
    expect(metaOf(elements, 'og:title')).toBe(shown('headline'));
    expect(metaOf(elements, 'description')).toBe(shown('summary'));
    expect(metaOf(elements, 'og:site_name')).toBe(shown('site'));
    expect(metaOf(elements, 'og:image:alt')).toBe(shown('alt'));
    const alts = elements.filter(({ tagName }) => tagName === 'img').map((img) => attribute(img, 'alt'));
    expect(alts).toContain(shown('alt'));
  });

  test('structured data says the same, and ends where it should', async () => {
    const [json] = (await elementsOf(dist, '2025/02/s/index.html')).filter(({ tagName }) => tagName === 'script');
    const data = JSON.parse(json!.childNodes.map((node) => ('value' in node ? node.value : '')).join(''));
    expect(data).toMatchObject({ headline: shown('headline'), publisher: { name: shown('publisher') } });
    expect(JSON.stringify(data)).toContain(JSON.stringify(shown('byline')).slice(1, -1));
  });

  test('feeds and sitemaps are well-formed, and a story in a feed contains nothing that runs', () => {
    const xml = [...newsroom.dist()].filter(([file]) => file.endsWith('.xml'));
    expect(xml.map(([file]) => file).sort()).toEqual(
      expect.arrayContaining(['feed.xml', 'sitemap.xml', 'world/feed.xml']),
    );
    const atom = [...newsroom.dist()].filter(([file]) => file.endsWith('.atom'));
    expect(atom.length).toBeGreaterThan(3);
    for (const [file, text] of [...xml, ...atom]) expect(XMLValidator.validate(text), file).toBe(true);
    for (const [file, text] of newsroom.dist())
      if (file.endsWith('feed.json')) expect(() => JSON.parse(text), file).not.toThrow();
    const parser = new XMLParser({ ignoreAttributes: false, processEntities: true });
    const { channel } = parser.parse(Buffer.from(newsroom.dist().get('feed.xml')!, 'latin1').toString()).rss;
    expect(channel.title).toBe(shown('site'));
    const item = channel.item.find(({ link }: { link: string }) => link.endsWith('/s/'));
    expect(item.title).toBe(shown('headline'));
    // A description is HTML.
    expect(parseFragment(item.description).childNodes).toMatchObject([
      { nodeName: '#text', value: `Paid for by ${shown('sponsor')} · ${shown('summary')}` },
    ]);
    expect(item['dc:creator']).toContain(shown('byline'));
    const content = elementsIn(parseFragment(item['content:encoded']));
    expect(content.length).toBeGreaterThan(3);
    for (const { tagName, attrs } of content) {
      expect(['evil', 'script', 'style', 'title']).not.toContain(tagName);
      for (const { name } of attrs) expect(name).not.toMatch(/^on/);
    }
  });

  test('old addresses are paths and nothing else', () => {
    for (const line of newsroom.dist().get('_redirects')!.trim().split('\n'))
      expect(line).toMatch(/^\/[\x21-\x7e]* (?:[\x21-\x7e]+ )?\/2025\/02\/s\/ 301$/);
  });
});

describe('pictures that no browser could show as they are', () => {
  test('20,000 px wide, CMYK, 16 bits, animated: each is shown, in sRGB and in a size for readers', {
    timeout: 180_000,
  }, async () => {
    const wide = await sharp({ create: { width: 20_000, height: 210, channels: 3, background: '#345' } })
      .jpeg()
      .toBuffer();
    const cmyk = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#a33' } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const deep = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#3a3' } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect(await sharp(cmyk).metadata()).toMatchObject({ space: 'cmyk', channels: 4 });
    expect(await sharp(deep).metadata()).toMatchObject({ depth: 'ushort' });
    const pictures = {
      'wide.jpg': wide,
      'cmyk.jpg': cmyk,
      'deep.png': deep,
      'moving.gif': await twoFrames('gif'),
      'moving.webp': await twoFrames('webp'),
    };
    const newsroom = newsroomOf({});
    for (const [name, bytes] of Object.entries(pictures)) newsroom.put(`content/stories/2025/02/s/${name}`, bytes);
    const body = Object.keys(pictures)
      .map((name) => `![A field](${name} "${name}")`)
      .join('\n\n');
    newsroom.put('content/stories/2025/02/s/index.md', story({}, body));
    await newsroom.press();
    const dist = join(newsroom.site, 'dist');
    const shown = (await elementsOf(dist, '2025/02/s/index.html')).filter(({ tagName }) => tagName === 'img');
    expect(shown.length).toBe(5);
    const files = await filesOf(join(dist, 'assets/pictures'), '');
    expect(files.length).toBeGreaterThanOrEqual(15);
    for (const file of files) {
      const { width, space, depth, channels } = await sharp(join(dist, 'assets/pictures', file)).metadata();
      expect({ file, space, depth }).toEqual({ file, space: 'srgb', depth: 'uchar' });
      expect(width).toBeLessThanOrEqual(1920);
      expect(channels).toBeGreaterThanOrEqual(3);
    }
    const colourOf = async (img: (typeof shown)[number]) =>
      (
        await sharp(join(dist, attribute(img, 'src')!))
          .removeAlpha()
          .resize(1, 1)
          .raw()
          .toBuffer()
      ).toJSON().data;
    const [, red, green] = await Promise.all(shown.map(colourOf));
    expect(red![0]! - red![1]!, String(red)).toBeGreaterThan(60);
    expect(green![1]! - green![0]!, String(green)).toBeGreaterThan(60);
  });
});

describe('files as text editors leave them', () => {
  const plain = story({}, 'One.\n\nTwo **bold**.\n\n- a\n- b');
  const page = async (text: string | Uint8Array, name = 's.md') => {
    const newsroom = newsroomOf({ [`content/stories/2025/02/${name}`]: text });
    const { warnings } = await newsroom.press();
    expect(warnings).toEqual([]);
    return newsroom.dist().get('2025/02/s/index.html')!;
  };

  test.each(['s.md', 's.mdx'])('Windows line endings and a byte order mark change nothing: %s', async (name) => {
    const expected = await page(plain, name);
    expect(await page(plain.replaceAll('\n', '\r\n'), name)).toBe(expected);
    expect(await page(plain.replaceAll('\n', '\r'), name)).toBe(expected);
    expect(await page(`\ufeff${plain}`, name)).toBe(expected);
    expect(await page(`\ufeff${plain.replaceAll('\n', '\r\n')}`, name)).toBe(expected);
  });

  test.each([
    ['an empty text', story({}, '')],
    ['front matter and nothing after it', story({}, '').trimEnd()],
    ['a text of blanks', story({}, ' \n\t\n  ')],
    ['a comment alone', story({}, '<!-- later -->')],
  ])('%s is a story', async (_, text) => {
    expect(await page(text)).toContain('<h1 class="headline">Harbour reopens after storm</h1>');
  });

  test('a very long word breaks nothing', async () => {
    const word = 'Donaudampfschiff'.repeat(2000);
    expect(
      await page(story({ headline: word }, `${word} [${word}](https://x.example/${word})\n\n\`${word}\``)),
    ).toContain(word);
  });

  test('texts in site.yaml, topics, and authors can have Windows line endings and byte order marks too', async () => {
    const newsroom = newsroomOf({ 'content/stories/2025/02/s.md': story({ byline: ['ann'], topics: ['x'] }) });
    newsroom.put('content/authors/ann.yaml', '\ufeffname: Ann Example\r\n');
    newsroom.put('content/topics.yaml', '\ufeffx: { title: The X }\r\n');
    newsroom.put('content/pages/about.md', '\ufeff---\r\nheadline: About\r\n---\r\n');
    await newsroom.press();
    expect(newsroom.filesMentioning('Ann Example', 'The X')).toContain('2025/02/s/index.html');
    expect(newsroom.dist().has('about/index.html')).toBe(true);
  });
});

test('files in public/ that hosts request by hidden names are published, other hidden files are not', async () => {
  const newsroom = newsroomOf({ 'content/stories/2025/02/a.md': story() });
  for (const file of [
    '.well-known/security.txt',
    '.nojekyll',
    '.htaccess',
    '.env',
    '.git/config',
    '.DS_Store',
    'a.txt~',
  ])
    newsroom.put(`public/${file}`, 'text');
  await newsroom.press();
  const hidden = [...newsroom.dist().keys()].filter((file) => /(^|\/)\.|~/.test(file) && !isManifestFile(file));
  expect(hidden.sort()).toEqual(['.broadsheet', '.htaccess', '.nojekyll', '.well-known/security.txt']);
});
