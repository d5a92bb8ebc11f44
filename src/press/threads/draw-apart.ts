import { fork } from 'node:child_process';
import type { SocialCard } from '../../pictures/social.ts';
import { engineFile } from '../template-folder.ts';
import { mallocWords } from './encode-apart.ts';

export interface DrawerTask {
  cards: SocialCard[];
  folder: string;
}

export type DrawerSays = { done: number } | { made: number } | { thrown: { message: string } };

/**
 * Draws social pictures in a separate process. The fonts of a process are fixed when it draws its first text, so the
 * drawings of this process keep the machine's, and social pictures have only ours.
 *
 * @param folder absolute, the folder of renditions
 * @param fontConfig the configuration of fonts (`social-fonts.ts`)
 * @returns the number of pictures
 * @throws what the other process threw, including the system's error code
 */
export async function drawApart(
  cards: SocialCard[],
  folder: string,
  fontConfig: string,
  onProgress: (done: number) => void,
): Promise<number> {
  const child = fork(engineFile('press/threads/drawer.ts'), [], {
    serialization: 'advanced',
    env: { ...mallocWords, ...process.env, FONTCONFIG_FILE: fontConfig },
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    // After `exit`, when all of its messages have arrived.
    child.once('close', (code, signal) =>
      reject(new Error(`The process that draws social pictures ended with ${signal ?? code}.`)),
    );
    child.on('message', (words: DrawerSays) => {
      if ('done' in words) onProgress(words.done);
      else if ('thrown' in words) reject(Object.assign(new Error(words.thrown.message), words.thrown));
      else resolve(words.made);
    });
    child.send({ cards, folder } satisfies DrawerTask);
  });
}
