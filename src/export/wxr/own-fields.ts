import { ownMetaKeys } from '../../newsroom/own-meta.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import type { WholeStory } from '../whole-newsroom.ts';

/**
 * What WordPress has no place for, as JSON in one field of the post. WordPress and its own exports keep it, so an import
 * into a newsroom finds it again.
 */
export function ownMetaOf({ id, written, card, related, original }: WholeStory, site: Site): string {
  const kept: Record<string, unknown> = {
    path: id,
    ...Object.fromEntries(ownMetaKeys.flatMap((key) => (written[key] === undefined ? [] : [[key, written[key]]]))),
  };
  if (card.byline.length > 0)
    kept.byline = card.byline.map(({ author, name, role, organisation }) => ({ author, name, role, organisation }));
  // Stories are named by their address, which an import can look up.
  if (kept.related !== undefined)
    kept.related = related.map(({ name, title, url }) => ({
      title,
      url: name === undefined ? url : absoluteHrefOf(site, url),
    }));
  if (kept.translationOf !== undefined) kept.translationOf = original?.id;
  return JSON.stringify(kept);
}
