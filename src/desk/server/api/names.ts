import * as z from 'zod';
import { fileOfStoryName } from '../../../queries/files.ts';
import { nameOf } from '../../../story/names.ts';
import type { ListedStory } from '../../store/file-rows.ts';
import type { Handler } from '../api.ts';
import type { DeskContext } from '../context.ts';
import { linkOf } from './link.ts';

const namesSchema = z.strictObject({ names: z.array(z.string().max(1000)).max(500) });

/** The stories that names stand for: their `id`, or their path. A name that no story has is left out. */
export const findNames: Handler = async (context, request) => {
  const { names } = await request.json(namesSchema);
  const found = names.flatMap((name) => {
    const story = storyNamed(context, nameOf(name));
    return story ? [[name, linkOf(story)] as const] : [];
  });
  return { json: { stories: Object.fromEntries(found) } };
};

function storyNamed({ index, list, now }: DeskContext, name: string): ListedStory | undefined {
  const known = fileOfStoryName(index.index, name)?.replace(/^content\//, '');
  // By its path, the story is found even while the index is empty.
  const paths = known
    ? [known]
    : [`stories/${name}/index.md`, `stories/${name}/index.mdx`, `stories/${name}.md`, `stories/${name}.mdx`];
  const sole = { sort: 'changed', isDescending: true, offset: 0, limit: 1 } as const;
  return list.rows.list({ now: now(), paths, ...sole }).stories[0];
}
