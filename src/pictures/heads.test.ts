import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { cropBox, cropSize, type Shape } from './crop.ts';
import { makeRenditions } from './encode.ts';
import { readPictureFacts } from './metadata.ts';
import { renditionsOf, type Want } from './renditions.ts';

/*
 * In a frame that is wider than an upright photograph, the head of the subject stays visible. The photographs are those
 * of the demo newsroom, and the positions of the heads were measured by eye.
 */

vi.setConfig({ testTimeout: 60_000 });

const photographs = join(import.meta.dirname, '../../content/stories');
const portraits = [
  { name: 'heron', file: '2026/03/who-owns-the-alder/heron-upright.jpg', head: [430, 375, 330, 145] },
  { name: 'osprey', file: '2026/03/who-owns-the-alder/osprey-upright.jpg', head: [100, 310, 260, 190] },
  { name: 'astronaut', file: '2026/02/shuttle-in-the-gym/eileen-collins.jpg', head: [165, 20, 150, 165] },
] as const;

describe.each(portraits)('the $name keeps its head', ({ file, head }) => {
  let bytes: Buffer;
  beforeAll(() => {
    bytes = readFileSync(join(photographs, file));
  });

  test('in every crop of the picture', async () => {
    const made = await cropsOf(bytes, { use: 'lead' });
    expect(made.length).toBeGreaterThan(1);
    for (const { shape, pixels } of made) expect(await unlikeness(pixels, bytes, head), shape).toBeLessThan(alike);
  });

  test('canary: a crop of the lower half has no head, and the test detects it', async () => {
    const { width = 0, height = 0 } = await sharp(bytes).metadata();
    const low = cropBox({ widthPx: width, heightPx: height }, '3:2', { xPercent: 50, yPercent: 78 });
    const pixels = await sharp(bytes).extract(low).png().toBuffer();
    expect(await unlikeness(pixels, bytes, head)).toBeGreaterThan(alike * 1.5);
  });
});

test('sharp’s own attention would cut off the heron’s head, which is why there is a rule', async () => {
  const { file, head } = portraits[0];
  const bytes = readFileSync(join(photographs, file));
  const { width = 0, height = 0 } = await sharp(bytes).metadata();
  const size = cropSize({ widthPx: width, heightPx: height }, '3:2');
  const pixels = await sharp(bytes)
    .resize(size.width, size.height, { fit: 'cover', position: sharp.strategy.attention })
    .png()
    .toBuffer();
  expect(await unlikeness(pixels, bytes, head)).toBeGreaterThan(alike);
});

test('an editor’s focus takes precedence over the rule', async () => {
  const bytes = readFileSync(join(photographs, portraits[0].file));
  const names = renditionsOf(await readPictureFacts(bytes), { use: 'lead', focus: { xPercent: 50, yPercent: 90 } })
    .filter(({ crop }) => crop)
    .map(({ name }) => name);
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) expect(name).toMatch(/-50-90-\d+\.\w+$/);
});

test('the rule is part of the name, so a file of an older rule is never mistaken for one of this rule', async () => {
  const facts = await readPictureFacts(readFileSync(join(photographs, portraits[0].file)));
  for (const { name, crop } of renditionsOf(facts, { use: 'lead' })) if (crop) expect(name).toMatch(/-50-30-\d+\.\w+$/);
  const wide = await readPictureFacts(
    await sharp({ create: { width: 900, height: 600, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer(),
  );
  const square = renditionsOf(wide, { use: 'lead' }).filter(({ crop }) => crop?.shape === '1:1');
  expect(square.length).toBeGreaterThan(0);
  for (const { name } of square) expect(name).toMatch(/-1x1-\d+\.\w+$/);
});

/** The widest JPEG or WebP of every crop. */
async function cropsOf(bytes: Buffer, want: Want): Promise<{ shape: Shape; pixels: Buffer }[]> {
  const home = mkdtempSync(join(tmpdir(), 'heads-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, 'out'));
  const file = join(home, 'picture.jpg');
  writeFileSync(file, bytes);
  const facts = await readPictureFacts(bytes);
  const wanted = renditionsOf(facts, want).filter(({ crop, format }) => crop && format !== 'avif');
  const byShape = Map.groupBy(wanted, ({ crop }) => crop!.shape);
  const widest = [...byShape].map(([shape, all]) => ({
    shape,
    rendition: all.sort((a, b) => b.widthPx - a.widthPx)[0]!,
  }));
  await makeRenditions([{ file, facts, renditions: widest.map(({ rendition }) => rendition) }], join(home, 'out'));
  return widest.map(({ shape, rendition }) => ({ shape, pixels: readFileSync(join(home, 'out', rendition.name)) }));
}

/** Up to this difference, two pictures of a head, one of them encoded twice, count as the same. */
const alike = 24;

/**
 * The difference between a head and the most similar part of a crop, as the mean difference of grey values from 0 to
 * 255. Both are scaled down first, because a crop can have any size.
 */
async function unlikeness(
  crop: Buffer,
  whole: Buffer,
  head: readonly [number, number, number, number],
): Promise<number> {
  const [left, top, width, height] = head;
  const { width: wholePx = 1, height: wholeHeightPx = 1 } = await sharp(whole).metadata();
  const seen = await sharp(crop).metadata();
  // A crop of an upright picture is as wide as the picture, unless the picture is wider than the frame.
  const isAsWide = (seen.width ?? 1) / (seen.height ?? 1) >= wholePx / wholeHeightPx;
  const scale = 160 / wholePx;
  const cropWidth = isAsWide ? 160 : Math.round(wholeHeightPx * scale * ((seen.width ?? 1) / (seen.height ?? 1)));
  const field = await sharp(crop).resize(cropWidth).greyscale().raw().toBuffer({ resolveWithObject: true });
  const wanted = await sharp(whole)
    .extract({ left, top, width, height })
    .resize(Math.round(width * scale))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let least = 255;
  for (let y = 0; y + wanted.info.height <= field.info.height; y++)
    for (let x = 0; x + wanted.info.width <= field.info.width; x++) {
      let sum = 0;
      for (let row = 0; row < wanted.info.height; row++)
        for (let column = 0; column < wanted.info.width; column++)
          sum += Math.abs(
            field.data[(y + row) * field.info.width + x + column]! - wanted.data[row * wanted.info.width + column]!,
          );
      least = Math.min(least, sum / wanted.data.length);
    }
  return least;
}
