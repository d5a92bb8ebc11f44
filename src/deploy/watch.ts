/*
 * Publishes whenever something changes or is due. What the world does (the clock, files, a publish) is passed in, so the
 * tests need no clock.
 */

/** What a publish says. */
export interface Published {
  /** When the next story is due, in milliseconds since 1970, or null. */
  nextChange: number | null;
  /** `refused` if the newsroom has mistakes, so only a change helps. `failed` if the host did, so another attempt can help. */
  outcome: 'done' | 'refused' | 'failed';
}

export interface World {
  /** In milliseconds since 1970. */
  now(): number;
  /** Resolves after some time, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  publish(): Promise<Published>;
  /** Calls back for each change of a file. @returns a function that ends this */
  onChange(changed: () => void): () => void;
  /** Called after each publish, with the time of the next attempt. */
  onWait?(next: { at: number; why: 'due' | 'retry' } | undefined): void;
}

/** An editor saves several files at once, and a copy takes a while. A publish begins when nothing changed for so long. */
export const quietMs = 400;
/** Somebody may save all the time. */
const quietMsMax = 5000;
/** The clock of a machine can be set, and the machine can sleep, so no wait is longer than this. */
const longestMs = 30_000;
/** After a failure of the host. Each later pause is twice as long. */
const retryMs = 15_000;
const retryMsMax = 600_000;

/** Publishes at the start, when files change, and when something is due, until the signal is aborted. */
export async function watch(world: World, signal: AbortSignal): Promise<void> {
  let isChanged = true;
  let wake: (() => void) | undefined;
  const stopListening = world.onChange(() => {
    isChanged = true;
    wake?.();
  });
  let next: { at: number; why: 'due' | 'retry' } | undefined;
  let failures = 0;
  try {
    while (!signal.aborted) {
      if (isChanged || (next && world.now() >= next.at)) {
        await untilQuiet(world, signal, () => {
          const was = isChanged;
          isChanged = false;
          return was;
        });
        if (signal.aborted) return;
        const { nextChange, outcome } = await world.publish();
        failures = outcome === 'failed' ? failures + 1 : 0;
        const due = nextChange === null ? undefined : ({ at: nextChange, why: 'due' } as const);
        const again =
          outcome === 'failed'
            ? ({ at: world.now() + Math.min(retryMs * 2 ** (failures - 1), retryMsMax), why: 'retry' } as const)
            : undefined;
        next = again ?? due;
        world.onWait?.(next);
        continue;
      }
      const waiting = new AbortController();
      wake = () => waiting.abort();
      const left = next ? next.at - world.now() : longestMs;
      await world.sleep(Math.min(Math.max(left, 0), longestMs), AbortSignal.any([signal, waiting.signal]));
      wake = undefined;
    }
  } finally {
    stopListening();
  }
}

/** @param takeChange says whether something changed since it was last called */
async function untilQuiet(world: World, signal: AbortSignal, takeChange: () => boolean): Promise<void> {
  const end = world.now() + quietMsMax;
  while (takeChange() && world.now() < end && !signal.aborted) await world.sleep(quietMs, signal);
}
