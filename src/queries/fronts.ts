import type { IndexHandle } from '../index/handle.ts';
import type { FrontRecord } from '../index/records.ts';
import { recordOf } from '../index/rows.ts';
import type { FrontLayout } from '../site/front.ts';
import type { Card } from '../story/card.ts';
import { setWords } from '../story/punctuation.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';
import { querySite } from './site.ts';
import { card } from './stories.ts';

/** An editor's decisions about a front. Stories that are not public are left out. */
export interface FrontResult {
  layout: FrontLayout;
  stories: Package[];
  pinned?: Card;
  /** Absent after its time is over, and before the story that it links to is public. */
  banner?: { text: string; story?: Card };
}

/** A story and those that belong to it. */
export interface Package {
  card: Card;
  with: Card[];
}

const front: Kind<[id: string], FrontRecord | undefined> = {
  name: 'front',
  subject: (id) => `front:${id}`,
  resolve: (index, id) => {
    const { digest, value } = recordOf<FrontRecord>(index, `front/${id}`);
    const isOver = index.sql('SELECT 1 FROM banner WHERE front = ? AND isOver = 1').get(id) !== undefined;
    return {
      digest: digest && `${digest}${isOver ? ' over' : ''}`,
      value: () => {
        const front = value();
        return front && isOver ? { ...front, banner: undefined } : front;
      },
    };
  },
};

/**
 * An editor's decisions about the front of the site (`home`) or of a section, or undefined if there is no file. Stories
 * that are not public are left out, but they are queried all the same, because they appear when they are due.
 */
export function queryFront(index: IndexHandle, id: string): FrontResult | undefined {
  const found = read(index, front, id);
  if (!found) return undefined;
  const cardOf = (name: string) => read(index, card, name);
  const { layout, stories, banner } = found;
  const story = banner?.story === undefined ? undefined : cardOf(banner.story);
  return {
    layout,
    stories: stories.flatMap((entry): Package[] => {
      const lead = cardOf(entry.story);
      const others = entry.with.flatMap((name) => cardOf(name) ?? []);
      return lead ? [{ card: lead, with: others }] : others.map((other) => ({ card: other, with: [] }));
    }),
    pinned: found.pinned === undefined ? undefined : cardOf(found.pinned),
    banner:
      banner && (banner.story === undefined || story)
        ? { text: setWords(banner.text, querySite(index).language), story }
        : undefined,
  };
}

export const frontFamily: Family = {
  kinds: [front],
  record: (key, { subjects }) => {
    if (key.startsWith('front/')) subjects.add(`front:${key.slice('front/'.length)}`);
  },
};
