import type { Problem } from '../problems/problem.ts';
import type { Io } from './command.ts';
import { showProblems } from './report-problems.ts';

/**
 * Tells the terminal of problems as they come and go. Every page that is asked for brings the whole list along, so
 * only what was not said before is said: all errors when one is new, of warnings the new ones.
 *
 * @returns takes the problems as they are now; a fault of ours is a stack
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
