import type { Shape } from './crop.ts';

/**
 * What a picture is used for decides which of its renditions are made. A `lead` is shown at the top of its
 * story and on fronts, so it has everything that a picture in the `text` has, and more; one that stands `wide` in
 * the text has the widths of a lead and one more; a `portrait` is small.
 */
export type Use = 'text' | 'wide' | 'lead' | 'portrait';

/** Where a picture can stand. */
export interface SlotRules {
  /** The width that it has there (the `sizes` of HTML). The rules that give it that width are in the components' styles; change both. */
  sizes: string;
  use: Use;
  /** The shape of its frame; without it the frame takes the picture's own. */
  shape?: Shape;
  /** Nobody needs wider files there, so none are offered; the page is lighter for it. */
  widthPxMax?: number;
  /** Small and beside words that say the same: AVIF, and one JPEG for browsers that know no AVIF. */
  isSlim?: true;
  /** Another shape on screens this narrow. */
  narrow?: { media: string; sizes: string; shape: Shape };
}

export const slots = {
  /** The lead picture of a story. */
  lead: { sizes: '(min-width: 68rem) 57rem, (min-width: 44rem) 44rem, 100vw', use: 'lead' },
  /** The lead picture of a feature or photo essay, out to both margins. */
  opener: { sizes: '(min-width: 68rem) 73rem, (min-width: 44rem) 43.5rem, 100vw', use: 'lead' },
  /** In the running text. */
  text: { sizes: '(min-width: 38rem) 34.5rem, 92vw', use: 'text' },
  /** In the running text, out to both margins. */
  wide: { sizes: '(min-width: 68rem) 73rem, (min-width: 44rem) 43.5rem, 92vw', use: 'wide' },
  /** In the running text, from edge to edge. */
  full: { sizes: '100vw', use: 'wide' },
  /** In the running text, beside it or beside another. */
  half: { sizes: '(min-width: 38rem) 17rem, 46vw', use: 'text' },
  /** In a grid within the running text. */
  gallery: { sizes: '(min-width: 38rem) 17rem, 92vw', use: 'text' },
  /** Of a person, in a box of the text. */
  person: { sizes: 'clamp(5rem, 20vw, 9rem)', use: 'text' },
  /** In the margin beside the text. */
  side: { sizes: '(min-width: 68rem) 19.5rem, (min-width: 38rem) 34.5rem, 92vw', use: 'text' },
  /** The first story of a front. */
  cover: { sizes: '(min-width: 68rem) 40rem, (min-width: 44rem) 62vw, 92vw', use: 'lead', shape: '3:2' },
  /** One of a few stories side by side. */
  card: { sizes: '(min-width: 68rem) 24rem, (min-width: 44rem) 46vw, 92vw', use: 'lead', shape: '3:2' },
  /** Beside the headline of a story that has the width of the page to itself; above it on phones. */
  'half-card': { sizes: '(min-width: 68rem) 36rem, (min-width: 44rem) 46vw, 92vw', use: 'lead', shape: '3:2' },
  /** A small picture beside a headline; a square on phones. */
  thumb: {
    sizes: '(min-width: 44rem) 16rem, (min-width: 28rem) 31vw, 6.75rem',
    use: 'lead',
    shape: '3:2',
    widthPxMax: 736,
    narrow: { media: '(max-width: 27.99rem)', sizes: '6.75rem', shape: '1:1' },
  },
  /** Beside the headline of a related story: three in a row on wide screens, small on phones. */
  teaser: {
    sizes: '(min-width: 68rem) 18rem, (min-width: 44rem) 13.5rem, 6.75rem',
    use: 'lead',
    shape: '3:2',
    widthPxMax: 736,
    isSlim: true,
  },
  /** An author on the author's own page. */
  portrait: { sizes: 'clamp(5rem, 20vw, 9rem)', use: 'portrait', shape: '1:1' },
  /** An author beside their name: in a byline, on a card of opinion, below a story. */
  face: { sizes: '4.5rem', use: 'portrait', shape: '1:1', widthPxMax: 288, isSlim: true },
  /** The author of an opinion, in its header. */
  voice: { sizes: '(min-width: 68rem) 9rem, 5rem', use: 'portrait', shape: '1:1', isSlim: true },
} as const satisfies Record<string, SlotRules>;

export type Slot = keyof typeof slots;

/*
 * Widths in pixels. Each is what some slot needs on some screen: a column of text at one and two dots
 * (552, 1104), a phone at one, two and three (360, 736, 1104), a tablet at two (1408), the widest lead at
 * two (1824). Steps are 1.3 to 1.5, so a reader loads at most about twice the needed pixels. slots.test.ts
 * holds them to that.
 */

/** In the text. */
export const textWidthsPx: readonly number[] = [360, 552, 736, 1104];
/** Of a lead: those of the text and wider ones, so that both share files. */
export const leadWidthsPx: readonly number[] = [...textWidthsPx, 1408, 1824];
/** Of what stands in the text from edge to edge. */
export const wideWidthsPx: readonly number[] = [...leadWidthsPx, 2400];
/** Of a lead that is cropped for fronts. */
export const cardWidthsPx: readonly number[] = [360, 736, 1280];
/** Of the small square on phones, 6.75rem at one to three dots. */
export const thumbWidthsPx: readonly number[] = [108, 216, 324];
/** Of a portrait, 9rem at one to three dots. */
export const portraitWidthsPx: readonly number[] = [144, 288, 432];
/** For structured data, where search engines ask for 1,200. */
export const structuredWidthPx = 1200;
