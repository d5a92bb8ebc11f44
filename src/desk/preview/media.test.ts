import { describe, expect, test } from 'vitest';
import { queryFor, styleFor } from './media.ts';

const dark = { isPrint: false, scheme: 'dark' } as const;
const light = { isPrint: false, scheme: 'light' } as const;
const paper = { isPrint: true, scheme: 'light' } as const;

describe('a style sheet on paper', () => {
  test.each([
    ['@media print{p{color:red}}', '@media screen{p{color:red}}'],
    ['@media screen and (width>=68rem) { p { color : red } }', '@media print and (width>=68rem) { p { color : red } }'],
    ['@media only screen{a{b:c}}', '@media only print{a{b:c}}'],
    ['@media not print{a{b:c}}', '@media not screen{a{b:c}}'],
    ['@media PRINT, (width<2em){a{b:c}}', '@media screen, (width<2em){a{b:c}}'],
    ['@import url(a.css) print;', '@import url(a.css) screen;'],
    ['@supports (display:grid){@media print{a{b:c}}}', '@supports (display:grid){@media screen{a{b:c}}}'],
    ['.a{@media print{color:red}}', '.a{@media screen{color:red}}'],
    ['@media all{a{b:c}}', '@media all{a{b:c}}'],
    ['a::before{content:"@media print"}/* @media print */', 'a::before{content:"@media print"}/* @media print */'],
  ])('%s', (css, expected) => expect(styleFor(css, paper)).toBe(expected));
});

describe('a style sheet in a scheme', () => {
  test.each([
    ['@media (prefers-color-scheme:dark){a{b:c}}', '(min-width:0px)', '(max-width:0px)'],
    ['@media (prefers-color-scheme: LIGHT){a{b:c}}', '(max-width:0px)', '(min-width:0px)'],
    [
      '@media screen and (prefers-color-scheme:dark){a{b:c}}',
      'screen and (min-width:0px)',
      'screen and (max-width:0px)',
    ],
    ['@media (not (prefers-color-scheme:dark)){a{b:c}}', '(not (min-width:0px))', '(not (max-width:0px))'],
  ])('%s', (css, inDark, inLight) => {
    expect(styleFor(css, dark).replace(/\s+(?=[:)])|(?<=:)\s+/g, '')).toBe(`@media ${inDark}{a{b:c}}`);
    expect(styleFor(css, light).replace(/\s+(?=[:)])|(?<=:)\s+/g, '')).toBe(`@media ${inLight}{a{b:c}}`);
  });

  test('a page that supports both is in that scheme', () => {
    const css = ':root{color-scheme:light dark;--a:light-dark(red,blue)}.b{color-scheme:light}';
    expect(styleFor(css, dark)).toBe(':root{color-scheme:dark;--a:light-dark(red,blue)}.b{color-scheme:light}');
  });
});

test('as on this screen, and what cannot be read, stay as they are', () => {
  const css = '@media print{a{b:c}} @media (prefers-color-scheme:dark){';
  expect(styleFor(css, { isPrint: false })).toBe(css);
  const broken = '@media ((({{{ print }}} } @media ??? { a { b: c } } </style>';
  expect(styleFor(broken, dark)).toBe(broken);
});

test('a query in an attribute is changed too', () => {
  expect(queryFor('print', paper)).toBe('screen');
  expect(queryFor('(width >= 2em)', paper)).toBe('(width >= 2em)');
  expect(queryFor('(prefers-color-scheme: dark)', dark).replaceAll(' ', '')).toBe('(min-width:0px)');
});
