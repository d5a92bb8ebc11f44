import type { OwnFields } from './own-fields.ts';
import type { FieldLog } from './receipt.ts';

/** The id of a story is its own. Versions in other languages often have the id of the original. */
export function dropTakenIds(stories: readonly { story: string; fields: { own?: OwnFields } }[], log: FieldLog): void {
  const taken = new Set(stories.map(({ story }) => story.toLowerCase()));
  for (const { fields } of stories) {
    const { id, ...own } = fields.own ?? {};
    if (typeof id !== 'string') continue;
    if (taken.has(id.toLowerCase())) {
      fields.own = own;
      log.drop('id', 'id', id, 'another story has this id');
    } else taken.add(id.toLowerCase());
  }
}
