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
 * Buffers of at least this many bytes are returned to the system when they are freed. By default, glibc's allocator
 * raises this limit to 32 MB as soon as large buffers are allocated and freed, and keeps them in heaps that never
 * shrink: 420 MB instead of 270 MB for ten photographs, in the same time. It can be set only when a process starts
 * (mallopt(3)).
 */
export const mallocWords = { MALLOC_MMAP_THRESHOLD_: '131072' };

/**
 * Creates renditions in a separate process, whose memory is released when it ends, because the press needs its memory
 * to write pages afterwards.
 *
 * @param jobs with only what is missing or damaged
 * @param folder absolute, the folder of renditions
 * @throws what the other process threw, including the system's error code
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
    // After `exit`, when all of its messages have arrived.
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
