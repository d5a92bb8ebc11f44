import { makeRenditions } from '../../pictures/encode.ts';
import type { EncoderSays, EncoderTask } from './encode-apart.ts';

/* Makes renditions in a process of its own, for `encode-apart.ts`. */

const say = (words: EncoderSays): Promise<void> =>
  new Promise((resolve, reject) => process.send?.(words, (error: Error | null) => (error ? reject(error) : resolve())));

// Nobody waits for the rest any more.
process.on('disconnect', () => process.exit(1));

process.once('message', async ({ jobs, folder }: EncoderTask) => {
  try {
    const { made, failed } = await makeRenditions(jobs, folder, {
      onProgress: ({ done }) => void say({ done }).catch(() => {}),
      // What is asked of this process is missing or damaged: a damaged file must not count.
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
