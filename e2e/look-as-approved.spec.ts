import type { Page } from '@playwright/test';
import { differenceOf, expectLook, lookOf, sheetsOf } from './looks/compare.ts';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { pageKinds, still, widthsPx } from './looks/page-kinds.ts';
import { englishNewsroom, frontYaml } from './looks/stories.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// Compares every kind of page of a small newsroom with pictures that a person has approved (e2e/baselines/). The policy
// of the pages forbids the styles with which the canaries break them.
test.use({ bypassCSP: true });
test.describe.configure({ mode: 'default', timeout: 180_000 });

let newsroom: LooksNewsroom;
test.beforeAll(async () => {
  need('chromium');
  newsroom = await openNewsroom(await englishNewsroom());
});
test.afterAll(() => newsroom?.close());

const moods = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;

for (const [kind, address] of Object.entries(pageKinds))
  test(`${kind}: at every width in light and dark mode, in forced colours, and printed`, async ({ page }) => {
    need('pdftotext');
    await page.goto(newsroom.origin + address);
    for (const width of widthsPx) {
      await page.setViewportSize({ width, height: 900 });
      for (const [mood, media] of Object.entries(moods)) {
        await page.emulateMedia(media);
        await expectLook(`en/${kind}-${width}-${mood}`, await shot(page));
      }
    }
    // In dark mode too, pages are printed black on white.
    await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
    await expectLook(`en/${kind}-print`, await sheetsOf(await page.pdf({ preferCSSPageSize: true, format: 'A4' })));
  });

test('the other layouts of the front', async ({ page }) => {
  for (const layout of ['package', 'pair', 'words']) {
    await newsroom.put('content/fronts/home.yaml', frontYaml(layout));
    await newsroom.build();
    await page.goto(newsroom.origin);
    for (const width of widthsPx) {
      await page.setViewportSize({ width, height: 900 });
      await expectLook(`en/front-${layout}-${width}`, await shot(page));
    }
  }
});

test('the other layouts of a section’s front, and a section without a story', async ({ page }) => {
  for (const section of ['culture', 'opinion', 'weather']) {
    await page.goto(`${newsroom.origin}/${section}/`);
    for (const width of widthsPx) {
      await page.setViewportSize({ width, height: 900 });
      await expectLook(`en/section-${section}-${width}`, await shot(page));
    }
  }
});

test('an upright lead and a word that is too long', async ({ page }) => {
  for (const story of ['upright', 'long', 'paid']) {
    await page.goto(`${newsroom.origin}/2025/05/${story}/`);
    for (const width of widthsPx) {
      await page.setViewportSize({ width, height: 900 });
      await expectLook(`en/story-${story}-${width}`, await shot(page));
    }
  }
});

/** Each breaks one component, as a mistake in its style sheet would. */
const slips: Record<string, [address: string, css: string]> = {
  'a caption in the colour of the paper': [pageKinds.elements, 'figcaption * { color: var(--paper) !important }'],
  'a box without its rule and tint': [pageKinds.elements, '.box { border: 0 !important; background: none !important }'],
  'a pull quote that does not hang in the margin': [pageKinds.elements, '.pull { float: none !important }'],
  'a pair below each other': [pageKinds.elements, '.pair > div { display: block !important }'],
  'a table without lines': [pageKinds.elements, 'table * { border: 0 !important }'],
  'a card without its picture': [pageKinds.front, '.card .pic { display: none !important }'],
  'a nameplate without its double rule': [pageKinds.front, '.sections > div { border: 0 !important }'],
  'sections one below the other': [pageKinds.section, '.sections ul { display: block !important }'],
  'a button without its ground': [pageKinds.search, 'button { background: none !important }'],
};

test('canary: a style sheet that breaks one component is detected', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const [slip, [address, css]] of Object.entries(slips)) {
    await page.goto(newsroom.origin + address);
    const before = await lookOf(await shot(page));
    expect(differenceOf(before, await lookOf(await shot(page))), 'the same page twice').toBeUndefined();
    await page.addStyleTag({ content: css });
    expect(differenceOf(before, await lookOf(await shot(page))), slip).toBeDefined();
  }
});

test('canary: what another version of a browser draws differently is not reported', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 900 });
  const otherwise =
    ':root { text-rendering: geometricPrecision; -webkit-font-smoothing: auto } body { translate: 0.4px 0.4px }';
  for (const address of [pageKinds.front, pageKinds.story, pageKinds.elements]) {
    await page.goto(newsroom.origin + address);
    const before = await lookOf(await shot(page));
    await page.addStyleTag({ content: otherwise });
    expect(differenceOf(before, await lookOf(await shot(page))), address).toBeUndefined();
  }
});

async function shot(page: Page): Promise<Uint8Array> {
  await still(page);
  return page.screenshot({ fullPage: true, animations: 'disabled' });
}
