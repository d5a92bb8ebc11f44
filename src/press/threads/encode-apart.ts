import { fork } from 'node:child_process';
import type { MadeRenditions, PictureJob } from '../../pictures/encode.ts';
import { PictureError, type PictureRule } from '../../pictures/problems.ts';
import { engineFile } from '../template-folder.ts';

export interface EncoderTask {
  jobs: PictureJob[];
  folder: string;
}

export type EncoderSays =
  | { done: number }
  | { made: number; failed: { file: string; rule: PictureRule; reason: string; hint: string }[] }
  | { thrown: { message: string } };

/**
 * Buffers of this many bytes and more go back to the system when they are free. By itself the allocator of glibc raises
 * that limit to 32 MB as soon as large buffers come and go, and keeps them in heaps that never shrink: 420 MB instead of
 * 270 for ten photographs, in the same time. It is told when a process starts and not later (mallopt(3)).
 */
const mallocWords = { MALLOC_MMAP_THRESHOLD_: '131072' };

/**
 * Makes renditions in a process of its own, whose memory is gone when it ends: the press that writes pages afterwards
 * needs its own.
 *
 * @param jobs with only what is missing or damaged
 * @param folder absolute, where renditions lie
 * @throws what the other process threw, with what the system said of it
 */
export async function encodeApart(
  jobs: PictureJob[],
  folder: string,
  onProgress: (done: number) => void,
): Promise<Pick<MadeRenditions, 'made' | 'failed'>> {
  const child = fork(engineFile('press/threads/encoder.ts'), [], {
    serialization: 'advanced',
    env: { ...mallocWords, ...process.env },
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    // After `exit`, when all that it said has been heard.
    child.once('close', (code, signal) =>
      reject(new Error(`The process that encodes pictures ended with ${signal ?? code}.`)),
    );
    child.on('message', (words: EncoderSays) => {
      if ('done' in words) onProgress(words.done);
      else if ('thrown' in words) reject(Object.assign(new Error(words.thrown.message), words.thrown));
      else
        resolve({
          made: words.made,
          failed: words.failed.map(({ file, rule, reason, hint }) => ({
            file,
            error: new PictureError(rule, reason, hint),
          })),
        });
    });
    child.send({ jobs, folder } satisfies EncoderTask);
  });
}
