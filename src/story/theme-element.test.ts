import { expect, test } from 'vitest';
import { elementOfComponent } from './theme-element.ts';

const component = (props: string, markup = '<p><slot /></p>') => elementOfComponent(`---\n${props}\n---\n${markup}`);
const accepts = (props: string, attributes: object) => component(props).attributes.safeParse(attributes).success;

test('Props define what a story can write', () => {
  const props = `interface Props {
  /** How far; not: unit of it. */
  value: string;
  unit?: 'bar' | 'psi';
  large?: boolean;
}`;
  expect(accepts(props, { value: '7' })).toBe(true);
  expect(accepts(props, { value: '7', unit: 'psi', large: true })).toBe(true);
  expect(accepts(props, {})).toBe(false);
  expect(accepts(props, { value: '7', unit: 'bra' })).toBe(false);
  expect(accepts(props, { value: '7', large: 'yes' })).toBe(false);
  expect(accepts(props, { value: '7', colour: 'red' })).toBe(false);
});

test('a type is read like an interface, and the prop site does not concern the story', () => {
  expect(accepts('type Props = { name: string; site: Site };', { name: 'x' })).toBe(true);
  expect(accepts('type Props = { name: string; site: Site };', { name: 'x', site: 'y' })).toBe(false);
});

test('without Props any text is allowed', () => {
  expect(accepts('const a = 1;', { anything: 'goes' })).toBe(true);
  expect(accepts('const a = 1;', { anything: true })).toBe(false);
});

test('content between the tags needs a slot', () => {
  expect(component('').children).toBe('blocks');
  expect(component('', '<p>No place</p>').children).toBe('none');
});
