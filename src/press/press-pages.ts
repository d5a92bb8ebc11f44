import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileOfAddress } from '../site/address.ts';
import type { Rendered } from './record.ts';
import type { Renderer } from './render.ts';
import { isSame, putFile } from './write.ts';

/** A page to press, and the digest of what the record says lies in dist; null when it says nothing. */
export type PageJob = [address: string, digest: string | null];

/** What became of a file. */
export type Outcome = 'added' | 'changed' | 'same';

export interface Pressed extends Rendered {
  outcome: Outcome;
}

/** Renders pages and writes those whose bytes are not in dist yet. */
export async function pressPages(
  renderer: Renderer,
  { dist, isDistNew }: { dist: string; isDistNew: boolean },
  jobs: PageJob[],
): Promise<Pressed[]> {
  const pressed: Pressed[] = [];
  for (const [address, known] of jobs) {
    const { bytes, digest, reads } = await renderer.render(address);
    const outcome =
      digest === known ? 'same' : putUnlessSame(dist, fileOfAddress(address), bytes, known === null, isDistNew);
    pressed.push({ address, digest, reads, outcome });
  }
  return pressed;
}

/**
 * Writes a file unless its bytes are there already.
 *
 * @param isUnknown whether no record says what is there: then the disk is asked
 * @param isDistNew whether nothing at all was there
 */
export function putUnlessSame(
  dist: string,
  file: string,
  bytes: string | Uint8Array,
  isUnknown: boolean,
  isDistNew = false,
): Outcome {
  const isThere = isUnknown && !isDistNew && existsSync(join(dist, file));
  if (isThere && isSame(dist, file, Buffer.from(bytes))) return 'same';
  putFile(dist, file, bytes, isUnknown);
  return isThere || !isUnknown ? 'changed' : 'added';
}
