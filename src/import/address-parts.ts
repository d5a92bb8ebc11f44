import type { StoryFields } from './fields.ts';
import type { FileName } from './old-address.ts';
import { type AddressParts, oldDay } from './permalink.ts';

/** What a pattern of addresses can say about a story. */
export function partsOf(
  { fields }: { fields: StoryFields },
  name: FileName,
  title: string,
  sourceZone: string | undefined,
): AddressParts {
  return {
    ...(fields.published && oldDay(fields.published, sourceZone)),
    slug: fields.slug,
    fileSlug: name.slug,
    title,
    path: name.path,
    name: name.name,
    categories: fields.categories ?? (fields.category === undefined ? [] : [fields.category]),
    folders: name.folders,
    author: fields.byline[0]?.name,
  };
}
