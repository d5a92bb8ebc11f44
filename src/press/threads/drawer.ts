import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { fileDigest, writeLedger, writeToCache } from '../../pictures/ledger.ts';
import { socialKey, socialName } from '../../pictures/social.ts';
import { drawSocial } from '../../pictures/social-draw.ts';
import type { DrawerSays, DrawerTask } from './draw-apart.ts';

/* Draws social pictures in a separate process, for `draw-apart.ts`. */

const say = (words: DrawerSays): Promise<void> =>
  new Promise((resolve, reject) => process.send?.(words, (error: Error | null) => (error ? reject(error) : resolve())));

// The caller no longer waits for the rest.
process.on('disconnect', () => process.exit(1));

const sayEvery = 50;
const atOnceMax = 4;

process.once('message', async ({ cards, folder }: DrawerTask) => {
  try {
    mkdirSync(folder, { recursive: true });
    // More at once would only wait for libuv's threads, with 10 MB each.
    const limit = pLimit(Math.min(atOnceMax, availableParallelism()));
    let done = 0;
    await Promise.all(
      cards.map((card) =>
        limit(async () => {
          const name = socialName(card);
          const bytes = await drawSocial(card);
          await writeToCache(join(folder, name), bytes);
          await writeLedger(folder, socialKey(name), new Map([[name, fileDigest(bytes)]]));
          done += 1;
          if (done % sayEvery === 0) void say({ done }).catch(() => {});
        }),
      ),
    );
    await say({ made: done });
  } catch (error) {
    const fields = error instanceof Error ? { ...error, message: error.message } : { message: String(error) };
    await say({ thrown: fields });
  }
  process.exit(0);
});
