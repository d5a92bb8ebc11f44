import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// Whatever somebody writes into a story, it does not run in the desk or in its preview, and sends nothing anywhere.

const cases = readFileSync(join(import.meta.dirname, '../src/story/body/hostile.txt'), 'utf8')
  .split(/^====\n/m)
  .slice(1);
const perStory = 15;
const groups = Array.from({ length: Math.ceil(cases.length / perStory) }, (_, at) =>
  cases.slice(at * perStory, (at + 1) * perStory),
);
const pathOf = (at: number) => `stories/2026/03/hostile-${at}/index.md`;

let paper: DeskPaper;
test.beforeAll(async () => {
  const story = (body: string, headline: string) =>
    `---\nheadline: ${JSON.stringify(headline)}\nstandfirst: '<img src=x onerror=alert(1)>'\nsection: world\npublished: 2026-03-02\n---\n\n${body}`;
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    ...Object.fromEntries(
      groups.map((group, at) => [
        `content/${pathOf(at)}`,
        story(group.join('\n\n'), `A "headline" <script>alert(${at})</script>`),
      ]),
    ),
  });
});
test.afterAll(() => paper?.stop());

test('hostile stories open in the editor and in the preview, and nothing of them runs or calls out', async ({
  page,
}) => {
  expect(cases.length).toBeGreaterThan(30);
  let pages = 0;
  const ran: string[] = [];
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  const { origin } = new URL(paper.address);
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:blob|data|about):/.test(url)) asked.push(url);
  });
  for (const at of groups.keys())
    await test.step(`story ${at}`, async () => {
      await page.goto(`${paper.address}edit?path=${encodeURIComponent(pathOf(at))}`);
      await expect(page.locator('.story-text:visible, .story-source:visible').first()).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/Up to date|There is no page to show yet/).first()).toBeVisible({ timeout: 60_000 });
      pages += await page.locator('iframe[src]').count();
      // Nothing of the story became an element that can run in the desk itself.
      const own = page.locator('.story-text :is(script, iframe, object, embed, form, [onerror], [onclick], [onload])');
      await expect(own).toHaveCount(0);
      await expect(page.locator('.story-text a[href^="javascript:" i]')).toHaveCount(0);
    });
  expect(pages).toBeGreaterThan(0);
  expect(ran).toEqual([]);
  expect(asked).toEqual([]);
  await expect(page.getByRole('textbox', { name: 'Headline', exact: true }).first()).toHaveValue(/<script>/);
});

test('canary: an alert and a request to another site are seen', async ({ page }) => {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => void seen.push(request.url()));
  await page.setContent('<script>alert("ran")</script><img src="https://evil.example/x.png">');
  await expect.poll(() => seen).toEqual(expect.arrayContaining(['ran', 'https://evil.example/x.png']));
});
