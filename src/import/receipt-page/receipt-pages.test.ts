import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { JSDOM } from 'jsdom';
import { expect, onTestFinished, test } from 'vitest';
import type { Receipt } from '../receipt.ts';
import { ReceiptPages } from './receipt-pages.ts';
import { viewStory } from './story-view.ts';

const receipt: Receipt = {
  ...{ kind: 'markdown', source: '/old <site>', options: { permalinks: [], dryRun: false } },
  files: { in: 3, stories: 1, pages: 0, drafts: 1, skipped: 1, written: 2, unchanged: 0 },
  pictures: { copied: 2, unchanged: 0 },
  ...{ documents: [], shortcodes: [] },
  fields: [{ from: 'title', to: 'headline', how: 'mapped', count: 2, samples: ['A & B'] }],
  ...{ counts: {}, changes: [], stories: [], renamed: [], redirectsLeft: [] },
  skipped: [{ file: 'bad.md', reason: 'not <text>', kept: '.broadsheet/import/kept/bad.md' }],
  drafts: [{ file: 'b.md', story: '2024/05/b', reason: 'no date' }],
  addressesDropped: [{ file: 'b.md', address: '/b/', reason: 'already used' }],
  authors: { written: [], unchanged: [] },
  others: { used: [], unused: ['x.jpg'], generator: 0, private: [], notUnderstood: ['x.bin'], left: [] },
  notes: [{ file: 'b.md', note: 'byte order mark dropped' }],
};

const story = (name: string, more: object = {}) => ({
  ...{ file: `${name}.md`, path: `stories/2024/05/${name}/index.md`, headline: `Story ${name} <b>` },
  ...{ changes: [], notes: [], ...more },
});

function pages(count = 2) {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const made = new ReceiptPages(join(folder, 'receipt'));
  const lost = { file: 'a.md', line: 7, kind: 'link-dead', before: '[x](/y)', after: 'x' } as const;
  for (let number = 0; number < count; number++)
    made.add({
      ...story(String.fromCharCode(97 + (number % 26)), number === 0 ? { changes: [lost] } : { draft: 'no date' }),
      old: {
        text: `<p>The harbour is open again. Gulls sang on ${'the quay '.repeat(number)}</p>`,
        isHtml: true,
      },
      now: '---\nheadline: A\n---\n\nThe harbour is open again.\n',
    });
  const index = made.finish(receipt);
  return {
    index: readFileSync(index, 'utf8'),
    folder: join(folder, 'receipt'),
    read: (name: string) => readFileSync(join(folder, 'receipt', name), 'utf8'),
  };
}

test('the first page has every total, and a line for each story', () => {
  const { document } = new JSDOM(pages().index).window;
  const totals = Object.fromEntries(
    [...document.querySelectorAll('.totals div')].map((each) => [
      each.querySelector('dt')?.textContent,
      each.querySelector('dd')?.textContent,
    ]),
  );
  expect(totals).toMatchObject({
    'items in the archive': '3',
    stories: '1',
    drafts: '1',
    skipped: '1',
    'pictures copied': '2',
  });
  expect(document.querySelectorAll('#stories tbody tr')).toHaveLength(2);
  for (const words of ['not <text>', 'already used', 'x.bin', 'x.jpg', 'byte order mark dropped', 'A & B'])
    expect(document.body.textContent).toContain(words);
});

test('a story is beside the old one, and what only one of them has is marked', () => {
  const { document } = new JSDOM(pages().read('stories-0001.html')).window;
  const first = document.getElementById('story-1');
  expect(first?.querySelector('h2')?.textContent).toBe('Story a <b>');
  expect([...(first?.querySelectorAll('del') ?? [])].map((each) => each.textContent)).toEqual(['Gulls sang on']);
  expect(first?.querySelectorAll('tr.lost')).toHaveLength(1);
});

test('each line leads to its story, over as many pages as it needs', () => {
  const { index, folder, read } = pages(120);
  expect(readdirSync(folder).filter((name) => name.startsWith('stories-'))).toHaveLength(3);
  const { document } = new JSDOM(index).window;
  for (const link of document.querySelectorAll('#stories a')) {
    const [page = '', id = ''] = (link.getAttribute('href') ?? '').split('#');
    expect(new JSDOM(read(page)).window.document.querySelector(`#${id} h2`)?.textContent).toBe(link.textContent);
  }
}, 60_000);

test('the table can be filtered by a kind of loss, and sorted', () => {
  const { document, Event } = new JSDOM(pages(3).index, { runScripts: 'dangerously' }).window;
  const rows = () => [...document.querySelectorAll<HTMLTableRowElement>('#stories tbody tr')];
  const box = document.querySelector<HTMLInputElement>('input[value=link-dead]');
  if (!box) throw new Error('no filter');
  expect(box.form?.hidden).toBe(false);
  box.checked = true;
  box.dispatchEvent(new Event('change', { bubbles: true }));
  expect(rows().map((row) => row.hidden)).toEqual([false, true, true]);
  expect(document.getElementById('shown')?.textContent).toBe('1 of 3 stories');
  const button = document.querySelectorAll<HTMLButtonElement>('#stories thead button')[3];
  button?.click();
  button?.click();
  const lost = rows().map((row) => Number(row.cells[3]?.textContent));
  expect(lost).toEqual([...lost].sort((a, b) => b - a));
  expect(new Set(lost).size).toBeGreaterThan(1);
});

test('without its script, the page shows everything and no filter', () => {
  const { document } = new JSDOM(pages().index).window;
  expect(document.querySelector<HTMLElement>('#filter')?.hidden).toBe(true);
  expect([...document.querySelectorAll<HTMLElement>('#stories tr')].some((row) => row.hidden)).toBe(false);
});

test('the pages are valid HTML and allow nothing from elsewhere', async () => {
  const { index, read } = pages();
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: { 'no-inline-style': 'off', 'long-title': 'off' },
  });
  for (const html of [index, read('stories-0001.html')]) {
    const report = await validator.validateString(html);
    expect(
      report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`),
      ),
    ).toEqual([]);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/https?:\/\//);
  }
});

test('a text in a script without spaces is marked as a whole', () => {
  const old = { text: '<p>銀奈米線解決方案的領導廠商</p>', isHtml: true };
  const view = viewStory({ ...story('a'), old, now: '別的文字' });
  expect(view.old).toEqual([[{ text: '銀奈米線解決方案的領導廠商', isOnlyHere: true }]]);
});
