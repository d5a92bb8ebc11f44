import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileOfAddress } from '../site/address.ts';
import type { Rendered } from './record.ts';
import type { Renderer } from './render.ts';
import { type FileStat, fileStatOf } from './stat-of.ts';
import { isNeverPlaced, isSame, putFile } from './write.ts';

/** A page to render, and the digest of its file in dist according to the record, or null if there is no record. */
export type PageJob = [address: string, digest: string | null];

/** The outcome for a file. */
export type Outcome = 'added' | 'changed' | 'same';

/** A file in its place: the outcome, and what the file system now reports for it. */
export interface Placed {
  outcome: Outcome;
  /** Undefined if the record was correct and nothing was written. */
  stat?: FileStat;
}

export interface Pressed extends Rendered, Placed {
  /** Why the disk can never store a file with this name. */
  refused?: string;
}

/** Renders pages and writes those whose bytes are not yet in dist. */
export async function pressPages(
  renderer: Renderer,
  { dist, isDistNew }: { dist: string; isDistNew: boolean },
  jobs: PageJob[],
): Promise<Pressed[]> {
  const pressed: Pressed[] = [];
  for (const [address, known] of jobs) {
    const { bytes, digest, reads } = await renderer.render(address);
    try {
      const placed: Placed =
        digest === known
          ? { outcome: 'same' }
          : putUnlessSame(dist, fileOfAddress(address), bytes, known === null, isDistNew);
      pressed.push({ address, digest, reads, ...placed });
    } catch (error) {
      if (!isNeverPlaced(error)) throw error;
      pressed.push({ address, digest, reads, outcome: 'same', refused: (error as Error).message });
    }
  }
  return pressed;
}

/**
 * Writes a file unless its bytes are already there.
 *
 * @param isUnknown whether there is no record, so that the disk has to be checked
 * @param isDistNew whether dist was empty
 */
export function putUnlessSame(
  dist: string,
  file: string,
  bytes: string | Uint8Array,
  isUnknown: boolean,
  isDistNew = false,
): Placed {
  const isThere = isUnknown && !isDistNew && existsSync(join(dist, file));
  if (isThere && isSame(dist, file, Buffer.from(bytes)))
    return { outcome: 'same', stat: fileStatOf(lstatSync(join(dist, file))) };
  const stat = putFile(dist, file, bytes, isUnknown);
  return { outcome: isThere || !isUnknown ? 'changed' : 'added', stat };
}
