import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { axeIn } from './axe-in.ts';
import { demoBodies, generatedBodies, numbers, otherBodies, type StoryBody } from './desk-editor/bodies.ts';
import { serveEditor } from './desk-editor/serve.ts';
import { expect, test } from './test.ts';

// The editor of a story's text, under the policy that the desk sends.

test.describe.configure({ mode: 'default' });

let editor: Awaited<ReturnType<typeof serveEditor>>;
test.beforeAll(async () => {
  editor = await serveEditor();
});
test.afterAll(() => editor?.close());

/** What the policy forbade, and what went wrong. */
const faults: string[] = [];
test.beforeEach(async ({ page }) => {
  faults.length = 0;
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(editor.address);
  await page.waitForFunction(() => window.editor);
});
test.afterEach(() => expect(faults).toEqual([]));

const open = (page: Page, body: string, isMdx = true) =>
  page.evaluate(([text, mdx]) => window.editor.open(text as string, mdx as boolean).then(() => undefined), [
    body,
    isMdx,
  ] as const);
/** The body, with the edits of the last moments. */
const bodyOf = (page: Page): Promise<string> => page.evaluate(() => window.editor.opened!.handle!.flush());
const saidOf = (page: Page): Promise<string[]> => page.evaluate(() => window.editor.opened!.said);

/** Places the caret after some words, as a click there would. */
async function caretAfter(page: Page, words: string, selected = 0) {
  await page.locator('.story-text').focus();
  const isThere = await page.evaluate(
    ([wanted, back]) => {
      const walker = document.createTreeWalker(document.querySelector('.story-text')!, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement?.closest('.block-top')) continue;
        const at = (node.nodeValue ?? '').indexOf(wanted as string);
        if (at < 0) continue;
        const end = at + (wanted as string).length;
        getSelection()!.setBaseAndExtent(node, end - (back as number), node, end);
        return true;
      }
      return false;
    },
    [words, selected] as const,
  );
  expect(isThere || (await page.locator('.story-editor').innerText()), words).toBe(true);
  // The editor reads the selection in an event.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 30)));
}

test('texts load and save with the same bytes, and an edit changes nothing outside its block', async ({ page }) => {
  test.slow();
  const all: StoryBody[] = [...demoBodies, ...generatedBodies(60), ...otherBodies];
  expect(demoBodies.length).toBeGreaterThan(20);
  const figures = { texts: 0, same: 0, edited: 0, exact: 0 };
  for (const { name, body, isMdx } of all) {
    const { before, after, sourceOnly, typed } = await page.evaluate(
      async ([text, mdx]) => {
        const opened = await window.editor.open(text as string, mdx as boolean);
        if (opened.sourceOnly) return { sourceOnly: opened.sourceOnly, before: '', after: '', typed: false };
        const before = opened.handle!.flush();
        const paragraph = [...document.querySelectorAll('.story-text > p')].find(
          (one) => (one.textContent ?? '').length > 40,
        );
        const node = paragraph && document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode();
        if (!node) return { before, after: before, typed: false };
        document.querySelector<HTMLElement>('.story-text')!.focus();
        getSelection()!.collapse(node, Math.floor((node.nodeValue ?? '').length / 2));
        await new Promise((done) => setTimeout(done));
        document.execCommand('insertText', false, 'ZZ');
        await new Promise((done) => setTimeout(done));
        return { before, after: opened.handle!.flush(), typed: true };
      },
      [body, isMdx] as const,
    );
    expect(sourceOnly, name).toBeUndefined();
    figures.texts++;
    if (before === body) figures.same++;
    expect.soft(before, name).toBe(body);
    if (!typed) continue;
    figures.edited++;
    if (after.replace('ZZ', '') === body) figures.exact++;
    expect.soft(after.replace('ZZ', ''), name).toBe(body);
    expect.soft(after, name).toContain('ZZ');
  }
  console.log(JSON.stringify(figures));
  expect(figures.edited).toBeGreaterThan(60);
});

test('canary: markup that was meant as text is seen by that comparison', async ({ page }) => {
  await open(page, 'one\n');
  await caretAfter(page, 'one');
  await page.evaluate(() => document.execCommand('insertText', false, ' <b>*two*'));
  expect((await bodyOf(page)).replace(' <b>*two*', '')).not.toBe('one\n');
});

test('300 edits with the keys are the same as on disk', async ({ page }) => {
  test.slow();
  const random = numbers(15);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  let edits = 0;
  while (edits < 300) {
    const words = Array.from({ length: 24 }, (_, at) => `word${edits}w${at}q`);
    const [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = words;
    let disk = [
      `## ${a} heading`,
      `${b} *${c} in* a paragraph & [${d} link](https://a.example)\nand ${e} more.`,
      `* ${f} item\n  1) ${g} nested\n* ${h} item`,
      `> ${i} quoted\nlazy ${j}`,
      `|${k}|b|\n|-|-|\n|${l} |x|`,
      `<FactBox  title='t'>\n- ${m} fact\n</FactBox>`,
      `<PullQuote by="x">${n} pulled</PullQuote>`,
      'Note[^1].\n\n[^1]: Nothing.',
    ].join(random() < 0.5 ? '\n\n' : '\n\n\n');
    if (random() < 0.3) disk = disk.replaceAll('\n', '\r\n');
    const used = [a, b, c, d, e, f, g, h, i, j, k, l, m, n].map(String);
    await open(page, disk);
    for (let count = 0; count < 30 && edits < 300; count++, edits++) {
      const word = pick(used);
      const isMarked = word === c || word === d;
      const edit = pick(['type', 'type', 'delete', 'strong', 'undo', 'signs'] as const);
      await caretAfter(page, word, edit === 'strong' ? word.length : 0);
      const before = disk;
      // Edits that are far apart in time are undone one by one.
      await page.clock.setFixedTime(Date.UTC(2026, 2, 16) + edits * 5000);
      if (edit === 'type' || edit === 'undo') {
        await page.keyboard.type('xyz');
        disk = disk.replace(word, `${word}xyz`);
      } else if (edit === 'signs') {
        await page.keyboard.type(' & é “” 5 - 3');
        disk = disk.replace(word, `${word} & é “” 5 - 3`);
      } else if (edit === 'delete' && word.endsWith('q')) {
        await page.keyboard.press('Backspace');
        disk = disk.replace(word, word.slice(0, -1));
        used[used.indexOf(word)] = word.slice(0, -1);
      } else if (edit === 'strong' && !isMarked && !disk.includes(`**${word}`)) {
        await page.keyboard.press('ControlOrMeta+b');
        disk = disk.replace(word, `**${word}**`);
        // What is marked is not marked again, and a heading and a link have nothing after the word to type into.
        used.splice(used.indexOf(word), 1);
      }
      if (edit === 'undo') {
        await page.keyboard.press('ControlOrMeta+z');
        disk = before;
      }
      expect(await bodyOf(page), `${edits}: ${edit} at ${word}`).toBe(disk);
      if (used.length < 4) break;
    }
  }
  expect(edits).toBe(300);
});

test('a story written with the keyboard alone', async ({ page }) => {
  await open(page, '');
  await page.locator('.story-text').focus();
  await page.keyboard.type('## The harbour');
  await page.keyboard.press('Enter');
  await page.keyboard.type('It **opened** on *Monday*.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/pull');
  await expect(page.getByRole('option', { name: /Pull quote/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.type('We were lucky.');
  await page.keyboard.press('F2');
  await expect(page.getByLabel('by', { exact: true })).toBeFocused();
  await page.keyboard.type('Ann "Annie" Byrne');
  await page.keyboard.press('Escape');
  await expect(page.locator('.story-text')).toBeFocused();
  expect((await bodyOf(page)).trim()).toBe(
    `## The harbour\n\nIt **opened** on *Monday*.\n\n- one\n- two\n\n<PullQuote by='Ann "Annie" Byrne'>We were lucky.</PullQuote>`,
  );
  for (let count = 0; count < 60; count++) await page.keyboard.press('ControlOrMeta+z');
  expect((await bodyOf(page)).trim()).toBe('');
});

test('a footnote, a table, a link to a story, and an address on a selection', async ({ page }) => {
  await open(page, 'One two three.\n', false);
  await caretAfter(page, 'two', 3);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'https://a.example/x');
    document
      .querySelector('.story-text')!
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  expect(await bodyOf(page)).toBe('One [two](https://a.example/x) three.\n');
  await caretAfter(page, 'three', 5);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByLabel('Address, or words of a headline').fill('harbour');
  await page.getByRole('button', { name: 'Story about harbour' }).click();
  await expect(page.locator('.story-text')).toBeFocused();
  expect(await bodyOf(page)).toBe('One [two](https://a.example/x) [three](story:2026/11/b).\n');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Insert' }).click();
  await page.getByRole('menuitem', { name: 'Footnote' }).click();
  await page.waitForTimeout(200);
  await page.keyboard.type('The source.');
  expect(await bodyOf(page)).toBe(
    'One [two](https://a.example/x) [three](story:2026/11/b).[^1]\n\n[^1]: The source.\n',
  );
  await caretAfter(page, 'One');
  await page.getByRole('button', { name: 'Insert' }).click();
  await page.getByRole('menuitem', { name: 'Table' }).click();
  // The menu gives the focus back before the text gets it.
  await page.waitForTimeout(200);
  await page.keyboard.type('Route');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Sailings');
  expect(await bodyOf(page)).toContain('| Route | Sailings |\n');
});

test('what is pasted comes in as blocks, and five megabytes do not', async ({ page }) => {
  await open(page, 'One.\n\nTwo.\n', false);
  const paste = (type: string, size: number, wrap = '') =>
    page.evaluate(
      ([kind, length, tag]) => {
        const data = new DataTransfer();
        const text = 'word '.repeat((length as number) / 5);
        data.setData(kind as string, kind === 'text/html' ? `<p>${tag}${text}</p>` : text);
        if (kind === 'text/html') data.setData('text/plain', 'plain');
        const from = performance.now();
        document
          .querySelector('.story-text')!
          .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        return performance.now() - from;
      },
      [type, size, wrap] as const,
    );
  await caretAfter(page, 'One.');
  await paste('text/html', 3000);
  await expect.poll(() => bodyOf(page)).toContain('## Pasted\n\nFrom **3007** characters.');
  expect(await bodyOf(page)).toMatch(/^One\.\n\n## Pasted[\s\S]*Two\.\n$/);
  const before = await bodyOf(page);
  await paste('text/plain', 5_000_000);
  await paste('text/html', 9_000_000);
  await paste('text/html', 5_000_000, '<article>');
  await expect.poll(async () => (await saidOf(page)).filter((said) => said.includes('import it')).length).toBe(3);
  expect(await bodyOf(page)).toBe(before);
});

test('the source view keeps bytes and undo, and comes back to the same place', async ({ page }) => {
  const body = 'One.\r\n\r\nTwo *here*.\n\n<Embed url="https://a.example" title="A" />\r\n';
  await open(page, body);
  await caretAfter(page, 'here');
  await page.getByRole('button', { name: 'Source view' }).click();
  const source = page.getByRole('textbox', { name: 'Source of the story' });
  await expect(source).toBeFocused();
  await page.keyboard.type('XX');
  expect(await bodyOf(page)).toBe(body.replace('here', 'hereXX'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Text view' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.story-text')).toBeFocused();
  await page.keyboard.type('YY');
  expect(await bodyOf(page)).toBe(body.replace('here', 'hereXXYY'));
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  expect(await bodyOf(page)).toBe(body);
});

test('a text that cannot be read has the source view only, until it can', async ({ page }) => {
  await open(page, 'One.\n\n<PullQuote>\n');
  await expect(page.locator('.source-only')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Source of the story' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('We.\n</PullQuote>\n');
  await page.getByRole('button', { name: 'Text view' }).click();
  await expect(page.locator('.story-text')).toContainText('We.');
  expect(await bodyOf(page)).toBe('One.\n\n<PullQuote>\nWe.\n</PullQuote>\n');
});

test('Tab leaves the text, Escape goes to the toolbar, and arrow keys move in it', async ({ page }) => {
  await open(page, '- one\n- two\n\n<Embed url="https://a.example" title="A" />\n');
  await caretAfter(page, 'two');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Details: Embed' })).toBeFocused();
  await caretAfter(page, 'two');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Style' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('.story-text')).toBeFocused();
  expect(await bodyOf(page)).toBe('- one\n- two\n\n<Embed url="https://a.example" title="A" />\n');
});

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing, and nothing is wider than a phone: ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 360, height: 800 });
    const { body } = generatedBodies(2)[1]!;
    const everything = `# x\n\n${demoBodies.find(({ isMdx }) => isMdx)!.body}\n\n${body.replaceAll('\r\n', '\n')}`;
    await open(page, everything);
    await page.locator('[data-details]').first().click();
    await caretAfter(page, 'x');
    const sizes = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(sizes[0]).toBeLessThanOrEqual(sizes[1]!);
    const violations = await axeIn(page);
    expect(violations).toEqual([]);
  });

test('canary: axe finds a picture without a name', async ({ page }) => {
  await open(page, 'One.\n');
  await page.evaluate(() => document.querySelector('main')!.append(new Image()));
  expect((await axeIn(page)).join()).toContain('image-alt');
});

test('the editor is a part of its own, of at most 212 KB, and the source view another', () => {
  const sizes = Object.fromEntries(
    readdirSync(editor.folder).map((name) => [
      name,
      brotliCompressSync(readFileSync(join(editor.folder, name))).length,
    ]),
  );
  expect(sizes['part-story-editor.js']).toBeLessThan(212_000);
  expect(sizes['part-source-view.js']).toBeLessThan(155_000);
});
