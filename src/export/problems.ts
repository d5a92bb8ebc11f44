import { error, SetupError } from '../problems/problem.ts';

/** @param out where the export should be written */
export const placeTaken = (out: string): SetupError =>
  new SetupError(
    error(
      'export-place',
      { file: out, line: 1 },
      `${out} is not empty, so nothing was written.`,
      'Name another folder with --out, or delete this one yourself.',
    ),
  );
