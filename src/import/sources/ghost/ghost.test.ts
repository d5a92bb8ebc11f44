import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { exportOf, importData, post, storyOf } from './ghost.fixture.ts';

test('a post with everything', async () => {
  const { text, receipt, archive } = await storyOf(
    {
      custom_excerpt: 'What happened.',
      updated_at: '2019-05-05T07:00:00.000Z',
      feature_image: '__GHOST_URL__/content/images/2019/05/boat.jpg',
      html: '<p>See <a href="__GHOST_URL__/other/">this</a> and <a href="__GHOST_URL__/about/">us</a>.</p><figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/size/w600/2019/05/boat.jpg" alt="Out"></figure>',
      codeinjection_head: '<script>x</script>',
    },
    {
      posts: [
        post({
          custom_excerpt: 'What happened.',
          updated_at: '2019-05-05T07:00:00.000Z',
          feature_image: '__GHOST_URL__/content/images/2019/05/boat.jpg',
          html: '<p>See <a href="__GHOST_URL__/other/">this</a> and <a href="__GHOST_URL__/about/">us</a>.</p><img src="__GHOST_URL__/content/images/size/w600/2019/05/boat.jpg" alt="Out">',
          codeinjection_head: '<script>x</script>',
        }),
        post({ id: 'p2', slug: 'other', title: 'Other' }),
        post({ id: 'p3', slug: 'about', title: 'About', type: 'page' }),
      ],
      posts_meta: [
        {
          post_id: 'p1',
          feature_image_alt: 'A boat',
          feature_image_caption: '<span>Out at <i>sea</i>. Photo by Cleo</span>',
          meta_description: 'For search.',
        },
      ],
      tags: [
        { id: 't1', name: 'The sea', slug: 'the-sea' },
        { id: 't2', name: 'Storms', slug: 'storms' },
        { id: 't3', name: '#newsletter', slug: 'hash-newsletter', visibility: 'internal' },
      ],
      posts_tags: [
        { post_id: 'p1', tag_id: 't2', sort_order: 1 },
        { post_id: 'p1', tag_id: 't1', sort_order: 0 },
        { post_id: 'p1', tag_id: 't3', sort_order: 2 },
      ],
      posts_authors: [
        { post_id: 'p1', author_id: 'u2', sort_order: 1 },
        { post_id: 'p1', author_id: 'u1', sort_order: 0 },
      ],
    },
    { 'content/images/2019/05/boat.jpg': await picture() },
  );
  expect(receipt.files).toMatchObject({ in: 3, stories: 2, pages: 1 });
  expect(text).toBe(`---
headline: The storm
standfirst: What happened.
section: sea
topics: [Storms]
byline: [ann, bo]
published: 2019-05-04T10:00:00Z
updated: 2019-05-05T07:00:00Z
lead: { src: boat.jpg, alt: A boat, caption: Out at *sea*., credit: Cleo }
summary: For search.
aliases: [/storm/]
---

See [this](story:2019/05/other) and [us](/about/).

![Out](boat.jpg)
`);
  const ann = readFileSync(join(archive.root, 'site/content/authors/ann.yaml'), 'utf8');
  expect(ann).toContain('name: Ann Lee\nbio: Ann sails.\n');
  expect(ann).toContain('https://ann.example/');
  expect(receipt.fields).toContainEqual(
    expect.objectContaining({ from: 'tags', how: 'dropped', samples: ['#newsletter'] }),
  );
  expect(receipt.fields).toContainEqual(expect.objectContaining({ from: 'codeinjection_head', how: 'dropped' }));
});

describe('what is not plainly public is a draft with its reason', () => {
  test.each([
    [{ visibility: 'members' }, {}, 'only for members'],
    [{ visibility: 'paid' }, {}, 'only for paying members'],
    [{ visibility: 'tiers' }, {}, 'only for some members (visibility: tiers)'],
    [{ status: 'draft' }, {}, 'a draft'],
    [{ status: 'sent' }, {}, 'sent by e-mail only'],
    [{}, { posts_meta: [{ post_id: 'p1', email_only: 1 }] }, 'sent by e-mail only'],
  ])('%j %j', async (more, data, reason) => {
    const { text, receipt } = await storyOf(more, data);
    expect(text).toContain('\ndraft: true\n');
    expect(receipt.drafts.map((draft) => draft.reason)).toEqual([reason]);
    expect(receipt.fields.filter(({ to }) => to === 'draft')).toHaveLength(1);
  });

  test('a scheduled post has an embargo', async () => {
    const { text } = await storyOf({ status: 'scheduled', published_at: '2031-01-01 12:00:00' });
    expect(text).toContain('published: 2031-01-01T12:00:00Z\n');
    expect(text).toContain('embargo: 2031-01-01T12:00:00Z\n');
  });
});

test('redirects beside the export become aliases, and those that lead elsewhere are named', async () => {
  const { archive, receipt } = await importData(
    { posts: [post()] },
    {
      'redirects.yaml':
        '301:\n  /old-storm/: /storm/\n  ^\\/older\\/storm\\/?$: /old-storm/\n  /feed-old/: https://x.example/\n302:\n  ^/a/(.*)$: /b/$1\n',
    },
  );
  expect(archive.story('2019/05/storm')).toContain('aliases: [/storm/, /old-storm/, /older/storm/]');
  expect(receipt.redirectsLeft.map(({ from }) => from)).toEqual(['/feed-old/', '^/a/(.*)$']);
});

describe('bad input', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7].map((part) => part / 8))(
    'cut at %d of its length: what came before is imported',
    async (part) => {
      const whole = exportOf({ posts: [post(), post({ id: 'p2', slug: 'b' }), post({ id: 'p3', slug: 'c' })] });
      const cut = whole.slice(0, Math.ceil(whole.length * part));
      if (!cut.includes('"users":[{')) return;
      const { receipt } = await importData(cut);
      const complete = [...cut.matchAll(/"author_id":"u1"\}/g)].length;
      expect(receipt.files.stories).toBe(complete);
      expect(receipt.notes.map(({ note }) => note)).toContain(
        'the file ends in the middle of the export; everything before its end is imported',
      );
    },
  );

  test('the forms of other versions: without db, numbers for ids and dates, page as a number', async () => {
    const old = exportOf(
      {
        posts: [
          post({ id: 1, author_id: 1, published_at: 1426078349156, page: 0, type: undefined }),
          post({ id: 2, slug: 'p', page: 1, type: undefined }),
        ],
        users: [{ id: 1, name: 'Ann Lee', slug: 'ann' }],
      },
      false,
    );
    const { archive, receipt } = await importData(old);
    expect(receipt.files).toMatchObject({ stories: 1, pages: 1 });
    expect(archive.story('2015/03/storm')).toContain('byline: [ann]\npublished: 2015-03-11T12:52:29Z\n');
  });

  test('not a Ghost export', async () => {
    await expect(importData('{"a": 1}')).rejects.toThrow('is not a Ghost export');
    await expect(importData('no JSON')).rejects.toThrow('is not a Ghost export');
  });

  test('the same id twice, a text that is not JSON, a missing author, an impossible date', async () => {
    const { receipt } = await importData({
      posts: [
        post(),
        post({ slug: 'b' }),
        post({ id: 'p3', slug: 'c', html: null, lexical: '{' }),
        post({ id: 'p4', slug: 'd', author_id: 'nobody', published_at: '2019-02-31T10:00:00Z' }),
      ],
    });
    expect(receipt.skipped.map(({ reason }) => reason).sort()).toEqual([
      'its text is not valid JSON',
      'the export contains the post with the id p1 twice',
    ]);
    expect(receipt.skipped.every(({ kept }) => kept !== undefined)).toBe(true);
    expect(receipt.notes.map(({ note }) => note)).toContain('the author nobody is not in the export');
    expect(receipt.drafts).toHaveLength(1);
  });

  test('a huge post is kept aside in bounded memory, and paths do not lead outside', async () => {
    const { receipt, archive } = await importData({
      posts: [
        post({ html: 'word '.repeat(500_000) }),
        post({ id: 'p2', slug: '../../x', feature_image: '__GHOST_URL__/content/images/../../../secret.jpg' }),
      ],
    });
    expect(receipt.skipped[0]?.reason).toContain('more than 2 MB of HTML');
    expect(archive.list()).toEqual(['2019/05/x/index.md']);
  });
});
