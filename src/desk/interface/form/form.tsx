import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { FieldValue } from '../../document/edits.ts';
import { fieldValueAt } from '../../document/values.ts';
import type { FieldEdit } from '../contract.ts';
import { controlOf } from './list-field.tsx';
import type { FormProps } from './props.ts';
import { FormContext, type FormState, idOf, isGroup } from './state.ts';
import { Fields, ValueField } from './value-field.tsx';

/** The form of a file, from its description. The view that shows it keeps the values. */
export function Form({
  description,
  values,
  onEdit,
  problems,
  goTo,
  choices,
  timeZone,
  language,
  announce,
}: FormProps) {
  const id = useId();
  const value = values as FieldValue;
  const latest = useRef({ value, onEdit });
  latest.current = { value, onEdit };
  const state = useMemo<FormState>(
    () => ({
      id,
      edit: (edit) =>
        latest.current.onEdit(withEntryKept(latest.current.value, edit, description.entries !== undefined)),
      problems,
      choices,
      timeZone,
      language,
      announce,
    }),
    [id, description, problems, choices, timeZone, language, announce],
  );
  useEffect(() => {
    if (goTo) show(id, goTo.field);
  }, [goTo?.field]);
  return (
    <FormContext.Provider value={state}>
      <div class="form" id={id}>
        {description.entries ? (
          <ValueField kind={description.entries} value={value} path={[]} label={description.name} />
        ) : (
          <Fields fields={description.fields} value={value} path={[]} />
        )}
      </div>
    </FormContext.Provider>
  );
}

/**
 * An entry of a list or map stays if its last field is emptied, because someone is about to enter something else. Only
 * its button removes it.
 */
function withEntryKept(values: FieldValue, edit: FieldEdit, hasEntries: boolean): FieldEdit {
  if (!('path' in edit) || 'key' in edit || 'move' in edit || 'insert' in edit || edit.value !== undefined) return edit;
  const above = edit.path.slice(0, -1);
  const group = fieldValueAt(values, above);
  if (!isGroup(group) || Object.keys(group).length !== 1 || !Object.hasOwn(group, String(edit.path.at(-1))))
    return edit;
  const isEntry = typeof above.at(-1) === 'number' || (hasEntries && above.length === 1);
  return isEntry ? { path: above, value: {} } : edit;
}

/** Opens what is folded away, and moves the focus to the field, or to the nearest field that contains it. */
function show(form: string, field: readonly (string | number)[]): void {
  for (let length = field.length; length > 0; length--) {
    const element = document.getElementById(idOf(form, field.slice(0, length)));
    if (!element) continue;
    for (let at = element.parentElement; at; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
    controlOf(element)?.focus();
    element.scrollIntoView({ block: 'center' });
    return;
  }
}
