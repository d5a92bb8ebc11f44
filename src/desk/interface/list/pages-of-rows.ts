import { signal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import type { StoriesAsked, StoryRow } from '../contract.ts';

/** Rows that are asked for together. */
const pageRows = 60;
/** How often a list is read again while the desk reads the newsroom for the first time. */
const whileReadingMs = 500;

/**
 * The rows of a list. Only those near the screen are requested. Scrolling never waits: a row that has not arrived yet is
 * drawn empty, and filled when it arrives.
 */
export class RowsOfList {
  readonly total = signal<number | undefined>(undefined);
  readonly failure = signal<ApiError | undefined>(undefined);
  /** Counts what arrived, so that a view is drawn again. */
  readonly arrived = signal(0);
  private pages = new Map<number, StoryRow[] | 'waiting'>();
  private stop = new AbortController();
  private readonly asked: Omit<StoriesAsked, 'offset' | 'limit'>;

  constructor(asked: Omit<StoriesAsked, 'offset' | 'limit'>) {
    this.asked = asked;
    this.want(0, 1);
  }

  row(index: number): StoryRow | undefined {
    const page = this.pages.get(Math.floor(index / pageRows));
    return page && page !== 'waiting' ? page[index % pageRows] : undefined;
  }

  /** Reads the rows of a range that are not here yet. */
  want(from: number, to: number): void {
    for (let page = Math.floor(from / pageRows); page * pageRows < to; page += 1)
      if (!this.pages.has(page)) void this.read(page);
  }

  /** Reads again what is shown, without emptying it first. */
  refresh(from: number, to: number): void {
    const first = Math.floor(from / pageRows);
    const last = Math.floor(Math.max(from, to - 1) / pageRows);
    for (const page of [...this.pages.keys()]) if (page < first || page > last) this.pages.delete(page);
    for (let page = first; page <= last; page += 1) void this.read(page, true);
  }

  close(): void {
    this.stop.abort();
  }

  private async read(page: number, isAgain = false): Promise<void> {
    if (this.stop.signal.aborted) return;
    if (!isAgain) this.pages.set(page, 'waiting');
    try {
      const { total, stories, isComplete } = await api.stories(
        { ...this.asked, offset: page * pageRows, limit: pageRows },
        this.stop.signal,
      );
      this.pages.set(page, stories);
      this.total.value = total;
      this.failure.value = undefined;
      this.arrived.value += 1;
      if (isComplete === false) setTimeout(() => void this.read(page, true), whileReadingMs);
    } catch (error) {
      if (this.stop.signal.aborted) return;
      if (!isAgain) this.pages.delete(page);
      if (error instanceof ApiError) this.failure.value = error;
      else throw error;
    }
  }
}
