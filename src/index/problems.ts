import { error, SetupError } from '../problems/problem.ts';

/** @param file newsroom-relative */
export const savedMeanwhile = (file: string, how: 'saved' | 'removed'): SetupError =>
  new SetupError(
    error(
      'saved-meanwhile',
      { file, line: 1 },
      `${file} was ${how} while the site was being built.`,
      'Run the same command again. If you use --changed, also name this file.',
    ),
  );
