import { describe, expect, test } from 'vitest';
import type { PictureFacts } from './picture.ts';
import { fallbackRendition, pictureSources, renditionKey, renditionsOf, sidePxMax, widthsPx } from './renditions.ts';

const facts = (widthPx: number, heightPx: number, more: Partial<PictureFacts> = {}): PictureFacts => ({
  digest: '0123456789abcdef0123456789abcdef',
  format: 'jpeg',
  widthPx,
  heightPx,
  hasAlpha: false,
  isAnimated: false,
  words: {},
  ...more,
});

const widthsOf = (widthPx: number, heightPx = 100) =>
  renditionsOf(facts(widthPx, heightPx, { format: 'png' }))
    .filter(({ format }) => format === 'avif')
    .map((rendition) => rendition.widthPx);

describe('which widths', () => {
  test.each([
    [4000, [320, 480, 640, 960, 1280, 1920]],
    [1920, [320, 480, 640, 960, 1280, 1920]],
    [1919, [320, 480, 640, 960, 1280, 1919]],
    [1365, [320, 480, 640, 960, 1280]],
    [1200, [320, 480, 640, 960, 1200]],
    [512, [320, 480]],
    [530, [320, 480, 530]],
    [320, [320]],
    [300, [300]],
    [1, [1]],
  ])('of a picture %i px wide', (widthPx, expected) => {
    expect(widthsOf(widthPx)).toEqual(expected);
  });

  test('never wider than the picture, never empty, never too long for a file', () => {
    for (const widthPx of [1, 7, 319, 321, 500, 999, 1281, 2400, 20_000]) {
      for (const heightPx of [1, 3, 200, 5000, 20_000, 100_000]) {
        const renditions = renditionsOf(facts(widthPx, heightPx));
        expect(renditions.length).toBeGreaterThan(0);
        for (const rendition of renditions) {
          expect(rendition.widthPx).toBeLessThanOrEqual(widthPx);
          expect(rendition.heightPx).toBeGreaterThanOrEqual(1);
          expect(Math.max(rendition.widthPx, rendition.heightPx)).toBeLessThanOrEqual(sidePxMax);
        }
      }
    }
  });

  test.each([
    [2400, 1600],
    [3000, 60_000],
  ])('the shape stays: %i × %i', (width, height) => {
    for (const { widthPx, heightPx } of renditionsOf(facts(width, height))) {
      expect(widthPx / heightPx / (width / height)).toBeCloseTo(1, 2);
    }
  });

  test('the ladder rises', () => {
    expect([...widthsPx].sort((a, b) => a - b)).toEqual(widthsPx);
  });
});

describe('names', () => {
  test('say what the bytes depend on and nothing else, and hold on a disk that ignores case', () => {
    const key = renditionKey(facts(640, 480));
    expect(key).toMatch(/^[0-9a-f]{20}$/);
    expect(renditionsOf(facts(400, 300)).map(({ name }) => name)).toEqual([
      `${key}-320.avif`,
      `${key}-400.avif`,
      `${key}-320.webp`,
      `${key}-400.webp`,
      `${key}-320.jpg`,
      `${key}-400.jpg`,
    ]);
    expect(renditionsOf(facts(400, 300, { words: { alt: 'Another' } }))).toEqual(renditionsOf(facts(400, 300)));
    expect(renditionKey({ digest: 'f'.repeat(32) })).not.toBe(key);
  });

  test('a picture with transparency falls back to PNG', () => {
    const formats = new Set(renditionsOf(facts(400, 300, { hasAlpha: true })).map(({ format }) => format));
    expect([...formats]).toEqual(['avif', 'webp', 'png']);
  });
});

describe('the <picture> element', () => {
  const sources = pictureSources(renditionsOf(facts(1200, 800)), (name) => `/paper/assets/${name.slice(21)}`);

  test('has one source for each modern format, and a fallback about 960 px wide', () => {
    expect(sources).toEqual({
      sources: [
        { type: 'image/avif', srcset: srcset('avif') },
        { type: 'image/webp', srcset: srcset('webp') },
      ],
      srcset: srcset('jpg'),
      src: '/paper/assets/960.jpg',
      widthPx: 1200,
      heightPx: 800,
    });
  });

  const srcset = (extension: string) =>
    [320, 480, 640, 960, 1200].map((w) => `/paper/assets/${w}.${extension} ${w}w`).join(', ');

  test('a small picture has a fallback too', () => {
    expect(pictureSources(renditionsOf(facts(100, 50)), (name) => name.slice(21))).toMatchObject({
      src: '100.jpg',
      widthPx: 100,
    });
  });

  test('one file for a link preview: the widest allowed, else the narrowest', () => {
    const renditions = renditionsOf(facts(4000, 3000));
    expect(fallbackRendition(renditions, 1300)).toMatchObject({ format: 'jpeg', widthPx: 1280 });
    expect(fallbackRendition(renditions, 10)).toMatchObject({ format: 'jpeg', widthPx: 320 });
    expect(() => fallbackRendition([], 10)).toThrow('renditionsOf');
  });
});
