import type { Section, Site } from '../site/site.ts';

/*
 * What fits into the single row of the navigation. Text cannot be measured while a page is rendered, so its width is
 * estimated generously, in pixels on a screen of 1,280 px or more. If a row is too wide all the same, it scrolls by
 * itself (Masthead.css).
 */

const rowPx = 1168;
const letterPx = 8;
const gapPx = 32;
const linkMinPx = 44;

/** The links that are always in the row, as printed. */
interface OtherLinks {
  archive: string;
  search: string;
  /** Only if there are more sections than fit into the row. */
  more: string;
}

/**
 * The sections in the row, and whether there are more.
 *
 * The section of the page is always among them: if it would not fit, it takes the last place.
 *
 * @param current the id of the page's section
 */
export function rowOf(
  { sections }: Pick<Site, 'sections'>,
  current: string | undefined,
  { archive, search, more }: OtherLinks,
): { row: Section[]; hasMore: boolean } {
  const room = rowPx - linkPx(archive) - linkPx(search);
  const widths = sections.map(({ title }) => linkPx(title));
  if (sum(widths) <= room) return { row: sections, hasMore: false };
  let left = room - linkPx(more);
  let count = 0;
  while (count < widths.length && widths[count]! <= left) left -= widths[count++]!;
  const row = sections.slice(0, Math.max(1, count));
  const late = sections.find(({ id }) => id === current);
  if (late && !row.includes(late)) row[row.length - 1] = late;
  return { row, hasMore: true };
}

/** Whether the name of the paper needs more than a line of 288 px, the width of the smallest phone. */
export const isLongName = (name: string): boolean => lettersWide(name) > 28;

function linkPx(text: string): number {
  let px = linkWidths.get(text);
  if (px === undefined) {
    px = Math.max(linkMinPx, lettersWide(text) * letterPx) + gapPx;
    linkWidths.set(text, px);
  }
  return px;
}

// Cached, because the same few links are measured for every page.
const linkWidths = new Map<string, number>();

/** The width of a text, in units of an average lower-case letter. */
export function lettersWide(text: string): number {
  let width = 0;
  for (const letter of text.normalize('NFC'))
    width += /\p{M}/u.test(letter) ? 0 : wide.test(letter) ? 2 : broad.test(letter) ? 1.4 : 1;
  return width;
}

/** Characters that are as wide as they are high: Chinese, Japanese, Korean, and pictographs. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const broad = /[\p{Lu}mw\u0e00-\u0e7f\u0900-\u0dff]/u;

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
