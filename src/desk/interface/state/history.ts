import { signal } from '@preact/signals';

const momentsMax = 500;

/** The text of a story at some time. */
export interface TextMoment {
  body(): string;
}

/**
 * What undo and redo return to, for everything that is edited in a story: each step in the order in which it was made.
 *
 * A moment has the parts that an edit changed, such as the fields or the text, as they were before it.
 */
export class History<Moment extends object> {
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  private past: Moment[] = [];
  private future: Moment[] = [];
  /** What the last edit was about, as long as another one can belong to it. */
  private open: string | undefined;
  private isTogether = false;

  /**
   * Keeps what an edit changes.
   *
   * @param before as it was before the edit
   * @param about what is edited
   * @param isMore whether it belongs to the last edit, if that was about the same
   */
  add(before: Moment, about: string, isMore: boolean): void {
    const joins = this.isTogether || (isMore && about === this.open);
    if (joins && this.past.length > 0) this.past[this.past.length - 1] = { ...before, ...this.past.at(-1) };
    else this.past.push(before);
    if (this.past.length > momentsMax) this.past.shift();
    this.open = about;
    this.future = [];
    this.tell();
  }

  /** The edits that are made meanwhile are one step. */
  together(edits: () => unknown): void {
    const { length } = this.past;
    this.open = undefined;
    this.past.push({} as Moment);
    this.isTogether = true;
    try {
      edits();
    } finally {
      this.isTogether = false;
      this.open = undefined;
      const made = this.past.at(-1);
      if (this.past.length > length && made && Object.keys(made).length === 0) this.past.pop();
      this.tell();
    }
  }

  /** @param exchange returns to a moment. Its result is what is there before, in the same parts */
  undo(exchange: (moment: Moment) => Moment): void {
    this.travel(this.past, this.future, exchange);
  }

  redo(exchange: (moment: Moment) => Moment): void {
    this.travel(this.future, this.past, exchange);
  }

  clear(): void {
    this.past = [];
    this.future = [];
    this.open = undefined;
    this.tell();
  }

  private travel(from: Moment[], to: Moment[], exchange: (moment: Moment) => Moment): void {
    const moment = from.pop();
    if (moment) to.push(exchange(moment));
    this.open = undefined;
    this.tell();
  }

  private tell(): void {
    this.canUndo.value = this.past.length > 0;
    this.canRedo.value = this.future.length > 0;
  }
}
