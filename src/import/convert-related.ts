import type { LinkAnswer } from './body/context.ts';
import type { ConvertedStory } from './converted.ts';
import type { StoryFields } from './story-fields.ts';

/** Related stories by the names that they have now, and pages elsewhere. */
export function relatedOf({ own, link }: StoryFields, answer: (url: string) => LinkAnswer): ConvertedStory['related'] {
  const related = new Map<string, string | { title: string; url: string }>();
  for (const entry of (own?.related ?? []) as (string | { title: string; url: string })[]) {
    const found = answer(typeof entry === 'string' ? `story:${entry.replace(/^story:/, '')}` : entry.url);
    const story =
      found.kind === 'story' && found.url.startsWith('story:') ? found.url.slice('story:'.length) : undefined;
    if (story !== undefined) related.set(story, story);
    else if (typeof entry !== 'string' && /^https?:/i.test(entry.url)) related.set(entry.url, entry);
  }
  if (link !== undefined) related.set(link, { title: new URL(link).host.replace(/^www\./, ''), url: link });
  return related.size > 0 ? [...related.values()] : undefined;
}
