import type { StoryEditorProps } from '../props.ts';
import type { MarkedLine } from './source-view.ts';

/** The problems that have a place in the text. */
export const marksOf = ({ problems }: StoryEditorProps): MarkedLine[] =>
  problems.flatMap(({ offset, says, severity }) => (offset === undefined ? [] : [{ offset, says, severity }]));

/** Where a line begins. @param line from 1 on. A line after the last one is the end */
export function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count++) at = text.indexOf('\n', at) + 1 || text.length;
  return at;
}
