import type { FieldEdit, FieldValue, Path } from '../../document/edits.ts';
import { fieldValueAt, NoSuchPlace, withFieldEdit } from '../../document/values.ts';

export type Values = { readonly [key: string]: FieldValue };

/** The values after an edit, or as they were if it is about something that is not there any more. */
export function withEdit(values: Values, edit: FieldEdit): Values {
  try {
    return withFieldEdit(values, edit);
  } catch (error) {
    if (error instanceof NoSuchPlace) return values;
    throw error;
  }
}

/** The value at a path. */
export const valueAt = (values: Values, path: Path): FieldValue | undefined => fieldValueAt(values, path);

/**
 * The edits with one more. Each key that is typed is an edit, so an edit of the same value as the last one replaces it.
 */
export function withOneMore(edits: readonly FieldEdit[], edit: FieldEdit): FieldEdit[] {
  const last = edits.at(-1);
  const isSame = last && isValueEdit(last) && isValueEdit(edit) && last.path.join('\n') === edit.path.join('\n');
  // Removing an entry of a list moves those after it, so two removals at one place are two.
  const isEntry = typeof edit.path.at(-1) === 'number';
  if (isSame && !(isEntry && (last.value === undefined || edit.value === undefined)))
    return [...edits.slice(0, -1), edit];
  return [...edits, edit];
}

/** The edits that lead from one state to another, when nobody knows how it came about: after undoing what was saved. */
export function editsBetween(before: Values, after: Values, at: Path = []): FieldEdit[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): FieldEdit[] => {
    const [old, now] = [before[key], after[key]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (isGroup(old) && isGroup(now)) return editsBetween(old, now, [...at, key]);
    return [{ path: [...at, key], value: now }];
  });
}

const isValueEdit = (edit: FieldEdit): edit is { path: Path; value?: FieldValue } =>
  !('move' in edit || 'insert' in edit || 'key' in edit);

const isGroup = (value: FieldValue | undefined): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
