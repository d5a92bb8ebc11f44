import { describe, expect, test } from 'vitest';
import { partLength } from '../index/rows.ts';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import type { Problem } from '../problems/problem.ts';
import { file, fileOf, newsroomWith, problemsOf } from './ingested.fixture.ts';

const here = fileOf('2025/05/links');
/** A story with one link in line 8 of its file. */
const linkTo = (target: string) => ({
  [here]: story({ headline: 'Links', published: '2025-05-01' }, `See [it](${target}).`),
});

/** What is said about a link when its own file is new. */
async function said(target: string, files: Record<string, string> = {}): Promise<Problem[]> {
  const newsroom = await newsroomWith(files);
  newsroom.put(here, linkTo(target)[here]!);
  return await problemsOf(() => newsroom.ingest());
}

describe('a link to an address of this site', () => {
  test.each([
    ['leads to a page', '/2025/02/a/', []],
    ['leads to nothing', '/2025/02/b/', ['link-dead']],
    ['is an old address', '/old/', ['link-moved']],
    ['lacks the final slash', '/2025/02/a', ['link-nearly']],
    ['leads to a story that waits', '/2025/02/later/', ['link-waiting']],
    ['leads to an empty list', '/topics/ship/', ['link-empty-list']],
    ['leads to a heading', '/2025/02/a/#the-part', []],
    ['leads to the top', '/2025/02/a/#top', []],
    ['leads to a heading that is not there', '/2025/02/a/#the-parts', ['link-fragment']],
    ['names a story and its heading', 'story:2025/02/a#the-part', []],
    ['names a story and a heading that it does not have', 'story:2025/02/a#other', ['link-fragment']],
    ['leads to words of a text', '/2025/02/a/#:~:text=words', []],
  ])('that %s', async (_, target, rules) => {
    const found = await said(target, {
      ...file('2025/02/a', { aliases: ['/old/'] }, '## The part\n\nText.'),
      ...file('2025/02/later', { published: '2031-01-01' }),
    });
    expect(found.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual(
      rules.map((rule) => `${here}:8 ${rule}`),
    );
  });

  test('the suggestion for a broken link has the same last part or is the nearest address, and is never an old one', async () => {
    const hint = async (target: string) =>
      (await said(target, file('2025/02/harbour', { aliases: ['/2024/harbor/'] })))[0]?.hint;
    expect(await hint('/2019/07/harbour/')).toBe('Did you mean  /2025/02/harbour/ ?');
    expect(await hint('/harbour.html')).toBe('Did you mean  /2025/02/harbour/ ?');
    expect(await hint('/2025/02/harbours/')).toBe('Did you mean  /2025/02/harbour/ ?');
    expect(await hint('/2024/harbur/')).not.toContain('harbor');
    expect(await hint('/quite/another/place/')).toBe('Correct the address, or delete the link.');
  });

  test('a story is not suggested before readers can see it', async () => {
    const [problem] = await said('/2025/02/secrets/', file('2025/02/secret', { published: '2031-01-01' }));
    expect(problem).toMatchObject({ rule: 'link-dead', hint: 'Correct the address, or delete the link.' });
  });

  test('in the navigation of site.yaml is an error if it leads nowhere', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put(
      'content/site.yaml',
      `${siteYaml}navigation:\n  - { title: A, url: /2025/02/a/ }\n  - { title: B, url: /b/ }\n`,
    );
    const problems = await problemsOf(() => newsroom.ingest());
    expect(problems.map(({ line, rule, severity }) => `${line} ${rule} ${severity}`)).toEqual(['11 link-dead error']);
  });

  test('a scheduled story can link to its own documents', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put(fileOf('2025/05/b'), story({ published: '2031-01-01' }, 'See [the plan](plan.pdf).'));
    newsroom.put('content/stories/2025/05/b/plan.pdf', '%PDF');
    expect(await newsroom.said()).toEqual([]);
    newsroom.put(here, linkTo('/2025/05/b/plan.pdf')[here]!);
    expect(await newsroom.said()).toEqual([`${here}:8 link-waiting`]);
  });
});

describe('a link to a file of content/', () => {
  test.each([
    ['a picture', 'photo.jpg', 'pictures are shown, not linked to'],
    ['a document of another folder', '../../02/a/other.pdf', 'it is not in the folder of this story'],
    ['another kind of document', 'notes.psd', 'this kind of document is not supported'],
    ['a hidden file', '.notes.pdf', 'hidden and temporary files are never published'],
    ['a file that is not there', 'plam.pdf', 'There is no file "plam.pdf" beside this story.'],
  ])('%s', async (_, target, words) => {
    const folder = 'content/stories/2025/05/links';
    const [problem, ...more] = await said(target, {
      ...file('2025/02/a', {}, 'See [it](plan.pdf).'),
      'content/stories/2025/02/a/plan.pdf': '%PDF',
      'content/stories/2025/02/a/other.pdf': '%PDF',
      [`${folder}/photo.jpg`]: '',
      [`${folder}/notes.psd`]: '',
      [`${folder}/.notes.pdf`]: '%PDF',
      [`${folder}/plan.pdf`]: '%PDF',
    });
    expect(more).toEqual([]);
    expect(`${problem?.message} ${problem?.hint}`).toContain(words);
    if (target === 'plam.pdf') expect(problem?.hint).toBe('Did you mean  plan.pdf ?');
  });
});

describe('an edit that breaks links in other files reports them', () => {
  const a = { published: '2025-02-12', topics: ['Ship'], series: 'The sea', aliases: ['/old/'], byline: ['ann'] };
  const correction = { corrections: [{ date: '2024-03-01', type: 'correction', text: 'It was wrong.' }] };
  const base = {
    'content/authors/ann.yaml': 'name: Ann\n',
    'content/pages/about.md': '---\nheadline: About\n---\n\n## Us\n',
    'public/a.txt': 'a',
    ...file('2025/02/a', { ...a, ...correction }, '## The part\n\nSee [it](plan.pdf).'),
    'content/stories/2025/02/a/plan.pdf': '%PDF',
    ...file('2025/05/z', { published: '2025-05-02' }),
  };
  type Edit = Record<string, string | undefined>;
  const edited = (front: object, text = '## The part\n\nSee [it](plan.pdf).'): Edit => ({
    [fileOf('2025/02/a')]: story({ ...a, ...correction, ...front }, text),
  });
  const gone: Edit = { [fileOf('2025/02/a')]: undefined };

  test.each<[string, string, Edit, string]>([
    ['a story is removed', '/2025/02/a/', gone, 'link-dead'],
    ['a story is removed, with index.html', '/2025/02/a/index.html', gone, 'link-dead'],
    ['a story gets another slug', '/2025/02/a/', edited({ slug: 'other' }), 'link-dead'],
    ['a story is put off', '/2025/02/a/', edited({ published: '2031-02-01' }), 'link-waiting'],
    ['an alias is removed', '/old/', edited({ aliases: undefined }), 'link-dead'],
    ['a heading is removed', '/2025/02/a/#the-part', edited({}, 'Text.'), 'link-fragment'],
    ['a heading is removed, by name', 'story:2025/02/a#the-part', edited({}, 'Text.'), 'link-fragment'],
    ['the last story of a topic leaves it', '/topics/ship/', edited({ topics: [] }), 'link-empty-list'],
    ['the last story of an author goes', '/authors/ann/', gone, 'link-empty-list'],
    ['the last story of a series goes', '/series/the-sea/', gone, 'link-empty-list'],
    [
      'the last story of a series is put off',
      '/series/the-sea/',
      edited({ published: '2031-02-01' }),
      'link-empty-list',
    ],
    ['the last story of a month moves', '/2025/02/', edited({ published: '2025-05-01' }), 'link-empty-list'],
    [
      'the last story of a month of a section moves',
      '/world/2025/02/',
      edited({ section: 'sport' }),
      'link-empty-list',
    ],
    [
      'the last correction of a year is removed',
      '/corrections/2024/',
      edited({ corrections: undefined }),
      'link-empty-list',
    ],
    ['a page is removed', '/about/', { 'content/pages/about.md': undefined }, 'link-dead'],
    [
      'a heading of a page is removed',
      '/about/#us',
      { 'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n' },
      'link-fragment',
    ],
    ['a file of public/ is removed', '/a.txt', { 'public/a.txt': undefined }, 'link-dead'],
  ])('%s', async (_, target, edit, rule) => {
    const newsroom = await newsroomWith({ ...base, ...linkTo(target) });
    expect(await newsroom.said()).toEqual([]);
    for (const [name, text] of Object.entries(edit))
      text === undefined ? newsroom.remove(name) : newsroom.put(name, text);
    expect((await newsroom.said()).filter((warning) => warning.startsWith(here))).toEqual([`${here}:8 ${rule}`]);
    // Told once, in the publish of the edit.
    newsroom.put(fileOf('2025/05/z'), story({ headline: 'Another', published: '2025-05-02' }));
    expect(await newsroom.said()).toEqual([]);
  });

  test('a list becomes so short that a part is removed', async () => {
    const many = Object.fromEntries(
      Array.from({ length: partLength + 1 }, (_, i) => [
        `content/stories/2025/02/s${i}.md`,
        story({ headline: `S${i}`, published: '2025-02-12', series: 'Long' }),
      ]),
    );
    const newsroom = await newsroomWith({
      ...many,
      ...file('2025/05/one', { published: '2025-05-01' }, 'See [it](/2025/02/part-2/).'),
      ...file('2025/05/two', { published: '2025-05-01' }, 'See [it](/series/long/part-2/).'),
      ...file('2025/05/three', { published: '2025-05-01' }, 'See [it](/world/2025/02/).'),
    });
    newsroom.remove('content/stories/2025/02/s7.md');
    expect(await newsroom.said()).toEqual([
      `${fileOf('2025/05/one')}:8 link-empty-list`,
      `${fileOf('2025/05/two')}:8 link-empty-list`,
    ]);
  });
});
