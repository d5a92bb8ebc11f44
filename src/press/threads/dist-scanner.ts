import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { IndexHandle } from '../../index/handle.ts';
import { indexState, isAsClosed } from '../index-seal.ts';
import {
  type DistPieces,
  type DistScan,
  type DistScanOptions,
  endScan,
  rowsPerPiece,
  scanDist,
  scanPieces,
} from '../scan-dist.ts';
import { engineFile } from '../template-folder.ts';
import type { ScanTasks } from './scan-together.ts';
import { Thread } from './thread.ts';

/**
 * What two threads that scan dist share: the number of the next piece, whether the other thread has begun (1) or must
 * not begin (2), and how many rows it found.
 */
export const Shared = { piece: 0, helper: 1, rows: 2 } as const;
const numbersShared = 3;

/** Claims the next piece and returns its number. */
export const nextOf = (numbers: Int32Array) => (): number => Atomics.add(numbers, Shared.piece, 1);

/** An index of this size describes so many files that starting a thread is worth it. */
const largeIndexBytes = 12_000_000;
/** Waiting for this many pieces takes no longer than reading the record. */
const piecesWaitedFor = 24;

/** Scans dist while this thread scans the newsroom and ingests it. */
export interface DistScanner {
  /** Begins now at the latest, because the index is open and this process holds the lock. */
  begin(index: IndexHandle, how: Pick<DistScanOptions, 'isTrusted'>): void;
  /** Does the rest together with the other thread. @returns undefined if the scan was never begun */
  end(): Promise<DistScan | undefined>;
  close(): void;
}

/** Another thread that scans, and what it shares with this one. */
interface Helper {
  thread: Thread<ScanTasks>;
  numbers: Int32Array;
  pieces: Promise<DistPieces | undefined>;
}

/**
 * Prepares to scan dist. With a large index, another thread starts at once. When this thread is free, it scans what the
 * other thread has not reached.
 *
 * The scan also begins at once if the index is as it was when it was closed, although this process may not hold the
 * lock yet. The findings count only if the index is still unchanged once this process holds the lock, because anyone
 * who writes to dist writes to its index first.
 *
 * @param index the index file, which need not be open yet
 * @param isEarly false if the thread has to wait for `begin`
 */
export function startDistScanner(place: { site: string; index: string; dist: string }, isEarly = true): DistScanner {
  const { index: file, dist } = place;
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const isShared = size >= largeIndexBytes && availableParallelism() > 1;
  const closed = isShared && isEarly && isAsClosed(file) ? indexState(file) : undefined;
  let helper = isShared ? startHelper() : undefined;
  if (closed !== undefined) ask({ dist, isTrusted: 'as recorded' });
  let begun: { index: IndexHandle; options: DistScanOptions } | undefined;
  return {
    begin(index, { isTrusted }) {
      const options = { dist, isTrusted };
      begun = { index, options };
      if (closed !== undefined && isTrusted && indexState(file) === closed) return;
      if (closed !== undefined) {
        void helper?.thread.close();
        helper = startHelper();
      }
      ask(options);
    },
    async end() {
      if (!begun) return undefined;
      const { index, options } = begun;
      const { numbers, pieces } = helper ?? {};
      // If it has not begun by now, do not wait for it.
      if (!numbers || Atomics.compareExchange(numbers, Shared.helper, 0, 2) === 0) return scanDist(index, options);
      const count = Math.ceil(Atomics.load(numbers, Shared.rows) / rowsPerPiece);
      const isNearlyDone = count > 0 && count - Atomics.load(numbers, Shared.piece) < piecesWaitedFor;
      const ours = isNearlyDone ? undefined : scanPieces(index, options, nextOf(numbers));
      const theirs = await pieces?.catch(() => undefined);
      if (!theirs || (ours && ours.rows !== theirs.rows)) return scanDist(index, options);
      return endScan(index, options, ours ? [ours, theirs] : [theirs]);
    },
    close: () => void helper?.thread.close(),
  };

  function ask(options: ScanTasks['scanDist']['input']['options']): void {
    if (!helper) return;
    const shared = helper.numbers.buffer as SharedArrayBuffer;
    helper.pieces = helper.thread.ask('scanDist', { ...place, options, shared });
    helper.pieces.catch(() => {}); // the caller that ends the scan gets the error
  }
}

function startHelper(): Helper {
  return {
    thread: new Thread<ScanTasks>(engineFile('press/threads/scanner.ts'), undefined, {}),
    numbers: new Int32Array(new SharedArrayBuffer(numbersShared * Int32Array.BYTES_PER_ELEMENT)),
    pieces: Promise.resolve(undefined),
  };
}
