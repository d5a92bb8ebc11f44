import type { Problem } from '../../problems/problem.ts';

/** A problem of a text before it has its file; lines are those of the text, from 1. */
export type BodyProblem = Omit<Problem, 'file'> & {
  /** A link to a content file, as written: what to write instead depends on the file that has it. */
  href?: string;
};

/** A place in the text of a story. */
export interface TextPlace {
  line: number;
  column?: number;
}

/** One line of at most 80 characters. */
export const short = (text: string, charsMax = 80): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > charsMax ? `${line.slice(0, charsMax - 3)}…` : line;
};

/** The name that was probably meant, or else a hint of ours. */
export const didYouMean = (meant: string | undefined, otherwise: string): string =>
  meant ? `Did you mean  ${meant} ?` : otherwise;
