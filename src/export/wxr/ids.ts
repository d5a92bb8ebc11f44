import { createHash } from 'node:crypto';

/** WordPress counts its posts, and many plugins store these numbers in 32 bits. */
const idMax = 2_147_483_647;

/**
 * Numbers for posts, terms, and people. They follow from what they stand for, so the next export gives a story the same
 * number, whatever was added in between.
 */
export class Ids {
  readonly #keys = new Map<number, string>();

  /** @param key identifies the thing in the newsroom */
  of(key: string): number {
    const start = createHash('sha256').update(key).digest().readUInt32BE(0) % idMax;
    // Two of 50,000 things get the same number about once in two newsrooms. The second one takes the next.
    for (let step = 0; ; step++) {
      const id = ((start + step) % idMax) + 1;
      const holder = this.#keys.get(id);
      if (holder !== undefined && holder !== key) continue;
      this.#keys.set(id, key);
      return id;
    }
  }
}

/** A name as a WordPress slug. Letters of other scripts are percent-encoded in small letters, as WordPress does. */
export const wordPressSlug = (slug: string): string =>
  slug.split('').every((sign) => sign.charCodeAt(0) < 128)
    ? slug
    : encodeURIComponent(slug).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
