import type { Shape } from './crop.ts';

/**
 * The use of a picture determines which renditions are created. A `lead` is shown at the top of its story and on
 * fronts, so it has every rendition of a picture in the `text`, and more. A `wide` picture in the text has the widths
 * of a lead and one more. A `portrait` is small.
 */
export type Use = 'text' | 'wide' | 'lead' | 'portrait';

/** Where a picture can appear. */
export interface SlotRules {
  /**
   * The width of the picture there (the `sizes` of HTML). The rules that give it that width are in the styles of the
   * components. Change both together.
   */
  sizes: string;
  use: Use;
  /** The shape of its frame. Without it, the frame has the shape of the picture. */
  shape?: Shape;
  /** Wider files are not needed there, so they are not offered. This makes the page lighter. */
  widthPxMax?: number;
  /**
   * The picture is small and beside text that says the same, so it is offered as AVIF, and as one JPEG for browsers
   * without AVIF.
   */
  isSlim?: true;
  /** Another shape on screens up to this width. */
  narrow?: { media: string; sizes: string; shape: Shape };
}

export const slots = {
  /** The lead picture of a story. */
  lead: { sizes: '(min-width: 68rem) 57rem, (min-width: 44rem) 44rem, 100vw', use: 'lead' },
  /** The lead picture of a feature or photo essay, extended into both margins. */
  opener: { sizes: '(min-width: 68rem) 73rem, (min-width: 44rem) 43.5rem, 100vw', use: 'lead' },
  /** In the body of a story. */
  text: { sizes: '(min-width: 38rem) 34.5rem, 92vw', use: 'text' },
  /** In the body of a story, extended into both margins. */
  wide: { sizes: '(min-width: 68rem) 73rem, (min-width: 44rem) 43.5rem, 92vw', use: 'wide' },
  /** In the body of a story, from edge to edge. */
  full: { sizes: '100vw', use: 'wide' },
  /** In the body of a story, beside the text or beside another picture. */
  half: { sizes: '(min-width: 38rem) 17rem, 46vw', use: 'text' },
  /** In a grid in the body of a story. */
  gallery: { sizes: '(min-width: 38rem) 17rem, 92vw', use: 'text' },
  /** A person, in a box in the text. */
  person: { sizes: 'clamp(5rem, 20vw, 9rem)', use: 'text' },
  /** In the margin beside the text. */
  side: { sizes: '(min-width: 68rem) 19.5rem, (min-width: 38rem) 34.5rem, 92vw', use: 'text' },
  /** The first story of a front. */
  cover: { sizes: '(min-width: 68rem) 40rem, (min-width: 44rem) 62vw, 92vw', use: 'lead', shape: '3:2' },
  /** One of several stories side by side. */
  card: { sizes: '(min-width: 68rem) 24rem, (min-width: 44rem) 46vw, 92vw', use: 'lead', shape: '3:2' },
  /** Beside the headline of a story that spans the page, and above it on phones. */
  'half-card': { sizes: '(min-width: 68rem) 36rem, (min-width: 44rem) 46vw, 92vw', use: 'lead', shape: '3:2' },
  /** A small picture beside a headline. It is square on phones. */
  thumb: {
    sizes: '(min-width: 44rem) 16rem, (min-width: 28rem) 31vw, 6.75rem',
    use: 'lead',
    shape: '3:2',
    widthPxMax: 736,
    narrow: { media: '(max-width: 27.99rem)', sizes: '6.75rem', shape: '1:1' },
  },
  /** Beside the headline of a related story: three in a row on wide screens, and small on phones. */
  teaser: {
    sizes: '(min-width: 68rem) 18rem, (min-width: 44rem) 13.5rem, 6.75rem',
    use: 'lead',
    shape: '3:2',
    widthPxMax: 736,
    isSlim: true,
  },
  /** An author, on the author's own page. */
  portrait: { sizes: 'clamp(5rem, 20vw, 9rem)', use: 'portrait', shape: '1:1' },
  /** An author, beside their name: in a byline, on an opinion card, or below a story. */
  face: { sizes: '4.5rem', use: 'portrait', shape: '1:1', widthPxMax: 288, isSlim: true },
  /** The author of an opinion story, in its header. */
  voice: { sizes: '(min-width: 68rem) 9rem, 5rem', use: 'portrait', shape: '1:1', isSlim: true },
} as const satisfies Record<string, SlotRules>;

export type Slot = keyof typeof slots;

/*
 * Widths in pixels. Some slot on some screen needs each of them: a column of text at one and two pixels per dot (552,
 * 1104), a phone at one, two, and three (360, 736, 1104), a tablet at two (1408), and the widest lead at two (1824).
 * The ratio between steps is 1.3 to 1.5, so a reader loads at most about twice the pixels that are needed.
 * slots.test.ts checks this.
 */

/** In the text. */
export const textWidthsPx: readonly number[] = [360, 552, 736, 1104];
/** For a lead: the widths of the text and wider ones, so that both share files. */
export const leadWidthsPx: readonly number[] = [...textWidthsPx, 1408, 1824];
/** For pictures in the text that extend from edge to edge. */
export const wideWidthsPx: readonly number[] = [...leadWidthsPx, 2400];
/** For a lead that is cropped for fronts. */
export const cardWidthsPx: readonly number[] = [360, 736, 1280];
/** For the small square on phones, 6.75rem at one to three pixels per dot. */
export const thumbWidthsPx: readonly number[] = [108, 216, 324];
/** For a portrait, 9rem at one to three pixels per dot. */
export const portraitWidthsPx: readonly number[] = [144, 288, 432];
/** For structured data, for which search engines recommend 1,200. */
export const structuredWidthPx = 1200;
