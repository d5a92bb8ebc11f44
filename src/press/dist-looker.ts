import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  type DistLook,
  type DistPieces,
  type DistQuestion,
  endLook,
  lookAtDist,
  lookAtPieces,
  rowsPerPiece,
} from './look-at-dist.ts';
import type { LookTasks } from './look-together.ts';
import { engineFile } from './template-folder.ts';
import { Thread } from './thread.ts';

/**
 * What two who look at dist share: the number of the next piece; whether the other has begun (1) or must not (2); and how
 * many rows it found, once it has them.
 */
export const Shared = { piece: 0, helper: 1, rows: 2 } as const;
const numbersShared = 3;

/** Takes the number of the next piece. */
export const nextOf = (numbers: Int32Array) => (): number => Atomics.add(numbers, Shared.piece, 1);

/** An index of this size is one of so many files that a thread is worth its start. */
const largeIndexBytes = 12_000_000;
/** To wait for so many pieces takes no longer than to read the record. */
const piecesWaitedFor = 24;

/** Looks at dist while this thread looks at the newsroom and takes it in. */
export interface DistLooker {
  /** Begins, once the index is open. */
  begin(place: { site: string; index: string; question: DistQuestion }): void;
  /** Does the rest together with the other. @returns undefined when it was never begun */
  end(): Promise<DistLook | undefined>;
  close(): void;
}

/**
 * Gets ready to look at dist. With a large index another thread starts at once, so that it is there when it can begin;
 * what it has not come to when this thread is free, this one does.
 *
 * @param index the index file, which need not be open yet
 */
export function startDistLooker(index: string): DistLooker {
  const size = statSync(index, { throwIfNoEntry: false })?.size ?? 0;
  const isShared = size >= largeIndexBytes && availableParallelism() > 1;
  const thread = isShared ? new Thread<LookTasks>(engineFile('press/looker.ts'), undefined, {}) : undefined;
  const shared = new SharedArrayBuffer(numbersShared * Int32Array.BYTES_PER_ELEMENT);
  const numbers = new Int32Array(shared);
  let question: DistQuestion | undefined;
  let other: Promise<DistPieces | undefined> | undefined;
  return {
    begin(place) {
      question = place.question;
      other = thread?.ask('lookAtDist', { ...place, shared });
      other?.catch(() => {}); // whoever ends the look meets it
    },
    async end() {
      if (!question) return undefined;
      // One that has not begun by now is not waited for.
      if (!other || Atomics.compareExchange(numbers, Shared.helper, 0, 2) === 0) return lookAtDist(question);
      const pieces = Math.ceil(Atomics.load(numbers, Shared.rows) / rowsPerPiece);
      const isNearlyDone = pieces > 0 && pieces - Atomics.load(numbers, Shared.piece) < piecesWaitedFor;
      const ours = isNearlyDone ? undefined : lookAtPieces(question, nextOf(numbers));
      const theirs = await other.catch(() => undefined);
      if (!theirs || (ours && ours.rows !== theirs.rows)) return lookAtDist(question);
      return endLook(question, ours ? [ours, theirs] : [theirs]);
    },
    close: () => void thread?.close(),
  };
}
