import type { IndexHandle } from '../index/handle.ts';
import type { AuthorRecord, PageRecord, StoredRecord } from '../index/records.ts';
import type { Focus } from '../pictures/focus.ts';
import { originalName } from '../pictures/hrefs.ts';
import { type PictureFacts, pictureId, type Rendition, type ShownPicture } from '../pictures/picture.ts';
import { renditionsOf } from '../pictures/renditions.ts';
import type { Use } from '../pictures/slots.ts';
import type { Card } from '../story/card.ts';

/** One picture with one set of texts. The same file with another sidecar is another picture. */
export interface WantedPicture {
  /** The row of `todo`: `picture:` and the identity of the picture. */
  address: string;
  /** Newsroom-relative. */
  path: string;
  facts: PictureFacts;
  /** The renditions that the pages showing it need, each once. */
  renditions: Rendition[];
  /** The name under which the original is published, if an editor asked for it. */
  original?: string;
}

/**
 * What the pages of the site need of a picture, judged by the stories, authors, and standing pages that use it, or
 * undefined if none does.
 *
 * The work depends on the number of uses, not on the size of the archive.
 *
 * @param id the identity of the file and its sidecar (`pictureId`)
 */
export function wantedPicture(index: IndexHandle, id: string): WantedPicture | undefined {
  const { sql } = index;
  // Files with the same bytes and texts are one picture, so any of them can be used.
  const row = sql('SELECT path, facts FROM picture WHERE digest = ? ORDER BY path LIMIT 1').get(id) as
    | { path: string; facts: string }
    | undefined;
  if (!row) return undefined;
  const facts = JSON.parse(row.facts) as PictureFacts;
  const owners = sql('SELECT owner FROM pictureUse WHERE digest = ? ORDER BY owner').all(id) as { owner: string }[];
  const uses = owners.flatMap(({ owner }) => usesBy(index, owner, id));
  if (uses.length === 0) return undefined;
  const renditions = new Map<string, Rendition>();
  const wants = new Map(uses.map(({ use, focus }) => [JSON.stringify([use, focus]), { use, focus }]));
  for (const want of wants.values())
    for (const rendition of renditionsOf(facts, want)) renditions.set(rendition.name, rendition);
  const isOriginal = uses.some((use) => use.isOriginal);
  return {
    address: `picture:${id}`,
    path: row.path,
    facts,
    renditions: [...renditions.values()],
    ...(isOriginal && { original: originalName(facts) }),
  };
}

interface PictureUse {
  use: Use;
  focus?: Focus;
  /** The original is requested. */
  isOriginal: boolean;
}

function usesBy(index: IndexHandle, owner: string, id: string): PictureUse[] {
  const { sql } = index;
  const asShown = ({ focus, original }: ShownPicture, use: Use): PictureUse => ({
    use,
    focus,
    isOriginal: original === 'publish',
  });
  const kind = owner.slice(0, owner.indexOf('/'));
  if (kind === 'story') {
    const row = sql('SELECT card, record FROM story WHERE id = ?').get(owner.slice('story/'.length)) as
      | { card: string; record: string }
      | undefined;
    if (!row) return [];
    const { lead } = JSON.parse(row.card) as Card;
    const { pictures } = JSON.parse(row.record) as StoredRecord;
    const isOriginal = pictures.some(({ digest, original }) => digest === id && original === 'publish');
    // A lead includes every width of a picture in the text. A picture that extends beyond the column needs one more
    // width.
    const isWide = pictures.some((picture) => picture.digest === id && picture.isWide);
    const inText: PictureUse = { use: isWide ? 'wide' : 'text', isOriginal };
    if (!lead || pictureId(lead.facts) !== id) return [inText];
    const asLead = { ...asShown(lead, 'lead'), isOriginal };
    return isWide ? [asLead, inText] : [asLead];
  }
  const thing = sql('SELECT record FROM record WHERE key = ?').get(owner) as { record: string } | undefined;
  if (!thing) return [];
  if (kind === 'page') {
    const { originals, wide } = JSON.parse(thing.record) as PageRecord;
    return [{ use: wide.includes(id) ? 'wide' : 'text', isOriginal: originals.includes(id) }];
  }
  // An author's picture is used once the author has a page.
  if (!sql('SELECT 1 FROM period WHERE list = ? AND length > 0 LIMIT 1').get(owner)) return [];
  const { picture } = JSON.parse(thing.record) as AuthorRecord;
  return picture ? [asShown(picture, 'portrait')] : [];
}
