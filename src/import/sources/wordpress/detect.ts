/** Whether a text begins as a WordPress export. */
export const isWxr = (start: string): boolean =>
  /<rss\b/.test(start) && /wordpress\.org\/export|<wp:wxr_version>|WordPress eXtended RSS/i.test(start);
