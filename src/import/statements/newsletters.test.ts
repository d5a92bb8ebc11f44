import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup, entry, setting, taken, takeout } from '../sources/blogger/blogger.fixture.ts';
import { page } from '../sources/medium/medium.fixture.ts';
import { columns, list, row } from '../sources/substack/substack.fixture.ts';
import { zipOf } from '../sources/zip/zip.fixture.ts';
import { type Proof, prove } from './proof.fixture.ts';

// What the receipt says about exports of Blogger, Substack, and Medium, and that it is so.

type Rest = Omit<Proof, 'files' | 'kind' | 'says'>;
const blogger = (xml: string, says: Proof['says'], rest: Rest = {}): Proof => ({
  ...{ kind: 'blogger', files: { 'blog.xml': xml }, says, ...rest },
});
const substack = (rows: string, says: Proof['says'], rest: Rest = {}, html = '<p>Text.</p>'): Proof => ({
  ...{ kind: 'substack', files: { 'posts.csv': rows, 'posts/101.storm.html': html }, says, ...rest },
});
const medium = (files: Record<string, string>, says: Proof['says'], rest: Rest = {}): Proof => ({
  ...{ kind: 'medium', files: { 'posts/2016-01-13_a-52496cb74beb.html': page(), ...files }, says, ...rest },
});

const proofs: Record<string, Proof> = {
  'Substack: a name that cannot be': {
    kind: 'substack',
    files: {
      'export.zip': zipOf([
        { name: 'posts.csv', data: list(row(), row({ id: '102.b', title: 'B' })) },
        { name: 'posts/101.storm.html', data: '<p>Text.</p>' },
        { name: `posts/102.b.html`, data: '<p>Text.</p>' },
        { name: `posts/${'x'.repeat(300)}.html`, data: '<p>Text.</p>' },
        { name: 'posts/101.storm.html/a.html', data: '<p>Text.</p>' },
      ]),
    },
    says: [': its part posts/xxxx', ' has a name that is not possible (ENAMETOOLONG)'],
    has: ['headline: The storm', 'headline: B'],
  },
  'Blogger: states': blogger(
    takeout(
      taken({ id: '1', title: 'A' }),
      taken({ id: '2', title: 'B', status: 'SCHEDULED', date: '' }),
      taken({ id: '3', title: 'C', status: 'DRAFT' }),
      taken({ id: '4', title: 'D', status: 'LIVE', trashed: '2020-01-01T00:00:00Z' }),
      taken({ id: '5', title: 'E', status: 'ODD' }),
    ),
    [
      'dropped status → (nothing): says that the story is public',
      ': scheduled, but without a date',
      ': a draft',
      ': in the trash',
      ': the status is ODD',
    ],
    { so: ({ written }) => expect(written.match(/^draft: true$/gm)).toHaveLength(4) },
  ),
  'Blogger: a change before the post': blogger(
    backup(entry({ updated: '2008-01-07T02:27:44.000-08:00' })),
    'dropped updated → (nothing): not after published',
    { hasNot: ['updated', '2008'] },
  ),
  'Blogger: a blog for invited readers': blogger(
    backup(setting('BLOG_READ_ACCESS_MODE', 'READERS'), entry()),
    'mapped the settings of the blog → draft',
    { has: ['draft: true'] },
  ),
  'Blogger: a place': blogger(
    backup(entry()).replaceAll('<thr:total>', '<georss:featurename>Galway</georss:featurename><thr:total>'),
    'mapped title → headline',
    { has: ['headline: The storm'] },
  ),
  'Substack: who could read it': {
    kind: 'substack',
    files: {
      'posts.csv': list(
        ...[
          {},
          { audience: 'only_paid' },
          { audience: 'only_free' },
          { audience: 'founding' },
          { audience: 'friends' },
          { published: 'false' },
          { type: 'adhoc_email' },
          { type: 'odd' },
          { audience: '' },
        ].map((more, at) => row({ id: `${101 + at}.s${at}`, title: `S${at}`, ...more })),
      ),
      ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`posts/${101 + at}.s${at}.html`, '<p>Text.</p>'])),
      'posts/300.lost.html': '<p>Never listed.</p>',
    },
    says: [
      'dropped is_published → (nothing): says that the story is public',
      'dropped audience → (nothing): says that the story is public',
      ': only for paying subscribers',
      ': only for subscribers who do not pay',
      ': only for founding members',
      ': only for some readers (audience: friends)',
      ': not published',
      ': sent by e-mail only',
      ': its type in Substack is odd, which is not known',
      ': posts.csv does not say who can read it',
      ': posts.csv does not list it, so it may never have been published',
    ],
    so: ({ written, receipt }) => {
      expect(written.match(/^draft: true$/gm)).toHaveLength(9);
      expect(receipt.types).toMatchObject({ 'text without a row': 1 });
    },
  },
  'Substack: a podcast': substack(
    list(row({ type: 'podcast', podcast: 'https://api.substack.com/x.mp3' })),
    ['mapped podcast_url → a card in the text', 'its type in Substack is podcast', 'mapped post_id → the address'],
    { has: ['https://api.substack.com/x.mp3', '2024/05/storm'] },
  ),
  'Substack: when it was sent': substack(
    `${columns}\n101.storm,2024-05-04T10:00:00.123Z,true,2024-05-04T10:00:01.000Z,,newsletter,everyone,A,,\n`,
    'dropped email_sent_at → (nothing): when it was sent by e-mail',
    { hasNot: ['10:00:01'] },
  ),
  'Substack: a row that is too long': substack(
    list(row(), `102.big,2024-05-04,true,,,newsletter,everyone,"${'x'.repeat(3_000_000)}",a`),
    'skipped posts.csv: line 3: its row in posts.csv is not valid CSV',
    { has: ['headline: The storm'], hasNot: ['xxxx'], so: ({ receipt }) => expect(receipt.files.skipped).toBe(1) },
  ),
  'Substack: a row that is cut': substack(
    `${list(row())}102.cut,2024-05-04,true,,,newsletter,everyone,"The har`,
    'skipped posts.csv: line 3: its row in posts.csv is not valid CSV',
    { has: ['headline: The storm'], hasNot: ['The har'] },
  ),
  'Substack: a part that everybody saw': substack(
    list(row()),
    'mapped title → headline',
    {
      has: ['For all.'],
      so: ({ receipt }) => expect(receipt.notes).toEqual([]),
    },
    '<div class="dynamic-content-block" data-dynamic-content="true" data-dynamic-audiences="non_sub"><div class="dynamic-content-match" data-dynamic-content-match="true"><p>For all.</p></div></div>',
  ),
  'Medium: drafts and responses': medium(
    {
      'posts/draft_B-52496cb74be1.html': page({ id: '52496cb74be1', title: 'B', date: '', author: '' }),
      'posts/2016-01-14_c-52496cb74be2.html': page({
        id: '52496cb74be2',
        title: 'I agree.',
        heading: '',
        body: '<p>I agree.</p>',
      }),
    },
    [
      'mapped draft_ in the name of the file → draft',
      'defaulted (none) → byline: the author of all other stories',
      'mapped p-canonical → the address',
    ],
    {
      so: ({ written, receipt, archive }) => {
        expect(written.match(/^draft: true$/gm)).toHaveLength(1);
        expect(written.match(/byline: \[ann-lee\]/g)).toHaveLength(2);
        expect(receipt.comments?.count).toBe(1);
        expect(readFileSync(join(archive.root, 'site', receipt.comments?.kept ?? ''), 'utf8')).toContain('I agree.');
      },
    },
  ),
  'Medium: the beginning of the text as a subtitle, and the same post twice': medium(
    {
      'posts/2016-01-13_b-52496cb74be1.html': page({ id: '52496cb74be1', title: 'B', subtitle: 'Text.' }),
      'posts/2016-01-13_c-52496cb74beb.html': page({ title: 'C' }),
      'posts/other.html': '<p>x</p>',
    },
    [
      'dropped p-summary → (nothing): repeats the beginning of the text',
      'it is the same post as posts/2016-01-13_a-52496cb74beb.html',
      'it is not a post of a Medium export',
    ],
    { hasNot: ['standfirst'] },
  ),
  'Medium: a date that does not exist': medium(
    { 'posts/d-52496cb74be3.html': page({ id: '52496cb74be3', title: 'D', date: '2016-02-31T10:00:00Z' }) },
    ['2016-02-31T10:00:00Z is not a date that exists', 'dropped dt-published → (nothing): not a date that exists'],
    { hasNot: ['2016-02-31'] },
  ),
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  await prove(proof);
});
