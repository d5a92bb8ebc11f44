import { expect, test } from 'vitest';
import { labelsOf } from './labels.ts';

const labels = (section: string | undefined, kicker: string | undefined, ...types: string[]) =>
  Object.values(labelsOf(section, kicker, types)).join(' | ');

test.each([
  ['Opinion', 'The Courier’s view', 'Opinion', 'Opinion | The Courier’s view'],
  ['Opinion', undefined, 'Opinion', 'Opinion'],
  ['Culture', 'Review', 'Review', 'Culture | Review'],
  ['Reviews', 'Review', 'Review', 'Reviews'],
  ['Obituaries', undefined, 'Obituary', 'Obituaries'],
  ['Meinungen', undefined, 'Meinung', 'Meinungen'],
  ['OPINION', 'opinion', 'Opinion', 'OPINION'],
  ['World', 'World', 'Analysis', 'World | Analysis'],
  [undefined, 'Live', 'Live', 'Live'],
  ['Culture', 'The interview', 'Interview', 'Culture | The interview'],
  ['Culture', 'Book reviews', 'Review', 'Culture | Book reviews'],
  ['Comment and opinion', undefined, 'Opinion', 'Comment and opinion'],
  ['World', 'A photo essay', 'Photo essay', 'World | A photo essay'],
  ['رأي', undefined, 'رأي', 'رأي'],
])('printed once: %s, %s, %s', (section, kicker, type, expected) => {
  expect(labels(section, kicker, type)).toBe(expected);
});

test.each([
  ['News', 'Harbour', 'Analysis', 'News | Harbour | Analysis'],
  ['Sport', 'Rowing', 'Interview', 'Sport | Rowing | Interview'],
  ['Interviews', 'Internet', 'Feature', 'Interviews | Internet | Feature'],
  ['Views', undefined, 'Review', 'Views | Review'],
  ['Culture', 'Live music', 'Live', 'Culture | Live music | Live'],
  ['World', 'The essay', 'Photo essay', 'World | The essay | Photo essay'],
  ['World', 'The preview', 'Review', 'World | The preview | Review'],
])('all are printed if each says something different: %s, %s, %s', (section, kicker, type, expected) => {
  expect(labels(section, kicker, type)).toBe(expected);
});

test('a type in the language of the site is not repeated in that of the story', () => {
  expect(labels('Opinion', undefined, 'Meinung', 'Opinion')).toBe('Opinion');
});

test('a column that has the name of its author prints the name once', () => {
  expect(labelsOf('Opinion', 'Nora Whitfield', ['Opinion'], ['Nora Whitfield'])).toEqual({ section: 'Opinion' });
  expect(labelsOf('Opinion', 'Letter', ['Opinion'], ['Nora Whitfield']).kicker).toBe('Letter');
});

test('news has no label of its own', () => expect(labels('World', undefined)).toBe('World'));
