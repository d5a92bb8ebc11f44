import type { Problem } from '../problems/problem.ts';
import type { Io } from './command.ts';
import { showProblems } from './report-problems.ts';

/**
 * Prints problems in the terminal as they appear and disappear. Every page request brings the whole list, so only new
 * problems are printed: all errors if one is new, and only the new warnings.
 *
 * @returns a function that takes the current problems. A bug is passed as a stack trace
 */
export function devTerminal(io: Io): (problems: Problem[], fault?: string) => void {
  let said = new Set<string>();
  let hadErrors = false;
  let lastFault: string | undefined;
  return (problems, fault) => {
    if (fault !== undefined) {
      if (fault !== lastFault)
        io.stderr.write(
          `This is a bug in Broadsheet, not a mistake in the newsroom.\nPlease report it with these lines:\n\n${fault}\n`,
        );
      lastFault = fault;
      return;
    }
    const keyOf = ({ file, line, rule, message }: Problem) => JSON.stringify([file, line, rule, message]);
    const errors = problems.filter(({ severity }) => severity === 'error');
    const fresh = problems.filter((problem) => !said.has(keyOf(problem)));
    const isNewError = fresh.some(({ severity }) => severity === 'error');
    if (errors.length > 0 && isNewError)
      showProblems(
        [...errors, ...fresh.filter((one) => !errors.includes(one))],
        io,
        'Pages show this until it is corrected.',
      );
    else if (fresh.length > 0 && errors.length === 0) showProblems(fresh, io);
    if (hadErrors && errors.length === 0) io.stderr.write('Corrected. Pages are shown again.\n');
    hadErrors = errors.length > 0;
    said = new Set(problems.map(keyOf));
  };
}
