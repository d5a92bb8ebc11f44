import type { Page } from '@playwright/test';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { sideways } from './looks/sideways.ts';
import { page as storyFile, yaml } from './looks/stories.ts';
import { expect, test } from './test.ts';

// The navigation of papers with no section and with forty, on a phone and on a desktop: one row, in which thumb and
// keyboard can reach every section, without a script.

test.describe.configure({ mode: 'default', timeout: 240_000 });

const mastheadMaxPx = 96;
const longName = 'Rheinisch-Westfälische Allgemeine Landeszeitung für Stadt und Land mit Anzeigenblatt';

/** A paper with this number of sections, the last of which has a story. */
async function paper(count: number, more: { language?: string; name?: string; title?: string } = {}) {
  const { language = 'en', name = 'The Post', title = 'Section with a long name' } = more;
  const sections = Array.from({ length: count }, (_, at) => ({ id: `s${at + 1}`, title: `${title} ${at + 1}` }));
  const section = count > 0 ? { section: `s${count}` } : {};
  return openNewsroom({
    'content/site.yaml': yaml({ name, url: 'https://post.example', language, sections }),
    'content/stories/one.md': storyFile({ headline: 'A headline', published: '2025-05-01', ...section }, 'Words.'),
  });
}

const story = '/2025/05/one/';
const mastheadPx = (page: Page) => page.locator('.masthead').evaluate((one) => one.getBoundingClientRect().height);
/**
 * Whether the focused element is visible (WCAG 2.4.11). A browser does not scroll to a link whose beginning is visible.
 */
const isInSight = (page: Page) =>
  page.evaluate(() => {
    const link = document.activeElement!;
    const { left, right, top, bottom } = link.getBoundingClientRect();
    const row = link.closest('ul')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    const seenPx = Math.min(right, row.right) - Math.max(left, row.left);
    return top >= 0 && bottom <= innerHeight && seenPx >= 24;
  });

for (const [what, count, more] of [
  ['no section', 0, {}],
  ['one', 1, {}],
  ['three', 3, { title: 'News' }],
  ['seven', 7, {}],
  ['forty', 40, {}],
  ['forty, in Arabic', 40, { language: 'ar', name: 'بريد الميناء', title: 'قسم باسم طويل' }],
  ['seven, and a paper with a name of three lines', 7, { name: longName }],
] as const)
  test.describe(what, () => {
    let newsroom: LooksNewsroom;
    test.beforeAll(async () => {
      newsroom = await paper(count, more);
    });
    test.afterAll(() => newsroom?.close());

    test('a story begins below one row of sections on every phone', async ({ page }) => {
      for (const width of [320, 360, 390, 430]) {
        await page.setViewportSize({ width, height: 780 });
        await page.goto(newsroom.origin + story);
        expect(await mastheadPx(page), `${width} px`).toBeLessThanOrEqual(mastheadMaxPx);
        expect(await page.evaluate(sideways), `${width} px`).toEqual([]);
      }
      for (const width of [768, 1024, 1440]) {
        await page.setViewportSize({ width, height: 780 });
        await page.goto(newsroom.origin + story);
        expect(await page.locator('.sections').evaluate((one) => one.getBoundingClientRect().height)).toBeLessThan(60);
        expect(await page.evaluate(sideways), `${width} px`).toEqual([]);
      }
    });

    test('the keyboard reaches every section, and each is visible when it has the focus', async ({ browser }) => {
      await using context = await browser.newContext({
        viewport: { width: 390, height: 780 },
        javaScriptEnabled: false,
      });
      // Scripts of the page are off, but the test itself still runs scripts in it.
      const page = await context.newPage();
      await page.goto(newsroom.origin + story);
      const addresses = new Set<string>();
      const unseen: string[] = [];
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await expect(page.locator('.wordmark')).toBeFocused();
      for (let steps = 0; steps < 120; steps += 1) {
        await page.keyboard.press('Tab');
        const place = await page.evaluate(() => {
          const one = document.activeElement!;
          return one.closest('.sections') ? (one.getAttribute('href') ?? one.localName) : undefined;
        });
        if (place === undefined) break;
        if (place === 'summary') await page.keyboard.press('Enter');
        addresses.add(place);
        if (!(await isInSight(page))) unseen.push(place);
      }
      const sections = Array.from({ length: count }, (_, at) => `/s${at + 1}/`);
      expect([...sections, '/search/'].filter((address) => !addresses.has(address))).toEqual([]);
      expect(unseen).toEqual([]);
    });

    test('the section of the page is marked and visible, and in forced colours only this one is marked', async ({
      page,
    }) => {
      if (count === 0) return;
      await page.setViewportSize({ width: 390, height: 780 });
      await page.emulateMedia({ forcedColors: 'active' });
      await page.goto(newsroom.origin + story);
      const current = page.locator('.sections > div > ul [aria-current]');
      await expect(current).toHaveAttribute('href', `/s${count}/`);
      await expect(current).toBeInViewport({ ratio: 0.5 });
      expect(await page.evaluate(marked)).toEqual([`/s${count}/`]);
    });
  });

test('a list of forty sections is behind “More”, which opens over the story and is not printed', async ({ page }) => {
  const newsroom = await paper(40);
  try {
    await page.setViewportSize({ width: 390, height: 780 });
    await page.goto(newsroom.origin + story);
    const before = await page.locator('h1').boundingBox();
    await page.getByText('More', { exact: true }).first().click();
    const list = page.locator('.sections details ul');
    await expect(list.locator('a')).toHaveCount(40);
    await expect(list).toBeInViewport();
    expect((await page.locator('h1').boundingBox())?.y).toBe(before?.y);
    expect(await page.evaluate(sideways)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.sections')).toBeHidden();
  } finally {
    await newsroom.close();
  }
});

test('canary: a mark on every item is detected', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setContent(`<nav class="sections"><div><ul>
    <li><a href="/a/" style="border-bottom: 2px solid transparent">A</a></li>
    <li><a href="/b/" style="border-bottom: 2px solid blue" aria-current="page">B</a></li></ul></div></nav>`);
  expect(await page.evaluate(marked)).toEqual(['/a/', '/b/']);
});

/** Runs in the page: the links of the row that have a line below them. */
function marked(): (string | null)[] {
  return [...document.querySelectorAll('.sections > div > ul a')]
    .filter((link) => {
      const { borderBottomWidth, borderBottomColor, textDecorationLine } = getComputedStyle(link);
      return (
        (Number.parseFloat(borderBottomWidth) > 0 && !/, 0\)$|transparent/.test(borderBottomColor)) ||
        textDecorationLine.includes('underline')
      );
    })
    .map((link) => link.getAttribute('href'));
}
