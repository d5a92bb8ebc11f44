import type { Focus } from './focus.ts';
import type { PictureFacts, Rendition } from './picture.ts';
import { fallbackRendition, fallbackWidthPx, renditionSets } from './renditions.ts';
import type { SlotRules } from './slots.ts';

/** The parts of a `<picture>` element, in the order of its attributes. */
export interface PictureSources {
  /** One for each `<source>`, best first. */
  sources: {
    type: 'image/avif' | 'image/webp';
    srcset: string;
    sizes: string;
    /** Applies only to such screens. The size is then that of this source and not of `<img>`. */
    media?: string;
    widthPx?: number;
    heightPx?: number;
  }[];
  /** For `<img>`: JPEG or PNG. Absent if there is one file for all purposes, an SVG. */
  srcset?: string;
  sizes?: string;
  /** For `<img>`: about `fallbackWidthPx` wide. */
  src: string;
  /** For `<img>`: the size of the widest rendition. The ratio is that of what is shown. */
  widthPx: number;
  heightPx: number;
}

/**
 * The attributes of `<picture>` for a picture in a slot.
 *
 * @param hrefOf maps the name of a rendition to its address, such as `/paper/assets/pictures/0f3a…-736.avif`
 */
export function pictureSources(
  facts: PictureFacts,
  slot: SlotRules,
  focus: Focus | undefined,
  hrefOf: (name: string) => string,
): PictureSources {
  const { whole, cards, thumbs } = renditionSets(facts, { use: slot.use, focus });
  const drawing = whole.find(({ format }) => format === 'svg');
  if (drawing) return { sources: [], src: hrefOf(drawing.name), widthPx: drawing.widthPx, heightPx: drawing.heightPx };
  const srcset = (renditions: readonly Rendition[], ...formats: Rendition['format'][]) =>
    renditions
      .filter(({ format }) => formats.includes(format))
      .map(({ name, widthPx }) => `${hrefOf(name)} ${widthPx}w`)
      .join(', ');
  const shown = upTo(slot.widthPxMax, slot.shape === '3:2' && cards.length > 0 ? cards : whole);
  const { sizes } = slot;
  if (slot.isSlim) {
    const { name, widthPx, heightPx } = fallbackRendition(shown, 0);
    return {
      sources: [{ type: 'image/avif', srcset: srcset(shown, 'avif'), sizes }],
      src: hrefOf(name),
      widthPx,
      heightPx,
    };
  }
  const { narrow } = slot;
  const square = narrow && thumbs.at(-1);
  const { widthPx, heightPx } = fallbackRendition(shown, Number.POSITIVE_INFINITY);
  return {
    sources: [
      ...(narrow && square
        ? (['avif', 'webp'] as const).map((format) => ({
            type: `image/${format}` as const,
            srcset: srcset(thumbs, format),
            sizes: narrow.sizes,
            media: narrow.media,
            widthPx: square.widthPx,
            heightPx: square.heightPx,
          }))
        : []),
      ...(['avif', 'webp'] as const).map((format) => ({
        type: `image/${format}` as const,
        srcset: srcset(shown, format),
        sizes,
      })),
    ],
    srcset: srcset(shown, 'jpeg', 'png'),
    sizes,
    src: hrefOf(fallbackRendition(shown, fallbackWidthPx).name),
    widthPx,
    heightPx,
  };
}

/** The renditions that are no wider than the first one that is wide enough. */
function upTo(widthPxMax: number | undefined, renditions: readonly Rendition[]): readonly Rendition[] {
  if (widthPxMax === undefined) return renditions;
  const enough = Math.min(
    ...renditions.map(({ widthPx }) => (widthPx >= widthPxMax ? widthPx : Number.POSITIVE_INFINITY)),
  );
  return renditions.filter(({ widthPx }) => widthPx <= enough);
}
