import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { fileOf, importExport, page } from './medium.fixture.ts';

const other = page({ title: 'Calm', id: 'a1b2c3d4e5f6', canonical: 'https://medium.com/@ann/calm-a1b2c3d4e5f6' });

test('a story with everything, and what is beside it', async () => {
  const { text, receipt, archive, again } = await importExport({
    [fileOf()]: page({
      subtitle: 'What happened, and why',
      body: '<h4 class="graf graf--h4 graf-after--h3 graf--subtitle">What happened, and why</h4></div><div class="section-inner sectionLayout--fullWidth"><figure class="graf graf--figure"><img class="graf-image" data-image-id="1*boat.jpeg" data-is-featured="true" alt="A boat" src="https://cdn-images-1.medium.com/max/2560/1*boat.jpeg"><figcaption class="imageCaption">Photo by <a href="https://u.example/@cleo">Cleo</a></figcaption></figure></div><div class="section-inner sectionLayout--insetColumn"><p class="graf graf--p graf--hasDropCapModel"><span class="graf-dropCap">S</span>ee <a href="https://medium.com/@ann/calm-a1b2c3d4e5f6?source=x" data-href="https://medium.com/@ann/calm-a1b2c3d4e5f6" class="markup--anchor">this</a> and <a href="https://medium.com/r/?url=https%3A%2F%2Fx.example%2Fy">that</a>.</p>',
      tags: ['The sea', 'Storms'],
    }),
    [fileOf('a1b2c3d4e5f6', '2016-01-20_Calm')]: other,
    'README.html': '<html>Your archive</html>',
    'profile/profile.html': '<li>Email address: ann@example.org</li>',
    'claps/claps-0001.html': '<ul></ul>',
    'posts/boat.bin': 'x',
    'images/1*boat.jpeg': await picture(),
  });
  expect(receipt.files).toMatchObject({ in: 2, stories: 2, skipped: 0 });
  expect(text).toBe(`---
headline: The storm
standfirst: What happened, and why
section: sea
topics: [Storms]
byline: [ann-lee]
published: 2016-01-13T17:04:08Z
lead: { src: 1-boat.jpeg, alt: A boat, credit: Cleo }
aliases: [/p/52496cb74beb/, /@ann/the-storm-52496cb74beb/]
---

See [this](story:2016/01/calm) and [that](https://x.example/y).
`);
  expect(readFileSync(join(archive.root, 'site/content/authors/ann-lee.yaml'), 'utf8')).toContain(
    'https://medium.com/@ann',
  );
  expect(receipt.others).toMatchObject({
    used: ['images/1*boat.jpeg'],
    private: ['claps/claps-0001.html', 'profile/profile.html'],
    generator: 1,
    notUnderstood: ['posts/boat.bin'],
  });
  expect(receipt.types).toEqual({ story: 2, 'claps/': 1, 'profile/': 1 });
  expect(JSON.stringify(receipt)).not.toContain('ann@example.org');
  expect((await again()).files).toMatchObject({ written: 0, unchanged: 2 });
});

test('the same as a zip', async () => {
  const zip = zipOf([
    { name: 'README.html', data: '<html></html>' },
    { name: fileOf(), data: page() },
    { name: 'profile/profile.html', data: 'ann@example.org' },
  ]);
  const { receipt } = await importExport({ 'medium-export.zip': zip });
  expect(receipt.files).toMatchObject({ in: 1, stories: 1 });
  expect(receipt.others.private).toEqual(['profile/profile.html']);
});

test('a summary that Medium made from the text is not printed twice', async () => {
  const { text, receipt } = await importExport({
    [fileOf()]: page({
      subtitle: 'The harbour of the town was empty on…',
      body: '<p class="graf graf--p">The harbour of the town was empty on Monday.</p>',
    }),
  });
  expect(text).not.toContain('standfirst');
  expect(receipt.fields).toContainEqual(
    expect.objectContaining({ from: 'p-summary', how: 'dropped', reason: 'repeats the beginning of the text' }),
  );
});

describe('responses to other stories', () => {
  const answer = (words: number) =>
    page({
      title: 'I agree with the second point…',
      heading: '',
      body: `<p class="graf graf--p graf--leading">I agree with the second point ${'of it '.repeat(words / 2)}.</p>`,
    });

  test('are no stories; they are counted, and kept aside as comments', async () => {
    const { receipt, archive } = await importExport({
      [fileOf()]: answer(50),
      [fileOf('a1b2c3d4e5f6', '2016-01-20_Calm')]: other,
    });
    expect(receipt.files).toMatchObject({ in: 1, stories: 1 });
    expect(receipt.types).toEqual({ response: 1, story: 1 });
    expect(receipt.comments?.count).toBe(1);
    const kept = readFileSync(join(archive.root, 'site', receipt.comments?.kept ?? ''), 'utf8').trim();
    expect(JSON.parse(kept)).toMatchObject({ author: 'Ann Lee', date: '2016-01-13T17:04:08.582Z', file: fileOf() });
  });

  test.each([
    ['a long one', answer(1200)],
    ['one with a picture', answer(50).replace('</p>', '</p><figure><img src="/a.jpg"></figure>')],
  ])('%s can be a story, so it becomes a draft', async (_, html) => {
    const { receipt } = await importExport({ [fileOf()]: html });
    expect(receipt.files).toMatchObject({ in: 1, drafts: 1 });
    expect(receipt.drafts.map(({ reason }) => reason)).toEqual([
      'it has no title, so it may be a response to a story by somebody else',
    ]);
  });
});

test('drafts are drafts, and their author is that of all other stories', async () => {
  const { receipt, stories } = await importExport({
    [fileOf()]: page(),
    'posts/draft_Not-yet-a1b2c3d4e5f6.html': page({ title: 'Not yet', date: '', id: 'a1b2c3d4e5f6' }),
    'posts/draft_post-a1b2c3d4e5f7.html': page({
      title: 'A note…',
      heading: '',
      date: '',
      body: '<p>A note on it.</p>',
    }),
  });
  expect(receipt.files).toMatchObject({ in: 3, stories: 1, drafts: 2 });
  expect(receipt.drafts.map(({ reason }) => reason)).toEqual(['a draft', 'a draft']);
  const draft = stories.find(({ file }) => file.includes('Not-yet'));
  expect(draft?.text).toContain('draft: true\n');
  expect(draft?.text).toContain('byline: [ann-lee]\n');
});

test('a story that was first published elsewhere names its source', async () => {
  const { text } = await importExport({ [fileOf()]: page({ canonical: 'https://harbour.example/storm' }) });
  expect(text).toContain('source: { name: harbour.example, url: https://harbour.example/storm }');
  expect(text).toContain('aliases: [/p/52496cb74beb/]');
});

test('a publication with a domain of its own', async () => {
  const { text, stories } = await importExport({
    [fileOf()]: page({
      canonical: 'https://blog.example/the-storm-52496cb74beb',
      body: '<p>See <a href="https://blog.example/calm-a1b2c3d4e5f6">this</a>.</p>',
    }),
    [fileOf('a1b2c3d4e5f6', '2016-01-20_Calm')]: page({
      title: 'Calm',
      id: 'a1b2c3d4e5f6',
      canonical: 'https://blog.example/calm-a1b2c3d4e5f6',
    }),
  });
  expect(text).toContain('aliases: [/p/52496cb74beb/, /the-storm-52496cb74beb/]');
  expect(text).toContain('[this](story:2016/01/calm)');
  expect(stories).toHaveLength(2);
});

describe('bad input', () => {
  test('pages that are no posts, the same post twice, an impossible date, no author', async () => {
    const { receipt } = await importExport({
      [fileOf()]: page(),
      [fileOf('52496cb74beb', '2016-01-14_Again')]: page(),
      [fileOf('a1b2c3d4e5f6', '2016-01-15_Page')]: '<p>A page</p>',
      [fileOf('a1b2c3d4e5f7', '2016-01-16_Date')]: page({
        id: 'a1b2c3d4e5f7',
        title: 'Date',
        date: '2016-02-31T00:00:00Z',
        author: '',
      }),
      'posts/2016-01-17_Cut-a1b2c3d4e5f8.html': page({ id: 'a1b2c3d4e5f8', title: 'Cut' }).slice(0, -700),
      'posts/2016-01-18_Picture-a1b2c3d4e5f9.html': await picture(),
    });
    expect(receipt.files).toMatchObject({ in: 6, stories: 1, drafts: 2, skipped: 3 });
    expect(receipt.skipped.map(({ reason }) => reason).sort()).toEqual([
      `it is not a post of a Medium export: it has no <section data-field="body">`,
      `it is the same post as ${fileOf()}`,
      'not text',
    ]);
    expect(receipt.skipped.every(({ kept }) => kept !== undefined)).toBe(true);
    expect(receipt.notes.map(({ note }) => note)).toContain('2016-02-31T00:00:00Z is not a date that exists');
  });

  test('a post of 100 MB, a zip bomb, and a name that leads outside of the zip', async () => {
    const { receipt } = await importExport({
      [fileOf()]: Buffer.alloc(100_000_000, 'word '),
      [fileOf('a1b2c3d4e5f6', 'b')]: other,
    });
    expect(receipt.skipped.map(({ reason }) => reason)).toEqual([
      'more than 2 MB of text, which is the limit for a story',
    ]);
    const zip = zipOf([
      { name: fileOf(), data: Buffer.alloc(30_000_000) },
      { name: `../${fileOf('a1b2c3d4e5f7')}`, data: page() },
      { name: fileOf('a1b2c3d4e5f6'), data: other },
    ]);
    const zipped = await importExport({ 'export.zip': zip });
    expect(zipped.receipt.files).toMatchObject({ in: 2, stories: 1, skipped: 1 });
  });

  test('UTF-16, windows-1252, and 5,000 levels', async () => {
    const { stories, receipt } = await importExport({
      [fileOf('a1b2c3d4e5f1')]: Buffer.from(`\ufeff${page({ id: 'a1b2c3d4e5f1', title: 'Café one' })}`, 'utf16le'),
      [fileOf('a1b2c3d4e5f2')]: Buffer.from(page({ id: 'a1b2c3d4e5f2', title: 'Café two' }), 'latin1'),
      [fileOf('a1b2c3d4e5f3')]: page({ id: 'a1b2c3d4e5f3', title: 'Deep', body: `${'<div>'.repeat(5000)}Deep words` }),
    });
    expect(receipt.files.stories).toBe(3);
    expect(stories.map(({ text }) => /headline: (.*)/.exec(text)?.[1]).sort()).toEqual([
      'Café one',
      'Café two',
      'Deep',
    ]);
    expect(stories.some(({ text }) => text.includes('Deep words'))).toBe(true);
  });

  test('no export of Medium', async () => {
    await expect(importExport({ 'a.html': page() })).rejects.toThrow('is not a Medium export');
  });
});
