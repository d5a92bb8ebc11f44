import { crc32, deflateSync } from 'node:zlib';
import type { default as SharpModule } from 'sharp';
import { loadSharp } from './encoders.ts';
import { type SocialCard, socialSize } from './social.ts';

/*
 * Draws social pictures with Pango, which sharp includes: it shapes Arabic and Devanagari as browsers do. The fonts are
 * those of the process (FONTCONFIG_FILE), so this runs in a process of its own (`press/threads/drawer.ts`).
 */

/** The family that `press/social-fonts.ts` defines in the configuration of fonts. */
export const socialFamily = 'broadsheet';

const margin = 72;
const widthMax = socialSize.widthPx - 2 * margin;
const labelPx = 34;
const namePx = 40;
/** Where the rule above the name is, and how thick its two lines and the space between them are. */
const ruleTop = 520;
const ruleThick = 3;
const top = margin;
const titleBottom = ruleTop - 32;

/** Sizes of the title, the largest that fits first. */
const titleSizes = [104, 92, 80, 70, 62, 54, 48, 42, 37, 33];

/** Text as coverage: 0 is paper, 255 is ink. */
interface Mask {
  data: Buffer;
  widthPx: number;
  heightPx: number;
}

/** @returns a PNG of `socialSize` */
export async function drawSocial(card: SocialCard): Promise<Buffer> {
  const sharp = await loadSharp();
  const page = new Page();
  const name = await fitted(sharp, card.name, [namePx, 32, 26, 22], card.isRtl, 78, true);
  page.rule(ruleTop);
  page.put(name, card.isRtl, ruleTop + 2 * ruleThick + 5 + 20, 'ink');
  let from = top;
  if (card.label !== undefined) {
    const label = await fitted(sharp, card.label, [labelPx, 28, 24], card.isRtl, 80, true);
    page.put(label, card.isRtl, from, 'accent');
    from += labelPx + 28;
  }
  const title = await fitted(sharp, card.title, titleSizes, card.isRtl, titleBottom - from);
  page.put(title, card.isRtl, from + Math.max(0, Math.round((titleBottom - from - title.heightPx) / 2)), 'ink');
  return page.png(card.colour);
}

/** The text at the largest size at which it fits, with whole words if possible. */
async function fitted(
  sharp: typeof SharpModule,
  text: string,
  sizes: readonly number[],
  isRtl: boolean,
  heightMax: number,
  isLine = false,
): Promise<Mask> {
  // A long text cannot fit at the largest sizes, so they are not tried. A letter is about half as wide as high.
  const letters = [...text].length;
  const possible = sizes.filter(
    (size) => isLine || ((letters * size * 0.4) / widthMax) * size * 0.9 <= heightMax || size === sizes.at(-1),
  );
  const fits = ({ widthPx, heightPx }: Mask, size: number) =>
    widthPx <= widthMax && heightPx <= (isLine ? size * 1.6 : heightMax);
  for (const size of possible.filter((one) => isLine || one >= wholeWordsMin)) {
    const mask = await textMask(sharp, text, size, isRtl, 'word');
    if (fits(mask, size)) return mask;
  }
  // A word that is too wide for the picture is broken. What is still too high is cut off at the end.
  for (const size of isLine ? [] : possible.filter((one) => one <= brokenWordsMax)) {
    const mask = await textMask(sharp, text, size, isRtl, 'word-char');
    if (fits(mask, size)) return mask;
  }
  return await textMask(sharp, text, sizes.at(-1)!, isRtl, 'word-char');
}

/** The smallest size at which a long word stays whole, and the largest at which one is broken. */
const wholeWordsMin = 48;
const brokenWordsMax = 62;

/** A text of one size, as sharp draws it. */
export async function textMask(
  sharp: typeof SharpModule,
  text: string,
  sizePx: number,
  isRtl: boolean,
  wrap: 'word' | 'word-char',
): Promise<Mask> {
  // The mark gives the paragraph its direction if it begins with a word of another script.
  const marked = `${isRtl ? '\u200f' : '\u200e'}${text}`;
  const { data, info } = await sharp({
    text: {
      // It is markup, so the text is escaped. Letters in lines are set tighter than Pango does by itself.
      text: `<span line_height="0.92">${escapeMarkup(marked)}</span>`,
      font: `${socialFamily} ${sizePx}px`,
      width: widthMax,
      // Pango takes `left` as the side on which lines begin, so it is the right one for Arabic.
      align: 'left',
      wrap,
      dpi: 72,
    },
  })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height };
}

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Levels for each of the two colours of text: the palette has both from paper to full colour. */
const levels = 128;

/**
 * An image with a palette. sharp would take 20 ms and more to compose and compress the same picture in full colour; this
 * takes 3.
 */
class Page {
  readonly #pixels = Buffer.alloc(socialSize.widthPx * socialSize.heightPx);

  put({ data, widthPx, heightPx }: Mask, isRtl: boolean, y: number, colour: 'ink' | 'accent'): void {
    const left = isRtl ? socialSize.widthPx - margin - Math.min(widthPx, widthMax) : margin;
    const base = colour === 'ink' ? 0 : levels;
    const columns = Math.min(widthPx, widthMax);
    const rows = Math.min(heightPx, socialSize.heightPx - y);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const level = data[row * widthPx + column]! >> 1;
        if (level > 0) this.#pixels[(y + row) * socialSize.widthPx + left + column] = base + level;
      }
  }

  /** A double line from margin to margin. */
  rule(y: number): void {
    for (const line of [y, y + ruleThick + 3])
      for (let row = line; row < line + ruleThick - (line === y ? 0 : 2); row++)
        this.#pixels.fill(levels - 1, row * socialSize.widthPx + margin, (row + 1) * socialSize.widthPx - margin);
  }

  /** @see https://www.w3.org/TR/png-3/ */
  png(accent: string): Buffer {
    const { widthPx, heightPx } = socialSize;
    const header = Buffer.alloc(13);
    header.writeUInt32BE(widthPx, 0);
    header.writeUInt32BE(heightPx, 4);
    header.set([8, 3, 0, 0, 0], 8); // eight bits, with a palette
    const palette = Buffer.from(
      [ink, accent].flatMap((colour) => Array.from({ length: levels }, (_, level) => mixed(colour, level)).flat()),
    );
    // Each row begins with its filter, 0: a picture with a palette is smallest without one.
    const rows = Buffer.alloc(heightPx * (widthPx + 1));
    for (let row = 0; row < heightPx; row++)
      this.#pixels.copy(rows, row * (widthPx + 1) + 1, row * widthPx, (row + 1) * widthPx);
    return Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('PLTE', palette),
      chunk('IDAT', deflateSync(rows, { level: 6 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

const paper = '#ffffff';
const ink = '#14161a';

function mixed(colour: string, level: number): number[] {
  const [from, to] = [channels(paper), channels(colour)];
  return from.map((value, place) => Math.round(value + ((to[place]! - value) * level) / (levels - 1)));
}

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
