import { makeRenditions } from '../../pictures/encode.ts';
import type { EncoderSays, EncoderTask } from './encode-apart.ts';

/* Creates renditions in a separate process, for `encode-apart.ts`. */

const say = (words: EncoderSays): Promise<void> =>
  new Promise((resolve, reject) => process.send?.(words, (error: Error | null) => (error ? reject(error) : resolve())));

// The caller no longer waits for the rest.
process.on('disconnect', () => process.exit(1));

process.once('message', async ({ jobs, folder }: EncoderTask) => {
  try {
    const { made, failed } = await makeRenditions(jobs, folder, {
      onProgress: ({ done }) => void say({ done }).catch(() => {}),
      // This process is only asked for files that are missing or damaged, so a damaged file must not be used.
      isChecked: () => true,
    });
    const told = failed.map(({ file, error: { rule, reason, hint } }) => ({ file, rule, reason, hint }));
    await say({ made, failed: told });
  } catch (error) {
    const fields = error instanceof Error ? { ...error, message: error.message } : { message: String(error) };
    await say({ thrown: fields });
  }
  process.exit(0);
});
