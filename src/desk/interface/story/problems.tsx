import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DeskProblem } from '../contract.ts';
import type { PreviewOfFile } from '../preview/preview-of-file.ts';
import { announce, speak } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';

interface ProblemsProps {
  file: OpenFile;
  preview: PreviewOfFile;
  onJump(problem: DeskProblem): void;
}

/** What `check` finds in the text as it is now, each with its way to the place and its correction. */
export function Problems({ file, preview, onJump }: ProblemsProps) {
  const isOpen = useSignal(false);
  const problems = preview.problems.value ?? file.problems.value;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const counted = [errors > 0 && words.errors(errors), warnings > 0 && words.warnings(warnings)]
    .filter(Boolean)
    .join(', ');
  // Once it is known, and then only when the number changes, so that typing is not interrupted at every word.
  useEffect(() => {
    if (preview.problems.value) speak(counted || words.problems.none);
  }, [counted, preview.problems.value === undefined]);
  if (problems.length === 0) return null;
  return (
    <section class="problems" aria-label={words.problems.title}>
      <button
        type="button"
        class="problems-switch"
        aria-expanded={isOpen.value}
        aria-controls="problem-list"
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <span class={errors > 0 ? 'mark bad' : 'mark'}>{counted}</span> {isOpen.value ? words.hide : words.show}
      </button>
      <ul id="problem-list" hidden={!isOpen.value}>
        {problems.map((problem, at) => (
          <Problem key={`${problem.rule} ${at}`} problem={problem} file={file} onJump={onJump} />
        ))}
      </ul>
    </section>
  );
}

function Problem({
  problem,
  file,
  onJump,
}: {
  problem: DeskProblem;
  file: OpenFile;
  onJump(problem: DeskProblem): void;
}) {
  const { severity, says, todo, cure, line } = problem;
  const hasPlace = problem.field !== undefined || problem.offset !== undefined;
  return (
    <li class={`problem ${severity}`}>
      <p>
        <b class="kind">{severity === 'error' ? words.problems.error : words.problems.warning}</b> {says}
        {!hasPlace && line !== undefined && <span class="line"> {words.problems.line(line)}</span>}
      </p>
      {todo && <p class="todo">{todo}</p>}
      <p class="buttons">
        {hasPlace && (
          <button type="button" class="small" onClick={() => onJump(problem)}>
            {words.problems.show}
          </button>
        )}
        {cure && (
          <button type="button" class="small" onClick={() => applyCure(file, problem)}>
            {cure.label || words.problems.fix}
          </button>
        )}
      </p>
    </li>
  );
}

/** A correction is an edit like any other: it is seen at once, can be undone, and is saved with the rest. */
function applyCure(file: OpenFile, { cure }: DeskProblem): void {
  if (!cure) return;
  file.history.together(() => {
    for (const edit of cure.change.edits ?? []) file.edit(edit);
    if (cure.change.body !== undefined) file.replaceBody(cure.change.body);
  });
  // A correction of the whole file cannot be an edit, so it is saved at once. The version before it is kept.
  if (cure.change.text !== undefined) void file.replaceWith(cure.change.text);
  announce(words.problems.fixed, 'good');
}
