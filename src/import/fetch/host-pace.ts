import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchLimits } from './limits.ts';

interface HostState {
  /** No request begins before this. */
  nextAt: number;
  failuresInRow: number;
  /** Why the host is not asked any more. */
  given?: string;
}

/** Keeps requests to each host apart, and stops asking one that does not answer. */
export class HostPace {
  readonly #limits: FetchLimits;
  readonly #hosts = new Map<string, HostState>();

  constructor(limits: FetchLimits) {
    this.#limits = limits;
  }

  /** Waits until a request to the host may begin. @returns why none may, or undefined */
  async turn(host: string): Promise<string | undefined> {
    const state = this.#stateOf(host);
    while (state.given === undefined) {
      const waitMs = state.nextAt - performance.now();
      if (waitMs <= 0) {
        state.nextAt = performance.now() + this.#limits.pauseMs;
        return undefined;
      }
      await sleep(waitMs);
    }
    return state.given;
  }

  /** Nobody asks the host for so long. */
  rest(host: string, forMs: number): void {
    const state = this.#stateOf(host);
    state.nextAt = Math.max(state.nextAt, performance.now() + forMs);
  }

  /** @param isFault the host did not answer, or answered that it cannot */
  answered(host: string, isFault: boolean): void {
    const state = this.#stateOf(host);
    state.failuresInRow = isFault ? state.failuresInRow + 1 : 0;
    if (state.failuresInRow >= this.#limits.failuresMax)
      this.giveUp(host, `${host} failed ${state.failuresInRow} times in a row, so it was not asked again`);
  }

  giveUp(host: string, reason: string): void {
    this.#stateOf(host).given ??= reason;
  }

  #stateOf(host: string): HostState {
    let state = this.#hosts.get(host);
    if (!state) {
      state = { nextAt: 0, failuresInRow: 0 };
      this.#hosts.set(host, state);
    }
    return state;
  }
}

/** How long `Retry-After` asks to wait. @returns undefined if it says nothing that can be understood */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
