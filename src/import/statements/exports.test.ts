import { expect, test } from 'vitest';
import { exportOf, post as ghostPost } from '../sources/ghost/ghost.fixture.ts';
import { attachment, post, term, wxr } from '../sources/wordpress/wxr.fixture.ts';
import { type Proof, prove } from './proof.fixture.ts';

// What the receipt says about exports of WordPress and Ghost, and that it is so.

type Rest = Omit<Proof, 'files' | 'kind' | 'says'>;
const wordpress = (items: string, says: Proof['says'], rest: Rest = {}): Proof => ({
  ...{ kind: 'wordpress', files: { 'export.xml': wxr(items) }, says, ...rest },
});
const ghost = (more: Record<string, unknown>, says: Proof['says'], rest: Rest = {}, data = {}): Proof => ({
  ...{ kind: 'ghost', files: { 'export.json': exportOf({ posts: [ghostPost(more)], ...data }) }, says, ...rest },
});

const proofs: Record<string, Proof> = {
  'WordPress: a public post': wordpress(post(), 'dropped status → (nothing): says that the story is public', {
    hasNot: ['draft'],
  }),
  'WordPress: a change before the post': wordpress(
    post({ modified: '2018-01-01 10:00:00' }),
    'dropped post_modified → (nothing): not after published',
    { hasNot: ['updated', '2018'] },
  ),
  'WordPress: scheduled without a date': wordpress(
    post({ status: 'future', date: '0000-00-00 00:00:00' }),
    'draft export.xml',
    { so: ({ said }) => expect(said.join('\n')).toContain(': scheduled, but without a date') },
  ),
  'WordPress: scheduled': wordpress(
    post({ status: 'future', date: '2031-05-04 10:00:00' }),
    'mapped status → embargo',
    {
      has: ['embargo: 2031-05-04'],
    },
  ),
  'WordPress: other states': wordpress(
    ['draft', 'pending', 'private', 'trash', 'auto-draft', 'acf-disabled']
      .map((status, at) => post({ id: at + 1, status }))
      .join(''),
    [': a draft', ': waiting for review', ': private', ': in the trash', ': the status is acf-disabled'],
    { so: ({ written }) => expect(written.match(/^draft: true$/gm)).toHaveLength(6) },
  ),
  'WordPress: a password and members': wordpress(
    post({ password: 'open sesame' }) + post({ id: 2, meta: { _members_only: '1' } }),
    [': protected by a password', ': only for members (_members_only)'],
    { so: ({ receipt }) => expect(JSON.stringify(receipt)).not.toContain('sesame') },
  ),
  'WordPress: the texts of a featured picture': wordpress(
    post({ meta: { _thumbnail_id: '7' } }) +
      attachment(7, '2019/05/boat.jpg', {
        excerpt: 'The boat at sea',
        meta: { _wp_attachment_image_alt: 'A boat', _media_credit: 'Cy Ng' },
      }),
    [
      'mapped _thumbnail_id → lead',
      'mapped caption of the attachment → lead.caption',
      'mapped _media_credit → lead.credit',
      'mapped _wp_attachment_image_alt → lead.alt',
    ],
    { has: [/lead:[\s\S]*alt: A boat[\s\S]*caption: The boat at sea[\s\S]*credit: Cy Ng/] },
  ),
  'WordPress: a featured picture that is not there': wordpress(
    post({ meta: { _thumbnail_id: '99' } }),
    [
      'dropped _thumbnail_id → (nothing): the export has no such attachment',
      'the featured picture 99 is not in the export',
    ],
    { hasNot: ['lead'] },
  ),
  'WordPress: fields of plugins': wordpress(
    post({ meta: { _edit_lock: '12345:1', mood: 'sunny' } }),
    ['internal to WordPress or a plugin', 'dropped mood → (nothing): a story has no such field'],
    { hasNot: ['sunny', '12345'] },
  ),
  'WordPress: an author who is not in the export': wordpress(
    post({ creator: 'cy' }),
    'the author cy is not in the export; the byline has this name',
    { has: [/byline:[\s\S]*cy/] },
  ),
  'WordPress: an impossible date': wordpress(
    post({ date: '2019-02-31 10:00:00', gmt: '2019-02-31 10:00:00' }),
    ['2019-02-31 10:00:00 is not a date that exists', 'dropped post_date'],
    { has: ['draft: true'], hasNot: ['2019-02-31'] },
  ),
  'WordPress: shortcodes that nobody knows': wordpress(
    post({ content: 'Before. [box]Words in a box.[/box] [spacer height="3"] After.' }),
    ['[box] is not known; its words were kept', '[spacer] was left out, because it has no words'],
    { has: ['Words in a box.', 'After.'], hasNot: ['spacer', '[box', '[/box'] },
  ),
  'WordPress: a category that is a section, and more': wordpress(
    `<wp:category><wp:category_nicename>sea</wp:category_nicename><wp:cat_name>The sea</wp:cat_name></wp:category><wp:category><wp:category_nicename>boats</wp:category_nicename><wp:category_parent>sea</wp:category_parent><wp:cat_name>Boats</wp:cat_name></wp:category>${post({ terms: term('category', 'Boats') })}`,
    'mapped category → section, topics',
    { has: ['section: sea', 'topics: [Boats]'] },
  ),
  'WordPress: types that are no stories': wordpress(
    post({ type: 'recipe', content: 'Bake.' }),
    'its type in WordPress is recipe',
    {
      has: ['Bake.'],
      so: ({ receipt }) => expect(receipt.types).toMatchObject({ recipe: 1 }),
    },
  ),
  'WordPress: a hidden element': wordpress(
    post({ content: '<p>Shown.</p><div style="display:none">Unseen.</div>' }),
    'changed html-changed',
    {
      has: ['Shown.'],
      hasNot: ['Unseen'],
      so: ({ receipt }) => expect(receipt.changes.map(({ before }) => before)).toContain('a hidden element'),
    },
  ),
  'Ghost: texts that are too large': {
    kind: 'ghost',
    files: {
      'export.json': exportOf({
        posts: [
          `<p>${'x'.repeat(2_100_000)}</p>`,
          '<hr>'.repeat(410_000),
          `<p>${'<b>'.repeat(30_000)}${'</b>'.repeat(30_000)}`,
          `<p>${'x'.repeat(8_100_000)}</p>`,
        ].map((html, at) => ghostPost({ id: `p${at}`, slug: `s${at}`, html })),
      }),
    },
    says: [
      'more than 2 MB of HTML, which is the limit for one text',
      'more than 400000 HTML elements in one text',
      'HTML nested more than ',
      'more than 8 MB of text, which is the limit for one post',
    ],
    so: ({ receipt }) => expect(receipt.files).toMatchObject({ in: 4, skipped: 4 }),
  },
  'Ghost: a public post': ghost(
    {},
    ['dropped status', 'dropped visibility → (nothing): says that the story is public'],
    {
      hasNot: ['draft'],
    },
  ),
  'Ghost: a change before the post': ghost(
    { updated_at: '2018-01-01T10:00:00.000Z' },
    'dropped updated_at → (nothing): not after published',
    { hasNot: ['updated', '2018'] },
  ),
  'Ghost: an internal tag, and code': ghost(
    { codeinjection_head: '<script>x()</script>', og_title: 'Other' },
    [
      'dropped tags → (nothing): an internal tag, which readers do not see',
      'dropped codeinjection_head → (nothing): code that changes the page',
      'dropped og_title → (nothing): a story has no such field',
    ],
    { hasNot: ['hidden-tag', 'x()', 'Other', 'topics'] },
    {
      tags: [{ id: 't1', name: '#hidden-tag', slug: 'hash-hidden-tag', visibility: 'internal' }],
      posts_tags: [{ post_id: 'p1', tag_id: 't1' }],
    },
  ),
  'Ghost: cards that readers do not see, and unknown ones': ghost(
    {
      html: null,
      lexical: JSON.stringify({
        root: {
          children: [
            { type: 'email', html: '<p>Only by mail.</p>' },
            { type: 'tide-table', text: 'High at noon.' },
            { type: 'paragraph', children: [{ type: 'text', text: 'Text.' }] },
          ],
        },
      }),
    },
    [
      'the card email was left out, because readers of the site do not see it',
      'the card tide-table is not known; its words were kept',
    ],
    { has: ['High at noon.', 'Text.'], hasNot: ['Only by mail'] },
  ),
  'Ghost: who could read it': {
    kind: 'ghost',
    files: {
      'export.json': exportOf({
        posts: [
          ...['members', 'paid', 'tiers'].map((visibility) => ({ visibility })),
          ...['draft', 'sent', 'lost'].map((status) => ({ status })),
          { email_only: true },
        ].map((more, at) => ghostPost({ id: `p${at}`, slug: `s${at}`, ...more })),
      }),
    },
    says: [
      ': only for members',
      ': only for paying members',
      ': only for some members (visibility: tiers)',
      ': a draft',
      ': sent by e-mail only',
      ': the status is lost',
    ],
    so: ({ written }) => expect(written.match(/^draft: true$/gm)).toHaveLength(7),
  },
  'Ghost: an author who is not in the export': ghost({ author_id: 'u9' }, 'the author u9 is not in the export', {
    hasNot: ['u9'],
  }),
  'Ghost: a date that does not exist': ghost(
    { published_at: '2019-02-31' },
    'dropped published_at → (nothing): not a date that exists',
    {
      has: ['draft: true'],
      hasNot: ['2019-02-31'],
    },
  ),
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  await prove(proof);
});
