/**
 * An editor's mistake, as a value. A room returns problems and never prints them. Only the reporter (`cli/`) turns them
 * into lines. A mistake of *ours* is a thrown Error, never a Problem.
 */
export interface Problem {
  /** A permanent, searchable name, such as `picture-missing`. */
  rule: string;
  /** An error stops the build before anything is written. A warning is printed and the build continues. */
  severity: 'error' | 'warning';
  /** The path relative to the newsroom, with forward slashes. */
  file: string;
  /** 1-based, counted from the file's first line, front matter included. */
  line: number;
  /** 1-based. */
  column?: number;
  /** What is wrong and why, with the offending text, as sentences for an editor. */
  message: string;
  /** What to do about it, with the corrected text if it is known. */
  hint?: string;
  /** The same as an edit of the file. Applying it removes this problem. */
  cure?: Cure;
}

/** Lines of a file and their replacement. */
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

/** Carries all the problems of a run through rooms that can only throw. */
export class ProblemsError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

/** Sorts errors before warnings, then by file, line, and rule, so that the same newsroom prints the same list. */
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
