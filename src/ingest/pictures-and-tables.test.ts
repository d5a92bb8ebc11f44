import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PictureFacts } from '../pictures/picture.ts';
import { story } from '../press/small-newsroom.fixture.ts';
import { file, fileOf, newsroomWith } from './ingested.fixture.ts';

const folder = 'content/stories/2025/02/a';
let red: Buffer;
let blue: Buffer;
beforeAll(async () => {
  const colour = (r: number) =>
    sharp({ create: { width: 900, height: 500, channels: 3, background: { r, g: 90, b: 120 } } })
      .jpeg()
      .toBuffer();
  [red, blue] = await Promise.all([colour(200), colour(1)]);
});

/** a shows the picture, b shows it too, c shows none. */
const newsroomOf = (more: Record<string, string | Uint8Array> = {}) =>
  newsroomWith({
    ...file('2025/02/a', {}, '![A quay](p.jpg)'),
    [`${folder}/p.jpg`]: red,
    ...file('2025/02/b', { lead: { src: 'picture:p', alt: 'A quay' } }),
    'content/pictures/p.jpg': red,
    ...file('2025/02/c'),
    ...more,
  });
type Newsroom = Awaited<ReturnType<typeof newsroomOf>>;
const edited = async (newsroom: Newsroom) => {
  const { stories, pictures } = await newsroom.ingest();
  return { stories: stories.map(({ before, after }) => (after ?? before)?.id), pictures: pictures.size };
};
const facts = ({ index }: Newsroom): Record<string, PictureFacts & { words: { credit?: string } }> =>
  Object.fromEntries(
    index
      .sql('SELECT path, facts FROM picture')
      .all()
      .map(({ path, facts }) => [path, JSON.parse(String(facts))]),
  );
const uses = ({ index }: Newsroom) =>
  index
    .sql('SELECT owner FROM pictureUse ORDER BY owner')
    .all()
    .map(({ owner }) => owner);

describe('a picture', () => {
  test('is read when something names it, with the texts of its sidecar', async () => {
    const newsroom = await newsroomOf({
      [`${folder}/p.jpg.yaml`]: 'credit: Ann\n',
      'content/pictures/unused.jpg': blue,
    });
    expect(Object.keys(facts(newsroom)).sort()).toEqual(['content/pictures/p.jpg', `${folder}/p.jpg`]);
    expect(facts(newsroom)[`${folder}/p.jpg`]!.words).toMatchObject({ credit: 'Ann' });
    expect(facts(newsroom)['content/pictures/p.jpg']!.words).toEqual({});
    expect(uses(newsroom)).toEqual(['story/2025/02/a', 'story/2025/02/b']);
  });

  test('with other bytes is read again, with everything that shows it; the old and the new digest are returned', async () => {
    const newsroom = await newsroomOf();
    newsroom.put(`${folder}/p.jpg`, blue);
    expect(await edited(newsroom)).toEqual({ stories: ['2025/02/a'], pictures: 0 });
    newsroom.put('content/pictures/p.jpg', blue);
    expect((await edited(newsroom)).stories).toEqual(['2025/02/b']);
    expect(new Set(Object.values(facts(newsroom)).map(({ digest }) => digest)).size).toBe(1);
  });

  test.each([
    ['added', 'credit: Ann\n', 'credit: Ann\n'],
    ['changed', 'credit: Bob\n', 'credit: Cyd\n'],
    ['removed', 'credit: Bob\n', undefined],
  ])('is a different one with a sidecar that is %s', async (what, before, after) => {
    const sidecar = `${folder}/p.jpg.yaml`;
    const newsroom = await newsroomOf(what === 'added' ? {} : { [sidecar]: before });
    if (after) newsroom.put(sidecar, after);
    else newsroom.remove(sidecar);
    expect((await edited(newsroom)).stories).toEqual(['2025/02/a']);
    expect(facts(newsroom)[`${folder}/p.jpg`]!.words.credit).toBe(
      after ? after.slice('credit: '.length).trim() : undefined,
    );
  });

  test('that cannot be used is reported where it is shown, and in no other story', async () => {
    const newsroom = await newsroomOf();
    newsroom.put(`${folder}/p.jpg`, 'no picture');
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/a')}:8 picture-not-a-picture`]);
    newsroom.remove(`${folder}/p.jpg`);
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/a')}:8 picture-missing`]);
  });

  test('is no longer used by a page or an author that no longer shows it, and its digest is returned', async () => {
    const newsroom = await newsroomOf({
      'content/pages/about.md': '---\nheadline: About\n---\n\n![A quay](../pictures/q.jpg)\n',
      'content/pictures/q.jpg': blue,
      'content/authors/ann.yaml': 'name: Ann\npicture: ann.jpg\n',
      'content/authors/ann.jpg': red,
    });
    expect(uses(newsroom)).toEqual(['author/ann', 'page/about', 'story/2025/02/a', 'story/2025/02/b']);
    newsroom.put('content/pages/about.md', '---\nheadline: About\n---\n\nUs.\n');
    expect((await edited(newsroom)).pictures).toBe(1);
    newsroom.put('content/authors/ann.yaml', 'name: Ann\n');
    expect((await edited(newsroom)).pictures).toBe(1);
    expect(uses(newsroom)).toEqual(['story/2025/02/a', 'story/2025/02/b']);
  });
});

describe('a table', () => {
  const text = '<Table src="t.csv" caption="T" />';
  const mdx = (id: string) => fileOf(id).replace(/md$/, 'mdx');
  const withTable = (csv: string) =>
    newsroomOf({ [mdx('2025/02/d')]: story({ headline: 'D' }, text), 'content/stories/2025/02/d/t.csv': csv });

  test('is read when something names it, and read again, with everything that prints it, when it changes', async () => {
    const newsroom = await withTable('a,b\n1,2\n');
    const table = () => String((newsroom.index.sql('SELECT record FROM tableFile').get() as { record: string }).record);
    expect(table()).toContain('2');
    newsroom.put('content/stories/2025/02/d/t.csv', 'a,b\n1,3\n');
    expect((await edited(newsroom)).stories).toEqual(['2025/02/d']);
    expect(table()).toContain('3');
  });

  test('that cannot be printed is reported in its own file, each time that it is needed', async () => {
    const newsroom = await withTable('a,b\n1,2\n');
    newsroom.put('content/stories/2025/02/d/t.csv', 'a,a\n1,2\n');
    expect(await newsroom.said()).toEqual(['content/stories/2025/02/d/t.csv:1 table-head-twice']);
    expect(await newsroom.said()).toEqual(['content/stories/2025/02/d/t.csv:1 table-head-twice']);
    newsroom.remove('content/stories/2025/02/d/t.csv');
    expect(await newsroom.said()).toEqual([`${mdx('2025/02/d')}:8 table-missing`]);
  });
});

test('a document that is added or deleted affects the story that links to it', async () => {
  const newsroom = await newsroomOf({ ...file('2025/02/d', {}, 'See [it](plan.pdf).') });
  const documents = () =>
    newsroom.index
      .sql('SELECT address, path, owner FROM document')
      .all()
      .map((row) => Object.values(row).join(' '));
  newsroom.put('content/stories/2025/02/d/plan.pdf', '%PDF');
  expect((await edited(newsroom)).stories).toEqual(['2025/02/d']);
  expect(documents()).toEqual(['/2025/02/d/plan.pdf content/stories/2025/02/d/plan.pdf story/2025/02/d']);
  newsroom.remove('content/stories/2025/02/d/plan.pdf');
  expect((await edited(newsroom)).stories).toEqual(['2025/02/d']);
  expect(documents()).toEqual([]);
});
