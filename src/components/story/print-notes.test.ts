import { expect, test } from 'vitest';
import { withPrintNotes } from './print-notes.ts';

const site = { url: 'https://post.example/paper/' };
const html = (text: string) => ({ kind: 'html' as const, html: text });

test('links get letters in order, the same address the same letter, on pages and in components', () => {
  const { body, notes } = withPrintNotes(
    [
      html('<p><a href="https://x.example/a?b=1&amp;c=2">one</a>, <a href="/paper/2025/02/quay/">two</a></p>'),
      {
        kind: 'element',
        name: 'FactBox',
        attributes: {},
        children: [html('<a href="https://x.example/a?b=1&amp;c=2">again</a>')],
      },
    ],
    site,
  );
  expect(notes).toEqual([
    { letter: 'a', address: 'x.example/a?b=1&c=2' },
    { letter: 'b', address: 'post.example/paper/2025/02/quay/' },
  ]);
  expect(body[0]).toEqual(
    html(
      '<p><a data-note="a" href="https://x.example/a?b=1&amp;c=2">one</a>, <a data-note="b" href="/paper/2025/02/quay/">two</a></p>',
    ),
  );
  expect(body[1]).toMatchObject({
    children: [html('<a data-note="a" href="https://x.example/a?b=1&amp;c=2">again</a>')],
  });
});

test('links within the page, and lists of links that are not printed, get none', () => {
  const body = [
    html('<a class="note" href="#fn-1">1</a>'),
    { kind: 'element' as const, name: 'ReadMore', attributes: {}, children: [html('<a href="/x/">x</a>')] },
  ];
  expect(withPrintNotes(body, site)).toEqual({ body, notes: [] });
});

test('aa comes after z', () => {
  const links = Array.from({ length: 28 }, (_, place) => `<a href="https://x.example/${place}">x</a>`).join('');
  expect(
    withPrintNotes([html(links)], site)
      .notes.slice(25)
      .map(({ letter }) => letter),
  ).toEqual(['z', 'aa', 'ab']);
});
