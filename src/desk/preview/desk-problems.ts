import { isCertain, withCures, withEdits } from '../../check/corrected.ts';
import type { Problem } from '../../problems/problem.ts';
import type { CopyEdit } from '../../story/copy/copy.ts';
import { normalText } from '../../yaml/write/normal-text.ts';
import type { Change, Path } from '../document/edits.ts';
import { bodyStartOf } from '../document/read-document.ts';
import { fieldAt } from './field-at.ts';

/** A problem with the field or the place in the body that it is about, so that the desk shows it there. */
export interface PlacedProblem {
  rule: string;
  severity: Problem['severity'];
  /** What was found, and what was expected. */
  says: string;
  /** How to fix it. */
  todo?: string;
  /** In the file, 1-based. Absent if the problem is in another file. */
  line?: number;
  field?: Path;
  /** In the body, in UTF-16 units. */
  offset?: number;
  /** A correction that is certain. */
  cure?: { label: string; change: Change };
}

/** A text with its problems. */
export interface TextWithProblems {
  /** Newsroom-relative. */
  file: string;
  text: string;
  /** The whole file is YAML. */
  isYaml: boolean;
  problems: readonly Problem[];
  /** A copy editor's certain corrections. */
  edits?: readonly CopyEdit[];
}

/** Corrections are whole texts, so only so many of them are sent. */
const curesCharsMax = 2_000_000;

/** The problems of a text, as the desk shows them: errors first, then in the order of the text. */
export async function placedProblems({
  file,
  text,
  isYaml,
  problems,
  edits = [],
}: TextWithProblems): Promise<PlacedProblem[]> {
  const lines = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const bodyStart = isYaml ? text.length : bodyStartOf(text);
  const left = new Set(edits);
  let chars = 0;
  const placed: PlacedProblem[] = [];
  for (const problem of inOrder(problems)) {
    const { rule, severity, message, hint, line, column = 1 } = problem;
    const shown: PlacedProblem = { rule, severity, says: message, ...(hint && { todo: hint }) };
    placed.push(shown);
    if (problem.file !== file) {
      shown.says = `${problem.file}, line ${line}: ${message}`;
      continue;
    }
    shown.line = line;
    const start = lines[line - 1] ?? text.length;
    if (start >= bodyStart && !isYaml) shown.offset = Math.min(start + column - 1, text.length) - bodyStart;
    else {
      const field = await fieldAt(text.slice(0, bodyStart), isYaml, line, problem.column);
      if (field) shown.field = field;
    }
    const change = changeFor(problem, shown, { text, bodyStart, isYaml }, left);
    if (!change) continue;
    chars += (change.text ?? change.body ?? '').length;
    if (chars <= curesCharsMax) shown.cure = { label: 'Correct it', change };
  }
  return placed;
}

const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].sort(
    (one, other) => weight(one) - weight(other) || one.line - other.line,
  );
const weight = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);

/** The change that corrects a problem, if that is certain. */
function changeFor(
  problem: Problem,
  { offset, field }: PlacedProblem,
  { text, bodyStart, isYaml }: { text: string; bodyStart: number; isYaml: boolean },
  edits: Set<CopyEdit>,
): Change | undefined {
  const made = (corrected: string): Change | undefined => {
    if (corrected === text) return undefined;
    // A correction of the body leaves the form as it is.
    const isBody = !isYaml && corrected.slice(0, bodyStart) === text.slice(0, bodyStart) && bodyStart > 0;
    return isBody ? { body: corrected.slice(bodyStart) } : { text: corrected };
  };
  if (problem.cure) return isCertain(problem) ? made(withCures(text, [problem.cure])) : undefined;
  if (offset !== undefined) {
    const body = normalText(text.slice(bodyStart)).text;
    const line = text.slice(bodyStart, bodyStart + offset).split(/\r\n?|\n/).length;
    const found = [...edits].find((edit) => edit.kind === 'body' && body.slice(0, edit.at).split('\n').length === line);
    if (!found) return undefined;
    edits.delete(found);
    return made(withEdits(text, [found]));
  }
  const found = [...edits].find((edit) => edit.kind === 'value' && field && isWithin(edit.path, field));
  if (found?.kind !== 'value') return undefined;
  edits.delete(found);
  return { edits: [{ path: found.path, value: found.value }] };
}

const isWithin = (path: Path, field: Path): boolean => field.every((key, at) => String(key) === String(path[at]));
