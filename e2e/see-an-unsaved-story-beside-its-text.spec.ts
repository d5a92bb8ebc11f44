import type { Frame, Page } from '@playwright/test';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// The page beside the text is the real one. It is in a frame without an origin, in which nothing that is stored in a
// story can run or reach the desk.

const path = 'stories/2025/02/harbour.md';
const text = (body: string) => `---\nheadline: Harbour\nsection: world\npublished: 2025-02-12\n---\n\n${body}\n`;
const long = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of the story, which is long enough to scroll.`);

let desk: DeskPaper;
test.beforeAll(async () => {
  desk = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\nsections:\n  - { id: world, title: World }\n',
    [`content/${path}`]: text('Text.'),
  });
});
test.afterAll(async () => desk?.stop());

/** Shows a text in a frame on a page of the desk, as the interface does. */
async function shown(page: Page, body: string, query = ''): Promise<Frame> {
  const { json } = await desk.ask('POST', 'preview', { path, base: '', change: { text: text(body) } });
  const { frame } = json as { frame: string };
  await page.goto(`${desk.address}nothing`);
  await page.evaluate(
    (address) =>
      new Promise<void>((resolve) => {
        const heard: unknown[] = [];
        Object.assign(window, { heard });
        addEventListener('message', ({ data, origin }) => heard.push({ ...data, origin }));
        const element = document.createElement('iframe');
        element.setAttribute('sandbox', 'allow-scripts');
        Object.assign(element, { width: '600', height: '500', src: address, onload: () => resolve() });
        document.body.replaceChildren(element);
      }),
    frame + query,
  );
  const found = page.frames().find((one) => one.url().includes('/desk/preview/'));
  if (!found) throw new Error('The frame was not loaded.');
  return found;
}

test('the frame scrolls to the block that is edited, and says which one was clicked', async ({ page }) => {
  const frame = await shown(page, long.join('\n\n'));
  const block = 1 + long.slice(0, 40).join('\n\n').length + 2;
  await page.evaluate((at) => window.frames[0]?.postMessage({ kind: 'scroll', block: at }, '*'), block);
  await expect(frame.getByText('Paragraph 40 of')).toBeInViewport();
  await frame.getByText('Paragraph 41 of').click();
  const heard = () => page.evaluate(() => (window as unknown as { heard: object[] }).heard);
  await expect
    .poll(heard)
    .toContainEqual({ kind: 'shown', block: block + (long[40]?.length ?? 0) + 2, origin: 'null' });
  // It believes only the window that contains it.
  const before = await frame.evaluate(() => scrollY);
  await frame.evaluate(() => postMessage({ kind: 'scroll', block: 1 }, '*'));
  await page.waitForTimeout(200);
  expect(await frame.evaluate(() => scrollY)).toBe(before);
  // A link leads nowhere: the frame stays.
  const address = frame.url();
  await frame.evaluate(() => document.querySelector<HTMLElement>('.foot a')?.click());
  await page.waitForTimeout(200);
  expect(frame.url()).toBe(address);
});

test('the page has its own styles and fonts, in the colours that were asked for', async ({ page }) => {
  const frame = await shown(page, 'Text.', '?scheme=dark');
  await expect
    .poll(() => frame.evaluate(() => [...document.fonts].some(({ status }) => status === 'loaded')))
    .toBe(true);
  const colour = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await colour();
  const light = await shown(page, 'Text.', '?scheme=light');
  const lightColour = await light.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(dark).not.toBe(lightColour);
  const paper = await shown(page, 'Text.', '?media=print');
  expect(await paper.evaluate(() => getComputedStyle(document.querySelector('nav.sections') as Element).display)).toBe(
    'none',
  );
});

test('what is in a story cannot run in the frame, and cannot reach the desk', async ({ page }) => {
  const frame = await shown(page, 'Text <b onclick="parent.postMessage({ hacked: 1 })" id="bold">with a trap</b>.');
  await frame.getByText('with a trap').click();
  // As if the text had come through all gates.
  const reached = await frame.evaluate(
    async (token) => {
      const say = (number: number) => `parent.postMessage({ hacked: ${number} }, '*')`;
      const add = (html: string) => document.body.append(document.createRange().createContextualFragment(html));
      add(`<script>${say(3)}</script>`);
      add(`<img src="x" onerror="${say(4)}">`);
      add(`<iframe srcdoc="<script>${say(5)}</script>"></iframe>`);
      add(`<svg><script>${say(6)}</script></svg><a href="javascript:${say(7)}" id="hostile">x</a>`);
      document.getElementById('hostile')?.click();
      const found: string[] = [];
      const attempt = async (what: string, work: () => unknown) => {
        try {
          await work();
          found.push(what);
        } catch {
          // The browser refused it.
        }
      };
      await attempt('read the desk', () => parent.document.body.textContent);
      await attempt('ask the desk', () => fetch('/desk/api/session', { headers: { 'x-desk-token': token } }));
      await attempt('use storage', () => localStorage.setItem('a', 'b'));
      await attempt('read cookies', () => document.cookie);
      await attempt('leave', () => {
        (top as Window).location.href = 'https://evil.example/';
      });
      return found;
    },
    await desk.token(),
  );
  await page.waitForTimeout(300);
  expect(reached).toEqual([]);
  const heard = await page.evaluate(() => (window as unknown as { heard: { hacked?: number }[] }).heard);
  expect(heard.filter(({ hacked }) => hacked !== undefined)).toEqual([]);
  expect(page.url()).toBe(`${desk.address}nothing`);
});
