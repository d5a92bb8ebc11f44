import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { FieldEdit } from '../src/desk/document/edits.ts';
import type { FileFormName } from '../src/desk/form/description.ts';
import type { DeskProblem } from '../src/desk/interface/contract.ts';
import { serveForms } from './desk-form/serve.ts';
import { expect, test } from './test.ts';

// The forms of the desk, as people fill them in. They run with the policy that the desk sends.

let served: Awaited<ReturnType<typeof serveForms>>;
test.beforeAll(async () => {
  served = await serveForms();
});
test.afterAll(() => served?.close());

const faults: string[] = [];
test.beforeEach(async ({ page }) => {
  faults.length = 0;
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // The fonts are not served here.
    if (message.type() === 'error' && !/404/.test(message.text())) faults.push(message.text());
  });
  await page.goto(served.address);
});
test.afterEach(() => expect(faults).toEqual([]));

async function open(page: Page, kind: FileFormName, values: object, problems: DeskProblem[] = []) {
  await page.waitForFunction(() => 'form' in window);
  const given = JSON.stringify([kind, values, problems]);
  await page.evaluate((json) => {
    const [name, all, found] = JSON.parse(json);
    window.form.open(name, all, found);
  }, given);
}
const values = (page: Page) => page.evaluate(() => window.form.opened!.values);
const edits = (page: Page): Promise<FieldEdit[]> => page.evaluate(() => window.form.opened!.edits);
const said = (page: Page) => page.evaluate(() => window.form.opened!.said.at(-1));

const story = {
  headline: 'Harbour reopens',
  mine: { of: 'ours' },
  byline: ['ann-boyle', { name: 'Bo', role: 'Reporter' }],
  published: '2025-02-12T18:00:30+01:00',
  lead: { src: 'a.jpg', alt: 'Rope', caption: 'A rope', crop: 'square' },
  pictures: { 'b.jpg': { alt: 'A boat' } },
  topics: ['harbour'],
  related: ['2025/02/harbour'],
  corrections: [{ date: '2025-02-13', type: 'correction', text: 'A name was wrong.' }],
};

test('texts, choices, and boxes change their own key, and an empty text removes it', async ({ page }) => {
  await open(page, 'story', { headline: 'A', kicker: 'K' });
  await page.getByLabel('Headline (required)').fill('Größe zählt');
  await page.getByLabel('Standfirst').fill('Two\nlines');
  await page.getByLabel('Section', { exact: true }).selectOption('Culture');
  await page.getByLabel('Draft', { exact: true }).check();
  await page.getByText('More fields (1 filled in)').click();
  await page.getByLabel('Kicker').fill('');
  await page.getByLabel('Type', { exact: true }).selectOption('Opinion');
  expect(await values(page)).toEqual({
    headline: 'Größe zählt',
    standfirst: 'Two\nlines',
    section: 'culture',
    draft: true,
    type: 'opinion',
  });
  await page.getByLabel('Draft', { exact: true }).uncheck();
  expect(await values(page)).not.toHaveProperty('draft');
});

test('the headline says where it is too long', async ({ page }) => {
  await open(page, 'story', { headline: 'x'.repeat(62) });
  await expect(page.getByLabel(/^Headline/)).toHaveAccessibleDescription(
    /62 characters.*Fronts: fits.*Search results: 2 too long.*Phone: fits/,
  );
});

test('a byline is filled in with the keyboard alone', async ({ page }) => {
  await open(page, 'story', { headline: 'A' });
  await page.getByRole('button', { name: 'Add an author' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Author 1', exact: true })).toBeFocused();
  await page.keyboard.type('boy');
  await expect(page.locator('.field-name-list').getByRole('option')).toHaveText(/^Ann Boyle/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await values(page)).toMatchObject({ byline: ['ann-boyle'] });
  await expect(page.getByRole('combobox', { name: 'Author 1', exact: true })).toHaveValue('Ann Boyle');
  // A name that nobody has is kept as it was typed.
  await page.getByRole('button', { name: 'Add an author' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Author 2', exact: true })).toBeFocused();
  await page.keyboard.type('Staff reporter');
  await page.keyboard.press('Tab');
  expect(await values(page)).toMatchObject({ byline: ['ann-boyle', 'Staff reporter'] });
  await page.getByRole('button', { name: 'Move Author 2 up' }).focus();
  await page.keyboard.press('Enter');
  expect(await values(page)).toMatchObject({ byline: ['Staff reporter', 'ann-boyle'] });
  expect((await edits(page)).at(-1)).toEqual({ path: ['byline'], move: { from: 1, to: 0 } });
  expect(await said(page)).toBe('Moved: author is now number 1');
  // The entry cannot move further up, so the focus is on the button that moves it down again.
  await expect(page.getByRole('button', { name: 'Move Author 1 down' })).toBeFocused();
  await page.getByRole('button', { name: 'Remove Author 1' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Remove Author 1' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await values(page)).toEqual({ headline: 'A' });
  await expect(page.getByRole('button', { name: 'Add an author' })).toBeFocused();
});

test('an author from the list becomes a name with a role, and the other way round', async ({ page }) => {
  await open(page, 'story', { headline: 'A', byline: ['Ann'] });
  const kind = page.getByLabel('Kind of author 1');
  await kind.selectOption('A name with a role');
  await page.getByRole('group', { name: 'Author 1' }).getByLabel('Role').fill('Reporter');
  expect(await values(page)).toMatchObject({ byline: [{ name: 'Ann', role: 'Reporter' }] });
  await kind.selectOption('From the list, or a name');
  expect(await values(page)).toMatchObject({ byline: ['Ann'] });
});

test('dates keep their seconds and offset, and the zone of the newsroom is named', async ({ page }) => {
  await open(page, 'story', story);
  const published = page.getByRole('group', { name: 'Published', exact: true });
  await expect(published).toHaveAccessibleDescription(/own offset from UTC: \+01:00/);
  await published.getByLabel('Day').fill('2025-03-01');
  expect(await values(page)).toMatchObject({ published: '2025-03-01T18:00:30+01:00' });
  await published.getByRole('button', { name: 'Remove the time' }).click();
  expect(await values(page)).toMatchObject({ published: '2025-03-01' });
  const embargo = page.getByRole('group', { name: 'Embargo' });
  await expect(embargo).toHaveAccessibleDescription(/Times are in Europe\/Dublin/);
  await embargo.getByLabel('Day').fill('2026-01-02');
  await embargo.getByLabel('Time').fill('06:00');
  expect(await values(page)).toMatchObject({ embargo: '2026-01-02T06:00' });
});

test('pictures have a form by their file', async ({ page }) => {
  await open(page, 'story', story);
  const boat = page.getByRole('group', { name: 'b.jpg', exact: true });
  await boat.getByLabel('Caption').fill('The ferry');
  await page.getByRole('button', { name: 'Add a picture' }).click();
  expect(await values(page)).toMatchObject({
    pictures: {
      'b.jpg': { alt: 'A boat', caption: 'The ferry' },
      'chosen.jpg': { alt: 'A chosen picture', credit: 'A. Diallo' },
    },
  });
  await page.getByLabel('New name of b.jpg').fill('c.jpg');
  await page.keyboard.press('Tab');
  expect((await edits(page)).at(-1)).toEqual({ path: ['pictures', 'b.jpg'], key: 'c.jpg' });
  await page.getByRole('button', { name: 'Remove chosen.jpg' }).click();
  expect(await values(page)).toMatchObject({ pictures: { 'c.jpg': { alt: 'A boat', caption: 'The ferry' } } });
  const lead = page.getByRole('group', { name: 'Lead picture' });
  await lead.getByLabel('Alt text').fill('A rope');
  await expect(lead.getByLabel('Alt text')).toHaveAttribute('aria-invalid', 'true');
  await expect(lead.getByLabel('Alt text')).toHaveAccessibleDescription(/must not repeat the caption/);
  await lead.getByLabel('Alt text').fill('A thick rope');
  await expect(lead.getByLabel('Alt text')).not.toHaveAttribute('aria-invalid');
});

test('what Broadsheet does not know is shown and stays', async ({ page }) => {
  await open(page, 'story', { ...story, headline: { very: 'odd' } });
  await expect(page.getByRole('group', { name: /does not know/ }).last()).toContainText('ours');
  await expect(page.getByRole('group', { name: 'Headline' })).toContainText('"odd"');
  await page.getByRole('group', { name: 'Lead picture' }).getByLabel('Credit').fill('Ann');
  expect(await values(page)).toMatchObject({
    mine: { of: 'ours' },
    headline: { very: 'odd' },
    lead: { crop: 'square', credit: 'Ann' },
  });
});

test('problems are at their field, and can be gone to', async ({ page }) => {
  const problem = (field: (string | number)[], says: string): DeskProblem => ({
    rule: 'x',
    severity: 'error',
    says,
    field,
  });
  await open(page, 'story', story, [
    problem(['headline'], 'This is empty.'),
    problem(['corrections', 0, 'text'], 'This is short.'),
    problem(['byline', 7], 'Nobody has that name.'),
    problem(['lead', 'crop'], 'There is no such key.'),
  ]);
  await expect(page.getByLabel(/^Headline/)).toHaveAccessibleDescription(/Problem: This is empty\./);
  await expect(page.getByLabel(/^Headline/)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('group', { name: 'Byline' })).toHaveAccessibleDescription(/Nobody has that name/);
  await expect(page.getByRole('group', { name: 'Lead picture' })).toHaveAccessibleDescription(/There is no such key/);
  await page.evaluate(() => window.form.opened!.goTo(['corrections', 0, 'text']));
  const text = page.getByRole('group', { name: 'Correction 1' }).getByLabel(/^Text/);
  await expect(text).toBeFocused();
  await expect(text).toHaveAccessibleDescription(/This is short/);
  // Typing in another field does not move the focus back.
  await page.getByLabel(/^Headline/).pressSequentially('!!');
  await expect(page.getByLabel(/^Headline/)).toBeFocused();
});

test('an entry whose last field is emptied stays until its button removes it', async ({ page }) => {
  await open(page, 'topic', { harbour: { title: 'The harbour' } });
  const title = page.getByRole('group', { name: 'harbour' }).getByLabel('Title');
  await title.fill('');
  expect(await values(page)).toEqual({ harbour: {} });
  await title.fill('Port');
  await page.getByLabel('Id of the new entry').fill('storms');
  await page.getByRole('button', { name: 'Add an entry' }).click();
  expect(await values(page)).toEqual({ harbour: { title: 'Port' }, storms: {} });
});

const everything: [FileFormName, object][] = [
  ['story', story],
  ['page', { headline: 'About' }],
  ['author', { name: 'Ann', picture: { src: 'ann.jpg' }, links: [{ title: 'A', url: 'https://a.example' }] }],
  ['topic', { harbour: { title: 'The harbour', aliases: ['Port'] } }],
  ['series', { tides: null }],
  [
    'site',
    {
      name: 'Post',
      url: 'https://a.example',
      sections: [{ id: 'world', title: 'World' }],
      redirects: [{ from: '/a', to: '/b' }],
    },
  ],
  [
    'front',
    { stories: ['2025/02/harbour', { story: 'x', with: ['y'] }], banner: { text: 'Now', until: '2025-02-12 18:00' } },
  ],
  ['picture', { alt: 'Rope', date: 2019, focus: '40% 30%' }],
];

for (const [kind, data] of everything)
  test(`nothing to object to for readers of any kind: ${kind}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await open(page, kind, data);
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true;
    });
    const found = await axe(page);
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    // Every control has a name of its own.
    const names = await page
      .locator('#place input, #place select, #place textarea, #place button')
      .evaluateAll((all) =>
        all.map(
          (one) =>
            (one as HTMLInputElement).labels?.[0]?.textContent ||
            one.getAttribute('aria-label') ||
            one.textContent ||
            '',
        ),
      );
    expect(names.filter((name) => name.trim() === '')).toEqual([]);
  });

/** What axe finds. It runs in its own world, which the policy of the page does not stop. */
async function axe(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const session = await page.context().newCDPSession(page);
  await session.send('Page.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { contextId: executionContextId, expression: source });
  const { result } = await session.send('Runtime.evaluate', {
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
    expression:
      "axe.run('#place').then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ' ' + node.html.slice(0, 200))))",
  });
  return (result.value as string[] | undefined) ?? ['axe did not run'];
}
