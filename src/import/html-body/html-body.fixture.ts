import type { PictureFacts } from '../../pictures/picture.ts';

/** A picture file without texts of its own. */
export const facts = { width: 800, height: 600, words: {} } as unknown as PictureFacts;
