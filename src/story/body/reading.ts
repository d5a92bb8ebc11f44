import type { Nodes } from 'hast';
import type { StoryElement } from '../elements.ts';
import type { BodyProblem } from '../problems/shared.ts';

/* What the steps of parsing a body share. */

/** A component as a story uses it. */
export interface Call {
  name: string;
  attributes: Record<string, string | boolean>;
  line: number;
}

/** What has been found so far. */
export interface Reading {
  problems: BodyProblem[];
  calls: Call[];
  known: Record<string, StoryElement>;
  hasHtml: boolean;
}

export const placeOf = (node: { position?: Nodes['position'] }) => ({
  line: node.position?.start?.line ?? 1,
  column: node.position?.start?.column ?? 1,
});

/** The maximum nesting depth. Nobody needs more, and browsers stop at 512. */
export const depthMax = 100;

export class TooDeep extends Error {
  readonly line: number;
  constructor(line: number) {
    super('too deep');
    this.line = line;
  }
}
