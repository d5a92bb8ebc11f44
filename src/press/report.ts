import type { Problem } from '../problems/problem.ts';
import type { Outcome } from './press-pages.ts';

/** What a publish did. Paths are relative to dist. */
export interface Report {
  added: string[];
  changed: string[];
  removed: string[];
  /** Files that were not as the last build left them: missing, changed by somebody else, or not part of the site. */
  repaired: string[];
  /** The number of pages that the site has now. */
  pages: number;
  /** The number of pages rendered by this publish. */
  rendered: number;
  /** The number of pictures that the site shows. */
  pictures: number;
  /** The number of renditions encoded by this publish. */
  renditions: number;
  seconds: { total: number; [phase: string]: number };
  /** When the next story is published or the next banner disappears, as ISO in UTC. */
  nextChange: string | null;
  /** The digest that stands for everything that the site contains now. Null if the site has no manifest. */
  publish: string | null;
  warnings: Problem[];
}

/** What a publish has done to files so far. */
export type Changes = Pick<Report, 'added' | 'changed' | 'removed'> & {
  /** Files that were right already, if somebody wants to know. Another build may have written them. */
  same?: Set<string>;
};

/** Adds the outcome for a file to the report. @param file relative to dist */
export function note(report: Changes, file: string, outcome: Outcome): void {
  if (outcome === 'same') report.same?.add(file);
  else report[outcome].push(file);
}

/** Measures wall time by phase. */
export class Timings {
  readonly seconds: Record<string, number> = {};
  #last: number;
  readonly #start: number;
  readonly #clock: () => number;

  /** @param clock milliseconds from any origin; @param start when the process began, on the same clock */
  constructor(clock: () => number, start: number) {
    this.#clock = clock;
    this.#start = start;
    this.#last = start;
  }

  endPhase(phase: string): void {
    const now = this.#clock();
    this.seconds[phase] = (this.seconds[phase] ?? 0) + (now - this.#last) / 1000;
    this.#last = now;
  }

  total(): Report['seconds'] {
    const round = (seconds: number) => Math.round(seconds * 1000) / 1000;
    const phases = Object.fromEntries(Object.entries(this.seconds).map(([phase, seconds]) => [phase, round(seconds)]));
    return { total: round((this.#clock() - this.#start) / 1000), ...phases };
  }
}
