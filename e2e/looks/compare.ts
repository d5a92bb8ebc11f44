import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';

const baselines = join(import.meta.dirname, '../baselines');
export const howToApprove =
  'npx playwright test --config e2e look-as-approved --update-snapshots  creates the pictures again. Look at them before you commit';

/** A greyscale picture, a quarter as wide and as high as the original. */
export interface Look {
  widthPx: number;
  heightPx: number;
  grey: Uint8Array;
}

/**
 * Compares a screenshot with the approved picture `e2e/baselines/NAME.png`, or approves it if Playwright runs with
 * `--update-snapshots`. The difference is written beside the test's results.
 */
export async function expectLook(name: string, png: Uint8Array): Promise<void> {
  const look = await lookOf(png);
  const file = join(baselines, `${name}.png`);
  if (['all', 'changed'].includes(test.info().config.updateSnapshots)) {
    const isSame = existsSync(file) && differenceOf(await approvedLook(file), look) === undefined;
    // A picture that still passes stays unchanged, so that a commit shows what really changed.
    if (!isSame) await approve(file, look);
    return;
  }
  if (!existsSync(file)) throw new Error(`There is no approved picture ${name}.png. ${howToApprove}.`);
  const difference = differenceOf(await approvedLook(file), look);
  if (difference) await attach(name, png, file);
  expect
    .soft(difference, `${name} does not look as approved. If the change is intended: ${howToApprove}`)
    .toBeUndefined();
}

/** The pages of a PDF, one below another, in the form that `expectLook` takes. */
export async function sheetsOf(pdf: Uint8Array): Promise<Uint8Array> {
  const file = test.info().outputPath('print.pdf');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, pdf);
  const ppm = execFileSync('pdftoppm', ['-r', '80', '-gray', file], { maxBuffer: 1 << 28 });
  await rm(file);
  return stacked(pagesIn(ppm));
}

export async function lookOf(png: Uint8Array): Promise<Look> {
  const image = sharp(png).flatten({ background: '#fff' }).greyscale();
  const { width = 0, height = 0 } = await sharp(png).metadata();
  const small = image.resize(Math.round(width / 4), Math.max(1, Math.round(height / 4)), {
    fit: 'fill',
    kernel: 'cubic',
  });
  const { data, info } = await small.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, grey: data };
}

// What may differ and what may not. The picture is divided into squares of 32 px of the page. Another version of the
// browser, or other hinting, moves the ink within a square but does not change its mean. A missing border or a box that
// has moved does. The last two tests of look-as-approved.spec.ts check both.
const squarePx = 8;
const levelsMax = 9;
const squaresMax = 3;
/** One pixel of the small picture is four of the page, which is less than a line of text. */
const heightMaxPx = 2;

/** The most visible difference, or undefined if the two look alike. */
export function differenceOf(approved: Look, found: Look): string | undefined {
  if (approved.widthPx !== found.widthPx) return `${found.widthPx * 4} px wide and not ${approved.widthPx * 4}`;
  if (Math.abs(approved.heightPx - found.heightPx) > heightMaxPx)
    return `${found.heightPx * 4} px high and not ${approved.heightPx * 4}; ${where(changedSquares(approved, found))}`;
  const changed = changedSquares(approved, found);
  return changed.length > squaresMax ? `${changed.length} places differ; ${where(changed)}` : undefined;
}

const where = ([first]: Square[]): string =>
  first ? `the first is ${first.y * 4} px from the top and ${first.x * 4} px from the left` : 'the rest is the same';

interface Square {
  x: number;
  y: number;
}

function changedSquares(one: Look, other: Look): Square[] {
  const changed: Square[] = [];
  for (let y = 0; y < Math.min(one.heightPx, other.heightPx); y += squarePx)
    for (let x = 0; x < one.widthPx; x += squarePx)
      if (Math.abs(meanOf(one, x, y) - meanOf(other, x, y)) > levelsMax) changed.push({ x, y });
  return changed;
}

function meanOf({ widthPx, heightPx, grey }: Look, left: number, top: number): number {
  let [sum, count] = [0, 0];
  for (let y = top; y < Math.min(top + squarePx, heightPx); y += 1)
    for (let x = left; x < Math.min(left + squarePx, widthPx); x += 1, count += 1) sum += grey[y * widthPx + x]!;
  return sum / count;
}

async function approvedLook(file: string): Promise<Look> {
  const { data, info } = await sharp(await readFile(file))
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, grey: data };
}

async function approve(file: string, { widthPx, heightPx, grey }: Look): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const raw = { width: widthPx, height: heightPx, channels: 1 as const };
  // Greys in steps of eight show everything that is compared in a third of the bytes. No square is off by more than
  // half a step.
  const stepped = grey.map((level) => Math.min(255, Math.round(level / 8) * 8));
  await sharp(stepped, { raw }).png({ compressionLevel: 9, adaptiveFiltering: false }).toFile(file);
}

async function attach(name: string, png: Uint8Array, file: string): Promise<void> {
  const flat = name.replaceAll('/', '-');
  await test.info().attach(`${flat}-found`, { body: Buffer.from(png), contentType: 'image/png' });
  await test.info().attach(`${flat}-approved`, { path: file, contentType: 'image/png' });
}

/** pdftoppm writes its pages one after another: `P5 WIDTH HEIGHT 255`, then the pixels. */
function pagesIn(ppm: Buffer): Look[] {
  const pages: Look[] = [];
  for (let at = 0; at < ppm.length; ) {
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', at, at + 40));
    if (!head) throw new Error('pdftoppm wrote something other than grey pages.');
    const [widthPx, heightPx] = [Number(head[1]), Number(head[2])];
    const start = at + head[0].length;
    at = start + widthPx * heightPx;
    pages.push({ widthPx, heightPx, grey: ppm.subarray(start, at) });
  }
  return pages;
}

async function stacked(pages: Look[]): Promise<Uint8Array> {
  const { widthPx = 1 } = pages[0] ?? {};
  const grey = Buffer.concat(pages.map((page) => page.grey));
  const raw = { width: widthPx, height: grey.length / widthPx, channels: 1 as const };
  return sharp(grey, { raw }).png().toBuffer();
}
