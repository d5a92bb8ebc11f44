import { parseFragment } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import { noise } from '../../pictures/small-pictures.fixture.ts';
import { smallNewsroom, story } from '../../press/small-newsroom.fixture.ts';
import { elementStates } from '../../story/element-states.ts';

/*
 * The output of each component for readers and screen readers, in all its states: one story that contains them all,
 * published once.
 */

const newsroom = smallNewsroom();
let page: Node;
/** The part of the page between two markers. */
const shown = (name: string, state: string): Node[] => {
  const body = find(page, (node) => classOf(node) === 'body')[0]!;
  const children = body.childNodes ?? [];
  const at = children.findIndex((node) => textOf(node).trim() === `begin ${name} ${state}`);
  const end = children.findIndex((node, place) => place > at && textOf(node).trim() === 'end');
  expect(at, `${name} ${state}`).toBeGreaterThanOrEqual(0);
  return children.slice(at + 1, end);
};

beforeAll(async () => {
  const files = ['rope', 'a', 'b', 'before', 'after', 'pier', 'boat', 'harbour-master'];
  for (const [at, name] of files.entries()) {
    const isTall = name.length < 3;
    const picture = noise(isTall ? 60 : 90 + at, isTall ? 90 + at : 60);
    newsroom.put(`content/stories/x/all/${name}.jpg`, await picture.jpeg().toBuffer());
  }
  newsroom.put('content/stories/x/all/reservoir.csv', 'Year,Full (%),Remark\n2016,97,\n2024,41,"low, very"\n');
  newsroom.put('content/authors/ann.yaml', 'name: Ann Example\nrole: Reporter\nbio: She reports.\n');
  newsroom.put('content/stories/2025/02/harbour-reopens.md', story({ byline: ['ann'] }));
  newsroom.put(
    'content/stories/2025/02/secret.md',
    story({ headline: 'Hidden headline', published: '2030-01-01T00:00:00Z' }),
  );
  newsroom.put('content/pages/about.md', '---\nheadline: About\n---\n\nText\n');
  const parts = Object.entries(elementStates).flatMap(([name, { states }]) =>
    Object.entries(states).map(([state, source]) => `begin ${name} ${state}\n\n${source}\n\nend`),
  );
  newsroom.put('content/stories/x/all/index.mdx', story({ published: '2025-03-01T00:00:00Z' }, parts.join('\n\n')));
  await newsroom.press();
  page = parseFragment(Buffer.from(newsroom.dist().get('2025/03/all/index.html') ?? '', 'latin1').toString()) as Node;
}, 240_000);

describe('pictures', () => {
  test('a gallery is a list of figures, each with its texts; the shared caption is that of the outer figure', () => {
    const [gallery] = shown('Gallery', 'example').filter(isElement);
    expect(outline(gallery!)).toBe('figure(ul(li(figure) li(figure) li(figure)) figcaption)');
    expect(
      find(gallery!, (node) => node.nodeName === 'figcaption')
        .map(textOf)
        .map(tidy),
    ).toEqual(['Monday', 'Thursday', 'Friday', 'The harbour in a week of storms']);
    expect(shown('Gallery', 'smallest').filter(isElement)[0]!.nodeName).toBe('div');
  });
  test('a pair is two figures in one', () => {
    const [pair] = shown('Pair', 'with a shared caption').filter(isElement);
    expect(outline(pair!)).toBe('figure(div(figure figure) figcaption)');
    expect(
      find(pair!, (node) => node.nodeName === 'figcaption')
        .map(textOf)
        .map(tidy),
    ).toEqual(['Town archive', 'A. Diallo', 'The same window, sixty years apart Left: 1963 Right: 2026']);
  });
  test.each(['wide', 'full'])('a picture says that it is %s, and requests files of that width', (size) => {
    const [figure] = shown('Picture', size).filter(isElement);
    expect(classOf(figure!)).toContain(size);
    expect(attribute(find(figure!, ({ nodeName }) => nodeName === 'img')[0]!, 'sizes')).toContain(
      size === 'full' ? '100vw' : '73rem',
    );
  });
});

describe('quotations', () => {
  test.each([
    ['PullQuote', 'example', 'Mairead Ní Bhriain, harbour master'],
    ['BlockQuote', 'example', 'Ann Boyle, clerk to the council, Minutes of 3 March'],
    ['BlockQuote', 'as Markdown', 'Ann Boyle, clerk to the council'],
  ])('%s (%s): the text is the quotation, and the speaker is the caption', (name, state, who) => {
    const [figure] = shown(name, state).filter(isElement);
    expect(outline(figure!)).toBe('figure(blockquote figcaption)');
    expect(tidy(textOf(figure!.childNodes!.find(({ nodeName }) => nodeName === 'figcaption')!))).toBe(who);
  });
  test('a pull quote without a speaker has no empty caption', () => {
    expect(outline(shown('PullQuote', 'smallest').filter(isElement)[0]!)).toBe('figure(blockquote)');
  });
});

describe('boxes', () => {
  test.each([
    ['KeyPoints', 'example', 'Key points'],
    ['KeyPoints', 'with a title of its own', 'In short'],
    ['FactBox', 'example', 'The harbour in figures'],
    ['Timeline', 'smallest', 'Timeline'],
    ['Questions', 'smallest', 'Questions and answers'],
  ])('%s (%s) is a region that is named by its heading', (name, state, title) => {
    const [box] = shown(name, state).filter(isElement);
    expect([box!.nodeName, attribute(box!, 'aria-label')]).toEqual(['section', title]);
    const [heading] = (box!.childNodes ?? []).filter(isElement);
    expect([heading!.nodeName, textOf(heading!)]).toEqual(['h2', title]);
  });
  test('a timeline is an ordered list, with machine-readable dates', () => {
    const times = find(shown('Timeline', 'example').filter(isElement)[0]!, (node) => classOf(node) === 'when');
    expect(times.map((node) => [node.nodeName, attribute(node, 'datetime'), textOf(node)])).toEqual([
      ['time', '2024-11-30', '30 November 2024'],
      ['time', '2025-02', 'February 2025'],
      ['b', undefined, 'Summer 2025'],
    ]);
    expect(
      find(shown('Timeline', 'with paragraphs').filter(isElement)[0]!, ({ nodeName }) => nodeName === 'ol'),
    ).toHaveLength(1);
  });
  test('no heading of the page skips a level', () => {
    const levels = find(page, ({ nodeName }) => /^h[1-6]$/.test(nodeName)).map(({ nodeName }) => Number(nodeName[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, at) => at > 0 && level > levels[at - 1]! + 1)).toEqual([]);
    expect(levels.length).toBeGreaterThan(10);
  });
});

describe('tables', () => {
  test.each([
    ['example', ['Route', 'Sailings'], ['Inis Mór', 'Inis Oírr']],
    ['from a file', ['Year', 'Full (%)', 'Remark'], ['2016', '2024']],
  ])(
    '%s: a caption, column and row headers, figures aligned right, and a scroll box for the keyboard',
    (state, columns, rows) => {
      const [scroller, source] = shown('Table', state).filter(isElement);
      expect([attribute(scroller!, 'tabindex'), attribute(scroller!, 'role')]).toEqual(['0', 'group']);
      const caption = textOf(find(scroller!, ({ nodeName }) => nodeName === 'caption')[0]!);
      expect(attribute(scroller!, 'aria-label')).toBe(`Table: ${caption}`);
      const heads = (scope: string) => find(scroller!, (node) => attribute(node, 'scope') === scope).map(textOf);
      expect(heads('col')).toEqual(columns);
      expect(heads('row')).toEqual(rows);
      const figures = find(scroller!, (node) => classOf(node) === 'num').map(textOf);
      expect(figures[0]).toBe(columns[1]);
      expect(figures).toHaveLength(3);
      expect(tidy(textOf(source!))).toMatch(/^Source: /);
    },
  );
  test('columns that the story chose, in its order, and no row headers if there are none', () => {
    const [scroller] = shown('Table', 'from a file, some columns').filter(isElement);
    expect(find(scroller!, ({ nodeName }) => nodeName === 'th').map(textOf)).toEqual(['Full (%)', 'Year']);
  });
  test('a line above a Markdown table is its caption', () => {
    const [scroller] = shown('Table', 'as Markdown').filter(isElement);
    expect(textOf(find(scroller!, ({ nodeName }) => nodeName === 'caption')[0]!)).toBe('Ferries on a working day');
    expect(find(scroller!, (node) => classOf(node) === 'num').map(textOf)).toEqual(['Sailings', '6', '1,204']);
  });
});

describe('links', () => {
  test('a rich link has the headline, address, and date of its story', () => {
    const [card] = shown('RichLink', 'to a story').filter(isElement);
    const [link] = find(card!, ({ nodeName }) => nodeName === 'a');
    expect([textOf(link!), attribute(link!, 'href')]).toEqual([
      'Harbour reopens after storm',
      '/2025/02/harbour-reopens/',
    ]);
    expect(textOf(find(card!, ({ nodeName }) => nodeName === 'time')[0]!)).toBe('12 February 2025');
  });
  test('for a story that is not public yet, it has only its own text', () => {
    const [card] = shown('RichLink', 'to a story that is not public yet').filter(isElement);
    expect(tidy(textOf(card!))).toBe('Read more What the port will say');
    expect(find(card!, ({ nodeName }) => nodeName === 'a')).toEqual([]);
    expect(newsroom.filesMentioning('Hidden headline')).toEqual([]);
  });
  test('an embed loads nothing: it is a link that says where it leads', () => {
    const [card] = shown('Embed', 'smallest').filter(isElement);
    expect(find(card!, ({ nodeName }) => ['img', 'iframe', 'script'].includes(nodeName))).toEqual([]);
    expect(attribute(find(card!, ({ nodeName }) => nodeName === 'a')[0]!, 'href')).toBe('https://www.video.example/42');
    expect(textOf(card!)).toContain('On video.example');
  });
});

test('a profile of an author has name and role from the file, and a link to the page', () => {
  const [card] = shown('Profile', 'of an author').filter(isElement);
  expect(attribute(find(card!, ({ nodeName }) => nodeName === 'a')[0]!, 'href')).toBe('/authors/ann/');
  expect(tidy(textOf(card!))).toBe('Ann Example Reporter She reports.');
  expect(
    attribute(find(shown('Profile', 'example').filter(isElement)[0]!, ({ nodeName }) => nodeName === 'img')[0]!, 'alt'),
  ).toBe('A woman in a yellow coat');
});

test('a warning is closed until it is opened, and says what it warns about', () => {
  const [details] = shown('Warning', 'example').filter(isElement);
  expect(outline(details!)).toBe('details(summary div)');
  expect(attribute(details!, 'open')).toBeUndefined();
  expect(tidy(textOf(details!.childNodes!.find(isElement)!))).toBe('Content warning. This part describes an accident.');
});

interface Node {
  nodeName: string;
  value?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

const isElement = (node: Node): boolean => node.attrs !== undefined;
const attribute = (node: Node, name: string): string | undefined =>
  node.attrs?.find((found) => found.name === name)?.value;
const classOf = (node: Node): string => attribute(node, 'class') ?? '';
const textOf = (node: Node): string => node.value ?? (node.childNodes ?? []).map(textOf).join('');
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

const find = (node: Node, is: (node: Node) => boolean): Node[] => [
  ...(is(node) ? [node] : []),
  ...(node.childNodes ?? []).flatMap((child) => find(child, is)),
];

/**
 * The elements of a fragment as `figure(ul(li) figcaption)`. The content of figures, quotations, and paragraphs is left
 * out.
 */
function outline(node: Node, depth = 0): string {
  const isLeaf = ['figcaption', 'blockquote', 'summary', 'p'].includes(node.nodeName);
  const inner =
    isLeaf || (node.nodeName === 'figure' && depth > 0) || (node.nodeName === 'div' && classOf(node) === 'part');
  const children = inner ? [] : (node.childNodes ?? []).filter(isElement);
  const text = children.map((child) => outline(child, depth + 1)).join(' ');
  return text ? `${node.nodeName}(${text})` : node.nodeName;
}
