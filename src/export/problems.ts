import { error, SetupError } from '../problems/problem.ts';

/** @param out the folder or file that should be written */
export const placeTaken = (out: string, isFile: boolean): SetupError =>
  new SetupError(
    error(
      'export-place',
      { file: out, line: 1 },
      isFile ? `${out} exists, so nothing was written.` : `${out} is not empty, so nothing was written.`,
      isFile
        ? 'Name another file with --out, or delete this one yourself.'
        : 'Name another folder with --out, or delete this one yourself.',
    ),
  );
