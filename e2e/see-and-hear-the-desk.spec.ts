import type { Browser, Page } from '@playwright/test';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { engines } from './engines/engine.ts';
import { expect, test } from './test.ts';

// The desk for everybody: three engines find nothing on any view, nothing needs sideways scrolling on a narrow phone or at
// 200 %, and everything is there in dark mode and in forced colours.

const path = 'stories/2026/03/harbour/index.md';
const used = engines.filter(({ name }) => ['axe', 'IBM Equal Access', 'HTML_CodeSniffer'].includes(name));

let paper: DeskPaper;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const story = (number: number) =>
    `---\nheadline: A headline of the story with the number ${number}\nstandfirst: One sentence.\nsection: world\npublished: 2026-03-0${(number % 9) + 1} 08:00\nbyline: [Ann Example]\n---\n\nThe first ferry sailed at seven.\n`;
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    [`content/${path}`]: story(0).replace('section: world', 'section: wrold'),
    'content/fronts/home.yaml':
      'stories:\n  - story: 2026/03/story-1\n    with: [2026/03/story-2, 2026/03/nowhere]\n  - 2026/03/story-1\npinned: 2026/03/story-3\nbanner: { text: The bridge is shut, until: 2026-03-01 }\n',
    ...Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`content/stories/2026/03/story-${at}/index.md`, story(at)]),
    ),
  });
});
test.afterAll(() => paper?.stop());

/** The form of a story comes after its head, and the engines take fields that are folded away for unnamed ones. */
const formIsThere = (page: Page): Promise<void> =>
  expect(page.locator('.form details > summary').first()).toBeAttached();

/** Each view with what must be seen before it is looked at. */
const views: Record<string, (page: Page) => Promise<void>> = {
  'the list': async (page) => {
    await page.goto(paper.address);
    await expect(page.getByRole('article').first()).toBeVisible({ timeout: 60_000 });
  },
  'the calendar': async (page) => {
    await page.goto(`${paper.address}calendar?month=2026-03`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('March 2026');
    await expect(page.getByRole('link', { name: /number 1$/ })).toBeVisible({ timeout: 60_000 });
  },
  'the picture library': async (page) => {
    await page.goto(`${paper.address}pictures`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pictures');
  },
  'the pages': async (page) => {
    await page.goto(`${paper.address}pages`);
    await expect(page.getByLabel('Title of the new page')).toBeVisible();
  },
  'the fronts': async (page) => {
    await page.goto(`${paper.address}fronts`);
    await expect(page.getByRole('link', { name: 'Front page' })).toBeVisible({ timeout: 60_000 });
  },
  'a front': async (page) => {
    await page.goto(`${paper.address}edit?path=fronts/home.yaml`);
    await expect(page.locator('.arrangement').getByText('It is named twice').first()).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('.finder .line').first()).toBeVisible();
    await expect(page.locator('.arrangement fieldset').first()).toBeVisible();
  },
  'a front while a story is moved': async (page) => {
    await views['a front']!(page);
    await page.locator('.arrangement .handle').first().press('Space');
    await expect(page.getByText('You are moving')).toBeVisible();
  },
  'a story with problems': async (page) => {
    await page.goto(`${paper.address}edit?path=${encodeURIComponent(path)}`);
    await expect(page.getByLabel('Headline', { exact: true }).and(page.locator('textarea'))).toBeVisible();
    const problems = page.getByRole('button', { name: /errors? Show|warnings? Show/ });
    await expect(problems).toBeVisible({ timeout: 90_000 });
    await problems.press('Enter');
    await expect(page.getByText('Error:')).toBeVisible();
    await formIsThere(page);
  },
  'a new story': async (page) => {
    await page.goto(paper.address);
    await page.getByRole('button', { name: 'New story' }).press('Enter');
    await page.getByRole('menuitem').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'the versions': async (page) => {
    await page.goto(`${paper.address}edit?path=${encodeURIComponent('stories/2026/03/story-1/index.md')}`);
    await page.getByRole('button', { name: 'More' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Versions …' }).click();
    await expect(page.getByRole('dialog', { name: 'Versions' })).toBeVisible();
    await formIsThere(page);
  },
};

const kinds = {
  'on a desktop': { viewport: { width: 1280, height: 900 } },
  'on a phone of 360 px': { viewport: { width: 360, height: 740 } },
  'in the dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
} as const;

/** Without the desk's policy, because the engines add scripts and use `innerHTML`. */
const pageOf = async (browser: Browser, options: object): Promise<Page> =>
  (await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce', locale: 'en-GB', ...options })).newPage();

/** Not all engines know that what is behind a dialog is out of reach. */
const isInert = (page: Page, xpath: string): Promise<boolean> =>
  page.evaluate((at) => {
    const found = at && document.evaluate(at, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
    return found instanceof Element && found.closest('[inert]') !== null;
  }, xpath);

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

for (const [kind, options] of Object.entries(kinds))
  test(`three engines find nothing on any view ${kind}, and it needs no sideways scrolling`, async ({ browser }) => {
    const page = await pageOf(browser, options);
    for (const [name, show] of Object.entries(views)) {
      await test.step(name, async () => {
        await show(page);
        // What is folded away is looked at, too.
        await page.evaluate(() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
        });
        expect(await page.locator('details:not([open])').count()).toBe(0);
        for (const engine of used) {
          const faults = [];
          for (const { rule, help, at } of await engine.look(page))
            if (!(await isInert(page, at))) faults.push(`${rule}: ${help} (${at})`);
          expect.soft(faults, `${engine.name} on ${name}`).toEqual([]);
        }
        expect.soft(await isTooWide(page), `${name} is too wide`).toBe(false);
      });
    }
    await page.context().close();
  });

test('at 200 %, the parts of a story are tabs, and nothing is cut off', async ({ browser }) => {
  const page = await pageOf(browser, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
  for (const show of Object.values(views)) {
    await show(page);
    expect.soft(await isTooWide(page)).toBe(false);
  }
  await views['a story with problems']!(page);
  await page.getByRole('tab', { name: 'Text' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Details' })).toHaveAttribute('aria-selected', 'true');
  await page.context().close();
});

test('in forced colours, the state of a story has a sign and a word, and a pressed button is seen', async ({
  browser,
}) => {
  const page = await pageOf(browser, { forcedColors: 'active', viewport: { width: 1280, height: 900 } });
  await views['the list']!(page);
  const state = page.locator('.state').first();
  await expect(state).toHaveText(/\w+/);
  expect(await state.evaluate((element) => getComputedStyle(element, '::before').borderTopWidth)).not.toBe('0px');
  await views['a story with problems']!(page);
  const [pressed, other] = await Promise.all(
    ['Phone', 'Tablet'].map((name) =>
      page.getByRole('button', { name, exact: true }).evaluate((element) => getComputedStyle(element).backgroundColor),
    ),
  );
  expect(pressed).not.toBe(other);
  await page.context().close();
});

test('a long list is read with the arrow keys, and the focus never gets lost', async ({ browser }) => {
  const page = await pageOf(browser, { viewport: { width: 1280, height: 700 } });
  await views['the list']!(page);
  await page.getByRole('article').first().getByRole('link').focus();
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowDown');
  const focused = page.locator('li[data-at]:focus-within');
  await expect(focused).toHaveAttribute('aria-posinset', '31');
  await expect(focused).toBeInViewport();
  await page.mouse.wheel(0, -5000);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(page.locator('li[data-at="0"]')).toBeVisible();
  await expect(page.locator('li[data-at]:focus-within')).toHaveAttribute('aria-posinset', '31');
  await page.context().close();
});

test('canary: an unnamed button, grey text on grey, and a box that is too wide are found', async ({ browser }) => {
  const page = await pageOf(browser, { viewport: { width: 360, height: 740 } });
  await views['the list']!(page);
  await page.evaluate(() => {
    const button = document.createElement('button');
    const text = document.createElement('p');
    text.textContent = 'Hardly to be read';
    text.style.cssText = 'color: #999; background: #aaa; inline-size: 900px';
    document.querySelector('main')?.append(button, text);
  });
  for (const engine of used) expect(await engine.look(page), engine.name).not.toEqual([]);
  expect(await isTooWide(page)).toBe(true);
  await page.context().close();
});
