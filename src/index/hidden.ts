import { AsyncLocalStorage } from 'node:async_hooks';
import { foldAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import type { StoryState } from '../story/record.ts';
import type { HiddenStories, IndexHandle } from './handle.ts';

/*
 * Stories that readers cannot see: drafts, and scheduled stories. An index handle has `hidden` only in `dev`, and only
 * if nobody else can connect. No press ever opens such a handle, so no query of a press returns such a story
 * (press/hidden-stories.test.ts).
 */

/** The story at an address, for its authors. */
export interface StoryAtWork {
  id: string;
  file: string;
  state: StoryState;
  isPublic: boolean;
  /** Readers can see it from this instant on, in ms. A draft has none. */
  due?: number;
  card: Card;
}

export const openHidden = (): HiddenStories => ({ shown: new AsyncLocalStorage() });

/** Whether this request shows that story although readers cannot see it. */
export const isShownHidden = (index: IndexHandle, id: string): boolean => index.hidden?.shown.getStore() === id;

/** The hidden story at an address, or undefined if there is none, or if hidden stories are not shown here. */
export function hiddenAt(index: IndexHandle, path: string): string | undefined {
  if (!index.hidden) return undefined;
  const found = storyAtWork(index, path);
  return found && !found.isPublic ? found.id : undefined;
}

/** Responds to a request with a hidden story. */
export function showHidden<T>(index: IndexHandle, id: string, answer: () => T): T {
  const { hidden } = index;
  return hidden ? hidden.shown.run(id, answer) : answer();
}

type Row = { id: string; file: string; state: StoryState; isPublic: number; due: number | null; card: string };
const columns = 'SELECT id, story.file, state, isPublic, due, card FROM story';

const atWork = ({ id, file, state, isPublic, due, card }: Row): StoryAtWork => ({
  id,
  file,
  state,
  isPublic: isPublic === 1,
  due: due ?? undefined,
  card: JSON.parse(card) as Card,
});

/** The story at an address, whether readers can see it or not. Drafts do not claim an address, so they come last. */
export function storyAtWork(index: IndexHandle, path: string): StoryAtWork | undefined {
  const { sql } = index;
  const address = path.normalize('NFC');
  const row = sql(
    `${columns} JOIN address ON address.owner = 'story/' || story.id WHERE fold = ? AND address = ? AND kind = 'story'`,
  ).get(foldAddress(address), address) as Row | undefined;
  return row ? atWork(row) : drafts(index).find(({ card }) => card.address === address);
}

/** Every story that readers cannot see: scheduled stories in the order of their times, then drafts by file. */
export function hiddenStories(index: IndexHandle): StoryAtWork[] {
  const rows = index.sql(`${columns} WHERE isPublic = 0 AND due IS NOT NULL ORDER BY due, id`).all() as Row[];
  return [...rows.map(atWork), ...drafts(index)];
}

const drafts = (index: IndexHandle): StoryAtWork[] =>
  (index.sql(`${columns} WHERE state = 'draft' ORDER BY file`).all() as Row[]).map(atWork);
