import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyReceipt } from '../empty-receipt.ts';
import { ownSource } from '../own-newsroom.ts';
import { PagesBeside } from './pages-beside.ts';
import { ReceiptPages } from './receipt-pages.ts';
import type { ImportedStory } from './story-view.ts';

const receipt = emptyReceipt(ownSource('/old'), { source: '/old', permalinks: [], dryRun: false });

const storyOf = (number: number): ImportedStory => ({
  ...{ file: `${number}.md`, path: `stories/2024/05/${number}/index.md`, headline: `Story ${number}`, notes: [] },
  changes: [{ file: `${number}.md`, line: 7, kind: 'link-dead', before: '[x](/y)', after: 'x' }],
  old: { text: `<p>The harbour is open again on ${'the quay '.repeat(number)}</p>`, isHtml: number % 2 === 0 },
  now: `---\nheadline: A\n---\n\nThe harbour is open again, ${number}.\n`,
});

const folderOf = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'receipt');
};

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

test.each([
  ['a thread', 10],
  ['no thread', 1000],
])(
  'the pages are the same with %s',
  async (_, storiesMin) => {
    const stories = Array.from({ length: 130 }, (_, number) => storyOf(number));
    const here = new ReceiptPages(folderOf());
    for (const story of stories) here.add(story);
    const expected = filesIn(join(here.finish(receipt), '..'));
    expect(Object.keys(expected)).toHaveLength(4);

    const folder = folderOf();
    const beside = new PagesBeside(folder, storiesMin);
    onTestFinished(() => beside.close());
    for (const story of stories) await beside.add(story);
    expect(await beside.finish(receipt)).toEqual({ page: join(folder, 'index.html') });
    expect(filesIn(folder)).toEqual(expected);
  },
  60_000,
);

test.each([
  ['in the thread', 1],
  ['here', 1000],
])(
  'what goes wrong %s does not stop the import, and is said at the end',
  async (_, storiesMin) => {
    const beside = new PagesBeside(folderOf(), storiesMin);
    onTestFinished(() => beside.close());
    // Nothing that an importer makes, but something that the thread fails on.
    const broken: ImportedStory = { ...storyOf(0), changes: null as never };
    for (let number = 0; number < 200; number++) await beside.add(number === 0 ? broken : storyOf(number));
    expect(await beside.finish(receipt)).toEqual({ fault: expect.stringContaining('not iterable') });
  },
  60_000,
);
