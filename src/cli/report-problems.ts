import { several } from '../problems/counted.ts';
import { machineProblem } from '../problems/machine.ts';
import { type Problem, ProblemsError, SetupError, sortProblems } from '../problems/problem.ts';
import { painter } from './colours.ts';
import { type Io, UsageError } from './command.ts';

/**
 * Prints problems for an editor: file by file, those with errors first, with a place on each line that a terminal or an
 * editor can open, and the number of problems at the end.
 *
 * @param outcome what happened to the site, such as "The site was not changed."
 */
export function showProblems(problems: Problem[], io: Io, outcome = ''): void {
  if (problems.length === 0) return;
  const paint = painter(io.stderr, io);
  const files = Map.groupBy(sortProblems(problems), ({ file }) => file);
  const lines: string[] = [];
  for (const found of files.values()) {
    for (const { file, line, column = 1, rule, severity, message, hint } of found) {
      const isError = severity === 'error';
      const name = `${rule}${isError ? '' : ' (warning)'}`;
      lines.push(`${paint('bold', `${file}:${line}:${column}`)}  ${paint(isError ? 'red' : 'yellow', name)}`);
      lines.push(indented(message));
      if (hint) lines.push(paint('dim', indented(hint)));
    }
    lines.push('');
  }
  io.stderr.write(`${lines.join('\n')}\n${paint('bold', `${countOf(problems)}.`)}${outcome ? ` ${outcome}` : ''}\n`);
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

/** A problem as printed by `--json`. These names are a contract. */
export const plainProblem = ({ file, line, column = 1, message, hint = '', rule }: Problem) => ({
  file,
  line,
  column,
  message,
  hint,
  rule,
});

/** "3 errors, 1 warning" */
export function countOf(problems: Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    errors > 0 ? several(errors, 'error') : '',
    problems.length > errors ? several(problems.length - errors, 'warning') : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/**
 * The problems that an error from a command represents: those of the newsroom, or one about the disk or a folder.
 * Undefined for a bug.
 */
export function problemsOf(error: unknown): Problem[] | undefined {
  if (error instanceof ProblemsError) return error.problems;
  const problem = machineProblem(error);
  return problem && [problem];
}

/**
 * Explains why a command failed, without a stack trace if it is not a bug.
 *
 * @returns the exit code
 */
export function reportFailure(error: unknown, io: Io, outcome = ''): number {
  if (error instanceof UsageError) {
    io.stderr.write(`${error.message}\n${error.hint}\n`);
    return 2;
  }
  const problems = problemsOf(error);
  if (!problems) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(
      `This is a bug in Broadsheet, not a mistake in the newsroom. The files of the site are complete.\nPlease report it with these lines:\n\n${stack}\n`,
    );
    return 1;
  }
  if (error instanceof ProblemsError && !(error instanceof SetupError)) showProblems(problems, io, outcome);
  else for (const { message, hint } of problems) io.stderr.write(`${message}${hint ? `\n${hint}` : ''}\n`);
  return 1;
}
