import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { importFiles } from '../files/import-files.fixture.ts';

const prose =
  'The harbour of Galway reopened on Tuesday after the longest closure in its history, the port authority said.';
const more = 'Ferries will sail again from Thursday, and two of the three berths can be used until the summer comes.';

const jsonLd = {
  '@context': 'https://schema.org',
  '@graph': [
    { '@type': 'WebSite', name: 'The Post' },
    {
      '@type': 'NewsArticle',
      headline: 'Harbour reopens &amp; ferries sail',
      datePublished: '2026-03-03T06:00:00Z',
      dateModified: '2026-03-04T08:00:00Z',
      author: [
        { '@type': 'Person', name: 'Ann Example' },
        { '@type': 'Person', name: 'Bob Test' },
      ],
      articleSection: 'News',
      keywords: ['harbour', 'ferries'],
      image: { '@type': 'ImageObject', url: 'https://old.example/quay.jpg', caption: 'The quay' },
      publisher: { '@type': 'Organization', name: 'The Post' },
    },
  ],
};

const site = (
  story: string,
  head = `<script type="application/ld+json">${JSON.stringify(jsonLd)}</script>`,
) => `<!DOCTYPE html>
<html lang="en-IE"><head><meta charset="utf-8"><title>Harbour reopens | The Post</title>
<link rel="canonical" href="https://old.example/news/2026/harbour/">${head}</head><body>
<a href="#main">Skip to content</a><header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<main id="main"><article class="post">${story}</article><aside class="related"><h2>Related</h2><a href="/other">Another story about the sea</a></aside></main>
<footer>All rights reserved. The Post, 1 Quay Street.</footer><script>track()</script></body></html>`;

const article = `<h1>Harbour reopens &amp; ferries sail</h1><p class="byline">By Ann Example and Bob Test</p>
<figure><img src="page_files/quay.jpg" alt="A quay wall"><figcaption>The quay on Tuesday. <span class="credit">Carl Muster/AP</span></figcaption></figure>
<div class="share-buttons"><a href="https://twitter.example/share">Tweet this</a></div>
<p>${prose}</p><p>${more} See <a href="/news/2026/storm/">the storm</a>.</p><h2>What next?</h2><p>${prose}</p>
<p>Read also: <a href="/news/2026/storm/">The storm in pictures</a></p>
<figure><img src="missing.jpg" alt="A boat"><figcaption>Boats wait (Photo: Carl Muster)</figcaption></figure>`;

test('a page of a newspaper: its metadata, its story, its pictures, and nothing around it', async () => {
  const { text, body, stories, notes, errors } = await importFiles('html', {
    'page.html': site(article),
    'page_files/quay.jpg': await picture(),
    'page_files/ad.html': '<html><body><p>Buy this now, it is the best thing that there is.</p></body></html>',
  });
  expect(errors).toEqual([]);
  expect(text).toContain('headline: Harbour reopens & ferries sail\n');
  expect(text).toContain('- { name: Ann Example }\n  - { name: Bob Test }');
  expect(text).toContain('published: 2026-03-03T06:00:00Z');
  expect(text).toContain('updated: 2026-03-04T08:00:00Z');
  expect(text).toContain('topics: [harbour, ferries]');
  expect(text).toContain('aliases: [/news/2026/harbour/]');
  expect(text).toMatch(
    /lead: \{ src: quay\.jpg, alt: A quay wall, caption: .*The quay on Tuesday\..*, credit: Carl Muster\/AP \}/,
  );
  expect(body).toContain(
    `${prose}\n\n${more} See [the storm](https://old.example/news/2026/storm/).\n\n## What next?\n\n${prose}`,
  );
  expect(body).toContain('<ReadMore>');
  expect(body).toContain('[The storm in pictures](https://old.example/news/2026/storm/)');
  expect(body).toMatch(/<Figure wanted="[^"]*missing\.jpg" alt="A boat" caption="Boats wait" credit="Carl Muster" \/>/);
  expect(text).not.toMatch(/Tweet|Skip|All rights|Another story|Buy this/);
  expect(stories).toHaveLength(1);
  expect(notes.join('\n')).toMatch(/words around it were left out/);
});

test('the picture above what the page marks as its text is the lead', async () => {
  const { text } = await importFiles('html', {
    'page.html': site(
      `<h1>Harbour reopens</h1><figure><img src="https://old.example/a.jpg" alt="A quay"><figcaption><span>The quay on Tuesday.</span><span class="credit">CreditCarl Muster for The Post</span></figcaption></figure><div itemprop="articleBody"><p>${prose}</p><p>${more}</p></div>`,
      '',
    ),
  });
  expect(text).toContain('wanted: https://old.example/a.jpg');
  expect(text).toMatch(/caption: .?The quay on Tuesday\./);
  expect(text).toContain('credit: Carl Muster for The Post');
});

test('what readers of the page did not see is left out, and a chapter about sharing is not', async () => {
  const { body } = await importFiles('html', {
    'page.html': site(
      `<h1>Harbour reopens</h1><p>${prose}</p><div class="section" id="sharing-data"><p>${more}</p><p>${prose} ${more}</p></div><p style="display:none">Unseen one.</p><p hidden>Unseen two.</p><span aria-hidden="true">Unseen three.</span><div class="share-bar">Tweet</div>`,
      '',
    ),
  });
  expect(body).toContain(`${prose} ${more}`);
  expect(body).not.toMatch(/Unseen|Tweet/);
});

test('links between pages of a folder become links between stories', async () => {
  const pageAt = (slug: string, link: string) =>
    site(`<h1>Story of ${slug}</h1><p>${prose}</p><p>${more} <a href="${link}">More</a></p>`, '').replace(
      'news/2026/harbour',
      `news/2026/${slug}`,
    );
  const { stories } = await importFiles('html', {
    'a.html': pageAt('a', '/news/2026/b/'),
    'b.html': pageAt('b', '/news/2026/a/'),
  });
  expect(stories.map(({ text }) => /\]\((story:[^)]*)\)/.exec(text)?.[1])).toEqual([
    'story:undated/b',
    'story:undated/a',
  ]);
});

test.each([
  [
    'a plain page by hand',
    `<html><head><title>Harbour</title></head><body><h1>Harbour reopens</h1><p>${prose}<p>${more}</body></html>`,
  ],
  ['without a head', `<h1>Harbour reopens</h1><p>${prose}</p><p>${more}</p>`],
  [
    'with frames of tables',
    `<html><body><table><tr><td><h1>Harbour reopens</h1><p>${prose}</p><p>${more}</p></td></tr></table></body></html>`,
  ],
  [
    'that marks its text',
    site(`<h1>Harbour reopens</h1><div class="entry-content"><p>${prose}</p><p>${more}</p></div>`, ''),
  ],
  [
    'that marks nothing',
    `<html><body><nav><a href="/">Home</a></nav><div id="x"><h1>Harbour reopens</h1><div><p>${prose}</p><p>${more}</p><p>${prose}</p></div></div><footer>Imprint</footer></body></html>`,
  ],
])('the text of a page %s', async (_, html) => {
  const { body, errors } = await importFiles('html', { 'page.html': html });
  expect(errors).toEqual([]);
  expect(body).toContain(prose);
  expect(body).toContain(more);
  expect(body).not.toMatch(/Imprint|Home/);
});

test.each([
  ['noindex', '<meta name="robots" content="noindex, nofollow">', /noindex/],
  [
    'a paywall',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"H","isAccessibleForFree":false}</script>',
    /subscribers/,
  ],
])('%s makes a draft', async (_, head, reason) => {
  const { receipt } = await importFiles('html', {
    'page.html': site(article, `${head}<meta property="article:published_time" content="2026-03-03">`),
  });
  expect(receipt.drafts[0]?.reason).toMatch(reason);
});

test.each<[string, (html: string) => Buffer, RegExp]>([
  ['UTF-16', (html) => Buffer.from(`\ufeff${html}`, 'utf16le'), /UTF-16/],
  ['windows-1252 without saying so', (html) => Buffer.from(html, 'latin1'), /windows-1252/],
  ['ISO-8859-1 that says so', (html) => Buffer.from(html.replace('utf-8', 'iso-8859-1'), 'latin1'), /iso-8859-1/],
  ['UTF-8 that says something else', (html) => Buffer.from(html.replace('utf-8', 'iso-8859-1')), /^$|because|words/],
])('%s', async (_, encode, note) => {
  const html = site(`<h1>Café reopens</h1><p>Mairead Ní Bhriain: ${prose}</p><p>${more}</p>`, '');
  const { text, notes, errors } = await importFiles('html', { 'page.html': encode(html) });
  expect(errors).toEqual([]);
  expect(text).toContain('Café');
  expect(text).toContain('Mairead Ní Bhriain');
  expect(notes.join('\n')).toMatch(note);
});

test('windows-1251 and Shift_JIS are read as the page says', async () => {
  const cyrillic = Buffer.concat([
    Buffer.from('<html><head><meta charset="windows-1251"></head><body><h1>'),
    Buffer.from([0xd0, 0xee, 0xf1, 0xf1, 0xe8, 0xff]),
    Buffer.from(`</h1><p>${prose}</p><p>${more}</p></body></html>`),
  ]);
  const { text } = await importFiles('html', { 'page.html': cyrillic });
  expect(text).toContain('Россия');
});

test('pictures inside of the page become files', async () => {
  const data = `data:image/jpeg;base64,${(await picture()).toString('base64')}`;
  const { stories, text, errors } = await importFiles('html', {
    'page.html': site(
      `<h1>Harbour</h1><p>${prose}</p><figure><img src="${data}" alt="A quay"></figure><p>${more}</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
    ),
  });
  expect(errors).toEqual([]);
  expect(stories[0]?.files).toContain('picture-1.jpg');
  expect(text).toContain('![A quay](picture-1.jpg)');
  expect(text).not.toContain('data:');
});

test('a page saved as one file (.mhtml) brings its pictures', async () => {
  const html = site(
    `<h1>Harbour reopens</h1><p>${prose}</p><figure><img src="https://old.example/a.jpg" alt="A quay"></figure><p>${more} Café.</p>`,
    '',
  );
  const quoted = Buffer.from(html)
    .toString('latin1')
    .replace(/[=\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  const mhtml = `From: <Saved by Blink>\r\nSubject: Harbour\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x--"\r\n\r\n----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://old.example/\r\n\r\n${quoted}\r\n----x--\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://old.example/a.jpg\r\n\r\n${(await picture()).toString('base64')}\r\n----x----\r\n`;
  const { stories, text, errors } = await importFiles('html', { 'page.mhtml': mhtml });
  expect(errors).toEqual([]);
  expect(text).toContain('Café');
  expect(stories[0]?.files).toContain('part-1.jpg');
});

describe('what is no story', () => {
  const good = site(article);
  const links = Array.from(
    { length: 60 },
    (_, index) => `<li><a href="/story-${index}">Story number ${index}</a></li>`,
  ).join('');
  test.each<[string, string | Uint8Array, RegExp]>([
    ['a list of links', `<html><body><nav>Home</nav><main><ul>${links}</ul></main></body></html>`, /list of links/],
    [
      'a page that leads to another',
      '<html><head><meta http-equiv="refresh" content="0; url=/x"></head><body>Moved</body></html>',
      /leads to another/,
    ],
    ['an empty file', '', /empty/],
    ['a page without text', '<html><body></body></html>', /without/],
    [
      'bytes',
      Buffer.concat([Buffer.from('<html><body>'), Buffer.from(Array.from({ length: 4000 }, (_, index) => index % 9))]),
      /not text/,
    ],
  ])('%s is skipped with its reason', async (_, bytes, reason) => {
    const { receipt, stories, errors } = await importFiles('html', { 'bad.html': bytes, 'good.html': good });
    expect(receipt.skipped.map(({ file }) => file)).toEqual(['bad.html']);
    expect(receipt.skipped[0]?.reason).toMatch(reason);
    expect(stories).toHaveLength(1);
    expect(errors).toEqual([]);
  });
});

describe('bad input ends, and stops no other file', () => {
  const good = site(article);
  test.each<[string, string]>([
    [
      '5,000 levels',
      `<html><body>${'<div>'.repeat(5000)}<p>${prose} ${more}</p>${'</div>'.repeat(5000)}</body></html>`,
    ],
    [
      '5,000 levels in a page with menus',
      `<html><body><nav>x</nav>${'<div>'.repeat(5000)}<p>${prose} ${more}</p></body></html>`,
    ],
    [
      'entities',
      `<!DOCTYPE html [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><html><body><p>${prose} &b; ${more}</p></body></html>`,
    ],
    ['100,000 elements', `<html><body><nav>x</nav><p>${prose}</p>${'<p>Short.</p>'.repeat(100_000)}</body></html>`],
    ['tags that do not close', `<html><body><p>${prose}${'<b><i>'.repeat(20_000)}</body></html>`],
    ['an attribute that does not end', `<html><body><p>${prose}</p><a href="${'x'.repeat(500_000)}`],
    [
      'JSON-LD that is broken',
      site(article, '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'),
    ],
    [
      'JSON-LD that names itself',
      site(article, `<script type="application/ld+json">${'['.repeat(2000)}${']'.repeat(2000)}</script>`),
    ],
    [
      'dates that do not exist',
      site(article, '<meta property="article:published_time" content="2026-02-31T99:99:99">'),
    ],
  ])('%s', async (_, html) => {
    const { receipt, errors } = await importFiles('html', { 'bad.html': html, 'good.html': good });
    expect(receipt.files.stories + receipt.files.drafts + receipt.files.skipped).toBe(2);
    expect(receipt.stories.map(({ file }) => file)).toContain('good.html');
    expect(errors).toEqual([]);
  });

  test('a page of 65 MB is kept aside', async () => {
    const { receipt } = await importFiles('html', { 'bad.html': `<html>${' '.repeat(65_000_000)}`, 'good.html': good });
    expect(receipt.skipped[0]?.reason).toMatch(/64 MB/);
  });
});

test('importing again writes nothing', async () => {
  const { again } = await importFiles('html', { 'page.html': site(article) });
  expect((await again()).files).toMatchObject({ written: 0, unchanged: 1 });
});
