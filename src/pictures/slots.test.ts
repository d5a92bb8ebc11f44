import { describe, expect, test } from 'vitest';
import {
  cardWidthsPx,
  leadWidthsPx,
  portraitWidthsPx,
  type SlotRules,
  slots,
  textWidthsPx,
  thumbWidthsPx,
  wideWidthsPx,
} from './slots.ts';

const rem = 16;

/** The width in CSS pixels that `sizes` gives, as a browser reads it. */
function sizeOf(sizes: string, screenPx: number): number {
  const length = (text: string): number => {
    const clamp = /^clamp\((.+), (.+), (.+)\)$/.exec(text);
    if (clamp) {
      const [least = 0, wanted = 0, most = 0] = clamp.slice(1).map(length);
      return Math.min(most, Math.max(least, wanted));
    }
    return text.endsWith('vw') ? (Number.parseFloat(text) / 100) * screenPx : Number.parseFloat(text) * rem;
  };
  for (const part of sizes.split(/, (?=\(|[\d.]+(?:vw|rem)$|clamp)/)) {
    const [, media, size = part] = /^\(min-width: ([\d.]+)rem\) (.+)$/.exec(part) ?? [];
    if (media === undefined || screenPx >= Number(media) * rem) return length(size);
  }
  throw new Error(`no size for ${screenPx} in ${sizes}`);
}

// The width in CSS pixels and the pixel density of common devices.
const screens = [
  [360, 3],
  [390, 3],
  [412, 2.6],
  [820, 2],
  [1024, 2],
  [1280, 1],
  [1440, 2],
  [1920, 1],
] as const;

const widthsOf = (name: string, { use, shape, widthPxMax = 99_999 }: SlotRules): number[][] => {
  if (use === 'portrait') return [portraitWidthsPx.filter((width) => width <= widthPxMax)];
  // A card shows the whole picture or a crop.
  const all =
    shape && name !== 'thumb'
      ? [leadWidthsPx, cardWidthsPx]
      : [{ lead: leadWidthsPx, wide: wideWidthsPx, text: textWidthsPx }[use]];
  return all.map((widths) => widths.filter((width) => width <= widthPxMax));
};

describe('the widths fit the slots', () => {
  for (const [name, slot] of Object.entries<SlotRules>(slots)) {
    test.each(screens)(
      `${name} on %i px at %f pixels per dot: sharp, and no more than about twice the pixels`,
      (screenPx, dots) => {
        for (const widths of widthsOf(name, slot)) {
          const needed = sizeOf(slot.sizes, screenPx) * dots;
          const loaded = widths.find((width) => width >= needed) ?? widths.at(-1) ?? 0;
          // The last step is for the largest screens at two pixels per dot. Nobody can see a difference from three.
          if (widths.at(-1) !== loaded) expect(loaded / needed).toBeGreaterThanOrEqual(1);
          else expect(loaded / needed).toBeGreaterThan(0.7);
          const smallest = widths[0] === loaded;
          const steps = widths.length > 3 ? 1.55 : 2.1;
          if (!smallest) expect(loaded / needed).toBeLessThan(steps);
        }
      },
    );
  }

  test('the small square is sharp at one, two, and three pixels per dot', () => {
    expect(thumbWidthsPx).toEqual([1, 2, 3].map((dots) => sizeOf(slots.thumb.narrow.sizes, 390) * dots));
  });

  test('widths increase, and the lead has those of the text', () => {
    for (const widths of [textWidthsPx, leadWidthsPx, cardWidthsPx, thumbWidthsPx, portraitWidthsPx])
      expect([...widths].sort((a, b) => a - b)).toEqual(widths);
    expect(textWidthsPx.filter((width) => !leadWidthsPx.includes(width))).toEqual([]);
  });
});
