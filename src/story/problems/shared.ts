import type { Problem } from '../../problems/problem.ts';

/** A problem of a text whose file is not known yet. Lines are counted in the text, from 1. */
export type BodyProblem = Omit<Problem, 'file'> & {
  /** A link to a content file, as written. What to write instead depends on the file that contains it. */
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

/** The name that was probably meant. Defaults to a general hint. */
export const didYouMean = (meant: string | undefined, otherwise: string): string =>
  meant ? `Did you mean  ${meant} ?` : otherwise;
