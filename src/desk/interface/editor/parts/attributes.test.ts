import { expect, test } from 'vitest';
import type { Field } from '../../../form/description.ts';
import { attributeValue, valuesOf, withAttribute } from './attributes.ts';

const field = (key: string, value: Field['value']): Field => ({
  key,
  label: key,
  help: '',
  isRequired: false,
  group: 'main',
  value,
});
const fields: Field[] = [
  field('author', { kind: 'person' }),
  field('wide', { kind: 'yesNo' }),
  field('count', { kind: 'number', isWhole: true }),
  field('size', {
    kind: 'choice',
    choices: [
      { value: 2, label: 'Two' },
      { value: 'big', label: 'Big' },
    ],
  }),
];

test('attributes, which are text or true, become the values of fields', () => {
  const attributes = [
    { name: 'author', value: 'ann' },
    { name: 'wide', value: true as const },
    { name: 'count', value: '3' },
    { name: 'size', value: '2' },
  ];
  expect(valuesOf(fields, attributes)).toEqual({ author: 'ann', wide: true, count: 3, size: 2 });
});

test('what does not fit a field stays as it is, and is shown', () => {
  const attributes = [
    { name: 'count', value: 'many' },
    { name: 'size', value: 'huge' },
    { name: 'author', value: true as const },
  ];
  expect(valuesOf(fields, attributes)).toEqual({ count: 'many', size: 'huge', author: true });
});

test.each([
  [3, '3'],
  [true, true],
  [false, undefined],
  [undefined, undefined],
  ['ann', 'ann'],
])('a field that sends %s writes %s', (sent, written) => expect(attributeValue(sent)).toBe(written));

test('attributes keep their order, and a new one takes its place in the description', () => {
  const attributes = [
    { name: 'count', value: '3' },
    { name: 'own', value: 'x' },
  ];
  expect(withAttribute(attributes, fields, 'wide', true).map(({ name }) => name)).toEqual(['wide', 'count', 'own']);
  expect(withAttribute(attributes, fields, 'count', '4')).toEqual([
    { name: 'count', value: '4' },
    { name: 'own', value: 'x' },
  ]);
  expect(withAttribute(attributes, fields, 'count', undefined)).toEqual([{ name: 'own', value: 'x' }]);
});
