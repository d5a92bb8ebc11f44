import { getLiveCollection } from 'astro:content';
import { askAll } from '../../pages/_ask.ts';
import { querySite } from '../../queries/queries.ts';
import { renderedIndex } from '../../queries/rendering.ts';
import type { ListKey } from '../../site/address.ts';
import type { Card } from '../../story/card.ts';

/**
 * The latest stories of a list, newest first, for a page in `theme/pages/`.
 *
 * @param list `site`, `section/ID`, `topic/ID`, or `author/ID`
 * @param count how many, at most 100
 * @throws for a list or a number that does not make sense
 */
export async function latestStories(list: ListKey, count: number): Promise<Card[]> {
  const [kind, id] = /^(site|section|topic|author)(?:\/(.+))?$/.exec(list)?.slice(1) ?? [];
  if (kind === undefined || (kind === 'site') !== (id === undefined))
    throw new Error(`There is no list "${list}". Write site, section/ID, topic/ID, or author/ID.`);
  if (!Number.isInteger(count) || count < 1 || count > storiesMax)
    throw new Error(`The number of stories is a whole number from 1 to ${storiesMax}, not ${count}.`);
  const { sections } = querySite(renderedIndex());
  if (kind === 'section' && !sections.some((section) => section.id === id))
    throw new Error(`There is no section "${id}" in content/site.yaml.`);
  return await askAll(getLiveCollection('cards', { list, limit: count }));
}

/** With more, an edit of any story would render the page, and the page would be too long to read. */
const storiesMax = 100;
