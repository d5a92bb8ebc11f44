import type { FieldEdit, FieldValue, Path } from '../../document/edits.ts';

export type Values = { readonly [key: string]: FieldValue };

/** The values after an edit. Nothing of the old values is changed. */
export function withEdit(values: Values, edit: FieldEdit): Values {
  if ('move' in edit) {
    const { from, to } = edit.move;
    return change(values, edit.path, (list) =>
      Array.isArray(list) && from in list ? list.toSpliced(from, 1).toSpliced(to, 0, list[from]) : list,
    );
  }
  if ('insert' in edit)
    return change(values, edit.path.slice(0, -1), (list) =>
      (Array.isArray(list) ? list : []).toSpliced(Number(edit.path.at(-1)), 0, edit.insert),
    );
  if ('key' in edit)
    return change(values, edit.path.slice(0, -1), (group) =>
      isGroup(group)
        ? Object.fromEntries(
            Object.entries(group).map(([key, value]) => [key === edit.path.at(-1) ? edit.key : key, value]),
          )
        : group,
    );
  return change(values, edit.path, () => edit.value);
}

/** The value at a path. */
export function valueAt(values: Values, path: Path): FieldValue | undefined {
  let value: FieldValue | undefined = values;
  for (const key of path)
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, key)
        ? (value as Record<string | number, FieldValue>)[key]
        : undefined;
  return value;
}

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

const isEmptyGroup = (value: FieldValue | undefined): boolean => isGroup(value) && Object.keys(value).length === 0;

function change(values: Values, path: Path, make: (old: FieldValue | undefined) => FieldValue | undefined): Values {
  return (inside(values, path, make) ?? {}) as Values;
}

function inside(
  value: FieldValue | undefined,
  path: Path,
  make: (old: FieldValue | undefined) => FieldValue | undefined,
): FieldValue | undefined {
  if (path.length === 0) return make(value);
  const [key, ...rest] = path as [string | number, ...(string | number)[]];
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? value : [];
    const made = inside(list[key], rest, make);
    if (made === undefined || (rest.length > 0 && isEmptyGroup(made))) return list.toSpliced(key, 1);
    return key in list ? list.with(key, made) : [...list, made];
  }
  const group = isGroup(value) ? value : {};
  const made = inside(group[key], rest, make);
  if (made === undefined || (rest.length > 0 && (isEmptyGroup(made) || (Array.isArray(made) && made.length === 0)))) {
    const { [key]: _, ...others } = group;
    return others;
  }
  return { ...group, [key]: made };
}
