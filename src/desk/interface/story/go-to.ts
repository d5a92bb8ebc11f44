import type { DeskProblem } from '../contract.ts';

/** Where a problem or the preview sends the user. A new object for each request. */
export interface GoTo {
  field?: DeskProblem['field'];
  offset?: number;
}
