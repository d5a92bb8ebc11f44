import type { LostKind } from '../problems/lost.ts';

/** Why words are lost, as far as it can be determined. */
export interface Cause {
  kind: LostKind;
  /** Where in the text it lies; -1 when it is not known. */
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
