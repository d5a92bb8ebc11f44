import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// A reporter writes a story with a quotation, an editor publishes it, corrects it after publication, takes the correction
// back, and withdraws it. Nobody touches a file.

const quay = 'content/stories/2026/03/quay/index.md';
let paper: DeskPaper;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    [quay]: '---\nheadline: A quay is sold\nsection: world\npublished: 2026-03-02 08:00\n---\n\nTo the town.\n',
  });
});
test.afterAll(() => paper?.stop());

/** The text of a page in the published site. */
const printed = (file: string) => readFile(join(paper.home, 'dist', file), 'utf8').catch(() => '');
const publishDialog = (page: Page) => page.getByRole('dialog');
const textBox = (page: Page) => page.getByRole('textbox', { name: /text/i }).and(page.locator('[contenteditable]'));

/** Publishes what is open, and answers what the desk asks. @param answer the kind of change and its sentence */
async function publish(page: Page, answer?: { kind: string; text: string }): Promise<string[]> {
  await page.getByRole('button', { name: 'Publish …' }).click();
  const dialog = publishDialog(page);
  await expect(dialog.locator('.plan li').first()).toBeVisible({ timeout: 60_000 });
  const says = await dialog.locator('.plan li').allTextContents();
  if (answer) {
    await dialog.getByRole('radio', { name: answer.kind }).check();
    await dialog.getByLabel(`Text of the ${answer.kind.toLowerCase()}`).fill(answer.text);
  }
  await dialog.getByRole('button', { name: 'Publish now' }).click();
  await expect(dialog.getByRole('heading', { name: 'Published' })).toBeVisible({ timeout: 120_000 });
  return says;
}

let address = '';
let file = '';

test('a story is written in the browser and published, with a quotation', async ({ page }) => {
  await page.goto(paper.address);
  await page.getByRole('button', { name: 'New story' }).click();
  await page.getByRole('menuitem').first().click();
  await page.getByRole('dialog').getByLabel('Headline').fill('Bridge reopens');
  await page.getByRole('dialog').getByLabel('Section').selectOption('world');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /create/i })
    .click();
  await expect(textBox(page)).toBeVisible({ timeout: 60_000 });
  await textBox(page).click();
  await page.keyboard.type('The bridge carried ten buses on Monday.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('> It held.');
  file = `content/${new URL(page.url()).searchParams.get('path')}`;
  const says = await publish(page);
  expect(says.join(' ')).toMatch(/goes out now/i);
  const link = await publishDialog(page).getByRole('link').first().getAttribute('href');
  expect(link).toMatch(/^https:\/\/x\.example\/\d{4}\/\d\d\/bridge-reopens\/$/);
  address = new URL(link ?? '').pathname;
  const html = await printed(`${address.slice(1)}index.html`);
  expect(html).toContain('The bridge carried ten buses on Monday.');
  expect(html).toMatch(/<blockquote[^>]*>\s*<p>It held\.<\/p>/);
  expect(await printed('index.html')).toContain('Bridge reopens');
  expect(await paper.read(file)).not.toContain('draft:');
});

test('a change of a published story is asked about, and a correction is printed with its time', async ({ page }) => {
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(file.replace('content/', ''))}`);
  await expect(textBox(page)).toBeVisible({ timeout: 60_000 });
  await textBox(page).getByText('ten buses').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' And two trams.');
  await page.getByRole('button', { name: 'Publish …' }).click();
  const dialog = publishDialog(page);
  await expect(dialog.getByText('What kind of change is it?')).toBeVisible({ timeout: 60_000 });
  // Without an answer nothing goes out.
  await expect(dialog.getByRole('button', { name: 'Publish now' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'Correction' }).check();
  await dialog.getByLabel('Text of the correction').fill('An earlier version did not mention the trams.');
  await dialog.getByRole('button', { name: 'Publish now' }).click();
  await expect(dialog.getByRole('heading', { name: 'Published' })).toBeVisible({ timeout: 120_000 });
  const html = await printed(`${address.slice(1)}index.html`);
  expect(html).toContain('And two trams.');
  expect(html).toContain('An earlier version did not mention the trams.');
  expect(await printed('corrections/index.html')).toContain('An earlier version did not mention the trams.');

  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await expect(dialog).toBeHidden({ timeout: 120_000 });
  await expect.poll(() => printed(`${address.slice(1)}index.html`)).not.toContain('trams');
  expect(await printed(`${address.slice(1)}index.html`)).toContain('The bridge carried ten buses on Monday.');
});

test('a story is withdrawn with its reason, and the lists lose it', async ({ page }) => {
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(file.replace('content/', ''))}`);
  await expect(textBox(page)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /Withdraw/ }).click();
  await publishDialog(page).getByLabel('Reason, for readers').fill('The buses were counted twice.');
  await publishDialog(page).getByRole('button', { name: 'Withdraw' }).click();
  await expect(publishDialog(page)).toBeHidden({ timeout: 120_000 });
  const html = await printed(`${address.slice(1)}index.html`);
  expect(html).toContain('The buses were counted twice.');
  expect(html).not.toContain('ten buses');
  expect(await printed('index.html')).not.toContain('Bridge reopens');
});
