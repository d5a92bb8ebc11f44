import { signal } from '@preact/signals';
import type { FieldEdit } from '../contract.ts';
import type { Values } from './values.ts';

/** A state that undo can return to. */
export interface Moment {
  values: Values;
  edits: FieldEdit[];
  body: string;
  /** How often the file had been saved. */
  saves: number;
}

/** Edits within this time are undone together. */
const togetherMs = 900;
const momentsMax = 200;

/** What undo and redo return to: the fields and the text together, because a story is one thing. */
export class History {
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  private past: Moment[] = [];
  private future: Moment[] = [];
  private lastAt = 0;

  /** Keeps the state before an edit. @param at when the edit happened, in ms */
  add(before: Moment, at: number): void {
    if (this.past.length === 0 || at - this.lastAt >= togetherMs || this.future.length > 0) this.past.push(before);
    if (this.past.length > momentsMax) this.past.shift();
    this.lastAt = at;
    this.future = [];
    this.tell();
  }

  back(now: Moment): Moment | undefined {
    return this.travel(this.past, this.future, now);
  }

  forward(now: Moment): Moment | undefined {
    return this.travel(this.future, this.past, now);
  }

  clear(): void {
    this.past = [];
    this.future = [];
    this.tell();
  }

  private travel(from: Moment[], to: Moment[], now: Moment): Moment | undefined {
    const moment = from.pop();
    if (moment) to.push(now);
    this.lastAt = 0;
    this.tell();
    return moment;
  }

  private tell(): void {
    this.canUndo.value = this.past.length > 0;
    this.canRedo.value = this.future.length > 0;
  }
}
