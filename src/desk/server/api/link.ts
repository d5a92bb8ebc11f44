import * as z from 'zod';
import type { ListedStory } from '../../store/file-rows.ts';
import { searchQuery } from '../../stories/search-words.ts';
import type { Handler } from '../api.ts';
import { isoOf } from './stories.ts';

const linkSchema = z.strictObject({ query: z.string().max(1000) });
const storiesMax = 20;

/** Stories for a link, by words in their headlines. Without words, the newest. */
export const findLinks: Handler = async ({ list, now }, request) => {
  const { query } = await request.json(linkSchema);
  const words = searchQuery(query);
  if (query.trim() && !words) return { json: { stories: [] } };
  const { stories } = list.rows.list({
    now: now(),
    // Words anywhere in the text would find too much.
    match: words && `headline : (${words})`,
    sort: 'published',
    isDescending: true,
    offset: 0,
    limit: storiesMax,
  });
  return { json: { stories: stories.map(linkOf) } };
};

/** What people need to recognise a story, and to see whether readers can. */
export const linkOf = ({ path, id, headline, section, published, due, state, address }: ListedStory) => ({
  path,
  id,
  headline,
  state,
  ...(section !== null && { section }),
  ...(published !== null && { published: isoOf(published) }),
  ...(due !== null && { due: isoOf(due) }),
  ...(address !== null && { address }),
});
