import type { Rule } from './rules.ts';

/** What is wrong and what to do about it, before it is known where. */
export interface Finding {
  /** Permanent, searchable name, such as `picture-missing`. */
  rule: Rule;
  /** An error stops the build before anything is written; a warning is printed and the build continues. */
  severity: 'error' | 'warning';
  /** What is wrong and why, with the offending text, as sentences for an editor. */
  message: string;
  /** What to do about it, with the corrected text if it is known. */
  hint?: string;
  /** The same as an edit of the file. Applying it removes this problem. */
  cure?: Cure;
}

/** Where a problem is. */
export interface Place {
  /** Path relative to the newsroom, with forward slashes. */
  file: string;
  /** 1-based, counted from the file's first line, front matter included. */
  line: number;
  /** 1-based. */
  column?: number;
}

/**
 * An editor's mistake, as a value. A room returns problems and never prints them. Only the reporter (`cli/`) turns them
 * into lines. A mistake in our own code is a thrown Error, never a Problem.
 *
 * Each is made by a function in the `problems.ts` of its room, and each rule has an entry in `check/catalogue/`, from
 * which docs/problems.md is generated.
 */
export interface Problem extends Finding, Place {}

type Rest = Pick<Finding, 'hint' | 'cure'>;

/**
 * An error.
 *
 * @param place as far as it is known: a file and a line, the line of a text whose file the caller knows, or a key
 */
export function error<At extends object>(rule: Rule, place: At, message: string, hint?: string | Rest): At & Finding {
  const rest = typeof hint === 'string' ? { hint } : hint;
  return { rule, severity: 'error', ...place, message, ...rest };
}

/** A warning. @param place as for `error` */
export function warning<At extends object>(rule: Rule, place: At, message: string, hint?: string | Rest): At & Finding {
  return { ...error(rule, place, message, hint), severity: 'warning' };
}

/** Lines of a file and what to write in their place. */
export interface Cure {
  /** 1-based. */
  from: number;
  /** The last line to be replaced. It is `from - 1` if lines are only inserted before `from`. */
  to: number;
  lines: string[];
}

/** Returns the text of a file with a cure applied. @param text with `\n` as line ending */
export function applyCure(text: string, { from, to, lines }: Cure): string {
  const old = text.split('\n');
  old.splice(from - 1, to - from + 1, ...lines);
  return old.join('\n');
}

/** Passes all problems of a run through rooms that can only throw. */
export class ProblemsError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

/**
 * A problem with a folder or with timing, and not with what an editor wrote. `cli/` prints it without a place.
 */
export class SetupError extends ProblemsError {
  constructor(...problems: Problem[]) {
    super(problems);
    this.name = 'SetupError';
  }
}

/** Errors before warnings, then by file, line and rule, so that the same newsroom prints the same list. */
export function sortProblems(problems: Iterable<Problem>): Problem[] {
  const weight = (problem: Problem) => (problem.severity === 'error' ? 0 : 1);
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...problems].sort(
    (a, b) =>
      weight(a) - weight(b) ||
      order(a.file, b.file) ||
      a.line - b.line ||
      order(a.rule, b.rule) ||
      order(a.message, b.message),
  );
}
