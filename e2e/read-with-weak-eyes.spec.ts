import type { Page } from '@playwright/test';
import { demo } from './demo.ts';
import { pageTypes } from './engines/page-types.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// WCAG 1.4.6 (AAA): a contrast of 7:1, whereas the engines require 4.5:1. The text of a story always has it, and
// everything else has it if the reader prefers more contrast.

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the text of a story has a contrast of 7:1, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { story, 'long story': long } = await pageTypes(demo().folder);
    for (const path of [story!, long!]) {
      await page.goto(addressOf(path));
      const { words, faint } = await wordsOf(page, 'article .body');
      expect(faint, path).toEqual([]);
      expect(words).toBeGreaterThan(10);
    }
  });

  test(`readers who prefer more contrast get it on a page of every type, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, contrast: 'more' });
    for (const [type, path] of Object.entries(await pageTypes(demo().folder))) {
      await page.goto(addressOf(path));
      const { words, faint } = await wordsOf(page, 'body');
      expect(faint, type).toEqual([]);
      expect(words, type).toBeGreaterThan(10);
    }
  });
}

test('canary: low contrast is detected, even on a coloured box and with a half-transparent colour', async ({
  page,
}) => {
  await page.setContent(`<body style="background: #fff; color: #000"><p>Fine</p><p style="color: #767676">Grey</p>
    <div style="background: #225"><p style="color: #fff">Fine</p><p style="color: rgb(255 255 255 / 0.5)">Half</p></div></body>`);
  expect((await wordsOf(page, 'body')).faint.map((line) => line.split(' ')[0])).toEqual(['Grey', 'Half']);
});

test('in forced colours every box has an edge and the focus is marked', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  let boxes = 0;
  for (const path of Object.values(await pageTypes(demo().folder))) {
    await page.goto(addressOf(path));
    const found = await page.evaluate(edges);
    expect(found.plain, path).toEqual([]);
    boxes += found.boxes;
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(outline, path).not.toBe('none');
  }
  expect(boxes).toBeGreaterThan(2);
});

test('in forced colours the number of the current page is marked if a list has several pages', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(addressOf('404.html')); // it has the styles of lists
  const outlines = await page.evaluate(() => {
    document.querySelector('main')!.innerHTML =
      '<nav class="pages"><a href="/">1</a> <span aria-current="page">2</span></nav>';
    return [...document.querySelectorAll('.pages > *')].map((one) => getComputedStyle(one).outlineStyle);
  });
  expect(outlines).toEqual(['none', 'solid']);
});

test('canary: a box without an edge in forced colours is detected', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setContent(
    '<div class="box" style="background: #eee">Ground</div><div class="box" style="border: 1px solid">Edge</div>',
  );
  const { boxes, plain } = await page.evaluate(edges);
  expect([boxes, plain.length]).toEqual([2, 1]);
});

/**
 * Runs in the page: boxes, and those that differ from their surroundings only by their background, which forced colours
 * remove.
 */
function edges(): { boxes: number; plain: string[] } {
  const boxes = [...document.querySelectorAll<HTMLElement>('.box')].filter((box) => box.checkVisibility());
  const hasEdge = (box: HTMLElement) => {
    const { borderTopWidth, borderBottomWidth } = getComputedStyle(box);
    return Number.parseFloat(borderTopWidth) + Number.parseFloat(borderBottomWidth) > 0;
  };
  return { boxes: boxes.length, plain: boxes.filter((box) => !hasEdge(box)).map((box) => box.outerHTML.slice(0, 80)) };
}

const wordsOf = (page: Page, where: string): Promise<{ words: number; faint: string[] }> =>
  page.evaluate(faintWords, where);

/** Runs in the page: elements with text of their own, and those with a contrast of less than 7:1. */
function faintWords(where: string): { words: number; faint: string[] } {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  type Rgb = [number, number, number];
  const over = (colour: string, [r, g, b]: Rgb): Rgb => {
    canvas.fillStyle = `rgb(${r} ${g} ${b})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return [red!, green!, blue!];
  };
  const sheet: Rgb = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
  const groundOf = (element: Element): Rgb => {
    const above: Element[] = [];
    for (let one: Element | null = element; one; one = one.parentElement) above.unshift(one);
    return above.reduce<Rgb>((ground, one) => over(getComputedStyle(one).backgroundColor, ground), sheet);
  };
  // Relative luminance, WCAG 2.2.
  const light = (rgb: Rgb) => {
    const [r, g, b] = rgb.map((level) => {
      const part = level / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as Rgb;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const own = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
  const elements = [...document.querySelectorAll<HTMLElement>(`${where}, ${where} *`)].filter(
    (element) =>
      own(element) &&
      !element.matches('script, style, noscript, .skip') &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 1,
  );
  const faint = elements.flatMap((element) => {
    const ground = groundOf(element);
    const [one, other] = [light(over(getComputedStyle(element).color, ground)), light(ground)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio < 7
      ? [`${element.textContent!.trim().slice(0, 30)} ${ratio.toFixed(2)} ${element.outerHTML.slice(0, 60)}`]
      : [];
  });
  return { words: elements.length, faint };
}
