import type { IndexHandle } from '../index/handle.ts';
import { recentRows } from '../index/recent.ts';
import { storyRow, whole } from '../index/rows.ts';
import { newsSitemapAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import { type Family, listed } from './family.ts';
import { type Kind, read } from './kind.ts';

/** The stories of the last two days, newest first. */
export type NewsSitemapResult = Pick<Card, 'address' | 'headline' | 'language' | 'published' | 'publishedIsDay'>[];

const newsSitemap: Kind<[], NewsSitemapResult> = {
  name: 'newsSitemap',
  subject: () => 'recent',
  resolve: (index) =>
    whole(
      recentRows(index).flatMap(({ id }) => {
        const row = storyRow(index, id);
        if (row?.state !== 'ready') return [];
        const { address, headline, language, published, publishedIsDay, sponsor } = JSON.parse(row.card) as Card;
        // News search engines refuse advertisements.
        return sponsor?.kind === 'paid' ? [] : [{ address, headline, language, published, publishedIsDay }];
      }),
    ),
};

export const queryNewsSitemap = (index: IndexHandle): NewsSitemapResult => read(index, newsSitemap);

export const newsSitemapFamily: Family = {
  kinds: [newsSitemap],
  // `ingest/due.ts` names it when other stories are recent.
  record: (key, { subjects }) => {
    if (key === 'recent') subjects.add('recent');
  },
  story: (_, edit, { subjects }) => {
    if (!edit.isSameCard && listed(edit).length > 0) subjects.add('recent');
  },
  fixed: [newsSitemapAddress],
};
