import type { default as SharpModule } from 'sharp';
import { escapeText } from '../site/markup.ts';
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
/** Where the rule above the name is, and how thick it is with its two lines and the space between them. */
const ruleTop = 520;
const ruleThick = 7;
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
  page.put(name, card.isRtl, ruleTop + ruleThick + 24, ink);
  let from = top;
  if (card.label !== undefined) {
    const label = await fitted(sharp, card.label, [labelPx, 28, 24], card.isRtl, 80, true);
    page.put(label, card.isRtl, from, card.colour);
    from += labelPx + 28;
  }
  const title = await fitted(sharp, card.title, titleSizes, card.isRtl, titleBottom - from);
  page.put(title, card.isRtl, from + Math.max(0, Math.round((titleBottom - from - title.heightPx) / 2)), ink);
  return await page.png(sharp);
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
  return isLine
    ? await cutLine(sharp, text, sizes.at(-1)!, isRtl)
    : await textMask(sharp, text, sizes.at(-1)!, isRtl, 'word-char');
}

/** The beginning of a text that is too long for a line, with an ellipsis. */
async function cutLine(sharp: typeof SharpModule, text: string, size: number, isRtl: boolean): Promise<Mask> {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  let [fits, tooMany] = [0, letters.length];
  let mask = await textMask(sharp, '…', size, isRtl, 'word-char');
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    const cut = `${letters.slice(0, middle).join('').trimEnd()}…`;
    const drawn = await textMask(sharp, cut, size, isRtl, 'word-char');
    if (drawn.heightPx <= size * 1.6) [fits, mask] = [middle, drawn];
    else tooMany = middle;
  }
  return mask;
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
      text: `<span line_height="0.92">${escapeText(marked)}</span>`,
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

/** The picture while it is drawn, in full colour. */
class Page {
  readonly #pixels = Buffer.alloc(socialSize.widthPx * socialSize.heightPx * 3, 255);

  put({ data, widthPx, heightPx }: Mask, isRtl: boolean, y: number, colour: string): void {
    const columns = Math.min(widthPx, widthMax);
    const rows = Math.min(heightPx, socialSize.heightPx - y);
    const left = isRtl ? socialSize.widthPx - margin - columns : margin;
    const shades = Array.from({ length: 256 }, (_, coverage) => shade(colour, coverage));
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const coverage = data[row * widthPx + column]!;
        if (coverage > 0) this.#pixels.set(shades[coverage]!, ((y + row) * socialSize.widthPx + left + column) * 3);
      }
  }

  /** A double line from margin to margin. */
  rule(y: number): void {
    const row = Buffer.alloc(widthMax * 3);
    for (let column = 0; column < widthMax; column++) row.set(channels(ink), column * 3);
    for (const line of [y, y + 1, y + 2, y + 6]) row.copy(this.#pixels, (line * socialSize.widthPx + margin) * 3);
  }

  async png(sharp: typeof SharpModule): Promise<Buffer> {
    const { widthPx: width, heightPx: height } = socialSize;
    return await sharp(this.#pixels, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 6, adaptiveFiltering: false })
      .toBuffer();
  }
}

const ink = '#14161a';

/** @param coverage of white paper by the colour, from 0 to 255 */
const shade = (colour: string, coverage: number): number[] =>
  channels(colour).map((value) => Math.round(255 + ((value - 255) * coverage) / 255));

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
