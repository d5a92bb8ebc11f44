import type { ComponentChildren } from 'preact';
import type { DeskProblem } from '../contract.ts';
import { idOf, problemsAt, useForm, type ValueProps } from './state.ts';
import { formWords } from './words.ts';

/** The attributes that connect a control with its label, its help, and its problems. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
  'aria-required': 'true' | undefined;
}

interface FrameProps extends ValueProps {
  /** More about the value, below the control, such as its length. */
  note?: ComponentChildren;
  /** A problem that the form finds while someone types. */
  found?: string | undefined;
}

/** A field with one control: its label, help, and problems. */
export function FieldFrame({
  children,
  isBox = false,
  ...props
}: FrameProps & { isBox?: boolean; children: (control: ControlProps) => ComponentChildren }) {
  const { id, problems, control } = useControl(props);
  const label = (
    <label for={id} class="field-label">
      {props.label}
      {props.isRequired && <span class="field-required"> ({formWords.required})</span>}
    </label>
  );
  return (
    <div class="field">
      {/* The label of a box comes after it, where readers of a form expect it. */}
      {!isBox && label}
      {children(control)}
      {isBox && label}
      <Below id={id} {...props} problems={problems} />
    </div>
  );
}

/** A field with several controls. `inner` has fields of its own. */
export function GroupFrame({
  children,
  inner = [],
  ...props
}: FrameProps & { inner?: readonly (string | number)[]; children: ComponentChildren }) {
  const { id, problems, control } = useControl(props, inner);
  return (
    // Its problems can be gone to, although it has no control of its own.
    <fieldset class="field-group" id={id} tabIndex={-1} aria-describedby={control['aria-describedby']}>
      <legend class="field-label">
        {props.label}
        {props.isRequired && <span class="field-required"> ({formWords.required})</span>}
      </legend>
      <Below id={id} {...props} problems={problems} />
      {children}
    </fieldset>
  );
}

/** The id, problems, and attributes of a control. */
export function useControl(props: FrameProps, inner: readonly (string | number)[] = []) {
  const form = useForm();
  const id = idOf(form.id, props.path);
  const problems = problemsAt(form.problems, props.path, inner);
  const described = [
    props.help && `${id}:help`,
    props.note !== undefined && props.note !== null && `${id}:note`,
    (problems.length > 0 || props.found) && `${id}:problems`,
  ].filter(Boolean);
  const isInvalid = props.found !== undefined || problems.some(({ severity }) => severity === 'error');
  const control: ControlProps = {
    id,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': isInvalid ? 'true' : undefined,
    'aria-required': props.isRequired ? 'true' : undefined,
  };
  return { id, problems, control };
}

function Below({ id, help, note, found, problems }: FrameProps & { id: string; problems: readonly DeskProblem[] }) {
  return (
    <>
      {note !== undefined && note !== null && (
        <div class="field-note" id={`${id}:note`}>
          {note}
        </div>
      )}
      {(problems.length > 0 || found) && (
        <ul class="field-problems" id={`${id}:problems`}>
          {found && <Problem severity="error" says={found} />}
          {problems.map((problem) => (
            <Problem key={`${problem.rule}${problem.says}`} {...problem} />
          ))}
        </ul>
      )}
      {help && (
        <p class="field-help" id={`${id}:help`}>
          {help}
        </p>
      )}
    </>
  );
}

function Problem({ severity, says, todo }: Pick<DeskProblem, 'severity' | 'says' | 'todo'>) {
  return (
    <li class={`field-${severity}`}>
      <strong>{severity === 'error' ? formWords.problem : formWords.warning}:</strong> {says} {todo}
    </li>
  );
}
