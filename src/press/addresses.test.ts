import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { filesOf } from '../../e2e/files.ts';
import { attribute, elementsOf } from '../../e2e/gates/dom.ts';
import { deadLinks } from './dead-links.fixture.ts';
import { siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* Where links lead: below the path of the site's url, and for files that a page loads, to no other host. */

/** A newsroom with a link of every kind. */
async function paper(url: string) {
  const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();
  const newsroom = smallNewsroom({
    'content/site.yaml': `${siteYaml.replace('https://post.example', url)}description: A paper.
icon: /icon.svg
publisher: { name: The Post, url: /about/, logo: /logo.png }
navigation: [{ title: About, url: /about/ }, { title: Elsewhere, url: "https://other.example/" }]
`,
    'content/authors/ann.yaml':
      'name: Ann\nlinks: [{ title: About, url: /about/ }]\npicture: { src: a.jpg, alt: Ann }\n',
    'content/authors/a.jpg': picture,
    'content/topics.yaml': 'harbour: { title: Harbour }\n',
    'content/pages/about.md': '---\nheadline: About\naliases: [/us.html]\n---\n\n[Home](/) [Feed](/feed.xml)\n',
    'public/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'public/logo.png': 'logo',
    'public/files/list.pdf': 'list',
    'content/stories/2025/02/p.jpg': picture,
    'content/stories/2025/02/old.md': story({
      headline: 'Old',
      section: 'sport',
      language: 'de',
      translationOf: '2025/02/new',
    }),
    'content/stories/2025/02/new.md': story(
      {
        byline: ['ann'],
        topics: ['harbour'],
        lead: { src: 'p.jpg', alt: 'A field' },
        aliases: ['/before/', '/?p=7'],
        related: ['2025/02/old', { title: 'About', url: '/about/' }, { title: 'X', url: 'https://other.example/x' }],
      },
      `[A story](story:2025/02/old), [a page](/about/), [a file](/files/list.pdf), [there](https://other.example/y).

<p><a href="/about/">raw</a> <a href="/files/list.pdf">file</a> <span style="background: url(https://other.example/z.png)">styled</span></p>

![A field](p.jpg)

<figure><img src="p.jpg" alt="A field once more"><figcaption>Raw</figcaption></figure>

<iframe src="https://other.example/frame" title="A map"></iframe>

Note[^1].

[^1]: A note.`,
    ),
    'content/stories/2025/01/component.mdx': story(
      { headline: 'Component', published: '2025-01-05' },
      '<ReadMore>\n- [A story](story:2025/02/new)\n- [A page](/about/)\n</ReadMore>',
    ),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  const dist = join(newsroom.site, 'dist');
  return { newsroom, dist, pages: await filesOf(dist, '.html') };
}

test('with a path in its url, every link of the site begins with the path, and no file of dist does', {
  timeout: 120_000,
}, async () => {
  const { newsroom, dist, pages } = await paper('https://x.example/paper/');
  expect(pages.length).toBeGreaterThan(15);
  expect(await deadLinks(dist, pages, 'https://x.example/paper')).toEqual([]);
  const files = newsroom.dist();
  expect([...files.keys()].filter((file) => file.split('/').includes('paper'))).toEqual([]);
  const own = [...files]
    .filter(([file]) => /\.(xml|txt|html)$/.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(/https?:\/\/x\.example[^\s"'<)\]]*/g)].map(([url]) => ({ file, url })),
    );
  expect(own.length).toBeGreaterThan(50);
  expect(own.filter(({ url }) => !url.startsWith('https://x.example/paper/'))).toEqual([]);
  // In a feed too, because feed readers do not know the base of a site.
  const feed = files.get('feed.xml')?.replace(/<\?xml-stylesheet[^>]*>/, '');
  expect(feed).not.toMatch(/(?:href|src)=(?:"|&quot;)\//);
  for (const line of files.get('_redirects')!.trim().split('\n'))
    expect(line).toMatch(/^\/paper\/.* \/paper\/\S* 301$/);
  for (const [file, text] of files)
    if (file.endsWith('.css')) expect(text, file).not.toMatch(/url\(["']?\/(?!paper\/)/);
  // The same site without a path has the same files.
  const plain = await paper('https://x.example');
  expect([...plain.newsroom.dist().keys()].filter((file) => !file.startsWith('assets/'))).toEqual(
    [...files.keys()].filter((file) => !file.startsWith('assets/')),
  );
  expect(await deadLinks(plain.dist, plain.pages, 'https://x.example')).toEqual([]);
});

test('no page requests anything from another host', { timeout: 120_000 }, async () => {
  const { newsroom, dist, pages } = await paper('https://post.example');
  let loaded = 0;
  for (const page of pages)
    for (const element of await elementsOf(dist, page)) {
      const { tagName } = element;
      expect(['iframe', 'object', 'embed', 'base', 'style', 'form'], page).not.toContain(tagName);
      expect(attribute(element, 'style'), page).toBeUndefined();
      const loads =
        tagName === 'link' && !/^(canonical|alternate|author|license)$/.test(attribute(element, 'rel') ?? '')
          ? ['href']
          : ['src', 'srcset', 'poster', 'data', 'background', 'ping', 'xlink:href'];
      for (const name of loads)
        for (const part of attribute(element, name)?.split(',') ?? []) {
          loaded++;
          expect(part.trim(), `${page}: ${tagName} ${name}`).toMatch(/^\/(?!\/)/);
        }
    }
  expect(loaded).toBeGreaterThan(60);
  for (const [file, text] of newsroom.dist())
    if (file.endsWith('.css')) expect(text, file).not.toMatch(/https?:|url\(["']?\/\/|@import/);
});
