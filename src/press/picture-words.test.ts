import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as metadata from '../pictures/metadata.ts';
import { iimSegment, jpegWith, sharedFile, xmpLanguages, xmpSegment } from '../pictures/small-pictures.fixture.ts';
import { smallNewsroom } from './small-newsroom.fixture.ts';

// The first of them compiles the templates.
vi.setConfig({ testTimeout: 240_000 });

const story = (body: string, lead = '') =>
  `---\nheadline: A\nsection: world\npublished: 2025-02-12\n${lead}---\n\n${body}\n`;
const address = '2025/02/a/index.html';

function newsroomOf(files: Record<string, string | Uint8Array>) {
  const newsroom = smallNewsroom(files);
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  const page = () => readFileSync(join(newsroom.site, 'dist', address), 'utf8');
  return { ...newsroom, page };
}

test('the page prints what the file of the IPTC’s reference picture says', async (ctx) => {
  const file = sharedFile('photos/IPTC-PhotometadataRef-Std2021.1.jpg', ctx);
  const [{ XMP }] = JSON.parse(sharedFile('photos/IPTC-PhotometadataRef-Std2021.1.jpg.json', ctx).toString());
  const newsroom = newsroomOf({
    'content/stories/2025/02/a/index.md': story('![](ref.jpg)'),
    'content/stories/2025/02/a/ref.jpg': file,
  });
  await newsroom.press();
  const figure = /<figure[\s\S]*?<\/figure>/.exec(newsroom.page())?.[0] ?? '';
  const said = (className: string) =>
    new RegExp(`<(\\w+) class="${className}"[^>]*>([^<]*)<`).exec(figure)?.[2]?.trim();
  const oneSpaced = (text: string) => text.replace(/ +/g, ' ');
  expect(said('caption')).toBe(XMP.Description);
  expect(said('credit')).toBe(XMP.Credit);
  expect(said('copyright')).toBe(oneSpaced(XMP.Rights));
  expect(said('made')).toBe('Digital illustration');
  expect(figure).toContain(` alt="${XMP.AltTextAccessibility}"`);
  expect(figure).toMatch(
    new RegExp(`<summary>Description of this picture</summary>\\s*<p>${XMP.ExtDescrAccessibility}</p>`),
  );
  expect(figure).toContain(`rel="license" href="${XMP.WebStatement}"`);
  expect(figure).toContain(`<a class="reuse" href="${XMP.LicensorURL[0]}"`);
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(newsroom.page())?.[1] ?? '');
  expect(data.associatedMedia).toMatchObject([
    {
      '@type': 'ImageObject',
      caption: XMP.Description,
      creditText: XMP.Credit,
      copyrightNotice: oneSpaced(XMP.Rights),
      license: XMP.WebStatement,
      acquireLicensePage: XMP.LicensorURL[0],
      creator: [{ name: XMP.Creator }],
    },
  ]);
});

const evil = '</figcaption><script>alert(1)</script><img src=x onerror=alert(1)>"\' onload=alert(1) x=\u202e';

test('nothing in a hostile file reaches the page as markup', async () => {
  const xml = evil.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const texts = (...names: string[]) =>
    names.map((name) => xmpLanguages(name, { 'x-default': `${name} ${xml}` })).join('');
  const file = await jpegWith(
    xmpSegment(
      `${texts('dc:description', 'dc:rights', 'Iptc4xmpCore:ExtDescrAccessibility', 'Iptc4xmpCore:AltTextAccessibility')}` +
        `<photoshop:City>City ${xml}</photoshop:City><photoshop:Credit>Credit ${xml}</photoshop:Credit>` +
        `<xmpRights:WebStatement xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">javascript:alert(1)</xmpRights:WebStatement>`,
    ),
    iimSegment([2, 80, evil]),
  );
  const newsroom = newsroomOf({
    'content/stories/2025/02/a/index.md': story('![](x.jpg)', 'lead: { src: x.jpg }\n'),
    'content/stories/2025/02/a/x.jpg': file,
  });
  newsroom.put(
    'content/site.yaml',
    `${readFileSync(join(newsroom.site, 'content/site.yaml'), 'utf8')}pictures: { place: true }\n`,
  );
  await newsroom.press();
  for (const [name, html] of newsroom.dist()) {
    if (!/\.(?:html|xml)$/.test(name)) continue;
    expect(html, name).not.toMatch(/href="javascript|\u202e/);
    // Text in quotation marks is a value, with or without `<`.
    // Of a feed, the texts of Media RSS say that they are plain text.
    const plain =
      /<media:(?:description type="plain"|credit[^>]*|title type="plain"|text[^>]*|copyright[^>]*)>\s*<!\[CDATA\[.*?\]\]>/gs;
    const markup = html.replace(plain, '').replace(/"[^"]*"/g, '""');
    expect(markup, name).not.toMatch(/<script>alert|<img src=x|<[^>]*\son(?:load|error)/);
  }
  expect(newsroom.page(), 'canary: it is on the page as text').toContain('&lt;script&gt;alert(1)');
});

test('a sidecar is part of its picture: page and rendition follow it, and the file is not read again', async () => {
  const file = await jpegWith(iimSegment([2, 120, 'Galway harbour'], [2, 110, 'A. Diallo']));
  const newsroom = newsroomOf({
    'content/stories/2025/02/a/index.md': story('![Gulls](picture:quay)'),
    'content/pictures/quay.jpg': file,
  });
  const read = vi.spyOn(metadata, 'readPictureFacts');
  onTestFinished(() => read.mockRestore());
  await newsroom.press();
  expect(newsroom.page()).toContain('A. Diallo');
  newsroom.put('content/pictures/quay.jpg.yaml', 'credit: Coast Agency\nkind: handout\n');
  await newsroom.press();
  expect(newsroom.page()).toMatch(/Handout:<\/span> Coast Agency/);
  newsroom.put('content/pictures/quay.jpg.yaml', 'caption: Now *with* words\n');
  await newsroom.press();
  expect(newsroom.page()).toContain('<span class="caption">Now <em>with</em> words</span>');
  expect(newsroom.page()).toContain('A. Diallo');
  const after = newsroom.dist();
  newsroom.remove('content/pictures/quay.jpg.yaml');
  await newsroom.press();
  expect(newsroom.page()).toContain('Galway harbour');
  newsroom.put('content/pictures/quay.jpg.yaml', 'caption: Now *with* words\n');
  await newsroom.press();
  expect([...newsroom.dist().keys()].sort()).toEqual([...after.keys()].sort());
  const clean = join(newsroom.site, 'clean');
  await newsroom.press({ dist: clean });
  expect([...newsroom.dist(clean)]).toEqual([...newsroom.dist()]);
});

test('mistakes in a sidecar and in captions are reported with file and line', async () => {
  const newsroom = newsroomOf({
    'content/stories/2025/02/a/index.md': story('![Gulls](picture:quay "See [it](story:2025/02/b)")'),
    'content/pictures/quay.jpg': await jpegWith(),
    'content/pictures/quay.jpg.yaml': 'credit: A\ncaptions: map\nfocus: left\n',
  });
  const problems = await newsroom.press().catch((error) => error.problems);
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        rule: 'unknown-key',
        file: 'content/pictures/quay.jpg.yaml',
        line: 2,
        hint: 'Write  caption: map .',
      }),
      expect.objectContaining({ rule: 'wrong-value', file: 'content/pictures/quay.jpg.yaml', line: 3 }),
      expect.objectContaining({ rule: 'caption-not-a-line', file: 'content/stories/2025/02/a/index.md', line: 7 }),
    ]),
  );
});

test('a missing shared picture is reported by its name', async () => {
  const newsroom = newsroomOf({
    'content/stories/2025/02/a/index.md': story('![Gulls](picture:qauy)\n\n![Gulls](picture:../../site)'),
    'content/pictures/quay.jpg': await jpegWith(),
  });
  const problems = await newsroom.press().catch((error) => error.problems);
  expect(problems).toMatchObject([
    { rule: 'picture-missing', hint: 'Did you mean  picture:quay ?' },
    { rule: 'picture-outside' },
  ]);
});
