import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// A reporter writes at the desk, and nothing gets lost: not in a crash, not if another program changes the file, not in a
// second tab. Everything is done by keyboard.

const harbour = 'stories/2026/03/harbour/index.md';
const quay = 'stories/2026/03/quay/index.md';
const story = (headline: string, body = 'The first ferry sailed at seven.\n\nThe second one did not.\n') =>
  `---\n# Held for the picture desk.\nheadline: ${headline}\nsection: world\npublished: 2026-03-02 08:00\nx-own: 'kept'\n---\n\n${body}`;

let paper: DeskPaper;
const file = `content/${harbour}`;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    [file]: story('Harbour reopens'),
    [`content/${quay}`]: story('A quay is sold'),
  });
});
test.afterAll(() => paper?.stop());
test.beforeEach(() => paper.put(file, story('Harbour reopens')));

const editOf = (path: string) => `${paper.address}edit?path=${encodeURIComponent(path)}`;
const headline = (page: Page) => page.getByLabel('Headline', { exact: true }).and(page.locator('textarea'));

async function open(page: Page, path = harbour): Promise<void> {
  await page.goto(editOf(path));
  await expect(headline(page)).toBeVisible({ timeout: 60_000 });
}

async function typeHeadline(page: Page, text: string): Promise<void> {
  await headline(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  // At once, because a slow machine makes several steps of undo of a word that is typed.
  await page.keyboard.insertText(text);
}

test('a headline is changed and saved by keyboard, and no other byte of the file', async ({ page }) => {
  await open(page);
  await typeHeadline(page, 'Harbour closes');
  await expect(page.getByText('Unsaved changes')).toBeVisible();
  expect(await paper.read(file)).toBe(story('Harbour reopens'));
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText(/^Saved at/)).toBeVisible();
  expect(await paper.read(file)).toBe(story('Harbour closes'));
});

test('undo brings back what was saved, as an edit of the same value', async ({ page }) => {
  await open(page);
  await typeHeadline(page, 'Harbour closes');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText(/^Saved at/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(headline(page)).toHaveValue('Harbour reopens');
  await page.keyboard.press('ControlOrMeta+s');
  await expect.poll(() => paper.read(file)).toBe(story('Harbour reopens'));
});

test('fields, text, and source are undone and done again in one order, wherever the focus is', async ({ page }) => {
  await open(page);
  const text = page.locator('.story-text');
  const source = page.getByRole('textbox', { name: 'Source of the story' });
  const body = page.locator('.story-text > p').first();
  const switchTo = async (name: 'As read' | 'Source') =>
    page.getByRole('group', { name: 'View of the text' }).getByRole('button', { name }).press('Enter');
  await expect(body).toHaveText('The first ferry sailed at seven.');

  // Each edit waits until the one before it can be undone, and is made in another place, so each is a step.
  const states: [headline: string, text: string][] = [['Harbour reopens', 'The first ferry sailed at seven.']];
  const state = async () => [await headline(page).inputValue(), (await body.textContent()) ?? ''] as [string, string];
  await text.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('So ');
  states.push(await state());
  await headline(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.type('!');
  states.push(await state());
  await text.focus();
  await page.keyboard.type('far ');
  states.push(await state());
  await switchTo('Source');
  await expect(source).toBeVisible();
  await source.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('And ');
  await switchTo('As read');
  await expect(body).toHaveText('And So far The first ferry sailed at seven.');
  states.push(await state());
  await headline(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.type('?');
  states.push(await state());
  expect(states.at(-1)).toEqual(['Harbour reopens!?', 'And So far The first ferry sailed at seven.']);

  // Half of the way in a field, the rest in the text.
  for (let at = states.length - 2; at >= 0; at--) {
    if (at === 2) await text.focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(headline(page)).toHaveValue(states[at]![0]);
    await expect(body).toHaveText(states[at]![1]);
  }
  await expect(page.getByRole('toolbar', { name: 'Story' }).getByRole('button', { name: 'Undo' })).toBeDisabled();
  for (let at = 1; at < states.length; at++) {
    if (at === 3) await headline(page).focus();
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect(headline(page)).toHaveValue(states[at]![0]);
    await expect(body).toHaveText(states[at]![1]);
  }
  // What is saved is what is seen.
  for (let count = 0; count < 3; count++) await page.keyboard.press('ControlOrMeta+z');
  await expect(body).toHaveText(states[2]![1]);
  await page.keyboard.press('ControlOrMeta+s');
  await expect
    .poll(() => paper.read(file))
    .toBe(story('Harbour reopens!', 'So The first ferry sailed at seven.\n\nThe second one did not.\n'));
});

test('unsaved text is found after a crash of the tab, and restored or discarded', async ({ page, context }) => {
  await open(page);
  await typeHeadline(page, 'Written before the crash');
  await expect(page.getByText(/kept at/)).toBeVisible({ timeout: 15_000 });
  // Nothing is sent when the tab ends, as in a crash.
  const next = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await open(next);
  const notice = next.getByRole('alert').filter({ hasText: 'You have unsaved changes from' });
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Restore them' }).press('Enter');
  await expect(headline(next)).toHaveValue('Written before the crash');
  await next.keyboard.press('ControlOrMeta+s');
  await expect.poll(() => paper.read(file)).toBe(story('Written before the crash'));

  await typeHeadline(next, 'Not wanted');
  await expect(next.getByText(/kept at/)).toBeVisible({ timeout: 15_000 });
  await next.reload();
  await next.getByRole('button', { name: /^Discard the changes from/ }).press('Enter');
  await expect(next.getByText('You have unsaved changes from')).toBeHidden();
  await next.reload();
  await expect(headline(next)).toHaveValue('Written before the crash');
  await expect(next.getByText('You have unsaved changes from')).toBeHidden();
});

test('a file that another program changed is never overwritten: both changes are kept, or one is chosen', async ({
  page,
}) => {
  await open(page);
  await typeHeadline(page, 'Mine');
  const body = 'The first ferry sailed at eight.\n\nThe second one did not.\n';
  await paper.put(file, story('Harbour reopens', body));
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('alertdialog', { name: 'The file has changed on the disk' });
  await expect(dialog).toBeVisible();
  expect(await paper.read(file)).toBe(story('Harbour reopens', body));
  await dialog.getByRole('button', { name: 'Save both together' }).press('Enter');
  await expect.poll(() => paper.read(file)).toBe(story('Mine', body));
  await expect(dialog).toBeHidden();

  await typeHeadline(page, 'Mine again');
  await paper.put(file, story('Theirs', body));
  await page.keyboard.press('ControlOrMeta+s');
  await expect(dialog.getByRole('button', { name: '1 choice left' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /On the disk/ }).press('Space');
  await dialog.getByRole('button', { name: 'Save both together' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(headline(page)).toHaveValue('Theirs');
  expect(await paper.read(file)).toBe(story('Theirs', body));
});

test('a file that was deleted while it was open can be written again', async ({ page }) => {
  await open(page);
  await typeHeadline(page, 'Still here');
  await rm(join(paper.home, file));
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('alertdialog', { name: 'This file was deleted' });
  await dialog.getByRole('button', { name: 'Write the file again' }).press('Enter');
  await expect.poll(() => paper.read(file).catch(() => '')).toBe(story('Still here'));
});

test('two tabs with one story know of each other', async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  await expect(page.getByText('This file is also open in another tab.')).toBeVisible();
  await expect(other.getByText('This file is also open in another tab.')).toBeVisible();
  await other.close();
  await expect(page.getByText('This file is also open in another tab.')).toBeHidden();
});

test('an earlier version is compared word by word, and comes back', async ({ page }) => {
  await open(page, quay);
  await typeHeadline(page, 'A quay is bought');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText(/^Saved at/)).toBeVisible();
  await page.getByRole('button', { name: 'More' }).press('Enter');
  await expect(page.getByRole('menu')).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Versions' });
  await expect(dialog.locator('del')).toHaveText('sold');
  await expect(dialog.locator('ins')).toHaveText('bought');
  await dialog.getByRole('button', { name: /^Restore the version/ }).press('Enter');
  await expect.poll(() => paper.read(`content/${quay}`)).toBe(story('A quay is sold'));
  await expect(headline(page)).toHaveValue('A quay is sold');
  await expect(dialog).toBeHidden();
  // The focus is back in the page: at the button of the menu, or in the text, which was loaded again.
  expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('main');
});

test('a file whose front matter cannot be read opens in the source view, and its line is named', async ({ page }) => {
  const broken = story('Harbour reopens').replace('section: world', 'section: [world');
  await paper.put(file, broken);
  await page.goto(editOf(harbour));
  await expect(page.getByText(/^Line \d+ cannot be read\.$/)).toBeVisible({ timeout: 60_000 });
  expect(await paper.read(file)).toBe(broken);
});
