/**
 * How many characters of a headline are seen at once, on average of English words in our own type. Measured on pages of
 * the demo newsroom, November 2026:
 *
 * - `front`: three lines in the narrowest column of a front, which is 256 px wide on a page of 1,280 px
 * - `phone`: three lines of a story, and of the lead of a front, on a phone of 360 px
 * - `search`: what search engines show, as they say. It is the only one that no page of ours decides
 */
export const headlineLimits = [
  { place: 'front', max: 73 },
  { place: 'search', max: 60 },
  { place: 'phone', max: 69 },
] as const;
