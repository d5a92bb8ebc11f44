import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FieldValue } from '../../document/edits.ts';
import type { ValueKind } from '../../form/description.ts';
import type { DeskProblem, FieldEdit, Path } from '../contract.ts';
import type { FormChoices } from './props.ts';

/** What every field of a form needs. */
export interface FormState {
  /** Begins the ids of this form, because a page can have several. */
  id: string;
  edit(edit: FieldEdit): void;
  problems: readonly DeskProblem[];
  choices: FormChoices;
  timeZone: string;
  language: string;
  announce(message: string): void;
}

export const FormContext = createContext<FormState | undefined>(undefined);

export function useForm(): FormState {
  const state = useContext(FormContext);
  if (!state) throw new Error('A field is outside of a form.');
  return state;
}

/** A value of a form, with what is needed to enter it. */
export interface ValueProps {
  kind: ValueKind;
  value: FieldValue | undefined;
  path: Path;
  label: string;
  help?: string;
  isRequired?: boolean;
  default?: string | number | boolean | undefined;
}

/** The id of the control of a field. */
export const idOf = (form: string, path: Path): string =>
  `${form}-${path.map((key) => String(key).replace(/[^\w-]/g, (sign) => `_${sign.codePointAt(0)!.toString(16)}_`)).join('.')}`;

const isWithin = (outer: Path, inner: Path): boolean =>
  outer.length <= inner.length && outer.every((key, at) => String(key) === String(inner[at]));

/**
 * The problems that a field shows: those about it, and those about something in it that has no field of its own.
 *
 * @param inner what has a field inside it: the keys of a group, or the numbers of a list
 */
export function problemsAt(problems: readonly DeskProblem[], path: Path, inner: readonly (string | number)[] = []) {
  const own = inner.map(String);
  return problems.filter(
    ({ field }) =>
      field && isWithin(path, field) && (field.length === path.length || !own.includes(String(field[path.length]))),
  );
}

/** Whether there is a problem in these fields. */
export const hasProblemIn = (problems: readonly DeskProblem[], paths: readonly Path[]): boolean =>
  problems.some(({ field }) => field && paths.some((path) => isWithin(path, field)));

export const isGroup = (value: FieldValue | undefined): value is { readonly [key: string]: FieldValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
