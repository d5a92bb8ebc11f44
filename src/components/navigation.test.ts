import { describe, expect, test } from 'vitest';
import { isLongName, lettersWide, rowOf } from './navigation.ts';

const words = { archive: 'Archive', search: 'Search', more: 'More' };
const paper = (...titles: string[]) => ({
  sections: titles.map((title, place) => ({ id: `s${place + 1}`, title })),
});
const many = (count: number, title = 'Politics') => paper(...Array.from({ length: count }, () => title));
const idsOf = ({ row }: ReturnType<typeof rowOf>) => row.map(({ id }) => id);

describe('the row of the navigation', () => {
  test.each([0, 1, 3, 7])('contains %i sections, and “More” is not needed', (count) => {
    const found = rowOf(many(count), undefined, words);
    expect(found.row).toHaveLength(count);
    expect(found.hasMore).toBe(false);
  });

  test('contains as many of forty sections as fit on a screen, in their order', () => {
    const found = rowOf(many(40), undefined, words);
    expect(found.hasMore).toBe(true);
    expect(found.row.length).toBeGreaterThan(5);
    expect(found.row.length).toBeLessThan(12);
    expect(idsOf(found)).toEqual(found.row.map((_, place) => `s${place + 1}`));
  });

  test('contains fewer if their names are long, in any script', () => {
    const short = rowOf(many(40, 'Sport'), undefined, words).row.length;
    const long = rowOf(many(40, 'Environment and climate'), undefined, words).row.length;
    expect(long).toBeLessThan(short);
    expect(rowOf(many(40, '環境と気候変動の最新情報'), undefined, words).row.length).toBeLessThan(short);
  });

  test('contains at least one section, however long its name', () => {
    expect(idsOf(rowOf(many(3, 'x'.repeat(300)), undefined, words))).toEqual(['s1']);
  });

  test('always contains the section of the page, and is no longer because of it', () => {
    const found = rowOf(many(40), 's40', words);
    expect(idsOf(found).at(-1)).toBe('s40');
    expect(found.row).toHaveLength(rowOf(many(40), undefined, words).row.length);
    expect(idsOf(rowOf(many(40), 's2', words))).toEqual(idsOf(rowOf(many(40), undefined, words)));
    expect(idsOf(rowOf(many(40), 'gone', words))).toEqual(idsOf(rowOf(many(40), undefined, words)));
  });
});

test('widths are in units of lower-case letters', () => {
  expect([lettersWide('news'), lettersWide('é'), lettersWide('ニュース'), lettersWide('')]).toEqual([4.4, 1, 8, 0]);
  expect(lettersWide('ข่าว')).toBeLessThan(lettersWide('ขาวว'));
});

test('a name is long if it needs more than one line of a small phone', () => {
  expect([isLongName('The Merewick Courier'), isLongName('Rheinisch-Westfälische Allgemeine')]).toEqual([false, true]);
});
