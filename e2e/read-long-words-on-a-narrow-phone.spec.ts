import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, filesOf } from './files.ts';
import { type HostileLanguage, hostileNewsroom, hostileWords } from './looks/hostile-words.ts';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { sideways } from './looks/sideways.ts';
import { expect, test } from './test.ts';

// WCAG 1.4.10 on a page of every kind in which every text contains a word of at least 40 letters, in the languages with
// the longest words. 1.4.12: the same with increased text spacing. 1.4.4: and with letters twice as large.

test.describe.configure({ mode: 'default', timeout: 300_000 });
// The policy of the pages forbids the styles that we add as a reader would.
test.use({ bypassCSP: true });

const textSpacing = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;
const twiceAsLarge = 'html { font-size: 200% }';

const kinds = [
  '/',
  '/section-1/',
  '/topics/long/',
  '/authors/ann/',
  '/series/long/',
  '/corrections/',
  '/search/',
  '/2025/',
  '/2025/05/',
  '/2025/05/elements/',
  '/2025/05/opinion/',
  '/2025/05/live/',
  '/2025/05/explainer/',
  '/2025/05/photo-essay/',
  '/about/',
  '/404.html',
];

for (const language of Object.keys(hostileWords) as HostileLanguage[])
  test.describe(language, () => {
    let newsroom: LooksNewsroom;
    let pages: string[];
    test.beforeAll(async () => {
      newsroom = await openNewsroom(await hostileNewsroom(language));
      const files = await filesOf(newsroom.folder, '.html');
      const isPage = async (file: string) =>
        !/http-equiv="refresh"/.test(await readFile(join(newsroom.folder, file), 'utf8'));
      const shown = await Promise.all(files.map(isPage));
      pages = files.filter((_, place) => shown[place]).map(addressOf);
      expect(kinds.filter((kind) => !pages.includes(kind))).toEqual([]);
    });
    test.afterAll(() => newsroom?.close());

    for (const [how, widthPx, css] of [
      ['on the smallest phone', 320],
      ['on a phone', 390],
      ['on a tablet', 820],
      ['on a screen', 1440],
      ['with text spaced out', 320, textSpacing],
      ['with letters twice as large', 1280, twiceAsLarge],
      ['with letters twice as large on a phone', 390, twiceAsLarge],
    ] as const)
      test(`no page scrolls sideways and no words are lost, ${how}`, async ({ page }) => {
        await page.setViewportSize({ width: widthPx, height: 720 });
        const faults: string[] = [];
        // Pages of a kind differ only in their number, so each of them is read once.
        for (const path of language === 'de' && widthPx === 320 && !css ? pages : kinds) {
          await page.goto(newsroom.origin + path);
          if (css) await page.addStyleTag({ content: css });
          faults.push(...(await page.evaluate(sideways)).map((fault) => `${path}: ${fault}`));
        }
        expect(faults).toEqual([]);
      });
  });

test('canary: a page that is too wide, words that overlap, and words that are cut off are detected', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const word = hostileWords.de;
  const seen = async (body: string) => {
    await page.setContent(`<!doctype html><title>x</title><body style="margin: 0">${body}`);
    return (await page.evaluate(sideways)).join('; ');
  };
  expect(await seen(`<p style="overflow-wrap: anywhere">${word}</p>`)).toBe('');
  expect(await seen(`<p>${word}</p>`)).toMatch(/^the page is \d+ px wide in a window of 320 px; .*stick out/);
  expect(await seen(`<div style="width: 90px"><p>${word.slice(0, 20)}</p></div>`)).toMatch(/^div > p lets \d+ px/);
  expect(await seen(`<p style="overflow: hidden">${word}</p>`)).toContain('cuts words off');
  expect(await seen(`<div style="overflow-x: auto"><p>${word}</p></div>`)).toContain('no key reaches it');
  const svg = 'data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>';
  const picture = `<img src='${svg}' alt='x' width='80' height='80' style='max-width: 100%'>`;
  const beside = (style: string) =>
    `<div style="display: flex; overflow-wrap: anywhere"><div style="${style}">${picture}</div><p>${word.repeat(5)}`;
  expect(await seen(beside('min-width: 0'))).toContain('is squeezed');
  expect(await seen(beside('flex: none'))).toBe('');
  expect(await seen(`<div style="overflow-x: auto" tabindex="0"><p>${word}</p></div>`)).toBe('');
});

test('long words are hyphenated by the rules of their language, and file names are not', async ({ page }) => {
  const newsroom = await openNewsroom(await hostileNewsroom('de'));
  try {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${newsroom.origin}/2025/05/elements/`);
    const hyphens = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => [getComputedStyle(one).hyphens, one.closest('[lang]')?.getAttribute('lang')].join(' '));
    for (const words of ['h1', '.standfirst', '.body > p', '.kicker', 'figcaption'])
      expect(await hyphens(words), words).toBe('auto de');
    expect(await hyphens('.body code')).toBe('manual de');
  } finally {
    await newsroom.close();
  }
});
