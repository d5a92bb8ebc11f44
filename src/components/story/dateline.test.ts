import { expect, test } from 'vitest';
import { withDateline } from './dateline.ts';

const printed = (html: string, dateline?: string) => withDateline([{ kind: 'html', html }], dateline);

test('the dateline comes first in the first paragraph', () => {
  expect(printed('<p>The ferry sailed.</p>', 'Galway')).toEqual([
    { kind: 'html', html: '<p><span class="dateline">Galway</span> – The ferry sailed.</p>' },
  ]);
});

test('before a heading it has its own paragraph', () => {
  expect(printed('<h2>Morning</h2>', 'Galway')[0]).toEqual({ kind: 'html', html: '<p class="dateline">Galway</p>' });
});

test('markup in a dateline is printed, never run', () => {
  expect(JSON.stringify(printed('<p>x</p>', '<b>A&B</b>'))).toContain('&lt;b&gt;A&amp;B&lt;/b&gt;');
});

test('without a dateline the body stays as it is', () => {
  expect(printed('<p>x</p>')).toEqual([{ kind: 'html', html: '<p>x</p>' }]);
});
