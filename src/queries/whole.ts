import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import type { StoryRow } from '../index/records.ts';
import type { ListKey } from '../site/address.ts';
import { type Family, listed } from './family.ts';
import { type Kind, read } from './kind.ts';
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

/** The latest stories of a topic or an author with their bodies, newest first. */
export const queryWhole = (index: IndexHandle, list: ListKey, count: number): StoryResult[] =>
  read(index, whole, list, count).map((row) => showStory(index, row));

export const wholeFamily: Family = {
  kinds: [whole],
  story: (_, edit, { subjects }) => {
    const { before, after } = edit;
    if (before?.digest === after?.digest && before?.isListed === after?.isListed) return;
    for (const { lists } of listed(edit)) for (const list of lists) subjects.add(`whole:${list}`);
  },
};
