import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { launchFound } from './browser.ts';
import { demo, pagesByKind, storiesWithMostPictures } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// Prints every story of the demo newsroom to PDF and reads the PDF with poppler. Each rule is also tested on a page
// that breaks it, so that no rule passes because it sees nothing.

test.describe.configure({ mode: 'default', timeout: 180_000 });

type Rule = (print: Print) => string[] | Promise<string[]>;

const rules: Record<string, Rule> = {
  'the headline, every paragraph, and every caption are printed': ({ sheets, shown }) => {
    const paper = sheets.join('\n');
    const texts = [shown.headline, ...shown.paragraphs, ...shown.captions];
    return texts.filter((text) => !standsIn(paper, text));
  },

  'elements that are only useful on a screen are not printed': ({ shown }) => shown.navigation,

  'a picture and its caption are on one page': ({ sheets, pagesOfPictures, shown }) => {
    const pagesOfCaptions = shown.captions.map((text) => sheets.findIndex((sheet) => standsIn(sheet, text)) + 1);
    const [pictures, captions] = [pagesOfPictures, pagesOfCaptions].map((pages) => pages.toSorted((a, b) => a - b));
    // Portraits and pictures of links have no caption, so a page can have more pictures than captions, but never fewer.
    const on = (pages: number[] = [], page: number) => pages.filter((one) => one === page).length;
    const isWhole = pagesOfCaptions.every((page) => on(captions, page) <= on(pictures, page));
    return isWhole ? [] : [`pictures on pages ${pictures?.join(', ')}, captions on pages ${captions?.join(', ')}`];
  },

  'a heading is directly above its text, never at the bottom of a page or column': ({ places, shown }) =>
    shown.headings
      .filter(({ heading, next }) => {
        // The first words are enough, because a paragraph can continue on the next page. The words of a heading can
        // also occur in the text.
        const [above, below] = [wordsOf(heading), wordsOf(next).slice(0, 3)];
        return !startsOf(places, above).some((start) => {
          const top = places[start]!;
          const foot = startsOf(places, below).find((other) => other >= start + above.length);
          const first = foot === undefined ? undefined : places[foot];
          return first?.page === top.page && first.y > top.y && Math.abs(first.x - top.x) <= 72;
        });
      })
      .map(({ heading }) => heading),

  'no page is blank, not even the last one': async ({ file, sheets }) => {
    const hasInk = await Promise.all(sheets.map((_, index) => isPrintedOn(file, index + 1)));
    return hasInk.flatMap((ink, index) => (ink ? [] : [`page ${index + 1} is blank`]));
  },

  'the PDF contains its headline and its structure': ({ file, shown }) => {
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    const title = /^Title:(.*)$/m.exec(info)?.[1] ?? '';
    return [
      ...(/^Tagged:\s+yes$/m.test(info) ? [] : ['it does not have a structure']),
      ...(/\/Lang\s*\(/.test(readFileSync(file, 'latin1')) ? [] : ['it does not have a language']),
      ...(standsIn(title, shown.headline) ? [] : [`its title is "${title}"`]),
    ];
  },
};

/** Breaks every rule once. */
const badPage = `<!doctype html><html lang="en"><title>Nothing of the kind</title><style>
  .lost { display: none }
  figcaption, aside { break-before: page }
  h2 { break-after: page }
</style><header><nav>Sections</nav></header><article><h1>Harbour reopens after storm</h1>
<div class="body"><p>The first ferry sailed at seven.</p><p class="lost">This paragraph is lost.</p>
<figure><img src="/social.png" width="400" height="300" alt="A dot"><figcaption><span class="caption">The second ferry</span></figcaption></figure>
<h2>What happens next</h2><p>Nothing happens next.</p><aside>&nbsp;</aside></div></article></html>`;

let prints: Print[];
let bad: Print;
let home: string;

test.beforeAll(async () => {
  need('chromium', 'pdftotext');
  // Not Playwright's fixture, which would start before the line above can say what is missing.
  await using browser = await launchFound();
  home = await mkdtemp(join(tmpdir(), 'broadsheet-print-'));
  bad = await printBadPage(browser);
  const page = await browser.newPage();
  prints = [];
  for (const story of await storiesWithMostPictures()) {
    await page.goto(demo().origin + addressOf(story));
    prints.push(await print(page, story));
  }
});

test.afterAll(async () => {
  if (home) await rm(home, { recursive: true, force: true });
});

for (const [promise, rule] of Object.entries(rules)) {
  test(promise, async () => {
    expect(prints.length).toBeGreaterThan(0);
    for (const one of prints) expect(await rule(one), one.story).toEqual([]);
  });

  test(`canary: a page that breaks a rule is detected: ${promise}`, async () =>
    expect(await rule(bad)).not.toEqual([]));
}

for (const format of ['A4', 'Letter'] as const)
  test(`each kind of page is complete on ${format}: headings and cards, no blank page, with a running head and footer`, async () => {
    await using browser = await launchFound();
    // In dark mode too, pages are printed black on white.
    const page = await browser.newPage({ colorScheme: 'dark' });
    for (const [kind, path] of Object.entries(await pagesByKind())) {
      await page.goto(demo().origin + addressOf(path));
      const { file, sheets, shown } = await print(page, `${kind}-${format}`, format);
      expect(await rules['no page is blank, not even the last one']!({ file, sheets } as Print), kind).toEqual([]);
      expect(shown.navigation, kind).toEqual([]);
      const paper = sheets.join('\n');
      expect(
        shown.allHeadings.filter((heading) => !standsIn(paper, heading)),
        kind,
      ).toEqual([]);
      expect(await paperOf(file), kind).toBeGreaterThan(0.5);
      const last = sheets.at(-1) ?? '';
      expect(last, kind).toMatch(new RegExp(`${sheets.length}\\s+of\\s+${sheets.length}`));
    }
    await page.close();
  });

interface Print {
  story: string;
  file: string;
  /** The text of each page, in the order of the story. */
  sheets: string[];
  /** Every word with its page and its upper left corner, in points. */
  places: Place[];
  /** The page of each photograph, counted from 1. */
  pagesOfPictures: number[];
  shown: Awaited<ReturnType<typeof whatIsShown>>;
}

interface Place {
  word: string;
  page: number;
  x: number;
  y: number;
}

async function print(page: Page, story: string, format?: 'A4' | 'Letter'): Promise<Print> {
  await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    // A picture that does not load is a finding of the links gate.
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
  });
  await page.emulateMedia({ media: 'print' });
  const shown = await whatIsShown(page);
  const file = join(home, `${story.replaceAll('/', '-')}.pdf`);
  await page.pdf({ path: file, format, preferCSSPageSize: true, tagged: true, outline: true });
  await page.emulateMedia({ media: null });
  const sheets = poppler('pdftotext', '-raw', '-enc', 'UTF-8', file, '-').split('\f').slice(0, -1);
  return { story, file, sheets, places: placesIn(file), pagesOfPictures: pagesOfPictures(file), shown };
}

async function printBadPage(browser: Browser): Promise<Print> {
  const page = await browser.newPage();
  const png = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#246' } })
    .png()
    .toBuffer();
  await page.route('**/*', (route) =>
    route.request().url().endsWith('.png')
      ? route.fulfill({ contentType: 'image/png', body: png })
      : route.fulfill({ contentType: 'text/html', body: badPage }),
  );
  await page.goto('http://canary.example/');
  const printed = await print(page, 'canary');
  await page.close();
  return printed;
}

/** What the page shows under its print rules, read from the page and not from the PDF. */
function whatIsShown(page: Page) {
  return page.evaluate(() => {
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    return {
      headline: words(document.querySelector('h1')!),
      // The paragraphs of the story itself, visible or not. Each must be printed.
      paragraphs: all('article .body > p').map(words),
      captions: all('article figure:has(img) figcaption .caption').filter(isShown).map(words),
      navigation: all('a.skip, header nav, footer nav, form, button').filter(isShown).map(words),
      allHeadings: all('main :is(h1, h2, h3)').filter(isShown).map(words),
      headings: all('article .body > :is(h2, h3)')
        .filter((heading) => isShown(heading) && heading.nextElementSibling?.localName === 'p')
        .map((heading) => ({ heading: words(heading), next: words(heading.nextElementSibling!) })),
    };
  });
}

/** How much of the first page is blank: the share of pixels that are nearly white. */
async function paperOf(file: string): Promise<number> {
  const args = ['-f', '1', '-l', '1', '-r', '24', '-png', '-gray', file];
  const pixels = await sharp(execFileSync('pdftoppm', args, { maxBuffer: 1 << 26 }))
    .greyscale()
    .raw()
    .toBuffer();
  return pixels.filter((value) => value > 200).length / pixels.length;
}

/** Photographs only. Icons and masks are smaller or of another kind. */
function pagesOfPictures(file: string): number[] {
  const rows = poppler('pdfimages', '-list', file).trim().split('\n').slice(2);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , kind, width]) => kind === 'image' && Number(width) >= 200)
    .map(([page]) => Number(page));
}

function placesIn(file: string): Place[] {
  const pages = poppler('pdftotext', '-bbox', file, '-').split('<page ').slice(1);
  return pages.flatMap((text, index) =>
    [...text.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</g)].flatMap(([, x, y, words]) =>
      wordsOf(words!.replace(/&\w+;/g, ' ')).map((word) => ({ word, page: index + 1, x: Number(x), y: Number(y) })),
    ),
  );
}

/** The positions at which these words follow each other. */
const startsOf = (places: Place[], words: string[]): number[] =>
  [...places.keys()].filter((start) => words.every((word, offset) => places[start + offset]?.word.startsWith(word)));

/** Whether something is printed between the running head and the footer. */
async function isPrintedOn(file: string, page: number): Promise<boolean> {
  const args = ['-f', String(page), '-l', String(page), '-r', '24', '-png', file];
  const { data, info } = await sharp(execFileSync('pdftoppm', args, { maxBuffer: 1 << 26 }))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const line = info.width * info.channels;
  const inside = data.subarray(Math.round(info.height * 0.1) * line, Math.round(info.height * 0.9) * line);
  return inside.some((value) => value < 128);
}

/**
 * Whether the words of a text are printed in their order. A footer and a running head, or the small letter of a link,
 * can come between them. The first word may have lost its initial, because pdftotext reads a drop cap as a separate
 * word. Spaces are ignored, because in a tight headline they are too narrow to be recognised.
 */
function standsIn(paper: string, text: string): boolean {
  const mostBetween = 250;
  const letters = wordsOf(paper).join('');
  const [first = '', ...others] = wordsOf(text);
  return [first, first.slice(1)].some((beginning) =>
    beginning === ''
      ? false
      : [...letters.matchAll(new RegExp(beginning, 'g'))].some(({ index }) => {
          let place = index + beginning.length;
          return others.every((word) => {
            const next = letters.indexOf(word, place);
            const isNear = next >= 0 && next - place <= mostBetween;
            place = next + word.length;
            return isNear;
          });
        }),
  );
}

/** Letters and digits: ligatures, soft hyphens, and line ends differ between a page and its PDF. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replace(/\u00ad/g, '')
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const poppler = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
