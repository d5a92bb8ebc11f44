import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Change, countChanges, type Receipt } from './receipt.ts';

/** The receipt holds so many changes. An archive of 20,000 posts has half a million. */
export const changesMax = 50_000;

/**
 * Records the changes to texts in bounded memory: all are counted, the first are in the receipt, and the others are in a
 * file, one JSON object on each line.
 */
export class ChangeLog {
  readonly #receipt: Receipt;
  readonly #max: number;
  /** undefined if nothing may be written. */
  readonly #file: string | undefined;
  readonly #counts = new Map<string, number>();
  #further = 0;

  /** @param cache the cache folder of the newsroom, or undefined if nothing may be written */
  constructor(receipt: Receipt, cache: string | undefined, max = changesMax) {
    this.#receipt = receipt;
    this.#max = max;
    this.#file = cache === undefined ? undefined : join(cache, 'import/further-changes.jsonl');
    if (this.#file !== undefined) rmSync(this.#file, { force: true });
  }

  add(changes: readonly Change[]): void {
    for (const { kind } of changes) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const room = Math.max(0, this.#max - this.#receipt.changes.length);
    this.#receipt.changes.push(...changes.slice(0, room));
    const rest = changes.slice(room);
    this.#further += rest.length;
    if (rest.length === 0 || this.#file === undefined) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, rest.map((change) => `${JSON.stringify(change)}\n`).join(''));
  }

  /** Puts the counts into the receipt. */
  finish(): void {
    this.#receipt.counts = countChanges(this.#counts);
    if (this.#further > 0)
      this.#receipt.furtherChanges = { count: this.#further, ...(this.#file ? { file: this.#file } : {}) };
  }
}
