import { AsyncLocalStorage } from 'node:async_hooks';
import { foldAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import type { StoryState } from '../story/record.ts';
import type { IndexHandle } from './handle.ts';

/*
 * Stories that readers cannot see: drafts, and those that wait for their time. An index handle has `hidden` in `dev` alone, and
 * only when nobody else can reach it. No press ever opens one, so no query of a press is answered with such a story
 * (press/hidden-stories.test.ts).
 */

export interface HiddenStories {
  /** The story that the request being answered is for. Only that one shows, and only its own page asks for it. */
  shown: AsyncLocalStorage<string>;
}

/** What stands behind an address of a story, for those who write it. */
export interface StoryAtWork {
  id: string;
  file: string;
  state: StoryState;
  isPublic: boolean;
  /** From this instant on readers may see it, in ms; a draft has none. */
  due?: number;
  card: Card;
}

export const openHidden = (): HiddenStories => ({ shown: new AsyncLocalStorage() });

/** Whether this request shows that story though readers cannot see it. */
export const isShownHidden = (index: IndexHandle, id: string): boolean => index.hidden?.shown.getStore() === id;

/** The hidden story at an address; undefined when there is none, or when hidden stories are not shown here. */
export function hiddenAt(index: IndexHandle, path: string): string | undefined {
  if (!index.hidden) return undefined;
  const found = storyAtWork(index, path);
  return found && !found.isPublic ? found.id : undefined;
}

/** Answers a request with a hidden story. */
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

/** The story at an address, whether readers see it or not. Drafts claim no address, so theirs come last. */
export function storyAtWork(index: IndexHandle, path: string): StoryAtWork | undefined {
  const { sql } = index;
  const address = path.normalize('NFC');
  const row = sql(
    `${columns} JOIN address ON address.owner = 'story/' || story.id WHERE fold = ? AND address = ? AND kind = 'story'`,
  ).get(foldAddress(address), address) as Row | undefined;
  return row ? atWork(row) : drafts(index).find(({ card }) => card.address === address);
}

/** Every story that readers cannot see: those that wait, in the order in which they come out, then drafts by file. */
export function hiddenStories(index: IndexHandle): StoryAtWork[] {
  const rows = index.sql(`${columns} WHERE isPublic = 0 AND due IS NOT NULL ORDER BY due, id`).all() as Row[];
  return [...rows.map(atWork), ...drafts(index)];
}

const drafts = (index: IndexHandle): StoryAtWork[] =>
  (index.sql(`${columns} WHERE state = 'draft' ORDER BY file`).all() as Row[]).map(atWork);
