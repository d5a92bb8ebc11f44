/**
 * Where a picture can stand, with the width that it has there (the `sizes` of HTML). The rules that
 * give it that width are in the components' styles; change both.
 */
export const slots = {
  /** The lead picture of a story. */
  lead: '(min-width: 68rem) 57rem, (min-width: 44rem) 44rem, 100vw',
  /** In the running text. */
  text: '(min-width: 38rem) 34.5rem, 92vw',
  /** In the running text, out to both margins. */
  wide: '(min-width: 68rem) 73rem, (min-width: 44rem) 43.5rem, 92vw',
  /** In the running text, from edge to edge. */
  full: '100vw',
  /** In the running text, beside it or beside another. */
  half: '(min-width: 38rem) 17rem, 46vw',
  /** In a grid within the running text. */
  gallery: '(min-width: 38rem) 17rem, 92vw',
  /** In the margin beside the text. */
  side: '(min-width: 68rem) 19.5rem, (min-width: 38rem) 34.5rem, 92vw',
  /** The first story of a front. */
  cover: '(min-width: 68rem) 40rem, (min-width: 44rem) 62vw, 92vw',
  /** One of a few stories side by side. */
  card: '(min-width: 68rem) 24rem, (min-width: 44rem) 46vw, 92vw',
  /** A small picture beside a headline. */
  thumb: '(min-width: 44rem) 16rem, 7rem',
  portrait: '9rem',
} as const;

export type Slot = keyof typeof slots;
