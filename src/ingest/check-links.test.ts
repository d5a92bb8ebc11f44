import { describe, expect, test } from 'vitest';
import { story } from '../press/small-newsroom.fixture.ts';
import { file, fileOf, newsroomWith, openNewsroom, problemsOf } from './ingested.fixture.ts';

const links = (...targets: string[]) => `See ${targets.map((target) => `[it](${target})`).join(', ')}.`;
/** Nothing but the links of b, in line 8 of its file. */
const b = (...targets: string[]) => file('2025/02/b', {}, links(...targets));
const front = 'content/fronts/home.yaml';

describe('links to stories by their names', () => {
  test('a story that does not exist is an error, with the nearest name', async () => {
    const newsroom = openNewsroom({ ...file('2025/02/a'), ...b('story:2025/02/aa') });
    try {
      expect(await problemsOf(() => newsroom.ingest())).toMatchObject([
        {
          file: fileOf('2025/02/b'),
          line: 8,
          rule: 'story-link-dead',
          severity: 'error',
          hint: 'Did you mean  2025/02/a ?',
        },
      ]);
    } finally {
      newsroom.close();
    }
  });

  test('any name of a story works: its id and its path', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { id: 'harbour' }),
      ...b('story:harbour', 'story:2025/02/a'),
    });
    newsroom.put(fileOf('2025/02/b'), story({ headline: 'New' }, links('story:harbour', 'story:2025/02/a')));
    expect(await newsroom.said()).toEqual([]);
  });

  test.each([
    ['removed', undefined, 'story-link-dead'],
    ['renamed', { id: 'other' }, 'story-link-dead'],
    ['made a draft', { draft: true, id: 'harbour' }, 'story-link-waiting'],
    ['put off', { published: '2031-01-01', id: 'harbour' }, 'story-link-waiting'],
  ])('an edit by which the target is %s reports the link in the other file', async (_, after, rule) => {
    const newsroom = await newsroomWith({ ...file('2025/02/a', { id: 'harbour' }), ...b('story:harbour') });
    if (after) newsroom.put(fileOf('2025/02/a'), story(after));
    else newsroom.remove(fileOf('2025/02/a'));
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/b')}:8 ${rule}`]);
  });

  test('a link to a withdrawn story leads to its page, which says so', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), ...b('story:2025/02/a') });
    newsroom.put(fileOf('2025/02/a'), story({ withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }));
    expect(await newsroom.said()).toEqual([]);
  });

  test('a link is not a mistake if its target moves to another file, or has mistakes itself', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a', { id: 'harbour' }), ...b('story:harbour') });
    newsroom.remove(fileOf('2025/02/a'));
    newsroom.put(fileOf('2025/03/a'), story({ id: 'harbour' }));
    expect(await newsroom.said()).toEqual([]);
    newsroom.put(fileOf('2025/03/a'), story({ id: 'harbour', section: 'wrong' }));
    expect(await newsroom.said()).toEqual([`${fileOf('2025/03/a')}:3 unknown-section`]);
  });

  test('the links of a story with mistakes are checked too', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put(fileOf('2025/02/b'), story({ section: 'wrong' }, links('story:none')));
    expect(await newsroom.said()).toEqual([
      `${fileOf('2025/02/b')}:3 unknown-section`,
      `${fileOf('2025/02/b')}:8 story-link-dead`,
    ]);
  });

  test('if everything is planned, every link is checked, although no outcome of a story was stored', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a', { published: '2031-01-01' }), ...b('story:2025/02/a') });
    expect(await newsroom.said()).toEqual([]);
    expect(await newsroom.said(undefined, { isAll: true })).toEqual([`${fileOf('2025/02/b')}:8 story-link-waiting`]);
  });
});

describe('stories on a front', () => {
  const names = (...stories: string[]) => ({
    [front]: `layout: lead\nstories:\n${stories.map((name) => `  - ${name}\n`).join('')}`,
  });

  test('one that does not exist is an error', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put(front, names('2025/02/a', '2025/02/none')[front]!);
    expect(await newsroom.said()).toEqual([`${front}:4 story-link-dead`]);
  });

  test('one that readers cannot see is left out, with a warning: a draft, a scheduled one, and a withdrawn one', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { draft: true }),
      ...file('2025/02/b', { published: '2031-01-01' }),
      ...file('2025/02/c', { withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }),
      ...file('2025/02/d'),
    });
    newsroom.put(front, names('2025/02/a', '2025/02/b', '2025/02/c', '2025/02/d')[front]!);
    expect(await newsroom.said()).toEqual([3, 4, 5].map((line) => `${front}:${line} front-story-waiting`));
  });

  test('an edit that withdraws or hides a story reports the fronts that name it', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), ...names('2025/02/a') });
    newsroom.put(fileOf('2025/02/a'), story({ withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }));
    expect(await newsroom.said()).toEqual([`${front}:3 front-story-waiting`]);
    newsroom.put(fileOf('2025/02/a'), story({ draft: true }));
    expect(await newsroom.said()).toEqual([`${front}:3 front-story-waiting`]);
    newsroom.put(fileOf('2025/02/b'), story());
    expect(await newsroom.said()).toEqual([]);
  });
});
