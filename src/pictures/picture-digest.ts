import { createHash } from 'node:crypto';

/** The value of `PictureFacts.digest` for these bytes. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
