import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import type { StoryRow } from '../index/records.ts';
import type { ListKey } from '../site/address.ts';
import { type Family, listed } from './family.ts';
import { type Kind, read } from './kind.ts';
import { note, rendering } from './rendering.ts';
import { type StoryResult, showStory } from './stories.ts';

/** The latest stories of a list, as complete as their own pages. One query covers all of them. */
const whole: Kind<[list: string, count: number], StoryRow[]> = {
  name: 'whole',
  subject: (list) => `whole:${list}`,
  resolve: (index, list, count) => {
    const rows = index
      .sql(`
        SELECT story.* FROM listing JOIN story USING (id) WHERE list = ?
        ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`)
      .all(list, count) as unknown as StoryRow[];
    return { digest: digestOf(rows.map(({ digest }) => digest).join()), value: () => rows };
  },
};

/** The latest stories of a list with their bodies, newest first, for its feeds. */
export const queryWhole = (index: IndexHandle, list: ListKey, count: number): StoryResult[] =>
  read(index, whole, list, count).map((row) => showForFeeds(index, row));

/**
 * A story for a feed. It is kept with its trace, because the feeds of several lists have it, each in three formats. It
 * must not be modified.
 */
export function showForFeeds(index: IndexHandle, row: StoryRow): StoryResult {
  const kept = keptIn(index);
  let shown = kept.get(row.id);
  if (shown?.digest !== row.digest) {
    const reads = new Map<string, string>();
    shown = { digest: row.digest, story: rendering({ index, reads }, () => showStory(index, row)), reads };
  }
  // The one that was used last is kept longest.
  kept.delete(row.id);
  kept.set(row.id, shown);
  if (kept.size > keptMax) kept.delete(kept.keys().next().value!);
  for (const [key, digest] of shown.reads) note(key, digest);
  return shown.story;
}

interface Kept {
  digest: string;
  story: StoryResult;
  reads: Map<string, string>;
}

/** The stories of a dozen feeds. */
const keptMax = 240;

function keptIn({ memo }: IndexHandle): Map<string, Kept> {
  let kept = memo.get('whole');
  if (!kept) {
    kept = { value: new Map(), digest: '' };
    memo.set('whole', kept);
  }
  return kept.value as Map<string, Kept>;
}

export const wholeFamily: Family = {
  kinds: [whole],
  story: (_, edit, { subjects }) => {
    const { before, after } = edit;
    if (before?.digest === after?.digest && before?.isListed === after?.isListed) return;
    for (const { lists } of listed(edit)) for (const list of lists) subjects.add(`whole:${list}`);
  },
};
