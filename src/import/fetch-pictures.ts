import { convertBodyOf } from './convert.ts';
import type { ConvertTools } from './converted.ts';
import type { Downloads } from './fetch/downloads.ts';
import type { PlannedStory } from './plan.ts';
import type { Source } from './source.ts';

/**
 * Downloads the pictures that the stories of an archive need. Which ones those are is known only when every story has
 * been converted, so every story is converted once for this, and its text is not used.
 *
 * @throws errors of the disk while downloading
 */
export async function fetchPictures(
  source: Source,
  stories: readonly PlannedStory[],
  tools: ConvertTools,
  downloads: Downloads,
  {
    onProgress,
  }: {
    onProgress?(
      phase: 'looking for pictures' | 'downloading',
      done: number,
      total: number | undefined,
      bytes?: number,
    ): void;
  },
): Promise<void> {
  const planned = new Map(stories.map((story) => [story.key, story]));
  let done = 0;
  // Whatever goes wrong here goes wrong again when the stories are converted, and is reported then.
  try {
    for await (const body of source.bodies(new Set(planned.keys()))) {
      const story = planned.get(body.key);
      if (!story || body.kind === 'broken') continue;
      onProgress?.('looking for pictures', ++done, planned.size);
      await convertBodyOf(story, body, tools).catch(() => undefined);
    }
  } catch {}
  await downloads.fetch((count, total, bytes) => onProgress?.('downloading', count, total, bytes));
}
