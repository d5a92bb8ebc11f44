import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { backup, entry, importBackup, setting, taken, takeout } from './blogger.fixture.ts';

test('an old backup: a post with everything, a page, a comment, settings, and the template', async () => {
  const { text, receipt, archive, again } = await importBackup(
    backup(
      setting('BLOG_TIME_ZONE', 'America/Los_Angeles'),
      entry({ id: '1', kind: 'template', title: 'Template: Tides', content: '<b:skin/>' }),
      entry({
        title: 'Storm & after',
        labels: ['The sea', 'Storms', 'storms'],
        updated: '2009-01-08T09:00:00.000-08:00',
        content:
          '<div class="separator"><a href="http://4.bp.blogspot.com/-a/AA/s1600/boat.jpg"><img border="0" src="http://4.bp.blogspot.com/-a/AA/s320/boat.jpg" width="320" height="240" /></a></div>One paragraph.<br /><br />See <a href="http://tides.blogspot.com/2009/02/calm.html">this</a>.<a name="more"></a><br />',
        more: '<georss:featurename>Cork</georss:featurename>',
      }),
      entry({ id: '101', title: 'Calm', link: 'http://tides.blogspot.com/2009/02/calm.html', author: 'Bo Ek' }),
      entry({ id: '102', kind: 'page', title: 'About', link: 'http://tides.blogspot.com/p/about.html' }),
      entry({
        id: '103',
        kind: 'comment',
        title: 'Nice',
        content: 'Nice <b>story</b>',
        author: 'A reader',
        link: '',
        more: "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-100' href='x'/>",
      }),
    ),
  );
  expect(receipt.files).toMatchObject({ in: 3, stories: 2, pages: 1, drafts: 0, skipped: 0 });
  expect(text).toBe(`---
headline: Storm & after
section: sea
topics: [Storms]
byline: [ann-lee]
published: 2009-01-07T02:27:00-08:00
updated: 2009-01-08T09:00:00-08:00
lead: { wanted: http://4.bp.blogspot.com/-a/AA/s0/boat.jpg }
aliases: [/2009/01/storm.html]
---

One paragraph.

See [this](story:2009/01/calm).
`);
  expect(readFileSync(join(archive.root, 'site/content/pages/about.md'), 'utf8')).toContain('aliases: [/p/about.html]');
  expect(receipt.types).toEqual({ comment: 1, page: 1, post: 2, settings: 1, template: 1 });
  expect(receipt.authors.written).toEqual(['ann-lee', 'bo-ek']);
  const kept = readFileSync(join(archive.root, 'site', receipt.comments?.kept ?? ''), 'utf8').trim();
  expect(JSON.parse(kept)).toMatchObject({
    post: 'tag:blogger.com,1999:blog-1.post-100',
    author: 'A reader',
    text: 'Nice <b>story</b>',
  });
  expect((await again()).files).toMatchObject({ written: 0, unchanged: 3 });
});

const photo = (name: string) =>
  `<p>Text.</p><div class="separator"><img alt="A boat" src="https://blogger.googleusercontent.com/img/b/R29/AVvX/s320/${name}"></div>`;

test('a Google Takeout with its pictures, as a folder and as a zip', async () => {
  const blog = 'Takeout/Blogger/Blogs/Tides';
  const files = {
    [`${blog}/feed.atom`]: takeout(
      taken({ content: photo('My%2520boat.jpg'), labels: ['Storms'] }),
      taken({ id: '101', type: 'PAGE', title: 'About', file: '/p/about.html' }),
      taken({ id: '102', type: 'COMMENT', title: '', content: 'Nice', file: '' }),
    ),
    [`${blog}/settings.csv`]: 'blog_subdomain,blog_time_zone,blog_read_access_mode\ntides,Europe/Dublin,PUBLIC\n',
    [`${blog}/theme-layouts.xml`]: '<html/>',
    'Takeout/Blogger/Albums/Tides/My boat.jpg': await picture(),
    'Takeout/Blogger/Albums/Tides/other.jpg': await picture(),
    'Takeout/Blogger/Albums/Tides/My boat.jpg.json': '{}',
    'Takeout/Blogger/Comments/Others/feed.atom': takeout(taken({ type: 'COMMENT' })),
    'Takeout/Blogger/Profile/profile.csv': 'ann@example.org',
    'Takeout/archive_browser.html': '<html></html>',
  };
  const folder = await importBackup(files);
  const zip = await importBackup({
    'takeout.zip': zipOf(Object.entries(files).map(([name, data]) => ({ name, data }))),
  });
  for (const { receipt, text, stories } of [folder, zip]) {
    expect(receipt.files).toMatchObject({ in: 2, stories: 1, pages: 1, skipped: 0 });
    expect(stories[0]?.files).toEqual(['My-boat.jpg', 'index.md']);
    expect(text).toContain('aliases: [/2019/11/storm.html]');
    expect(text).toContain('![A boat](My-boat.jpg)');
    expect(receipt.others).toMatchObject({
      used: ['Takeout/Blogger/Albums/Tides/My boat.jpg'],
      unused: ['Takeout/Blogger/Albums/Tides/other.jpg'],
      private: ['Takeout/Blogger/Comments/Others/feed.atom', 'Takeout/Blogger/Profile/profile.csv'],
      generator: 4,
      notUnderstood: [],
    });
    expect(receipt.comments?.count).toBe(1);
  }
});

test('the folder of one blog in a Takeout, with the albums beside it', async () => {
  const { archive, stories } = await importBackup(
    {
      'Blogger/Blogs/Tides/feed.atom': takeout(taken({ content: photo('boat.jpg') })),
      'Blogger/Albums/Tides/boat.jpg': await picture(),
    },
    {},
  );
  expect(stories[0]?.files).toEqual(['boat.jpg', 'index.md']);
  const receipt = await archive.runAs('blogger', 'Blogger/Blogs/Tides');
  expect(receipt.files).toMatchObject({ written: 0, unchanged: 1 });
  expect(receipt.pictures.unchanged).toBe(1);
});

describe('what is not plainly public is a draft with its reason', () => {
  const draft = '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>';
  test.each<[string, string, string]>([
    ['a draft of an old backup', backup(entry({ more: draft })), 'a draft'],
    ['a draft', takeout(taken({ status: 'DRAFT' })), 'a draft'],
    ['the trash', takeout(taken({ trashed: '2020-01-01T00:00:00Z' })), 'in the trash'],
    ['the trash, as a status', takeout(taken({ status: 'SOFT_TRASHED' })), 'in the trash'],
    ['an unknown status', takeout(taken({ status: 'LIMITED' })), 'the status is LIMITED'],
    ['no date', takeout(taken({ date: '' })), 'no date in the front matter or in the file name'],
    [
      'a blog for invited readers, whose setting comes last',
      backup(entry(), setting('BLOG_READ_ACCESS_MODE', 'PRIVATE')),
      'the blog is only for invited readers (PRIVATE)',
    ],
  ])('%s', async (_, xml, reason) => {
    const { receipt, text } = await importBackup(xml);
    expect(receipt.files).toMatchObject({ in: 1, stories: 0, drafts: 1 });
    expect(receipt.drafts.map((each) => each.reason)).toEqual([reason]);
    expect(text).toContain('\ndraft: true\n');
  });

  test.each([
    'blog_subdomain,blog_read_access_mode\ntides,READERS\n',
    'Setting,Value\nblog_subdomain,tides\nblog_read_access_mode,READERS\n',
  ])('a blog for invited readers, in the settings of a Takeout', async (csv) => {
    const { receipt } = await importBackup({ 'feed.atom': takeout(taken()), 'settings.csv': csv });
    expect(receipt.drafts.map(({ reason }) => reason)).toEqual(['the blog is only for invited readers (READERS)']);
  });

  test('a draft page', async () => {
    const { receipt } = await importBackup(takeout(taken({ type: 'PAGE', status: 'DRAFT' }), taken({ id: '2' })));
    expect(receipt.files).toMatchObject({ pages: 0, drafts: 1 });
  });

  test('a scheduled post has an embargo', async () => {
    const { text } = await importBackup(takeout(taken({ status: 'SCHEDULED', date: '2031-01-01T12:00:00Z' })));
    expect(text).toContain('embargo: 2031-01-01T12:00:00Z\n');
  });

  test.each([entry(), entry({ more: draft.replace('yes', 'no') })])('a public post of an old backup', async (xml) => {
    expect((await importBackup(backup(xml))).receipt.files.stories).toBe(1);
  });
});

test.each<[string, string, string]>([
  [
    'a picture with its caption in a table',
    '<p>First.</p><table align="center" class="tr-caption-container"><tbody><tr><td><a href="http://4.bp.blogspot.com/-a/AA/s1600/a.png" imageanchor="1"><img border="0" src="http://4.bp.blogspot.com/-a/AA/s320/a.png" /></a></td></tr><tr><td class="tr-caption">At <i>sea</i>. Photo: Cleo</td></tr></tbody></table>',
    'First.\n\n<Figure wanted="http://4.bp.blogspot.com/-a/AA/s0/a.png" caption="At *sea*." credit="Cleo" />\n',
  ],
  [
    'such a picture that leads to a page',
    '<p>First.</p><table class="tr-caption-container"><tr><td><a href="https://x.example/"><img src="/a.png" alt="A boat" /></a></td></tr><tr><td class="tr-caption">At sea</td></tr></table>',
    'First.\n\n<Figure wanted="http://tides.blogspot.com/a.png" alt="A boat" caption="At sea" />\n\n[A boat](https://x.example/)\n',
  ],
  [
    'another table stays one',
    '<p>First.</p><table><tr><td>a</td><td>b</td></tr></table>',
    'First.\n\n| | |\n| - | - |\n| a | b |\n',
  ],
  ['paragraphs that only line breaks separate', 'One<br />\n<br />\nTwo<br />still two', 'One\n\nTwo\\\nstill two\n'],
  [
    'a video',
    '<p>First.</p><iframe class="BLOG_video_class" src="https://www.youtube.com/embed/abcdefgh" youtube-src-id="abcdefgh"></iframe>',
    'First.\n\n<Embed url="https://www.youtube.com/watch?v=abcdefgh" title="YouTube" />\n',
  ],
])('%s', async (_, content, body) => {
  const imported = await importBackup(backup(entry({ content })));
  expect(imported.body).toBe(body);
});

test('a podcast begins with a card for its sound', async () => {
  const { body } = await importBackup(
    backup(entry({ more: "<link rel='enclosure' type='audio/mpeg' href='https://s.example/1.mp3' length='1'/>" })),
  );
  expect(body).toBe('<Embed url="https://s.example/1.mp3" title="The storm" provider="s.example" />\n\nText.\n');
});

test('labels are sections, topics, or nothing, as --category says', async () => {
  const { text } = await importBackup(backup(entry({ labels: ['Weather', 'The sea', 'Ads'] })), {
    categories: new Map([
      ['weather', 'news'],
      ['the-sea', 'topic'],
      ['ads', 'none'],
    ]),
  });
  expect(text).toContain('section: news\ntopics: [The sea]\n');
});
