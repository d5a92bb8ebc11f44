import type { Locator, Page } from '@playwright/test';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { openFirefox } from './firefox.ts';
import { expect, test } from './test.ts';

// An editor arranges the front page: by keys, with the mouse, and with a finger. The file changes only where the stories
// moved, and the page beside it shows what readers will get.

const story = (headline: string, more = '') =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2026-03-02 08:00\n${more}---\n\nThe first ferry sailed at seven.\n`;
const front = `# The editor of the day decides.
layout: lead
stories:
  - story: 2026/03/harbour # since Monday
    with: [2026/03/tide]
  - "2026/03/council"
  - 2026/03/ferry
pinned: 2026/03/vote
`;
const home = 'content/fronts/home.yaml';

let paper: DeskPaper;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n  - { id: sport, title: Sport }\n',
    ...Object.fromEntries(
      ['Harbour', 'Tide', 'Council', 'Ferry', 'Vote', 'Bridge', 'Zebra'].map((name) => [
        `content/stories/2026/03/${name.toLowerCase()}/index.md`,
        story(`${name} in the news`),
      ]),
    ),
    'content/stories/2026/03/later/index.md': story('Later today', 'embargo: 2031-01-01 06:00\n'),
    'content/stories/2026/03/draft/index.md': story('Not ready', 'draft: true\n'),
    'content/stories/2026/03/gone/index.md': story('Gone', 'withdrawn: { date: 2026-03-03, reason: It was wrong. }\n'),
    [home]: front,
  });
});
test.afterAll(() => paper?.stop());
test.beforeEach(() => paper.put(home, front));

const arrangement = (page: Page): Locator => page.locator('.arrangement');
const handle = (page: Page, headline: string): Locator =>
  arrangement(page).getByRole('button', { name: `Move “${headline}”`, exact: true });
const lines = (page: Page): Promise<string[]> =>
  arrangement(page).locator('.opening .line-headline :is(a, span:not(.line-label))').allTextContents();

/** Keeps everything that is read out, because one message replaces another. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const at = target instanceof Element ? target : target.parentElement;
        heard.push(at?.closest('[role=status], [aria-live]')?.textContent ?? '');
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}
const heard = (page: Page, text: string): Promise<void> =>
  expect.poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard.join('; '))).toContain(text);

async function open(page: Page, path = 'fronts/home.yaml'): Promise<void> {
  await listen(page);
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(path)}`);
  await expect(page.getByLabel('Find a story by its headline')).toBeVisible({ timeout: 60_000 });
}

async function opened(page: Page): Promise<void> {
  await open(page);
  // The desk may still show the file as the last test left it.
  const all = ['Harbour', 'Tide', 'Council', 'Ferry'].map((name) => `${name} in the news`);
  await expect.poll(() => lines(page), { timeout: 60_000 }).toEqual(all);
}

async function save(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByText(/^Saved at/)).toBeVisible();
}

/** From the middle of one element to a part of another, in steps, as a hand does. */
async function drag(page: Page, from: Locator, to: Locator, share = 0.5): Promise<void> {
  await to.scrollIntoViewIfNeeded();
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move(a!.x + a!.width / 2, a!.y + a!.height / 2);
  await page.mouse.down();
  await page.mouse.move(a!.x + a!.width / 2 + 12, a!.y + a!.height / 2 + 12, { steps: 3 });
  await page.mouse.move(b!.x + b!.width / 2, b!.y + b!.height * share, { steps: 8 });
}

const line = (page: Page, headline: string): Locator => arrangement(page).locator('.line', { hasText: headline });

test('a story is moved by keys: every place is read out, and only its lines change', async ({ page }) => {
  await opened(page);
  await handle(page, 'Ferry in the news').focus();
  await page.keyboard.press('Space');
  await heard(page, 'Picked up: “Ferry in the news”');
  await page.keyboard.press('ArrowUp');
  await heard(page, 'Place: below “Council in the news”, place 1');
  await page.keyboard.press('End');
  await heard(page, 'Place: banner');
  await page.keyboard.press('Home');
  await heard(page, 'Place: lead');
  await page.keyboard.press('Enter');
  await heard(page, '“Ferry in the news” is now: lead');
  await expect(handle(page, 'Ferry in the news')).toBeFocused();
  expect(await lines(page)).toEqual([
    'Ferry in the news',
    'Harbour in the news',
    'Tide in the news',
    'Council in the news',
  ]);
  await save(page);
  expect(await paper.read(home)).toBe(
    front.replace('  - 2026/03/ferry\n', '').replace('stories:\n', 'stories:\n  - 2026/03/ferry\n'),
  );
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await save(page);
  await expect.poll(() => paper.read(home)).toContain('pinned: 2026/03/vote');
  expect((await lines(page))[0]).toBe('Harbour in the news');
});

test('Escape leaves a story where it was, and the buttons move it among its neighbours and off the front', async ({
  page,
}) => {
  await opened(page);
  await handle(page, 'Council in the news').press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await heard(page, '“Council in the news” stays where it was');
  await expect(page.getByText('No changes')).toBeVisible();
  await page.getByRole('button', { name: 'Move “Council in the news” up' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Move “Council in the news” down' })).toBeFocused();
  await page.getByRole('button', { name: 'Remove “Tide in the news” from the front' }).press('Enter');
  await expect(handle(page, 'Ferry in the news')).toBeFocused();
  await save(page);
  const text = await paper.read(home);
  expect(text).toContain('  - "2026/03/council"\n  - story: 2026/03/harbour # since Monday\n  - 2026/03/ferry\n');
  expect(text).not.toContain('tide');
});

test('a story is dragged with the mouse, from the search and within the front', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 1100 });
  await opened(page);
  await page.getByLabel('Find a story by its headline').fill('bridge');
  const found = page.locator('.finder .line', { hasText: 'Bridge in the news' });
  await expect(page.locator('.finder .line')).toHaveCount(1);
  await drag(page, found.locator('.line-facts'), line(page, 'Council in the news'), 0.2);
  await expect(page.locator('.ghost')).toHaveText('Bridge in the news');
  await expect(page.locator('[data-gap="stories.1"]')).toHaveClass(/is-target/);
  await page.mouse.up();
  await expect(page.locator('.ghost')).toHaveCount(0);
  await expect
    .poll(() => lines(page))
    .toEqual([
      'Harbour in the news',
      'Tide in the news',
      'Bridge in the news',
      'Council in the news',
      'Ferry in the news',
    ]);
  await expect(found).toContainText('On this front: story 2 of the opening');
  // Onto the lower half: it belongs to that story then.
  await drag(page, handle(page, 'Ferry in the news'), line(page, 'Bridge in the news'), 0.8);
  await page.mouse.up();
  await expect.poll(() => lines(page).then((all) => all.indexOf('Ferry in the news'))).toBe(3);
  // Escape and a place that is none leave everything as it is.
  await drag(page, handle(page, 'Council in the news'), line(page, 'Vote in the news'));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await drag(page, handle(page, 'Council in the news'), page.getByLabel('Find a story by its headline'));
  await page.mouse.up();
  await save(page);
  expect(await paper.read(home)).toBe(
    front
      .replace('  - "2026', '  - story: 2026/03/bridge\n    with: [2026/03/ferry]\n  - "2026')
      .replace('  - 2026/03/ferry\n', ''),
  );
});

test('a story is dragged with a finger by its handle, on a phone', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 1400 }, hasTouch: true, locale: 'en-GB' });
  const page = await context.newPage();
  await opened(page);
  const client = await context.newCDPSession(page);
  await handle(page, 'Ferry in the news').scrollIntoViewIfNeeded();
  const [a, b] = [
    await handle(page, 'Ferry in the news').boundingBox(),
    await line(page, 'Council in the news').boundingBox(),
  ];
  const x = a!.x + a!.width / 2;
  const touch = (type: string, y?: number) =>
    client.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: y === undefined ? [] : [{ x, y }],
    });
  const [from, to] = [a!.y + a!.height / 2, b!.y + b!.height * 0.2];
  await touch('touchStart', from);
  for (let step = 1; step <= 8; step += 1) await touch('touchMove', from + ((to - from) * step) / 8);
  await expect(page.locator('[data-gap="stories.1"]')).toHaveClass(/is-target/);
  await touch('touchEnd');
  await expect
    .poll(() => lines(page))
    .toEqual(['Harbour in the news', 'Tide in the news', 'Ferry in the news', 'Council in the news']);
  await context.close();
});

test('a front without a file begins one with the first change, and the page beside it follows', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 1000 });
  await page.goto(`${paper.address}fronts`);
  await page.getByRole('link', { name: 'World' }).click();
  const zebra = page.locator('.finder .line', { hasText: 'Zebra in the news' });
  await zebra.getByRole('button', { name: 'Move “Zebra in the news”' }).click();
  // A click chooses a place, for people who can neither drag nor press keys.
  await page.getByRole('button', { name: 'Put it here: pinned' }).click();
  await page.getByRole('button', { name: 'Add “Council in the news” to the opening' }).click();
  await expect(page.getByText('Unsaved changes')).toBeVisible();
  const shown = page.frameLocator('iframe.frame:not(.is-next)');
  await expect(shown.locator('main h2, main h3').first()).toContainText('Council in the news', { timeout: 90_000 });
  await expect(paper.read('content/fronts/world.yaml')).rejects.toThrow('ENOENT');
  await save(page);
  expect(await paper.read('content/fronts/world.yaml')).toBe('stories: [2026/03/council]\npinned: 2026/03/zebra\n');
});

test('a story that readers do not see is marked, with what happens to it', async ({ page }) => {
  await paper.put(
    home,
    'stories:\n  - 2026/03/later\n  - 2026/03/draft\n  - 2026/03/gone\n  - 2026/03/nowhere\n  - 2026/03/vote\npinned: 2026/03/vote\n',
  );
  await open(page);
  const says = (headline: string) =>
    arrangement(page).locator('.line', { hasText: headline }).locator('.line-fate').first();
  await expect(says('Later today')).toHaveText('It waits until 1 Jan 2031, 06:00. The front leaves it out until then.');
  await expect(says('Not ready')).toHaveText('A draft. The front leaves it out until it is published.');
  await expect(says('Gone')).toHaveText('It was withdrawn, so the front leaves it out.');
  await expect(says('2026/03/nowhere')).toContainText('No story has this name. Remove it from the front,');
  await expect(says('Vote in the news')).toHaveText('It is named twice, and appears only once: pinned.');
});

test('a front that cannot be read, or is not written as a front, is text', async ({ page }) => {
  await paper.put(home, 'stories: [harbour\n');
  await page.goto(`${paper.address}edit?path=fronts/home.yaml`);
  await expect(page.getByText(/^Line \d+ cannot be read\.$/)).toBeVisible({ timeout: 60_000 });
  await paper.put(home, 'stories: { harbour: yes }\n');
  await page.reload();
  await expect(page.getByText('This front is written in a way that cannot be arranged.')).toBeVisible();
  expect(await paper.read(home)).toBe('stories: { harbour: yes }\n');
});

test('in Firefox, a story is moved by keys and dragged with the mouse', async () => {
  const firefox = await openFirefox();
  try {
    await firefox.open(`${paper.address}edit?path=fronts/home.yaml`);
    const expectLines = (all: string[]) =>
      expect
        .poll(
          () =>
            firefox.evaluate(
              `[...document.querySelectorAll('.opening .line-headline :is(a, span:not(.line-label))')].map((one) => one.textContent).join()`,
            ),
          { timeout: 30_000 },
        )
        .toBe(all.map((name) => `${name} in the news`).join());
    await expectLines(['Harbour', 'Tide', 'Council', 'Ferry']);
    await firefox.evaluate(`document.querySelector('[data-focus="stories.2"]').focus()`);
    const keys = ['\uE00D', '\uE011', '\uE012', '\uE015', '\uE00D']; // Space, Home, Left, Down, Space
    await firefox.act([
      {
        type: 'key',
        id: 'keys',
        actions: keys.flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      },
    ]);
    await expectLines(['Harbour', 'Ferry', 'Tide', 'Council']);
    const box = async (key: string) =>
      JSON.parse(
        String(
          await firefox.evaluate(
            `JSON.stringify(document.querySelector('[data-place="${key}"]').getBoundingClientRect())`,
          ),
        ),
      ) as { x: number; y: number; width: number; height: number };
    await firefox.evaluate(`document.querySelector('[data-place="with.0.0"]').scrollIntoView({ block: 'center' })`);
    const [a, b] = [await box('stories.1'), await box('stories.0')];
    const move = (x: number, y: number) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 60 });
    await firefox.act([
      {
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          move(a.x + 20, a.y + 20),
          { type: 'pointerDown', button: 0 },
          move(a.x + 40, a.y + 10),
          move(b.x + 60, b.y + 8),
          move(b.x + 60, b.y + 6),
          { type: 'pointerUp', button: 0 },
        ],
      },
    ]);
    await expectLines(['Council', 'Harbour', 'Ferry', 'Tide']);
    expect(firefox.faults()).toEqual([]);
  } finally {
    await firefox.close();
  }
});
