import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importArchive } from '../../import.ts';
import { picture, smallArchive } from '../../small-archive.fixture.ts';
import { readNewsml } from './read-newsml.ts';

const namespace = 'xmlns="http://iptc.org/std/nar/2006-10-01/"';

const xhtml =
  '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head><body><h2>Boats</h2><p>The harbour &amp; the quay are <em>open</em>.</p></body></html></inlineXML>';

function newsItem({
  meta = '',
  content = '',
  body = xhtml,
  guid = 'urn:example:1',
  version = '1',
  type = 'text',
} = {}): string {
  return `<newsItem guid="${guid}" version="${version}" standard="NewsML-G2" xml:lang="en-IE" ${namespace}>
  <itemMeta><itemClass qcode="ninat:${type}"/><provider literal="EXA"><name>Example Agency</name></provider>
    <firstCreated>2024-05-01T08:00:00Z</firstCreated><versionCreated>2024-05-01T09:30:00Z</versionCreated>
    ${meta || '<pubStatus qcode="stat:usable"/>'}</itemMeta>
  <contentMeta><by>By Ann Example</by><located><name>Galway</name></located>
    <subject type="cpnat:abstract" qcode="medtop:1"><name>The sea</name></subject>
    <headline role="hlrole:main">Harbour reopens</headline>
    <description role="drol:summary">Boats are back.</description>${content}</contentMeta>
  <contentSet>${body}</contentSet></newsItem>`;
}

const photo = `<newsItem guid="urn:example:p" version="1" xml:lang="en" ${namespace}>
  <itemMeta><itemClass qcode="ninat:picture"/><provider literal="EXA"/><pubStatus qcode="stat:usable"/></itemMeta>
  <contentMeta><creator><name>Cy Photo</name></creator><creditline>Cy Photo/EXA</creditline><description role="drol:caption">A rope.</description></contentMeta>
  <rightsInfo><usageTerms>Editorial use only.</usageTerms></rightsInfo>
  <contentSet><remoteContent href="rope-small.jpg" contenttype="image/jpeg" width="100"/>
  <remoteContent href="rope.jpg" contenttype="image/jpeg" width="4000"/></contentSet></newsItem>`;

async function importItems(files: Record<string, string | Uint8Array>) {
  const archive = smallArchive(files);
  const receipt = await importArchive('newsml', {
    source: join(archive.root, 'in'),
    site: join(archive.root, 'site'),
    permalinks: [],
    dryRun: false,
  });
  const path = join(archive.stories, '2024/05/harbour-reopens/index.md');
  return { ...archive, receipt, text: () => readFileSync(existsSync(path) ? path : `${path}x`, 'utf8') };
}

test('a news item becomes a story with every field', async () => {
  const { text, receipt } = await importItems({ 'a.xml': newsItem() });
  expect(receipt.files).toMatchObject({ in: 1, stories: 1, skipped: 0 });
  for (const line of [
    'headline: Harbour reopens',
    'standfirst: Boats are back.',
    'section: sea',
    'dateline: Galway',
    'language: en-IE',
    '## Boats',
    'The harbour & the quay are *open*.',
    'Ann Example',
  ])
    expect(text()).toContain(line);
  expect(text()).toMatch(/published: .*2024-05-01T08:00:00Z/);
  expect(text()).toMatch(/updated: .*2024-05-01T09:30:00Z/);
});

test.each([
  ['withheld', '<pubStatus qcode="stat:withheld"/>', /draft: true/],
  ['cancelled', '<pubStatus qcode="stat:canceled"/>', /draft: true/],
  ['of an unknown state', '<pubStatus uri="http://example/held"/>', /draft: true/],
  ['embargoed without an end', '<embargoed/>', /draft: true/],
  ['embargoed', '<embargoed>2031-05-02T10:00:00+02:00</embargoed>', /embargo: .*2031-05-02T10:00:00\+02:00/],
])('an item that is %s is not published', async (_, meta, expected) => {
  const { text } = await importItems({ 'a.xml': newsItem({ meta }) });
  expect(text()).toMatch(expected);
});

test('in a message, a text gets the pictures that came with it', async () => {
  const message = `<?xml version="1.0"?><newsMessage ${namespace}><header/><itemSet>${newsItem()}${photo}</itemSet></newsMessage>`;
  const { text, list, receipt } = await importItems({ 'a.xml': message, 'rope.jpg': await picture() });
  expect(receipt.files).toMatchObject({ in: 1, stories: 1, skipped: 0 });
  expect(list()).toContain('2024/05/harbour-reopens/rope.jpg');
  expect(text()).toMatch(/lead:[\s\S]*rope\.jpg[\s\S]*A rope\.[\s\S]*Cy Photo\/EXA/);
  expect(receipt.notes.map(({ note }) => note)).toContainEqual(expect.stringContaining('Editorial use only.'));
});

test('with several texts, a picture belongs to the text that links to it', async () => {
  const linking = newsItem({
    meta: '<pubStatus qcode="stat:usable"/><link rel="irel:seeAlso" residref="urn:example:p"/>',
  });
  const other = newsItem({ guid: 'urn:example:2' });
  const items = readNewsml(`<newsMessage ${namespace}><itemSet>${linking}${other}${photo}</itemSet></newsMessage>`);
  expect(items.map((item) => (typeof item === 'string' ? item : item.pictures.length))).toEqual([1, 0]);
});

test('NITF becomes HTML with its subheads, captions, and credits', async () => {
  const body =
    '<inlineXML contenttype="application/nitf+xml"><nitf><body><body.head><hedline><hl1>No</hl1></hedline></body.head><body.content><block><hl2>Boats</hl2><p>First.</p><media media-type="image"><media-reference source="rope.jpg" alternate-text="A rope on a quay"/><media-caption>The rope.</media-caption></media></block></body.content></body></nitf></inlineXML>';
  const { text, list } = await importItems({ 'a.xml': newsItem({ body }), 'rope.jpg': await picture() });
  expect(text()).toContain('# Boats');
  expect(text()).toContain('A rope on a quay');
  expect(text()).toContain('The rope.');
  expect(text()).not.toContain('No');
  expect(list()).toContain('2024/05/harbour-reopens/rope.jpg');
});

test('plain text becomes paragraphs', async () => {
  const body = '<inlineData contenttype="text/plain">First &lt;b&gt; line.\n\nSecond\nline.</inlineData>';
  const { text } = await importItems({ 'a.xml': newsItem({ body }) });
  expect(text()).toMatch(/First \\?<b\\?> line\.\n\nSecond line\./);
});

test('elements with a prefix are the same elements', () => {
  const prefixed = newsItem()
    .replace(namespace, 'xmlns:n="http://iptc.org/std/nar/2006-10-01/"')
    .replace(/<(\/?)(newsItem|itemMeta|contentMeta|contentSet|headline|itemClass)\b/g, '<$1n:$2');
  expect(readNewsml(prefixed)).toMatchObject([{ headline: 'Harbour reopens' }]);
});

test.each([
  ['cut off', newsItem().slice(0, 700), /ends in the middle/],
  ['no XML', 'hello', /not XML/],
  ['another kind of XML', '<rss><channel/></rss>', /not NewsML-G2/],
  ['a package of references', `<packageItem ${namespace}><groupSet/></packageItem>`, /no newsItem/],
  ['a picture alone', photo, /picture/],
  [
    'nested 5,000 deep',
    newsItem({ body: `<inlineXML>${'<block>'.repeat(5000)}x${'</block>'.repeat(5000)}</inlineXML>` }),
    /nested too deeply/,
  ],
])('a file that is %s is skipped with its reason', async (_, xml, reason) => {
  const { receipt } = await importItems({ 'a.xml': xml, 'b.xml': newsItem({ guid: 'urn:example:other' }) });
  expect(receipt.files).toMatchObject({ in: 2, stories: 1, skipped: 1 });
  expect(receipt.skipped[0]?.reason).toMatch(reason);
});

test('entities are never expanded or fetched', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]>${newsItem(
    {
      content: '<slugline>&b;&e;</slugline>',
    },
  )}`;
  const { receipt } = await importItems({ 'a.xml': bomb });
  expect(JSON.stringify(receipt)).not.toMatch(/aaaaaaaaaa|root:/);
});

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            '<newsItem>',
            '</newsItem>',
            '<itemMeta>',
            '<contentSet>',
            '<inlineXML>',
            '<p>',
            '</p>',
            '&amp;',
            '&',
            '<![CDATA[',
            ']]>',
            '<link residref="x"/>',
          ),
          fc.string(),
        ),
      ),
      (parts) => Array.isArray(readNewsml(`<newsItem>${parts.join('')}</newsItem>`)),
    ),
  );
});
