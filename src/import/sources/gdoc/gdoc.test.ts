import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { importFiles } from '../files/import-files.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { resolveGoogleUrl } from './google-html.ts';

const prose =
  'The harbour of Galway reopened on Tuesday after the longest closure in its history, the port authority said.';
const css =
  '<style type="text/css">@import url(https://themes.googleusercontent.com/fonts/css?kit=x);.lst-kix_a-0>li:before{content:"\\0025cf  "}.c1{font-weight:700}.c2{font-style:italic}.c3{text-decoration:line-through}.c4{vertical-align:super}.c5{font-weight:400}</style>';
const page = (body: string, title = '') =>
  `<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type">${title && `<title>${title}</title>`}${css}</head><body class="c9 doc-content">${body}</body></html>`;
const p = (html: string, name = 'c7') => `<p class="${name}"><span class="c5">${html}</span></p>`;

const googleDocument = page(
  [
    '<p class="c8 title" id="h.1"><span class="c1">Harbour reopens</span></p>',
    '<p class="c8 subtitle" id="h.2"><span class="c5">Ferries sail again on Thursday</span></p>',
    p('By Ann Example'),
    p('3 March 2026'),
    '<p class="c7"><span style="overflow: hidden; display: inline-block;"><img alt="A quay wall" src="images/image1.jpg" style="width: 10px" title=""></span></p>',
    p('The quay on Tuesday. Photo: Bob Test'),
    `<p class="c7"><span class="c5">${prose}</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>`,
    '<h2 class="c6" id="h.3"><span class="c1">What next?</span></h2>',
    '<p class="c7"><span>It is </span><span class="c1">bold</span><span>, </span><span class="c2">slanted</span><span>, and </span><span class="c3">gone</span><span>, see </span><span class="c10"><a class="c11" href="https://www.google.com/url?q=https://harbour.example/times?a%3D1%26b%3D2&amp;sa=D&amp;source=editors&amp;ust=1&amp;usg=2">the times</a></span><span> and </span><a href="#h.3">above</a>.</p>',
    '<ul class="c6 lst-kix_a-0 start"><li class="c7 li-bullet-0"><span>Ferries</span></li></ul>',
    '<ul class="c6 lst-kix_a-1 start"><li class="c7"><span>Large</span></li><li class="c7"><span>Small</span></li></ul>',
    '<ul class="c6 lst-kix_a-0"><li class="c7"><span>Boats</span></li></ul>',
    '<table class="c12"><tr class="c13"><td class="c14" colspan="1" rowspan="1"><p class="c7"><span class="c1">Port</span></p></td><td class="c14" colspan="1" rowspan="1"><p class="c7"><span class="c1">Ferries</span></p></td></tr><tr><td colspan="1" rowspan="1"><p><span>Galway</span></p></td><td colspan="1" rowspan="1"><p><span>12</span></p></td></tr></table>',
    '<hr style="page-break-before:always;display:none;">',
    '<hr class="c15"><div><p class="c7"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Minutes of the council.</span></p></div>',
    '<div class="c16"><p class="c7"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this true?</span></p></div>',
  ].join(''),
);

test('a download: classes become emphasis, flat lists are nested, links are direct, notes are notes', async () => {
  const zip = zipOf([
    { name: 'Harbourreopens.html', data: googleDocument },
    { name: 'images/image1.jpg', data: await picture() },
    { name: 'images/image2.jpg', data: await picture() },
  ]);
  const { text, body, notes, stories, errors } = await importFiles('gdoc', { 'Harbour reopens.zip': zip });
  expect(errors).toEqual([]);
  expect(text).toContain('headline: Harbour reopens\nstandfirst: Ferries sail again on Thursday\n');
  expect(text).toContain('- { name: Ann Example }');
  expect(text).toContain('published: 2026-03-03');
  expect(text).toMatch(
    /lead: \{ src: image1\.jpg, alt: A quay wall, caption: .*The quay on Tuesday\..*, credit: Bob Test \}/,
  );
  expect(body).toBe(
    `${prose}[^1]\n\n## What next?\n\nIt is **bold**, *slanted*, and ~~gone~~, see [the times](https://harbour.example/times?a=1\\&b=2) and above.\n\n- Ferries\n  - Large\n  - Small\n- Boats\n\n| Port | Ferries |\n| - | - |\n| Galway | 12 |\n\n[^1]: Minutes of the council.\n`,
  );
  expect(notes).toContain('A comment was left out: “Is this true?”');
  expect(stories[0]?.files).toEqual(['image1.jpg', 'index.md']);
});

test('a published document has none of the frame around it', async () => {
  const published = `<html><head><title>Harbour reopens - Google Docs</title></head><body><div id="banners"><div id="header">Harbour reopens</div><div>Published using Google Docs</div><a href="#">Report abuse</a><a>Learn more</a></div><div id="contents">${css}<div class="c9 doc-content">${p(prose)}${p(prose)}</div></div><div id="footer">Updated automatically every 5 minutes</div></body></html>`;
  const { text, body } = await importFiles('gdoc', { 'pub.html': published });
  expect(text).toContain('headline: Harbour reopens');
  expect(body).toBe(`${prose}\n\n${prose}\n`);
});

test('copied text has its emphasis as styles, in a <b> that is not bold', async () => {
  const copied = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400;">${prose} It is </span><span style="font-weight:700;font-style:italic">loud</span><span style="font-weight:400">.</span></p><p>${prose}</p></b>`;
  const { body } = await importFiles('gdoc', { 'copied.html': copied });
  expect(body).toBe(`${prose} It is **_loud_**.\n\n${prose}\n`);
});

test('Markdown: pictures in it become files, and headings are not bold', async () => {
  const data = `data:image/jpeg;base64,${(await picture()).toString('base64')}`;
  const markdown = `# **Harbour reopens**\n\nBy Ann Example\n\n3 March 2026\n\n${prose}[^1] Two of three berths \\- the old ones \\- are in use.\n\n![A quay wall][image1]\n\nThe quay. Photo: Bob Test\n\n## **What next?**\n\n*   Ferries\n*   Boats\n\n${prose}\n\n[^1]: Minutes of the council.\n\n[image1]: <${data}>\n`;
  const { text, body, stories, errors } = await importFiles('gdoc', { 'Harbour.md': markdown });
  expect(errors).toEqual([]);
  expect(text).toContain('headline: Harbour reopens');
  expect(text).toContain('- { name: Ann Example }');
  expect(body).toContain('## What next?\n\n- Ferries\n- Boats');
  expect(body).toContain('<Picture src="picture-1.jpg" alt="A quay wall" caption="The quay." credit="Bob Test" />');
  expect(body).toContain('[^1]: Minutes of the council.');
  expect(stories[0]?.files).toEqual(['index.mdx', 'picture-1.jpg']);
});

test.each([
  ['https://www.google.com/url?q=https://a.example/&sa=D', 'https://a.example/'],
  ['https://google.de/url?sa=t&url=https%3A%2F%2Fa.example%2Fb%3Fc%3Dd', 'https://a.example/b?c=d'],
  ['https://www.google.com/url?q=https://www.google.com/url?q%3Dhttps://a.example/', 'https://a.example/'],
  ['https://www.google.com/search?q=harbour', 'https://www.google.com/search?q=harbour'],
  ['https://a.example/?q=https://b.example/', 'https://a.example/?q=https://b.example/'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
])('the address behind %s', (href, url) => expect(resolveGoogleUrl(href)).toBe(url));

describe('bad input stops no other file', () => {
  const good = page(p(prose) + p(prose));
  test.each<[string, string, string | Uint8Array, RegExp]>([
    ['a zip without a page', 'bad.zip', zipOf([{ name: 'images/a.png', data: 'x' }]), /no page/],
    ['a truncated zip', 'bad.zip', zipOf([{ name: 'a.html', data: good }]).subarray(0, 150), /truncated/],
    ['a bomb', 'bad.zip', zipOf([{ name: 'a.html', data: `${good}${' '.repeat(20_000_000)}` }]), /bomb|too large/],
    ['other Markdown', 'bad.md', '# Harbour\n\nText.', /does not come from Google Docs/],
    ['Markdown without text', 'bad.md', ' ', /empty/],
  ])('%s', async (_, name, bytes, reason) => {
    const { receipt, stories, errors } = await importFiles('gdoc', { [name]: bytes, 'good.html': good });
    expect(receipt.skipped.map(({ file }) => file)).toEqual([name]);
    expect(receipt.skipped[0]?.reason).toMatch(reason);
    expect(stories).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('names in a zip that lead outside of it are not unpacked', async () => {
    const zip = zipOf([
      {
        name: 'a.html',
        data: page(`${p(prose)}<p><img src="../../evil.jpg"><img src="images/..%2F..%2Fevil.jpg"></p>${p(prose)}`),
      },
      { name: '../../evil.jpg', data: await picture() },
    ]);
    const { archive, notes, errors, receipt } = await importFiles('gdoc', { 'a.zip': zip });
    expect(existsSync(join(archive.root, 'evil.jpg'))).toBe(false);
    expect(receipt.pictures.copied).toBe(0);
    expect(notes.join('\n')).toContain('leads outside of it');
    expect(errors).toEqual([]);
  });
});
