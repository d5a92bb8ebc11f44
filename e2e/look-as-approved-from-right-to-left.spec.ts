import { expectLook, sheetsOf } from './looks/compare.ts';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { pageKinds, still, widthsPx } from './looks/page-kinds.ts';
import { arabicNewsroom } from './looks/stories.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// The same kinds of page in Arabic. See look-as-approved.spec.ts.
test.describe.configure({ mode: 'default', timeout: 180_000 });

let newsroom: LooksNewsroom;
test.beforeAll(async () => {
  need('chromium');
  newsroom = await openNewsroom(await arabicNewsroom());
});
test.afterAll(() => newsroom?.close());

for (const [kind, address] of Object.entries(pageKinds))
  test(`${kind}: at every width from right to left, and printed`, async ({ page }) => {
    need('pdftotext');
    await page.goto(newsroom.origin + address);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    for (const width of widthsPx) {
      await page.setViewportSize({ width, height: 900 });
      await still(page);
      await expectLook(`ar/${kind}-${width}`, await page.screenshot({ fullPage: true, animations: 'disabled' }));
    }
    await expectLook(`ar/${kind}-print`, await sheetsOf(await page.pdf({ preferCSSPageSize: true, format: 'A4' })));
  });
