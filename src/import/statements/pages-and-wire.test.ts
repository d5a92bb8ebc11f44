import { expect, test } from 'vitest';
import { type Proof, prove } from './proof.fixture.ts';

// What the receipt says about web pages, plain texts, and items of agencies, and that it is so.

type Rest = Omit<Proof, 'files' | 'kind' | 'says'>;
const prose =
  'The harbour reopened on Tuesday after the longest closure in its history, the port authority said on Monday evening.';
const article = `<h1>Harbour reopens</h1><p>By Ann Lee</p><time datetime="2026-03-03">3 March 2026</time><p>${prose}</p><p>${prose.replace('harbour', 'quay')}</p>`;
const html = (inner: string, says: Proof['says'], rest: Rest = {}, head = ''): Proof => ({
  ...{
    kind: 'html',
    files: {
      'a.html': `<!doctype html><html lang="en"><head><title>A</title>${head}</head><body>${inner}</body></html>`,
    },
  },
  ...{ says, ...rest },
});
const page = (inner: string, says: Proof['says'], rest: Rest = {}, head = ''): Proof =>
  html(
    `<nav>Home Sport News</nav><main><article>${article}${inner}</article></main><footer>Ours for ever</footer>`,
    says,
    rest,
    head,
  );
const text = (body: string, says: Proof['says'], rest: Rest = {}): Proof => ({
  ...{ kind: 'text', files: { 'a.txt': body }, says, ...rest },
});
const copy = (...lines: string[]): string =>
  ['Harbour reopens after storm', 'By Ann Lee', '3 March 2026', ...lines, prose, prose.replace('harbour', 'quay')].join(
    '\n\n',
  );
const tail = (...lines: string[]): string =>
  ['Harbour reopens after storm', 'By Ann Lee', '3 March 2026', prose, prose.replace('harbour', 'quay'), ...lines].join(
    '\n\n',
  );
const ninjs = (more: object, says: Proof['says'], rest: Rest = {}): Proof => ({
  kind: 'ninjs',
  files: {
    'a.json': JSON.stringify({
      ...{ uri: 'urn:x:1', standard: { name: 'ninjs', version: '2.1' }, headlines: [{ value: 'Harbour opens' }] },
      ...{ bodies: [{ role: 'main', contenttype: 'text/html', value: '<p>Words.</p>' }] },
      ...{ firstcreated: '2015-01-01T10:00:00Z', versioncreated: '2015-01-01T10:00:00Z', ...more },
    }),
  },
  ...{ says, ...rest },
});
const newsml = (xml: string, says: Proof['says'], rest: Rest = {}): Proof => ({
  ...{ kind: 'newsml', files: { 'a.xml': xml }, says, ...rest },
});
const nothing: Rest = { so: ({ receipt }) => expect(receipt.files).toMatchObject({ in: 1, skipped: 1, written: 0 }) };

const proofs: Record<string, Proof> = {
  'a page: what stood around the story': page(
    '',
    ['The story was found because the page marks it. ', 'words around it were left out.'],
    {
      has: ['The harbour reopened', 'The quay reopened'],
      hasNot: ['Home Sport', 'Ours for ever'],
    },
  ),
  'a page: found by its form': html(
    `<nav><a href="/">Home sweet home</a></nav><div class="text">${article}${`<p>${prose}</p>`.repeat(8)}</div>`,
    'The story was found by its form. ',
    { has: ['The harbour reopened'], hasNot: ['sweet'] },
  ),
  'a page for subscribers': page(
    '',
    'draft a.html: the page was only for subscribers (isAccessibleForFree: false)',
    {},
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour reopens","isAccessibleForFree":false}</script>',
  ),
  'a page that hides': page(
    '',
    'draft a.html: the page asks search engines to leave it out (noindex)',
    {},
    '<meta name="robots" content="noindex">',
  ),
  'a page that leads on': html(
    'Moved.',
    'a page that only leads to another one',
    nothing,
    '<meta http-equiv="refresh" content="0; url=/b.html">',
  ),
  'a page without text': html('', 'a page without text', nothing),
  'a list of links': html(
    `<ul>${'<li><a href="/x">A story with many words in its title</a></li>'.repeat(20)}</ul>`,
    'a page without a story, such as a list of links',
    nothing,
  ),
  'a page of 8 MB': html(`<p>${'x'.repeat(8_100_000)}</p>`, 'more than 8 MB of HTML without its pictures', nothing),
  'a page of 64 MB': html(
    `<p>${'x'.repeat(64_100_000)}</p>`,
    'more than 64 MB, which is the limit for a page',
    nothing,
  ),
  'a saved page without a page in it': {
    kind: 'html',
    files: {
      'a.mhtml':
        'From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: image/png\n\nx\n--b--\n',
    },
    says: 'a saved page without a page in it',
    ...nothing,
  },
  'a text: furniture of its page': text(
    copy('Skip to main content'),
    '“Skip to main content” was left out: it is part of the page that it was copied from',
    { hasNot: ['Skip to main'] },
  ),
  'a text: a headline twice': text(copy('Harbour reopens after storm'), 'was left out: it repeats the headline', {
    so: ({ written }) => expect(written.match(/Harbour reopens after storm/g)).toHaveLength(1),
  }),
  'a text: a date twice': text(copy('March 3, 2026'), 'was left out: it repeats the date', { hasNot: ['March 3'] }),
  'a text: an update': text(copy('Updated 4 March 2026'), 'became the date of the update', {
    has: ['updated: 2026-03-04'],
  }),
  'a text: its orders': text(
    `EMBARGO: until further notice\n\n${copy()}`,
    ['became the reason for a draft', 'draft a.txt: it says “EMBARGO'],
    { has: ['draft: true'] },
  ),
  'a text: an embargo': text(`Embargoed until 5 March 2026 06:00\n\n${copy()}`, 'became the embargo', {
    has: ['embargo: 2026-03-05'],
  }),
  'a text: hold': text(`HOLD FOR RELEASE\n\n${copy()}`, 'became the reason for a draft', { has: ['draft: true'] }),
  'a text: the head of an e-mail': text(
    `From: Ann Lee <ann@paper.example>\nTo: Desk <desk@paper.example>\nSubject: Harbour reopens after storm\n\n${copy().split('\n\n').slice(1).join('\n\n')}`,
    'was left out: it is part of the head of an e-mail',
    { has: ['headline: Harbour reopens after storm'], hasNot: ['desk@paper'] },
  ),
  'a text: a release': text(`FOR IMMEDIATE RELEASE\n\n${copy()}`, 'was left out: it is a note for editors', {
    hasNot: ['IMMEDIATE'],
  }),
  'a text: a press release with a label': text(
    `PRESS RELEASE: Ports\n\n${copy()}`,
    '“PRESS RELEASE: Ports” became the kicker',
    { has: [/kicker: .*Ports/] },
  ),
  'a text: a role': text(
    copy().replace('By Ann Lee', 'By Ann Lee\n\nPolitical correspondent'),
    'became the role in the byline',
    { has: ['role: Political correspondent'] },
  ),
  'a text: name and date on a line': text(
    copy().replace('By Ann Lee\n\n3 March 2026', 'By Ann Lee, 3 March 2026'),
    'became the byline and the date',
    { has: ['published: 2026-03-03', 'Ann Lee'] },
  ),
  'a text: the end': text(tail('-30-'), 'was left out: it marks the end of the text', { hasNot: ['-30-'] }),
  'a text: words for editors': text(
    tail('###', 'Notes to editors: call Cy on 01 234.'),
    [
      'The text has a part that seems to be meant for editors. Remove it before you publish the story.',
      ': the text goes on after its end, with what seems to be meant for editors',
    ],
    { has: ['draft: true', 'Notes to editors'] },
  ),
  'a text: a paragraph twice': text(
    tail(`${prose} ${prose} ${prose}`, `${prose} ${prose} ${prose}`),
    'was left out: it repeats the paragraph above',
    {
      so: ({ written }) => expect(written.split(`${prose} ${prose} ${prose}`)).toHaveLength(2),
    },
  ),
  'a text: read more': text(
    tail('Read more:', 'Another ferry story'),
    ['became a related story without an address', 'was left out: it is the heading of the related stories'],
    { has: ['Another ferry story'], hasNot: ['Read more:'] },
  ),
  'a text: captions': text(
    copy('A boat at sea in the evening', 'A boat at sea in the evening. Photo: Cy Ng', 'Photo: Cy Ng'),
    ['became the caption and credit of a picture', 'was left out: it repeats the credit'],
    {
      so: ({ written }) => {
        expect(written.match(/A boat at sea/g)).toHaveLength(1);
        expect(written.match(/Cy Ng/g)).toHaveLength(1);
      },
    },
  ),
  'a text: a caption twice': text(
    copy(
      'Photo: Cy Ng',
      'A boat at sea in the evening',
      'A boat at sea in the evening. Photo: Cy Ng',
      'A boat at sea in the evening',
    ),
    'was left out: it repeats the caption',
    {
      so: ({ written }) => expect(written.match(/A boat at sea/g)).toHaveLength(1),
    },
  ),
  'a text without a story': text(
    'Milk\n\nBread\n\nButter',
    'The text has no paragraph of running text. Check whether it is a story.',
    { has: ['Bread'] },
  ),
  'an agency: terms and notes': ninjs(
    {
      ...{ usageterms: 'Not for Mars.', copyrightnotice: 'Ours 2015', ednote: 'Call Cy.' },
      associations: [
        {
          name: 'p',
          uri: 'urn:p',
          type: 'picture',
          usageterms: 'Once only.',
          renditions: [{ name: 'o', href: 'https://a.example/a.jpg', contenttype: 'image/jpeg' }],
        },
      ],
    },
    [
      'usage terms of the text: Not for Mars.',
      'copyright notice of the text: Ours 2015',
      'note to editors: Call Cy.',
      'usage terms of https://a.example/a.jpg: Once only.',
    ],
    { hasNot: ['Mars', 'Call Cy', 'Once only'] },
  ),
  'an agency: rights': ninjs(
    { rightsinfo: { langid: 'https://l.example/x', linkedrights: 'https://l.example/y' } },
    'rights information: {"langid":"https://l.example/x"',
    { hasNot: ['l.example'] },
  ),
  'an agency: other items': ninjs(
    { associations: [{ name: 'r', uri: 'urn:r', type: 'text', headlines: [{ value: 'The ferry' }] }] },
    'refers to another item, which is not linked: The ferry',
    { hasNot: ['The ferry'] },
  ),
  'an agency: usable, and changed before it was made': ninjs(
    { pubstatus: 'usable', versioncreated: '2014-01-01T10:00:00Z' },
    [
      'dropped pubStatus → (nothing): says that it may be published',
      'dropped versionCreated → (nothing): not after published',
    ],
    { hasNot: ['draft', 'updated', '2014'] },
  ),
  'an agency: an embargo in the past': ninjs(
    { embargoed: '2014-01-01T10:00:00Z' },
    'dropped embargoed → (nothing): not after published',
    { hasNot: ['embargo'] },
  ),
  'an agency: embargoes, and states': ninjs(
    { pubstatus: 'withheld', embargoed: '2031-01-01T10:00:00Z' },
    ['mapped embargoed → embargo', ': pubStatus: withheld'],
    { has: ['embargo: 2031-01-01', 'draft: true'] },
  ),
  'an agency: pictures and other kinds': ninjs({ type: 'video' }, 'an item of type video, not a story', nothing),
  'an agency: neither headline nor text': ninjs(
    { headlines: undefined, bodies: undefined },
    'it has no headline and no text',
    nothing,
  ),
  'an agency: no text': ninjs({ bodies: undefined }, 'it has no text', nothing),
  'an agency: no object, and no items': {
    ...{ kind: 'ninjs', files: { 'a.json': '{"uri": 12,', 'b.json': '[]', 'c.json': '[1]' } },
    says: ['skipped a.json: not valid JSON: ', 'skipped b.json: it contains no items', 'skipped c.json: '],
  },
  'NewsML: cut': newsml(
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta>',
    'the file ends in the middle of an item',
    nothing,
  ),
  'NewsML: other XML': newsml(
    '<rss xmlns="http://iptc.org/std/nar/2006-10-01/"></rss>',
    'not NewsML-G2: its first element is <rss>',
    nothing,
  ),
  'NewsML: a package': newsml(
    '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"></packageItem>',
    'it has no newsItem, only references to others',
    nothing,
  ),
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  await prove(proof);
});
