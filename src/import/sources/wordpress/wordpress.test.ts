import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { summaryOf } from '../../receipt.ts';
import { picture, smallArchive } from '../../small-archive.fixture.ts';
import { storyOf } from './import-one.fixture.ts';
import { attachment, post, term, wxr } from './wxr.fixture.ts';

test('a post with everything', async () => {
  const { text, archive, receipt } = await storyOf(
    post({
      id: 7,
      title: 'The &#8220;big&#8221; <em>storm</em>',
      slug: 'storm',
      link: 'https://old.example/2019/storm/',
      date: '2019-05-04 10:00:00',
      gmt: '2019-05-04 08:00:00',
      modified: '2019-05-05 07:00:00',
      excerpt: 'What <b>happened</b>.',
      terms:
        term('category', 'The sea', 'the-sea') +
        term('category', 'Boats') +
        term('post_tag', 'Storms') +
        term('category', 'Uncategorized'),
      meta: { _thumbnail_id: '8', _edit_last: '1', layout: 'wide', _yoast_wpseo_metadesc: 'For search engines.' },
      content:
        '<!-- wp:paragraph -->\n<p>See <a href="https://old.example/2019/05/story-9/">this</a> and <a href="/?p=9">that</a>.</p>\n<!-- /wp:paragraph -->',
    }) +
      post({ id: 9 }) +
      attachment(8, '2019/05/boat.jpg', {
        excerpt: 'Out at <i>sea</i> (Photo: Ann Ex)',
        meta: { _wp_attachment_image_alt: 'A boat' },
      }),
    { '2019/05/boat.jpg': await picture() },
  );
  expect(text).toBe(`---
headline: The “big” storm
standfirst: What happened.
section: sea
topics: [Boats, Storms]
byline: [ann-lee]
published: 2019-05-04T10:00:00+02:00
updated: 2019-05-05T07:00:00Z
lead: { src: boat.jpg, alt: A boat, caption: Out at *sea*, credit: Ann Ex }
summary: For search engines.
aliases: [/2019/storm/, /?p=7]
---

See [this](story:2019/05/story-9) and [that](story:2019/05/story-9).
`);
  expect(readFileSync(join(archive.root, 'site/content/authors/ann-lee.yaml'), 'utf8')).toBe('name: Ann Lee\n');
  expect(receipt.files).toEqual({ in: 2, stories: 2, pages: 0, drafts: 0, skipped: 0, written: 2, unchanged: 0 });
  expect(receipt.types).toEqual({ attachment: 1, post: 2 });
  expect(receipt.feedRedirects).toMatchObject({ '/feed/': '/feed.xml' });
  expect(summaryOf(receipt)).toMatch(
    /Add these lines to redirects in content\/site\.yaml\n {2}\/feed\/: \/feed\.xml\n/,
  );
  expect(receipt.fields).toContainEqual({
    from: 'layout',
    to: '',
    how: 'dropped',
    reason: 'a story has no such field',
    count: 1,
    samples: ['wide'],
  });
  const again = await archive.runAs('wordpress', 'export.xml', { publicFolder: join(archive.root, 'in') });
  expect(again.files).toMatchObject({ written: 0, unchanged: 2 });
});

describe('what is not plainly public is a draft with its reason', () => {
  test.each([
    [{ status: 'draft' }, 'a draft'],
    [{ status: 'pending' }, 'waiting for review'],
    [{ status: 'private' }, 'private'],
    [{ status: 'trash' }, 'in the trash'],
    [{ status: 'archive-only' }, 'the status is archive-only'],
    [{ password: 'secret' }, 'protected by a password'],
    [{ meta: { _members_access_role: 'subscriber' } }, 'only for members (_members_access_role)'],
  ])('%j', async (more, reason) => {
    const { text, receipt } = await storyOf(post(more));
    expect(text).toContain('\ndraft: true\n');
    expect(receipt.drafts.map((draft) => draft.reason)).toEqual([reason]);
    expect(JSON.stringify(receipt)).not.toContain('secret');
  });

  test('a scheduled post has an embargo', async () => {
    const { text } = await storyOf(post({ status: 'future', date: '2031-01-01 12:00:00' }));
    expect(text).toContain('published: 2031-01-01T12:00:00Z\n');
    expect(text).toContain('embargo: 2031-01-01T12:00:00Z\n');
  });
});

test('several authors: co-authors, guests with what is known of them, and one who is not in the export', async () => {
  const guest = post({
    id: 50,
    type: 'guest-author',
    title: 'Cleo Guest',
    slug: 'cap-cleo',
    meta: {
      'cap-display_name': 'Cleo Guest',
      'cap-user_login': 'cleo',
      'cap-description': 'Cleo <b>sails</b>.',
      'cap-website': 'https://cleo.example/',
      'cap-newspack_job_title': 'Sailor',
    },
  });
  const { text, archive, receipt } = await storyOf(
    post({
      creator: 'boek',
      terms:
        term('author', 'boek', 'cap-boek') + term('author', 'cleo', 'cap-cleo') + term('author', 'Dee Gone', 'cap-dee'),
    }) + guest,
  );
  expect(text).toContain('byline:\n  - bo-ek\n  - cleo-guest\n  - { name: Dee Gone }\n');
  expect(receipt.notes.map(({ note }) => note)).toContain(
    'the author Dee Gone is not in the export; the byline has this name',
  );
  const cleo = readFileSync(join(archive.root, 'site/content/authors/cleo-guest.yaml'), 'utf8');
  expect(cleo).toContain('name: Cleo Guest\nrole: Sailor\nbio: Cleo sails.\n');
  expect(cleo).toContain('https://cleo.example/');
  expect(receipt.authors.written).toEqual(['bo-ek', 'cleo-guest']);
});

test('Newspack, ACF, Polylang: subtitle, kicker, credit, sponsor, correction, language', async () => {
  const { text } = await storyOf(
    post({
      excerpt: 'The excerpt.',
      meta: {
        newspack_post_subtitle: 'The subtitle',
        kicker: 'Weather',
        _kicker: 'field_5f00000000',
        sponsor: 'Ropes Ltd',
        sponsor_url: 'https://ropes.example/',
        correction: 'The year was 1841.',
        correction_date: '2019-06-01',
        _thumbnail_id: '77',
      },
      terms: term('language', 'Français', 'fr'),
    }),
  );
  expect(text).toContain('standfirst: The subtitle\nkicker: Weather\n');
  expect(text).toContain('summary: The excerpt.\n');
  expect(text).toContain('language: fr\n');
  expect(text).toContain('sponsor: { name: Ropes Ltd, url: https://ropes.example/ }\n');
  expect(text).toContain('corrections:\n  - { date: 2019-06-01, type: correction, text: The year was 1841. }\n');
});

test('pages become standing pages, with their pictures, and stories link to them', async () => {
  const { archive, receipt, text } = await storyOf(
    post({ content: '<a href="https://old.example/paper/about/">us</a>' }) +
      post({
        id: 2,
        type: 'page',
        title: 'About us',
        slug: 'about',
        link: 'https://old.example/paper/about/',
        content: '<img src="https://old.example/wp-content/uploads/a.jpg" alt="A">',
        date: '0000-00-00 00:00:00',
      }) +
      post({ id: 3, type: 'page', title: 'Secret', slug: 'secret', status: 'private' }) +
      post({ id: 4, type: 'event', title: 'A fair', slug: 'fair' }),
    { 'a.jpg': await picture() },
  );
  const page = readFileSync(join(archive.root, 'site/content/pages/about.md'), 'utf8');
  expect(page).toBe('---\nheadline: About us\naliases: [/paper/about/, /?page_id=2]\n---\n\n![A](about-a.jpg)\n');
  expect(readFileSync(join(archive.root, 'site/content/pages/secret.md'), 'utf8')).toContain('draft: true');
  expect(text).toContain('[us](/about/)');
  expect(receipt.files).toEqual({ in: 4, stories: 2, pages: 1, drafts: 1, skipped: 0, written: 4, unchanged: 0 });
  expect(receipt.notes.map(({ note }) => note)).toContain('its type in WordPress is event');
});

test('comments are counted and kept in a file', async () => {
  const comment =
    '<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author><![CDATA[Eve]]></wp:comment_author><wp:comment_content><![CDATA[Well <b>said</b>]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>';
  const { archive, receipt } = await storyOf(post({ more: comment + comment }));
  expect(receipt.comments?.count).toBe(2);
  const lines = readFileSync(join(archive.root, 'site', receipt.comments?.kept ?? ''), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    Array(2).fill({
      post: '1',
      title: 'Story 1',
      link: 'https://old.example/2019/05/story-1/',
      id: '5',
      approved: true,
      author: 'Eve',
      text: 'Well <b>said</b>',
    }),
  );
});

test('the time zone of the source applies, and impossible dates are reported', async () => {
  const { archive, receipt } = await storyOf(
    post({ id: 1, date: '2019-01-04 23:30:00', gmt: '2019-01-05 04:30:00' }) +
      post({ id: 2, date: '2019-02-31 10:00:00', gmt: '2019-02-31 10:00:00' }) +
      post({ id: 3, date: '2019-07-04 10:00:00', gmt: '0000-00-00 00:00:00' }) +
      post({ id: 4, date: '2019-07-04 10:00:00', gmt: '1970-01-01 00:00:00' }),
  );
  const published = receipt.stories.map(({ story }) => /^published: (.*)$/m.exec(archive.story(story))?.[1]);
  expect(published).toEqual(['2019-01-04T23:30:00-05:00', undefined, '2019-07-04T10:00:00', '2019-07-04T10:00:00']);
  expect(receipt.drafts.map(({ reason }) => reason)).toEqual(['no date in the front matter or in the file name']);
  expect(receipt.notes.map(({ note }) => note)).toContain('2019-02-31 10:00:00 is not a date that exists');
});

test('--category says what a category becomes', async () => {
  const archive = smallArchive({
    'export.xml': wxr(
      post({
        terms:
          term('category', 'Boats & ships', 'boats') + term('category', 'The sea', 'the-sea') + term('category', 'Ads'),
      }),
    ),
  });
  const categories = new Map([
    ['boats-ships', 'sea'],
    ['the-sea', 'topic'],
    ['ads', 'none'],
  ]);
  const receipt = await archive.runAs('wordpress', 'export.xml', { categories });
  expect(archive.story('2019/05/story-1')).toContain('section: sea\ntopics: [The sea]\n');
  expect(receipt.fields).toContainEqual(
    expect.objectContaining({ from: 'category', how: 'dropped', reason: 'by --category' }),
  );
  await expect(archive.runAs('wordpress', 'export.xml', { categories: new Map([['a', 'nowhere']]) })).rejects.toThrow(
    'has no section "nowhere"',
  );
});
