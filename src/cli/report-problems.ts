import { several } from '../problems/counted.ts';
import { type Problem, ProblemsError, sortProblems } from '../problems/problem.ts';
import { painter } from './colours.ts';
import { type Io, UsageError } from './command.ts';

/**
 * Prints problems for an editor: file by file, those with errors first, with a place on each line that a terminal or an
 * editor can open, and the number of problems at the end.
 *
 * @param outcome what became of the site, such as "The site was not changed."
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
  if (!(error instanceof Error)) return undefined;
  const one = (rule: string, file: string, message: string, hint: string): Problem[] => [
    { rule, severity: 'error', file, line: 1, message, hint },
  ];
  if (error.name === 'ForeignDistError')
    return one('foreign-dist', error.message.split(' is not empty')[0] ?? '', error.message, '');
  if (error.name === 'CacheFolderError')
    return one('no-cache', '', error.message, 'Name another folder with BROADSHEET_CACHE, or move the file.');
  if (error.name === 'NothingBuiltError')
    return one(
      'nothing-built',
      'content/site.yaml',
      error.message.split(' Run ')[0] ?? '',
      'Run  broadsheet build  first.',
    );
  if (error.name === 'ForeignEditionError')
    return one('foreign-edition', error.message.split(' is ')[0] ?? '', error.message, '');
  const [, saved, how] =
    /((?:content|public)\/[^\n]*) was (saved|removed) while the press ran/.exec(error.message) ?? [];
  if (saved)
    return one(
      'saved-meanwhile',
      saved,
      `${saved} was ${how} while the site was being built.`,
      'Run the same command again. If you use --changed, name this file too.',
    );
  if (error.message.startsWith('The templates cannot be built.'))
    return one(
      'templates-broken',
      'theme',
      error.message,
      'If the newsroom has a  theme/  folder, look for the cause there first. Otherwise this is a bug in Broadsheet.',
    );
  const { code = '', path = '', dest, errcode } = error as NodeJS.ErrnoException & { dest?: string; errcode?: number };
  const place = dest ?? path;
  const again = 'No file is incomplete. Run the same command again to continue where it stopped.';
  // 13 is SQLITE_FULL, 8 is READONLY, and 14 is CANTOPEN.
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === 13)
    return one(
      'disk-full',
      place,
      `The disk is full${place ? `: ${place} could not be written` : ''}.`,
      `Free some space. ${again}`,
    );
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return one(
      'no-permission',
      place,
      `Cannot ${error.message.includes('open') && isReading(error) ? 'read' : 'write to'} ${place}: ${wordsOf(code)}.`,
      `Give this account permission, or name another folder. ${again}`,
    );
  if (errcode !== undefined && [8, 14].includes(errcode & 0xff))
    return one(
      'no-permission',
      place,
      `Cannot write to the cache folder (${error.message}).`,
      `Give this account permission, or name another folder with BROADSHEET_CACHE. ${again}`,
    );
  if (code === 'EMFILE' || code === 'ENFILE')
    return one(
      'too-many-files',
      place,
      'This machine does not allow one program to open so many files.',
      `Raise the limit (ulimit -n 4096). ${again}`,
    );
  return undefined;
}

/** A file system error says which call failed, not its purpose. Originals are only opened for reading. */
const isReading = (error: NodeJS.ErrnoException): boolean =>
  error.syscall === 'scandir' || /[\\/](content|public|theme)[\\/]/.test(error.path ?? '');

const wordsOf = (code: string): string =>
  ({ EACCES: 'permission denied', EPERM: 'not permitted', EROFS: 'the disk is read-only' })[code] ?? code;

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
      `This is a bug in Broadsheet, not a mistake in the newsroom. The files in the site's folder are complete.\nPlease report it with these lines:\n\n${stack}\n`,
    );
    return 1;
  }
  if (error instanceof ProblemsError) showProblems(problems, io, outcome);
  else for (const { message, hint } of problems) io.stderr.write(`${message}${hint ? `\n${hint}` : ''}\n`);
  return 1;
}
