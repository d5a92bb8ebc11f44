import { expect, test } from 'vitest';
import { contractProblems, picture, smallArchive } from '../../small-archive.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { attachment, post, term, wxr } from './wxr.fixture.ts';

const run = async (files: Record<string, string | Uint8Array>, source = '.') => {
  const archive = smallArchive(files);
  const receipt = await archive.runAs('wordpress', source);
  expect(receipt.files.in).toBe(
    receipt.files.stories + receipt.files.drafts + receipt.files.pages + receipt.files.skipped,
  );
  expect(await contractProblems(archive.stories)).toEqual([]);
  return { archive, receipt };
};

const sea =
  '<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>sea</wp:category_nicename><wp:cat_name>The sea</wp:cat_name></wp:category><wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>tides</wp:category_nicename><wp:category_parent>sea</wp:category_parent><wp:cat_name>Tides</wp:cat_name></wp:category>';

/** The picture is in the first part, the post that shows it in the second, and the category only there. */
const parts = {
  'old.wordpress.2024-05-05.000.xml': wxr(post({ id: 1 }) + attachment(8, '2019/05/boat.jpg')),
  'old.wordpress.2024-05-05.001.xml': wxr(
    post({
      id: 2,
      meta: { _thumbnail_id: '8' },
      terms: term('category', 'Tides', 'tides'),
      content: 'See <a href="https://old.example/2019/05/story-1/">this</a>.',
    }),
    sea,
  ),
};

test.each(['zip', 'folder'])('several parts of one site are one import: %s', async (how) => {
  const uploads = { 'wp-content/uploads/2019/05/boat.jpg': await picture(), 'notes.txt': 'x' };
  const files = { ...parts, ...uploads };
  const zip = zipOf(Object.entries(files).map(([name, data]) => ({ name: `old/${name}`, data })));
  const { archive, receipt } = await run(how === 'zip' ? { 'old.zip': zip } : files, how === 'zip' ? 'old.zip' : '.');
  expect(receipt.files).toMatchObject({ in: 2, stories: 2, skipped: 0 });
  const story = archive.story('2019/05/story-2');
  expect(story).toContain('section: sea\ntopics: [Tides]\n');
  expect(story).toContain('lead: { src: boat.jpg');
  expect(story).toContain('[this](story:2019/05/story-1)');
  expect(receipt.others.notUnderstood).toEqual([how === 'zip' ? 'old/notes.txt' : 'notes.txt']);
  const again = await archive.runAs('wordpress', how === 'zip' ? 'old.zip' : '.');
  expect(again.files).toMatchObject({ written: 0, unchanged: 2 });
});

test('a part that is cut does not stop the others', async () => {
  const { receipt } = await run({
    'a.xml': parts['old.wordpress.2024-05-05.000.xml'].slice(0, 1800),
    'b.xml': parts['old.wordpress.2024-05-05.001.xml'],
  });
  expect(receipt.files.stories).toBeGreaterThanOrEqual(1);
  expect(receipt.notes.map(({ file, note }) => `${file}: ${note}`)).toContain(
    'a.xml: the file ends in the middle of the export; everything before its end is imported',
  );
});

test('exports of two sites are not mixed, because their numbers mean different things', async () => {
  await expect(
    run({ 'a.xml': wxr(post()), 'b.xml': wxr(post()).replaceAll('old.example', 'new.example') }),
  ).rejects.toThrow('a.xml is an export of old.example, and b.xml one of new.example.');
});

test('another XML file beside the export is named, and not read', async () => {
  const { receipt } = await run({ 'a.xml': wxr(post()), 'feed.xml': '<feed><entry/></feed>' });
  expect(receipt.files).toMatchObject({ in: 1, stories: 1 });
  expect(receipt.others.notUnderstood).toEqual(['feed.xml']);
  await expect(run({ 'feed.xml': '<feed><entry/></feed>' })).rejects.toThrow('contains no WordPress export');
});

test('attachments that no story uses are listed by name', async () => {
  const { receipt } = await run({
    'a.xml': wxr(
      post({
        id: 1,
        meta: { _thumbnail_id: '10' },
        content:
          '<!-- wp:image {"id":11} --><figure><img class="wp-image-11" src="https://cdn.example/resized.jpg" alt="x"></figure><!-- /wp:image --><p><a href="https://old.example/wp-content/uploads/2019/05/report.pdf">Report</a> <img src="https://old.example/wp-content/uploads/2019/05/inline-300x200.jpg" alt="y"></p>',
      }) +
        post({ id: 2, content: '[gallery ids="14"]' }) +
        attachment(10, '2019/05/lead.jpg') +
        attachment(11, '2019/05/block.jpg') +
        attachment(12, '2019/05/report.pdf') +
        attachment(13, '2019/05/inline.jpg') +
        attachment(14, '2019/05/gallery.jpg') +
        attachment(15, '2019/05/unused.jpg') +
        attachment(16, '2019/05/unused.pdf'),
    ),
  });
  expect(receipt.others.unused).toEqual(['2019/05/unused.jpg', '2019/05/unused.pdf']);
});
