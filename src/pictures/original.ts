import { digestOf } from './metadata.ts';
import type { PictureFacts } from './picture.ts';
import { hidesArchive } from './pixels.ts';
import { originalHidesArchive, type PictureError, pictureChanged } from './problems.ts';

/**
 * Why an original may not be published byte for byte, although an editor asked for it; undefined when it may.
 * What else is in the file, such as where it was taken, goes out with it: that is what the editor asked for.
 */
export function originalRefused(bytes: Uint8Array, facts: PictureFacts): PictureError | undefined {
  if (digestOf(bytes) !== facts.digest) return pictureChanged();
  return facts.format === 'jpeg' && hidesArchive(bytes) ? originalHidesArchive() : undefined;
}
