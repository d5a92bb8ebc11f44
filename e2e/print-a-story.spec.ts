import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { storiesWithMostPictures } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// Prints every story of the demo newsroom to PDF and reads the PDF back with poppler.

test.describe.configure({ mode: 'default', timeout: 180_000 });

let prints: Print[];
let home: string;

test.beforeAll(async ({ browser, baseURL }) => {
  need('pdftotext');
  home = await mkdtemp(join(tmpdir(), 'broadsheet-print-'));
  const page = await browser.newPage({ ...(baseURL ? { baseURL } : {}) });
  prints = [];
  for (const story of await storiesWithMostPictures()) prints.push(await print(page, story));
  await page.close();
});

test.afterAll(async () => {
  if (home) await rm(home, { recursive: true, force: true });
});

test('headline, every paragraph and every caption are on paper', () => {
  for (const { story, sheets, shown } of prints) {
    const paper = wordsOf(sheets.join('\n'));
    const texts = [shown.headline, ...shown.paragraphs, ...shown.captions];
    expect(sheets.length, story).toBeGreaterThan(0);
    expect(
      texts.filter((text) => !standsIn(paper, wordsOf(text))),
      story,
    ).toEqual([]);
  }
});

test('what only serves on a screen stays off the paper', () => {
  for (const { story, shown } of prints) expect(shown.navigation, story).toEqual([]);
});

test('a picture and its caption are on one page', () => {
  for (const { story, sheets, pagesOfPictures, shown } of prints) {
    const pagesOfCaptions = shown.captions.map((caption) => pageWith(sheets, caption));
    expect(pagesOfCaptions.sort(), story).toEqual(pagesOfPictures.sort());
  }
});

test('a heading is on the page of the words that it heads', () => {
  for (const { story, sheets, shown } of prints) {
    for (const { heading, next } of shown.headings) {
      // The first words are enough: a paragraph may go on overleaf.
      const together = [...wordsOf(heading), ...wordsOf(next).slice(0, 4)];
      expect(pageWith(sheets, together.join(' ')), `${story}: "${heading}" and "${next}" on one page`).toBeGreaterThan(
        0,
      );
    }
  }
});

test('no page is blank, the last included', async () => {
  for (const { story, file, sheets } of prints) {
    for (const [index] of sheets.entries())
      expect(await hasInk(file, index + 1), `${story}, page ${index + 1}`).toBe(true);
  }
});

test('the PDF knows its language, its headline and its structure', () => {
  for (const { story, file, shown } of prints) {
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    expect(info, story).toMatch(/^Tagged:\s+yes$/m);
    expect(standsIn(wordsOf(/^Title:(.*)$/m.exec(info)?.[1] ?? ''), wordsOf(shown.headline)), story).toBe(true);
  }
});

interface Print {
  story: string;
  file: string;
  /** The text of each page. */
  sheets: string[];
  /** The page of each photograph, from 1. */
  pagesOfPictures: number[];
  shown: Awaited<ReturnType<typeof whatIsShown>>;
}

async function print(page: Page, story: string): Promise<Print> {
  await page.goto(addressOf(story));
  await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
  });
  await page.emulateMedia({ media: 'print' });
  const shown = await whatIsShown(page);
  const file = join(home, `${story.replaceAll('/', '-')}.pdf`);
  await page.pdf({ path: file, preferCSSPageSize: true, tagged: true, outline: true });
  await page.emulateMedia({ media: null });
  const text = execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], { encoding: 'utf8' });
  // Every page ends with a form feed.
  return { story, file, sheets: text.split('\f').slice(0, -1), pagesOfPictures: pagesOfPictures(file), shown };
}

/** What the page shows under its print rules, read from the page and not from the PDF. */
function whatIsShown(page: Page) {
  return page.evaluate(() => {
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    return {
      headline: words(document.querySelector('h1')!),
      // The paragraphs of the story itself, shown or not: each must be on paper.
      paragraphs: all('article .body > p').map(words),
      captions: all('article figure:has(img) figcaption .caption').filter(isShown).map(words),
      navigation: all('a.skip, header nav, footer nav, form, button').filter(isShown).map(words),
      headings: all('article .body > :is(h2, h3)')
        .filter((heading) => isShown(heading) && heading.nextElementSibling?.localName === 'p')
        .map((heading) => ({ heading: words(heading), next: words(heading.nextElementSibling!) })),
    };
  });
}

/** Photographs only; marks and masks are smaller or of another kind. */
function pagesOfPictures(file: string): number[] {
  const rows = execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' }).trim().split('\n').slice(2);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , kind, width]) => kind === 'image' && Number(width) >= 200)
    .map(([page]) => Number(page));
}

/** The first page that holds all the words of a text, from 1; 0 when none does. */
const pageWith = (sheets: string[], text: string) =>
  sheets.findIndex((sheet) => standsIn(wordsOf(sheet), wordsOf(text))) + 1;

/**
 * Whether words stand on paper in their order. Between them there may be a foot and a running head,
 * a word may carry the small letter or number of its note, and the first may have lost its initial
 * (a drop cap is a word of its own to pdftotext).
 */
function standsIn(paper: string[], words: string[]): boolean {
  const mostBetween = 60;
  return paper.some((_, start) => {
    let place = start;
    return words.every((word, position) => {
      const next = paper
        .slice(place, place + mostBetween)
        .findIndex((printed) => printed.startsWith(word) || (position === 0 && printed === word.slice(1)));
      place += next + 1;
      return next >= 0 && (place > start + 1 || next === 0);
    });
  });
}

/** Whether something is printed between the running head and the foot. */
async function hasInk(file: string, page: number): Promise<boolean> {
  const args = ['-f', String(page), '-l', String(page), '-r', '24', '-png', file];
  const { data, info } = await sharp(execFileSync('pdftoppm', args, { maxBuffer: 1 << 26 }))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const line = info.width * info.channels;
  const inside = data.subarray(Math.round(info.height * 0.1) * line, Math.round(info.height * 0.9) * line);
  return inside.some((value) => value < 128);
}

/** Letters and digits: ligatures, soft hyphens and the ends of lines differ between a page and its PDF. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replace(/\u00ad/g, '')
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
