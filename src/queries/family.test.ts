import { describe, expect, test } from 'vitest';
import type { IndexHandle } from '../index/handle.ts';
import type { StorySeen } from '../index/story-rows.ts';
import { authorFamily } from './authors.ts';
import { families } from './families.ts';
import { listed, type Touched, touchParts } from './family.ts';
import { offeredFamily } from './offered.ts';
import { wholeFamily } from './whole.ts';

/** What is touched, by kind. */
function touching(work: (touched: Touched) => void) {
  const found = {
    subjects: new Set<string>(),
    pictures: new Set<string>(),
    wanted: [] as string[],
    dropped: [] as string[],
  };
  work({
    ...found,
    want: (address) => found.wanted.push(address),
    drop: (address) => found.dropped.push(address),
    addresses: () => [],
  });
  return { subjects: [...found.subjects], wanted: found.wanted, dropped: found.dropped };
}

describe('something that is split into pages of ten', () => {
  const parts = (before: number, after: number) => {
    const { wanted, dropped } = touching((touched) =>
      touchParts(
        (stories) => Math.ceil(stories / 10),
        { before, after },
        (part) => `/${part}/`,
        touched,
      ),
    );
    return { wanted, dropped };
  };

  test.each([
    [0, 1, ['/1/'], []],
    [0, 25, ['/1/', '/2/', '/3/'], []],
    [10, 11, ['/2/'], []],
    [9, 10, [], []],
    [11, 10, [], ['/2/']],
    [31, 10, [], ['/2/', '/3/', '/4/']],
    [1, 0, [], ['/1/']],
    [25, 0, [], ['/1/', '/2/', '/3/']],
    [0, 0, [], []],
  ])('and had %i stories and now has %i', (before, after, wanted, dropped) =>
    expect(parts(before, after)).toEqual({ wanted, dropped }),
  );
});

const seen = (more: Partial<StorySeen>): StorySeen =>
  ({ id: 'a', isPublic: true, isListed: true, digest: '1', lists: ['site', 'topic/quay'], ...more }) as StorySeen;
const nowhere = {} as IndexHandle;

test('lists contain a story before and after an edit only while it is listed', () => {
  const [on, off] = [seen({}), seen({ isListed: false })];
  expect(listed({ before: on, after: off, isSameCard: false })).toEqual([on]);
  expect(listed({ before: undefined, after: on, isSameCard: false })).toEqual([on]);
  expect(listed({ before: on, after: on, isSameCard: true })).toEqual([on, on]);
});

describe('the latest stories of a list, complete,', () => {
  const subjects = (before: StorySeen | undefined, after: StorySeen | undefined) =>
    touching((touched) => wholeFamily.story?.(nowhere, { before, after, isSameCard: true }, touched)).subjects;
  const lists = ['whole:site', 'whole:topic/quay'];

  test('change with the text of a story, and with a story that is added or removed', () => {
    expect(subjects(seen({}), seen({ digest: '2' }))).toEqual(lists);
    expect(subjects(undefined, seen({}))).toEqual(lists);
    expect(subjects(seen({}), undefined)).toEqual(lists);
    expect(subjects(seen({}), seen({ isListed: false }))).toEqual(lists);
    expect(subjects(seen({}), seen({ digest: '2', lists: ['topic/ship'] }))).toEqual([...lists, 'whole:topic/ship']);
  });

  test('do not change with anything else', () => {
    expect(subjects(seen({}), seen({}))).toEqual([]);
    expect(subjects(seen({ isListed: false }), seen({ isListed: false, digest: '2' }))).toEqual([]);
  });
});

test('the topics on the search page change with the number of stories of a topic, because the page lists the largest ones', () => {
  const subjects = (list: 'topic/quay' | 'author/ann', before: number, after: number) =>
    touching((touched) => offeredFamily.list?.(nowhere, { list, before, after }, touched)).subjects;
  expect(subjects('topic/quay', 3, 4)).toEqual(['offered']);
  expect(subjects('topic/quay', 3, 3)).toEqual([]);
  expect(subjects('author/ann', 3, 4)).toEqual([]);
});

test('an edit of an author is only about that author', () => {
  const of = (key: string) => touching((touched) => authorFamily.record?.(key, touched)).subjects;
  expect(of('author/ann')).toEqual(['author:ann']);
  expect(of('topic/ann')).toEqual([]);
});

test('each edit of a file around the stories is about something', () => {
  for (const key of ['site', 'author/a', 'topic/a', 'series/a', 'page/a', 'front/a', 'alias/a/']) {
    const { subjects } = touching((touched) => {
      for (const { record } of families) record?.(key, touched);
    });
    expect(subjects, key).not.toEqual([]);
  }
});
