import { error, SetupError } from '../problems/problem.ts';

/** @param out where the edition should be written */
export const foreignEdition = (out: string, kind: 'zip' | 'folder'): SetupError =>
  new SetupError(
    error(
      'foreign-edition',
      { file: out, line: 1 },
      kind === 'zip'
        ? `${out} already exists and is not a Broadsheet edition, so nothing was written.`
        : `${out} is not empty and is not a Broadsheet edition, so nothing was written.`,
      `Name another ${kind === 'zip' ? 'file' : 'folder'} with --out, or delete this one yourself.`,
    ),
  );
