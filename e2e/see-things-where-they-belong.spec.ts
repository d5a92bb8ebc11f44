import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { demo } from './demo.ts';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { englishNewsroom } from './looks/stories.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// The positions of things on a page, measured in a browser. Each rule is also tested with a style sheet that breaks it.
// The policy of the pages forbids the styles with which the canaries do so.
test.use({ bypassCSP: true });
test.describe.configure({ mode: 'default', timeout: 120_000 });

const text = 'The first ferry sailed at seven with nobody on board, and came back at nine in the same way.\n\n';
const story = (front: object, body = text.repeat(4)) =>
  `---\n${Object.entries({ section: 'news', published: '2025-05-10T08:00:00Z', byline: ['ann'], ...front })
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')}\n---\n\n${body}\n`;
const lead = { src: 'lead.jpg', alt: 'A boat below a hill', caption: 'The first ferry', credit: 'A. Diallo' };
const longHeadline = 'Council votes after eleven hours to keep the harbour bridge shut to lorries until further notice';

let newsroom: LooksNewsroom;
test.beforeAll(async () => {
  need('chromium');
  const files = await englishNewsroom();
  const photo = files['content/stories/lead/lead.jpg']!;
  newsroom = await openNewsroom({
    ...files,
    'content/stories/essay/index.mdx': story(
      { headline: 'Three mornings at the lock', type: 'photo-essay', lead },
      `${text}![A boat](lead.jpg)\n\n${text}`,
    ),
    'content/stories/essay/lead.jpg': photo,
    'content/stories/essay-upright/index.mdx': story(
      { headline: 'A tower, twice', type: 'photo-essay', lead, byline: ['ann', 'Kim Third of the Northern Pilots'] },
      `${text}![A tower](tower.jpg)\n\n${text}`,
    ),
    'content/stories/essay-upright/lead.jpg': photo,
    'content/stories/essay-upright/tower.jpg': files['content/stories/upright/lead.jpg']!,
    'content/stories/arabic/index.mdx': story({
      headline: 'الميناء يعيد فتح أبوابه',
      language: 'ar',
      section: 'weather',
      topics: ['Ports'],
    }),
    'content/stories/corrected/index.md': story({
      headline: longHeadline,
      corrections: [{ date: '2025-05-11', type: 'correction', text: 'It was ten hours.' }],
    }),
  });
});
test.afterAll(() => newsroom?.close());

/** An element of the page, how it is measured, what must be true, and the style that breaks it. */
interface Place {
  promise: string;
  address: string;
  widthsPx: number[];
  measure: (page: Page) => Promise<number>;
  isRight: (measured: number) => boolean;
  slip: string;
}

const places: Place[] = [
  {
    promise: 'the page of a series leaves enough space for its text on a phone',
    address: '/series/the-bridge/',
    widthsPx: [390],
    // Five or six of its words fit on a line.
    measure: (page) => page.evaluate(() => document.querySelector('.parts .beside h2')!.getBoundingClientRect().width),
    isRight: (width) => width >= 220,
    slip: '.parts > li { display: grid; grid-template-columns: 5rem 1fr; gap: 1.25rem }',
  },
  {
    promise: '"In" and the headline of the corrected story begin on the same line',
    address: '/corrections/',
    widthsPx: [390, 1440],
    measure: (page) =>
      page.evaluate((headline) => {
        const link = [...document.querySelectorAll('.fixes .in a')].find((one) => one.textContent === headline)!;
        const [first] = link.getClientRects();
        return Math.abs(first!.top - link.previousElementSibling!.getBoundingClientRect().top);
      }, longHeadline),
    isRight: (apart) => apart < 20,
    slip: '.fixes .in a { display: block; margin-block-start: 0.5rem }',
  },
  {
    promise: 'there is no gap between the picture and the headline of a story in focus',
    address: '/',
    widthsPx: [1440],
    measure: (page) => page.evaluate(holeInCard, '.pinned .card'),
    isRight: (hole) => hole < 60,
    slip: '.pinned .card .in { grid-template-columns: 1fr 34% } .pinned .card .pic { order: 1 }',
  },
  {
    promise: 'the headline, picture, and text of a photo essay are on one axis',
    address: '/2025/05/essay/',
    widthsPx: [390, 820, 1440],
    measure: (page) =>
      page.evaluate(() => {
        const middles = ['.headline', '.lead img', '.body > p', '.body > figure img'].map((selector) => {
          const { left, right } = document.querySelector(selector)!.getBoundingClientRect();
          return (left + right) / 2;
        });
        return Math.max(...middles) - Math.min(...middles);
      }),
    isRight: (apart) => apart < 3,
    slip: '.body > * { translate: 60px }',
  },
  {
    promise: 'a picture in a photo essay is wider than its text',
    address: '/2025/05/essay/',
    widthsPx: [820, 1440],
    measure: (page) =>
      page.evaluate(() => {
        const width = (selector: string) => document.querySelector(selector)!.getBoundingClientRect().width;
        return width('.body > figure img') / width('.body > p');
      }),
    isRight: (times) => times > 1.2,
    slip: '.body > figure { margin-inline: 0 !important }',
  },
  {
    promise: 'an upright picture of a photo essay is on the axis of its text',
    address: '/2025/05/essay-upright/',
    widthsPx: [820, 1440],
    measure: (page) =>
      page.evaluate(() => {
        const middle = (selector: string) => {
          const { left, right } = document.querySelector(selector)!.getBoundingClientRect();
          return (left + right) / 2;
        };
        return Math.abs(middle('.body > .tall img') - middle('.body > p'));
      }),
    isRight: (apart) => apart < 3,
    slip: '.body > .tall { margin-inline: 0 !important }',
  },
  {
    promise: 'beside a portrait, all lines begin on one axis, and the date keeps its comma',
    address: '/2025/05/essay-upright/',
    widthsPx: [320, 390, 820],
    measure: (page) =>
      page.evaluate(() => {
        const face = document.querySelector('.faces')!.getBoundingClientRect();
        const lines = [...document.querySelectorAll('.meta > :is(.byline, .times)')].flatMap((one) => {
          const range = document.createRange();
          range.selectNodeContents(one);
          return [...range.getClientRects()].filter(({ width }) => width > 0);
        });
        return lines.filter(({ left }) => left < face.right + 8).length;
      }),
    isRight: (below) => below === 0,
    slip: '.meta { display: flow-root !important } .faces { float: inline-start }',
  },
  {
    promise: 'the details of a story that reads in the other direction begin where its headline does',
    address: '/topics/ports/',
    widthsPx: [390, 1440],
    measure: (page) =>
      page.evaluate(() => {
        const right = (selector: string) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(`.card ${selector}`)!);
          return range.getBoundingClientRect().right;
        };
        return Math.abs(right('h2') - right('.stamp'));
      }),
    isRight: (apart) => apart < 3,
    slip: '.card p { align-self: start !important; text-align: start !important }',
  },
  {
    promise: 'there is nothing between the picture of a card and its label',
    address: '/',
    widthsPx: [390, 1440],
    measure: (page) =>
      page.evaluate(() => {
        const card = document.querySelector('.card.cover')!;
        const [picture, label] = ['.pic', '.kicker'].map((one) => card.querySelector(one)!.getBoundingClientRect());
        return label!.top - picture!.bottom;
      }),
    isRight: (apart) => apart >= 0 && apart < 16,
    slip: '.card .credit { order: -4 } .card .pic { margin-block-end: 1rem }',
  },
  {
    promise: 'the header of an opinion story has its author with a portrait',
    address: '/2025/05/view-1/',
    widthsPx: [390, 820, 1440],
    measure: (page) =>
      page.evaluate(() => {
        const inside = document.querySelector('.top .voice img')!.getBoundingClientRect();
        const header = document.querySelector('.top')!.getBoundingClientRect();
        return inside.width >= 72 && inside.top >= header.top && inside.bottom <= header.bottom ? 1 : 0;
      }),
    isRight: (is) => is === 1,
    slip: '.voice { display: none !important }',
  },
];

for (const { promise, address, widthsPx, measure, isRight, slip } of places)
  test(`${promise}; canary: a style sheet that breaks it is detected`, async ({ page }) => {
    for (const width of widthsPx) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(newsroom.origin + address);
      // With the fonts that a reader gets: lines in others have other heights.
      await page.evaluate(() => document.fonts.ready);
      const measured = await measure(page);
      expect(isRight(measured), `${measured} at ${width} px`).toBe(true);
      await page.addStyleTag({ content: slip });
      const broken = await measure(page);
      expect(isRight(broken), `canary: ${broken} at ${width} px`).toBe(false);
    }
  });

/** Runs in the page: the space between the picture of a card and the text of its headline. */
function holeInCard(selector: string): number {
  const card = document.querySelector(selector)!;
  const range = document.createRange();
  range.selectNodeContents(card.querySelector('h2 a, h3 a')!);
  const [words, picture] = [range.getBoundingClientRect(), card.querySelector('.pic')!.getBoundingClientRect()];
  return Math.max(words.left - picture.right, picture.left - words.right);
}

test('a printed front does not end with a nearly empty page', async ({ page }) => {
  need('pdftotext');
  const home = await mkdtemp(join(tmpdir(), 'broadsheet-front-'));
  try {
    for (const origin of [demo().origin, newsroom.origin])
      for (const format of ['A4', 'Letter'] as const) {
        await page.goto(origin);
        const file = join(home, 'front.pdf');
        await page.pdf({ path: file, format, preferCSSPageSize: true });
        expect(await lastPageFilled(file), `${origin} ${format}`).toBeGreaterThan(0.25);
        await page.addStyleTag({ content: '.rail:not(:has(~ section.rail)) { break-before: page !important }' });
        await page.pdf({ path: file, format, preferCSSPageSize: true });
        expect(await lastPageFilled(file), `canary: ${origin} ${format}`).toBeLessThan(0.25);
      }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/** How far down the last page is printed on, above its footer: from 0 to 1. */
async function lastPageFilled(file: string): Promise<number> {
  const pages = /^Pages:\s+(\d+)/m.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1] ?? '1';
  const args = ['-f', pages, '-l', pages, '-r', '24', '-png', file];
  const { data, info } = await sharp(execFileSync('pdftoppm', args, { maxBuffer: 1 << 26 }))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const line = info.width * info.channels;
  const aboveFoot = data.subarray(0, Math.floor(info.height * 0.92) * line);
  return aboveFoot.findLastIndex((value) => value < 128) / line / info.height;
}
