import { storiesWithMostPictures } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// What a screen reader reads for a figure. Playwright also uses the caption as the figure's name. That line is not read
// aloud a second time, so it is not counted.

test('the alt text, caption, and credit of every picture are read aloud once and in this order', async ({ page }) => {
  let heard = 0;
  for (const story of await storiesWithMostPictures()) {
    await page.goto(addressOf(story));
    for (const figure of await page.locator('article figure:has(> img, > picture)').all()) {
      const alt = (await figure.locator('img').first().getAttribute('alt')) ?? '';
      const caption = plain((await figure.locator('.caption').allTextContents()).join(' '));
      const credit = plain((await figure.locator('.credit').allTextContents()).join(' '));
      const spoken = plain((await figure.ariaSnapshot()).replace(/^- '?figure.*$/m, ''));
      const where = `${story}: "${alt}"`;
      if (alt !== '') expect(times(spoken, plain(alt)), `${where} is heard`).toBe(1);
      if (caption !== '') expect(times(spoken, caption), `the caption of ${where} is heard`).toBe(1);
      if (credit !== '') expect(times(spoken, credit), `the credit of ${where} is heard`).toBe(1);
      const heardAt = [plain(alt), caption, credit]
        .filter((words) => words !== '')
        .map((words) => spoken.indexOf(words));
      expect(heardAt, `${where}: alt, then caption, then credit`).toEqual(heardAt.toSorted((a, b) => a - b));
      heard += 1;
    }
  }
  expect(heard).toBeGreaterThan(5);
});

/** Letters and digits, so that roles, quotation marks, and line endings between words do not matter. */
const plain = (text: string) =>
  text
    .replace(/^\s*- (text|paragraph|emphasis|strong|time|link|figcaption)\b:?/gm, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const times = (text: string, part: string) => text.split(part).length - 1;
