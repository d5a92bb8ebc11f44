import type { LostKind } from '../problems/lost.ts';

/** Why words are lost, if it can be determined. */
export interface Cause {
  kind: LostKind;
  /** The position in the text, or -1 if it is not known. */
  at: number;
  name: string;
}

/** A run of lost words in the source, from the first to the last. */
export interface Run {
  at: number;
  end: number;
  count: number;
}

/** Lost words with the same cause are one mistake. */
export interface Group extends Run {
  cause: Cause;
}
