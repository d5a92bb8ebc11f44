import type { PictureFacts } from './picture.ts';
import { digestOf } from './picture-digest.ts';
import { hidesArchive } from './pixels.ts';
import { originalHidesArchive, type PictureError, pictureChanged } from './problems.ts';

/**
 * Why an original must not be published byte for byte, although an editor asked for it. Undefined if it may. Everything
 * else in the file, such as where the picture was taken, is published with it, because that is what the editor asked
 * for.
 */
export function originalRefused(bytes: Uint8Array, facts: PictureFacts): PictureError | undefined {
  if (digestOf(bytes) !== facts.digest) return pictureChanged();
  return facts.format === 'jpeg' && hidesArchive(bytes) ? originalHidesArchive() : undefined;
}
