import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { socialFontConfig } from '../src/press/social-fonts.ts';
import { expect, test } from './test.ts';

/*
 * Social pictures are drawn by Pango, and pages by browsers. In each script, both must choose the same glyphs and put
 * them in the same places. Each line is drawn by both at one size, and the boxes of ink are compared.
 */

const sizePx = 64;
const lines = {
  Arabic: { text: 'مجلس المدينة يصوت على الميناء', isRtl: true },
  Hebrew: { text: 'העירייה הצביעה בעד הנמל', isRtl: true },
  Devanagari: { text: 'बंदरगाह फिर खुला, नौकाएँ चलेंगी', isRtl: false },
  Ukrainian: { text: 'Рада за відбудову порту', isRtl: false },
  English: { text: 'Ferries sail again on Monday', isRtl: false },
};

/** The columns of a line that have ink, as fractions of its width, and the size of its box. */
interface Ink {
  widthPx: number;
  heightPx: number;
  /** Where each run of columns with ink begins and ends, from 0 to 1. */
  edges: number[];
}

let cache: string;
let fontConfig: string;
test.beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'social-letters-'));
  fontConfig = await socialFontConfig(cache);
});
test.afterAll(() => rmSync(cache, { recursive: true, force: true }));

for (const [script, { text, isRtl }] of Object.entries(lines))
  test(`${script} is drawn as a browser draws it`, async ({ page }) => {
    const [ours, theirs] = [pangoInk(text, isRtl), await browserInk(page, text, isRtl)];
    expect(differences(ours, theirs)).toEqual([]);
  });

test('canary: reversed Arabic is found', async ({ page }) => {
  const { text } = lines.Arabic;
  const reversed = [...text].reverse().join('');
  expect(differences(pangoInk(reversed, true), await browserInk(page, text, true))).not.toEqual([]);
});

test('canary: another font is found', async ({ page }) => {
  const { text } = lines.English;
  expect(differences(pangoInk(text, false), await browserInk(page, text, false, 'serif'))).not.toEqual([]);
});

const tolerance = 0.03;

function differences(ours: Ink, theirs: Ink): string[] {
  const found: string[] = [];
  for (const side of ['widthPx', 'heightPx'] as const)
    if (Math.abs(ours[side] - theirs[side]) > theirs[side] * tolerance)
      found.push(`${side}: ${ours[side]} instead of ${theirs[side]}`);
  // Thin strokes can touch in one picture and not in the other, so a few edges may have no counterpart.
  const lonely = theirs.edges.filter((edge) => !ours.edges.some((other) => Math.abs(other - edge) < tolerance / 3));
  if (lonely.length > theirs.edges.length * 0.1) found.push(`${lonely.length} of ${theirs.edges.length} edges differ`);
  return found;
}

/** Pango reads its fonts once for each process, so it runs in one of its own, as in a build. */
function pangoInk(text: string, isRtl: boolean): Ink {
  const module = join(import.meta.dirname, '../src/pictures/social-draw.ts');
  const code = `
    import sharp from 'sharp';
    const { textMask } = await import(${JSON.stringify(module)});
    const { data, widthPx, heightPx } = await textMask(sharp, ${JSON.stringify(text)}, ${sizePx}, ${isRtl}, 'word');
    process.stdout.write(JSON.stringify({ pixels: data.toString('base64'), widthPx, heightPx }));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '..'),
    maxBuffer: 1 << 26,
    env: { ...process.env, FONTCONFIG_FILE: fontConfig },
  });
  const { pixels, widthPx, heightPx } = JSON.parse(said) as { pixels: string; widthPx: number; heightPx: number };
  return inkOf(Buffer.from(pixels, 'base64'), widthPx, heightPx);
}

async function browserInk(page: Page, text: string, isRtl: boolean, family?: string): Promise<Ink> {
  const conf = readFileSync(fontConfig, 'utf8');
  const folder = /<dir>(.*?)<\/dir>/.exec(conf)?.[1] ?? '';
  const fonts = readdirSync(folder).filter((name) => name.endsWith('.ttf'));
  const faces = fonts.map(
    (name, place) =>
      `@font-face { font-family: f${place}; src: url(data:font/ttf;base64,${readFileSync(join(folder, name), 'base64')}); }`,
  );
  // The order is that of the configuration: the fonts of the pages first.
  const order = ['newsreader', 'noto-serif-c', 'noto-serif-g', 'noto-naskh', 'noto-serif-hebrew', 'noto-serif-dev'];
  const families = order.flatMap((start) =>
    fonts.flatMap((name, place) => (name.startsWith(start) ? [`f${place}`] : [])),
  );
  await page.setViewportSize({ width: 1400, height: 240 });
  await page.setContent(`<!doctype html><style>${faces.join('')}
    body { margin: 40px; background: #fff; color: #000; }
    p { font: ${sizePx}px ${family ?? families.join(', ')}; margin: 0; white-space: nowrap; }</style>
    <p dir="${isRtl ? 'rtl' : 'ltr'}">${text}</p>`);
  await page.evaluate(() => document.fonts.ready);
  const { data, info } = await sharp(await page.screenshot())
    .greyscale()
    .negate()
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return inkOf(data, info.width, info.height);
}

const dark = 110;

function inkOf(data: Buffer, widthPx: number, heightPx: number): Ink {
  const columns = Array.from({ length: widthPx }, (_, x) =>
    Array.from({ length: heightPx }, (_, y) => data[y * widthPx + x]!).some((level) => level > dark),
  );
  const rows = Array.from({ length: heightPx }, (_, y) =>
    data.subarray(y * widthPx, (y + 1) * widthPx).some((level) => level > dark),
  );
  const [left, right] = [columns.indexOf(true), columns.lastIndexOf(true)];
  const width = right - left + 1;
  const edges: number[] = [];
  for (let x = left; x <= right + 1; x++) if (columns[x] !== columns[x - 1]) edges.push((x - left) / width);
  return { widthPx: width, heightPx: rows.lastIndexOf(true) - rows.indexOf(true) + 1, edges };
}
