import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// What happens to the desk's server, its database, and the disk while somebody writes. Nothing that was written gets lost,
// and the page says what happened.

const path = 'stories/2026/03/harbour/index.md';
const file = `content/${path}`;
const story = (headline: string) =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2026-03-02 08:00\n---\n\nThe first ferry sailed at seven.\n`;
const site =
  'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n';

let paper: DeskPaper;
const flag = join(tmpdir(), `full-disk-${process.pid}`);

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  process.env.BROADSHEET_FULL_DISK = flag;
  paper = await startDesk({ 'content/site.yaml': site, [file]: story('Harbour reopens') }, { preload });
});
test.afterAll(async () => {
  await rm(flag, { force: true });
  await paper?.stop();
});

const preload = join(import.meta.dirname, 'full-disk.mjs');
const headline = (page: Page) => page.getByLabel('Headline', { exact: true }).and(page.locator('textarea'));
const saved = (page: Page) => page.locator('.saving.saved');

async function open(page: Page): Promise<void> {
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(path)}`);
  await expect(headline(page)).toBeVisible({ timeout: 60_000 });
  // The problems of a story come with its page, so the server is done with its start.
  await expect(page.getByText('Up to date')).toBeVisible({ timeout: 90_000 });
}

test('the desk is killed while somebody types, and started again: the tab goes on, and saves', async ({ page }) => {
  await open(page);
  await headline(page).fill('Written before');
  await paper.kill();
  const gone = page.getByText('The desk’s server does not answer.').first();
  await expect(gone).toBeVisible();
  await headline(page).fill('Written while it was gone');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.locator('.saving.failed')).toBeVisible();
  await expect(page.getByText('Your text is still here.')).toBeVisible();
  expect(await paper.read(file)).toBe(story('Harbour reopens'));
  const { home, port } = paper;
  const again = await startDesk({}, { home, port, preload });
  paper = {
    ...again,
    stop: async () => {
      await again.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  await expect(page.getByText('The desk’s server answers again.')).toBeVisible({ timeout: 60_000 });
  await expect(gone).toBeHidden({ timeout: 30_000 });
  await page.keyboard.press('ControlOrMeta+s');
  await expect(saved(page)).toBeVisible();
  expect(await paper.read(file)).toBe(story('Written while it was gone'));
});

test('a full disk refuses a save and an autosave, says so, and both work when there is room', async ({ page }) => {
  const before = await paper.read(file);
  await open(page);
  await writeFile(flag, '');
  await headline(page).fill('Too much for the disk');
  const notKept = page.getByRole('alert').filter({ hasText: 'Your unsaved text is only in this browser.' });
  await expect(notKept).toContainText('The disk is full', { timeout: 30_000 });
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.locator('.notice').filter({ hasText: 'Not saved.' })).toContainText('The disk is full, so');
  expect(await paper.read(file)).toBe(before);
  // A reload finds what only this browser has.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('button', { name: 'Restore them' }).click();
  await expect(headline(page)).toHaveValue('Too much for the disk');
  await expect(notKept).toBeVisible({ timeout: 30_000 });
  await rm(flag);
  await expect(notKept).toBeHidden({ timeout: 30_000 });
  await expect(page.getByText(/kept at/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(saved(page)).toBeVisible();
  expect(await paper.read(file)).toBe(story('Too much for the disk'));
});

test('the desk’s database is deleted while the desk is open: the page says so, and unsaved text is in the next one', async ({
  page,
  context,
}) => {
  await open(page);
  await headline(page).fill('Kept before');
  await expect(page.getByText(/kept at/)).toBeVisible({ timeout: 30_000 });
  await rm(join(paper.home, '.broadsheet-desk'), { recursive: true });
  await headline(page).fill('Kept after');
  await expect(page.locator('.message')).toContainText('The desk has written it again', { timeout: 30_000 });
  await page.evaluate(() => localStorage.clear());
  const next = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await next.goto(`${paper.address}edit?path=${encodeURIComponent(path)}`);
  await next.getByRole('button', { name: 'Restore them' }).click();
  await expect(headline(next)).toHaveValue('Kept after');
  await next.keyboard.press('ControlOrMeta+s');
  await expect(saved(next)).toBeVisible();
  expect(await paper.read(file)).toBe(story('Kept after'));
});

test('the desk’s database is damaged while the desk is stopped: the page says so, and no saved story is lost', async ({
  page,
}) => {
  const { home, port } = paper;
  const before = await paper.read(file);
  await paper.kill();
  for (const end of ['-wal', '-shm']) await rm(join(home, `.broadsheet-desk/desk.db${end}`), { force: true });
  await writeFile(join(home, '.broadsheet-desk/desk.db'), 'not a database, '.repeat(1000));
  const again = await startDesk({}, { home, port, preload });
  paper = {
    ...again,
    stop: async () => {
      await again.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  await open(page);
  await expect(page.locator('.message')).toContainText('database was damaged');
  await expect(page.locator('.message')).toContainText('Saved stories are as they were.');
  expect(paper.terminal()).toContain('database was damaged');
  expect(await paper.read(file)).toBe(before);
  await headline(page).fill('After the damage');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(saved(page)).toBeVisible();
  expect(await paper.read(file)).toBe(story('After the damage'));
});
