/** Something that open pages of the desk must know. */
export type DeskEvent =
  | { kind: 'changed'; path: string; digest?: string }
  | { kind: 'published'; paths: string[] }
  | { kind: 'notice'; says: string }
  | { kind: 'problems'; errors: number; warnings: number };

/** Passes events on to every page of the desk that is open. */
export interface DeskEvents {
  send(event: DeskEvent): void;
  /** Every event from now on, until the signal ends it. */
  listen(signal: AbortSignal): AsyncIterable<DeskEvent>;
}

/** A page that has not read as many events as this is gone, or asleep, and reads the newsroom again when it wakes. */
const waitingMax = 1000;

export function openEvents(): DeskEvents {
  const listeners = new Set<(event: DeskEvent) => void>();
  return {
    send: (event) => {
      for (const hear of listeners) hear(event);
    },
    listen: (signal) => eventsUntil(listeners, signal),
  };
}

async function* eventsUntil(
  listeners: Set<(event: DeskEvent) => void>,
  signal: AbortSignal,
): AsyncGenerator<DeskEvent> {
  const waiting: DeskEvent[] = [];
  let wake = () => {};
  const hear = (event: DeskEvent) => {
    if (waiting.length < waitingMax) waiting.push(event);
    wake();
  };
  const stop = () => wake();
  listeners.add(hear);
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    listeners.delete(hear);
    signal.removeEventListener('abort', stop);
  }
}
