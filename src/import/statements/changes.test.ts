import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { expect, test, vi } from 'vitest';
import { publish } from '../../press/publish.ts';
import { sharedCache, walk } from '../../press/small-newsroom.fixture.ts';
import { type ChangeKind, changeWords } from '../receipt.ts';
import { picture, smallArchive } from '../small-archive.fixture.ts';
import { md } from './proof.fixture.ts';

// Every kind of change to a text: an archive that provokes it, and whether the page that a build prints shows it.

vi.setConfig({ testTimeout: 240_000 });

interface Case {
  body: string;
  /** Defaults to `md`. */
  ending?: 'mdx' | 'html';
  head?: string;
  /** How often the receipt says it. Defaults to 1. */
  count?: number;
  /** What the text of the page is, as HTML without the attributes that are not about it. */
  so(page: Page): void;
}

interface Page {
  /** Of the story. */
  words: string;
  html: string;
  all(selector: string): Element[];
  href(words: string): string | null | undefined;
  files: string[];
}

const cases: Record<ChangeKind, Case> = {
  'link-to-story': {
    body: '[the other](other.md)',
    so: ({ href }) => expect(href('the other')).toBe('/2015/01/other/'),
  },
  'link-to-old-site': {
    body: '[the archive](/archive/12)',
    so: ({ href }) => expect(href('the archive')).toBe('https://old.example/archive/12'),
  },
  'link-to-document': {
    body: '[the report](files/report.pdf)',
    so: ({ href, files }) => {
      expect(href('the report')).toBe('/2015/01/link-to-document/report.pdf');
      expect(files).toContain('2015/01/link-to-document/report.pdf');
    },
  },
  'link-complete': {
    body: '[the agency](www.agency.example/x)',
    so: ({ href }) => expect(href('the agency')).toBe('https://www.agency.example/x'),
  },
  'link-place': {
    body: '[below](#what-s-next)\n\n## What’s next\n\nWords.',
    so: ({ href, all }) => {
      const target = href('below') ?? '';
      expect(target).toMatch(/^#./);
      expect(all(`[id="${target.slice(1)}"]`)[0]?.textContent).toContain('What’s next');
    },
  },
  'link-dead': {
    body: '[the note](story:gone)',
    so: ({ words, href }) => {
      expect(words).toContain('the note');
      expect(href('the note')).toBeUndefined();
    },
  },
  'link-unsafe': {
    body: '[press](javascript:alert(1))',
    so: ({ words, html }) => {
      expect(words).toContain('press');
      expect(html).not.toContain('javascript:');
    },
  },
  'link-scheme': {
    body: '[the folder](ftp://files.example/x)',
    so: ({ words, html }) => {
      expect(words).toContain('the folder');
      expect(html).not.toContain('ftp:');
    },
  },
  'picture-copied': {
    body: '![A boat](boat.jpg)',
    so: ({ all }) => expect(all('img').map((each) => each.getAttribute('alt'))).toEqual(['A boat']),
  },
  'picture-linked': {
    body: '![The old front](/)',
    so: ({ href, all }) => {
      expect(href('Picture: The old front')).toBe('https://old.example/');
      expect(all('img')).toEqual([]);
    },
  },
  'picture-wanted': {
    body: '![A wreck](https://elsewhere.example/wreck.jpg "Lost at sea")',
    so: ({ words, all, html }) => {
      expect(words).toContain('Lost at sea');
      expect(all('img')).toEqual([]);
      expect(html).not.toContain('elsewhere.example');
    },
  },
  'picture-named': {
    body: 'Words. <img alt="A quay at dawn">',
    so: ({ words, all }) => {
      expect(words).toContain('A quay at dawn');
      expect(all('img')).toEqual([]);
    },
  },
  'picture-decorative': {
    body: '![](boat.jpg)',
    so: ({ all }) => expect(all('img').map((each) => each.getAttribute('alt'))).toEqual(['']),
  },
  'caption-dropped': {
    body: '![A boat](boat.jpg "A boat")',
    so: ({ words, all }) => {
      expect(words).not.toContain('A boat');
      expect(all('img').map((each) => each.getAttribute('alt'))).toEqual(['A boat']);
    },
  },
  'heading-dropped': {
    body: '# Story heading-dropped\n\nWords.',
    so: ({ words }) => expect(words).not.toContain('Story heading-dropped'),
  },
  'code-dropped': {
    body: 'Words.\n\n<script>steal()</script>',
    so: ({ html }) => expect(html).not.toContain('steal'),
  },
  'media-linked': {
    body: '<video src="https://films.example/x.mp4"></video>',
    so: ({ all }) => {
      expect(all('video')).toEqual([]);
      expect(all('a').map((each) => each.getAttribute('href'))).toContain('https://films.example/x.mp4');
    },
  },
  'html-changed': {
    body: 'Words <select><option>to press</option></select>.',
    so: ({ words, html }) => {
      expect(words.trim()).toBe('Words .');
      expect(html).not.toContain('select');
    },
  },
  'mdx-code': {
    ending: 'mdx',
    body: 'import Secret from "./secret"\n\nWords.',
    so: ({ words }) => expect(words).not.toContain('Secret'),
  },
  'mdx-expression': {
    ending: 'mdx',
    body: 'Before {"the tide"} and {tides.map(x => x)} after.',
    count: 2,
    so: ({ words }) => {
      expect(words).toContain('Before the tide and');
      expect(words).not.toContain('tides.map');
    },
  },
  'mdx-component': {
    ending: 'mdx',
    body: '<Ferry name="x">The words in it.</Ferry>',
    so: ({ words, html }) => {
      expect(words).toContain('The words in it.');
      expect(html.toLowerCase()).not.toContain('<ferry');
    },
  },
  'markdown-changed': {
    body: 'Words :tada: and more.',
    so: ({ words }) => {
      expect(words).toContain('🎉');
      expect(words).not.toContain(':tada:');
    },
  },
  shortcode: {
    body: '{{< youtube abcdefghijk >}}',
    so: ({ html, words }) => {
      expect(html).toContain('abcdefghijk');
      expect(words).not.toContain('{{');
    },
  },
  'shortcode-dropped': {
    body: 'Words.\n\n{% assign x = 1 %}',
    so: ({ words }) => expect(words).not.toMatch(/assign|\{%/),
  },
};

async function built() {
  const archive = smallArchive({
    'other.md': md('title: Other\ndate: 2015-01-01'),
    'boat.jpg': await picture(),
    'files/report.pdf': '%PDF-1.4\n%%EOF\n',
    ...Object.fromEntries(
      Object.entries(cases).map(([kind, { body, ending = 'md', head = '' }]) => [
        `${kind}.${ending}`,
        md(`title: Story ${kind}\ndate: 2015-01-01\n${head}`, body),
      ]),
    ),
  });
  const receipt = await archive.run({ origin: 'https://old.example' });
  const site = join(archive.root, 'site');
  const dist = join(site, 'dist');
  const now = Date.UTC(2026, 0, 1);
  await publish({ site, dist, cache: sharedCache, now, clock: now });
  // The folder is gone when the first test has ended.
  const pages = new Map(walk(dist).map((file) => [file.slice(dist.length + 1), readFileSync(file, 'utf8')]));
  const files = [...pages.keys()];
  const page = (kind: string): Page => {
    const { document } = new JSDOM(pages.get(`2015/01/${kind}/index.html`)).window;
    const text = document.querySelector('article > .body') as Element;
    for (const other of text.querySelectorAll('.meta, .print-notes, .endmatter')) other.remove();
    const links = [...text.querySelectorAll('a')];
    return {
      words: text.textContent?.replace(/\s+/g, ' ') ?? '',
      html: text.innerHTML,
      all: (selector) => [...text.querySelectorAll(selector)],
      href: (words) => links.find((each) => each.textContent?.trim().startsWith(words))?.getAttribute('href'),
      files,
    };
  };
  return { receipt, page };
}

let made: ReturnType<typeof built> | undefined;

test('every kind of change has a case', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(changeWords).sort());
});

test.each(Object.entries(cases))('%s', async (kind, { ending = 'md', count = 1, so }) => {
  made ??= built();
  const { receipt, page } = await made;
  const own = receipt.changes.filter((change) => change.file === `${kind}.${ending}`);
  expect(own.filter((change) => change.kind === kind)).toHaveLength(count);
  so(page(kind));
});
