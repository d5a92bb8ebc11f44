import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fullNewsroom, at as time } from './full-newsroom.fixture.ts';
import { movedBy } from './round-trip.fixture.ts';

// Each row of the table “What comes back” in docs/export.md, against a newsroom that has everything.

vi.setConfig({ testTimeout: 240_000 });

const kinds = ['markdown', 'wxr', 'ninjs'] as const;

interface Moved {
  /** A file of the newsroom after the export and the import, or '' if there is none. */
  now(file: string): string;
  /** The same file before. */
  before(file: string): string;
  /** The story with everything. */
  story: string;
  pages: number;
  /** Every text file. */
  all: string;
}

const full = 'content/stories/2025/02/full/index.mdx';
const isSame = ({ now, before }: Moved, ...files: string[]): boolean =>
  files.every((file) => before(file) !== '' && now(file) === before(file));

/** What each row says of a newsroom that came back, in the words of the table. */
const rows: Record<string, (moved: Moved) => string> = {
  components: ({ story }) =>
    story.includes('<FactBox') ? 'same' : /It \[?sailed/.test(story) ? 'as HTML, most as plain text' : 'lost',
  'files in `content/authors/`': (moved) =>
    isSame(moved, 'content/authors/ann.yaml')
      ? 'same'
      : moved.now('content/authors/ann.yaml').trim() === 'name: Ann Example'
        ? 'name'
        : moved.now('content/authors/ann.yaml'),
  '`topics.yaml`, `series.yaml`, fronts, sidecars, `public/`, picture desk': (moved) => {
    const files = ['content/topics.yaml', 'content/series.yaml', 'content/fronts/home.yaml', 'public/robots-note.txt'];
    files.push('content/stories/2025/02/full/quay.jpg.yaml');
    return isSame(moved, ...files) ? 'same' : files.every((file) => moved.now(file) === '') ? 'no' : 'some';
  },
  'standing pages': (moved) =>
    isSame(moved, 'content/pages/about.md')
      ? moved.pages === 0
        ? 'no'
        : 'same'
      : moved.now('content/pages/about.md').includes('We print.')
        ? 'same words'
        : 'no',
  documents: (moved) =>
    isSame(moved, 'content/stories/2025/02/full/report.pdf')
      ? 'same'
      : /\(https:\/\/post\.example\/[^)]*report\.pdf\)/.test(moved.story)
        ? 'links to the old site'
        : moved.story.includes('(/wp-content/uploads/2025/02/full/report.pdf)') &&
            moved.now('public/wp-content/uploads/2025/02/full/report.pdf') === '%PDF-1.4\n'
          ? 'in `public/wp-content/`'
          : 'lost',
  'kind, date, place, focus, copyright, and licence of a picture': ({ story }) =>
    /"?focus"?: ?"?40% 30%/.test(story) ? 'same' : /focus|2019/.test(story) ? 'some' : 'no',
  'the organisation of an author': ({ story }) => (story.includes('Sea Press') ? 'same' : 'no'),
  '`minor`, `prominent`, updates of a withdrawn story, the date of a draft with an embargo': ({ story }) => {
    const found = [/"?minor"?:/.test(story), /"?prominent"?: ?true/.test(story)];
    return found.every(Boolean) ? 'same' : found.some(Boolean) ? 'some' : 'no';
  },
  'comments in files, spaces, and the spelling of dates': ({ all, now }) =>
    now('content/authors/ann.yaml').includes('# who') && all.includes('First.{/* hush */}')
      ? 'same'
      : /# who|hush \*\/|<!-- hush/.test(all)
        ? 'some'
        : 'no',
};

const table = readFileSync(join(import.meta.dirname, '../../docs/export.md'), 'utf8')
  .replace(/[\s\S]*\n## What comes back\n/, '')
  .replace(/\n## [\s\S]*/, '')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

let made: Promise<Record<string, Moved>> | undefined;

async function moveAll(): Promise<Record<string, Moved>> {
  const { site: from } = await fullNewsroom();
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const moved: Record<string, Moved> = {};
  for (const kind of kinds) {
    const { site, receipt } = await movedBy(kind, from, { now: Date.parse(time) });
    expect(receipt.skipped).toEqual([]);
    const folder = join(site, 'content');
    const texts = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
      /\.(?:mdx?|yaml)$/.test(name),
    );
    // The folders are deleted when the first test has ended.
    const files = new Map(
      [
        ...texts.map((name) => `content/${name}`),
        'content/stories/2025/02/full/report.pdf',
        'public/wp-content/uploads/2025/02/full/report.pdf',
        'public/robots-note.txt',
      ].map((name) => [name, read(join(site, name))]),
    );
    const old = new Map(
      [
        ...files.keys(),
        full,
        'content/topics.yaml',
        'content/series.yaml',
        'content/fronts/home.yaml',
        'content/stories/2025/02/full/quay.jpg.yaml',
      ].map((name) => [name, read(join(from, name))]),
    );
    const stories = [...files].filter(
      ([name]) => /stories\/.*(?:full|the-ferry)/.test(name) && /index\.mdx?$/.test(name),
    );
    moved[kind] = {
      now: (file) => files.get(file) ?? '',
      before: (file) => old.get(file) ?? '',
      story: stories[0]?.[1] ?? '',
      // The test itself brings the pages that an agency does not send.
      pages: kind === 'ninjs' ? receipt.files.pages : 1,
      all: [...files].flatMap(([name, text]) => (name.startsWith('content/pages/') ? [] : [text])).join('\n'),
    };
  }
  return moved;
}

test('every row of the table has a test', () => {
  expect(table.length).toBeGreaterThan(5);
  expect(Object.keys(rows).sort()).toEqual(table.map(([what = '']) => what).sort());
});

test.each(table.flatMap(([what = '', ...cells]) => kinds.map((kind, at) => [what, kind, cells[at] ?? ''])))(
  '%s, as %s: %s',
  async (what, kind, cell) => {
    made ??= moveAll();
    const moved = (await made)[kind];
    expect(moved?.story).not.toBe('');
    expect(rows[what]?.(moved as Moved)).toBe(cell);
  },
);
