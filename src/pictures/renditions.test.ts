import { describe, expect, test } from 'vitest';
import type { PictureFacts } from './picture.ts';
import { pictureSources } from './picture-sources.ts';
import {
  fallbackRendition,
  renditionKey,
  renditionNamed,
  renditionSets,
  renditionsOf,
  sidePxMax,
  sourceSize,
  structuredRenditions,
} from './renditions.ts';
import { slots } from './slots.ts';

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

const widthsOf = (widthPx: number, use: 'text' | 'lead' = 'lead', heightPx = 100) =>
  renditionSets(facts(widthPx, heightPx), { use })
    .whole.filter(({ format }) => format === 'avif')
    .map((rendition) => rendition.widthPx);

describe('which widths', () => {
  test.each([
    [4000, [360, 552, 736, 1104, 1408, 1824]],
    [1824, [360, 552, 736, 1104, 1408, 1824]],
    [1823, [360, 552, 736, 1104, 1408, 1823]],
    [1500, [360, 552, 736, 1104, 1408]],
    [1300, [360, 552, 736, 1104, 1300]],
    [600, [360, 552]],
    [620, [360, 552, 620]],
    [360, [360]],
    [300, [300]],
    [1, [1]],
  ])('of a lead %i px wide', (widthPx, expected) => {
    expect(widthsOf(widthPx)).toEqual(expected);
  });

  test('a picture in the text has fewer, and a lead of the same file has all of them too', () => {
    expect(widthsOf(4000, 'text')).toEqual([360, 552, 736, 1104]);
    for (const widthPx of [200, 700, 1104, 1200, 1500, 4000]) {
      const lead = new Set(renditionsOf(facts(widthPx, 800), { use: 'lead' }).map(({ name }) => name));
      const missing = renditionsOf(facts(widthPx, 800), { use: 'text' }).filter(({ name }) => !lead.has(name));
      expect(missing).toEqual([]);
    }
  });

  test('never wider than the picture, never empty, never too long for a file, and each name once', () => {
    for (const widthPx of [1, 7, 319, 321, 500, 999, 1281, 2400, 20_000]) {
      for (const heightPx of [1, 3, 200, 5000, 20_000, 100_000]) {
        for (const use of ['text', 'lead', 'portrait'] as const) {
          const renditions = renditionsOf(facts(widthPx, heightPx), { use });
          expect(renditions.length).toBeGreaterThan(0);
          expect(new Set(renditions.map(({ name }) => name)).size).toBe(renditions.length);
          const source = sourceSize(facts(widthPx, heightPx));
          for (const rendition of renditions) {
            expect(rendition.widthPx).toBeLessThanOrEqual(Math.min(widthPx, source.widthPx + 1));
            expect(rendition.heightPx).toBeGreaterThanOrEqual(1);
            expect(Math.max(rendition.widthPx, rendition.heightPx)).toBeLessThanOrEqual(sidePxMax);
          }
        }
      }
    }
  });

  test.each([
    [2400, 1600],
    [3000, 60_000],
  ])('the shape is kept: %i × %i', (width, height) => {
    for (const { widthPx, heightPx } of renditionSets(facts(width, height), { use: 'lead' }).whole) {
      expect(widthPx / heightPx / (width / height)).toBeCloseTo(1, 2);
    }
  });
});

describe('which crops', () => {
  const counts = (picture: PictureFacts) => {
    const { cards, thumbs, structured } = renditionSets(picture, { use: 'lead' });
    return [cards.length, thumbs.length, structured.length];
  };

  test('only where the frame alone is not enough', () => {
    expect(counts(facts(3000, 2000)), '3:2: cards need none').toEqual([0, 6, 3]);
    expect(counts(facts(3200, 1800)), '16:9 is nearly 3:2, and stands for itself').toEqual([0, 6, 2]);
    expect(counts(facts(2000, 3000)), 'upright').toEqual([9, 6, 3]);
    expect(counts(facts(2000, 2000)), 'square').toEqual([9, 0, 2]);
    expect(counts(facts(3200, 1800, { focus: { xPercent: 20, yPercent: 50 } })), 'a focus is heeded').toEqual([
      9, 6, 2,
    ]);
  });

  test('an editor moves the crop with the focus, and it gets another name', () => {
    const picture = facts(3000, 2000, { focus: { xPercent: 20.4, yPercent: 50 } });
    const [byFile] = renditionSets(picture, { use: 'lead' }).thumbs;
    const [byEditor] = renditionSets(picture, { use: 'lead', focus: { xPercent: 80, yPercent: 10 } }).thumbs;
    expect(byFile?.name).toMatch(/^[0-9a-f]{20}-1x1-20-50-108\.avif$/);
    expect(byEditor?.name).toMatch(/^[0-9a-f]{20}-1x1-80-10-108\.avif$/);
    for (const rendition of [byFile, byEditor])
      expect(renditionNamed(rendition?.name ?? '', picture)).toEqual(rendition);
  });

  test('a picture in the text needs none', () => {
    expect(renditionsOf(facts(2000, 3000), { use: 'text' }).filter(({ crop }) => crop)).toEqual([]);
  });

  test('structured data gets 1:1, 4:3, and 16:9, each at most 1,200 wide; a picture of that shape is used as it is', () => {
    const shapesOf = (picture: PictureFacts) =>
      structuredRenditions(picture, undefined).map(({ widthPx, heightPx }) => [widthPx, heightPx]);
    expect(shapesOf(facts(3000, 2000))).toEqual([
      [1200, 1200],
      [1200, 900],
      [1200, 675],
    ]);
    expect(shapesOf(facts(3200, 1800))).toEqual([
      [1200, 1200],
      [1200, 900],
      [1408, 792],
    ]);
    expect(shapesOf(facts(300, 200))).toEqual([
      [200, 200],
      [267, 200],
      [300, 169],
    ]);
  });
});

describe('names', () => {
  test('contain what the bytes depend on and nothing else, and differ even on a disk that ignores case', () => {
    const key = renditionKey(facts(640, 480));
    expect(key).toMatch(/^[0-9a-f]{20}$/);
    expect(renditionsOf(facts(400, 300), { use: 'text' }).map(({ name }) => name)).toEqual([
      `${key}-360.avif`,
      `${key}-400.avif`,
      `${key}-360.webp`,
      `${key}-400.webp`,
      `${key}-360.jpg`,
      `${key}-400.jpg`,
    ]);
    const other = facts(400, 300, { words: { alt: 'Another' } });
    expect(renditionsOf(other, { use: 'lead' })).toEqual(renditionsOf(facts(400, 300), { use: 'lead' }));
    expect(renditionKey({ digest: 'f'.repeat(32) })).not.toBe(key);
    expect(renditionKey({ digest: '0123456789abcdef0123456789abcdef', rights: { creditLine: 'A' } })).not.toBe(key);
  });

  test('a picture with transparency, and a flat one, have PNG as the fallback', () => {
    for (const more of [{ hasAlpha: true }, { isFlat: true as const }]) {
      const formats = new Set(renditionsOf(facts(400, 300, more), { use: 'text' }).map(({ format }) => format));
      expect([...formats]).toEqual(['avif', 'webp', 'png']);
    }
  });

  test('a drawing is one SVG, with a PNG for software that does not support SVG', () => {
    const made = renditionsOf(facts(200, 100, { format: 'svg', hasAlpha: true }), { use: 'lead' });
    expect(made.map(({ format, widthPx, heightPx }) => [format, widthPx, heightPx])).toEqual([
      ['svg', 200, 100],
      ['png', 1104, 552],
    ]);
  });

  test('an animation has one more file, which is animated', () => {
    const made = renditionsOf(facts(800, 400, { format: 'gif', isAnimated: true }), { use: 'text' });
    expect(made.filter(({ isMoving }) => isMoving)).toMatchObject([{ format: 'webp', widthPx: 552, heightPx: 276 }]);
  });
});

describe('the <picture> element', () => {
  const short = (name: string) => `/paper/assets/${name.slice(21)}`;
  const srcset = (extension: string, widths = [360, 552, 736, 1104]) =>
    widths.map((w) => `/paper/assets/${w}.${extension} ${w}w`).join(', ');

  test('has one source for each modern format, and a fallback about 960 px wide', () => {
    const { sizes } = slots.text;
    expect(pictureSources(facts(1200, 800), slots.text, undefined, short)).toEqual({
      sources: [
        { type: 'image/avif', srcset: srcset('avif'), sizes },
        { type: 'image/webp', srcset: srcset('webp'), sizes },
      ],
      srcset: srcset('jpg'),
      sizes,
      src: '/paper/assets/736.jpg',
      widthPx: 1104,
      heightPx: 736,
    });
  });

  test('has less for a small picture beside text that says the same: AVIF and one JPEG', () => {
    const { sources, srcset: none, src } = pictureSources(facts(3000, 2000), slots.teaser, undefined, short);
    expect(sources).toEqual([
      { type: 'image/avif', srcset: srcset('avif', [360, 552, 736]), sizes: slots.teaser.sizes },
    ]);
    expect([none, src]).toEqual([undefined, '/paper/assets/360.jpg']);
    const face = pictureSources(facts(900, 900), slots.face, undefined, short);
    expect([face.sources[0]?.srcset, face.src]).toEqual([srcset('avif', [144, 288]), '/paper/assets/144.jpg']);
    const drawing = pictureSources(facts(200, 100, { format: 'svg' }), slots.teaser, undefined, short);
    expect(drawing).toMatchObject({ sources: [], src: '/paper/assets/200.svg' });
    // A picture that is smaller than the smallest step has one file.
    expect(pictureSources(facts(90, 60), slots.teaser, undefined, short).src).toBe('/paper/assets/90.jpg');
  });

  test('has a separate square for phones if the layout shows one', () => {
    const { sources, widthPx } = pictureSources(facts(3000, 2000), slots.thumb, undefined, short);
    expect(sources.map(({ type, media }) => [type, media])).toEqual([
      ['image/avif', '(max-width: 27.99rem)'],
      ['image/webp', '(max-width: 27.99rem)'],
      ['image/avif', undefined],
      ['image/webp', undefined],
    ]);
    expect(sources[0]).toMatchObject({ sizes: '6.75rem', widthPx: 324, heightPx: 324 });
    expect(widthPx, 'no wider file than a small picture needs').toBe(736);
    for (const { srcset } of sources) expect(srcset).not.toMatch(/ (?:1104|1408|1824)w/);
  });

  test('links only to files that are created for that use', () => {
    for (const slot of Object.values(slots)) {
      for (const picture of [facts(3000, 2000), facts(900, 1600), facts(50, 40), facts(200, 200, { format: 'svg' })]) {
        const made = new Set(renditionsOf(picture, { use: slot.use }).map(({ name }) => name));
        const { sources, srcset: own = '', src } = pictureSources(picture, slot, undefined, (name) => name);
        const linked = [
          src,
          ...[own, ...sources.map((source) => source.srcset)].flatMap((text) => text.match(/[\w-]+\.\w+/g) ?? []),
        ];
        expect(linked.filter((name) => !made.has(name))).toEqual([]);
      }
    }
  });

  test('of a drawing is only the SVG', () => {
    const drawing = facts(200, 100, { format: 'svg', hasAlpha: true });
    expect(pictureSources(drawing, slots.lead, undefined, short)).toEqual({
      sources: [],
      src: '/paper/assets/200.svg',
      widthPx: 200,
      heightPx: 100,
    });
  });

  test('one file for a link preview: the widest allowed, otherwise the narrowest', () => {
    const renditions = renditionSets(facts(4000, 3000), { use: 'lead' }).whole;
    expect(fallbackRendition(renditions, 1300)).toMatchObject({ format: 'jpeg', widthPx: 1104 });
    expect(fallbackRendition(renditions, 10)).toMatchObject({ format: 'jpeg', widthPx: 360 });
    expect(() => fallbackRendition([], 10)).toThrow('renditionSets');
  });
});
