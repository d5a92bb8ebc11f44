import type { FieldEdit, FieldValue, Path, ReadDocument } from './edits.ts';

/*
 * What edits of fields do to the values of a form. The server does the same to the text of the file, and compares. This
 * file is also part of the interface.
 */

type Values = ReadDocument['values'];
type Group = Readonly<Record<string, FieldValue>>;

/** An edit of something that is not there, such as a list entry that somebody else removed. */
export class NoSuchPlace extends Error {}

/**
 * The values after an edit. The given values stay as they are.
 *
 * @throws NoSuchPlace if the path leads past the end of a list, through text, or to something that cannot be moved
 */
export function withFieldEdit(values: Values, edit: FieldEdit): Values {
  const path = pathIn(values, edit.path);
  if ('key' in edit) return has(values, path) ? (renamed(values, path, edit.key) as Values) : values;
  if ('move' in edit) return put(values, path, moved(listAt(values, path), edit.move, path)) as Values;
  if ('insert' in edit) {
    const list = listAt(values, path.slice(0, -1));
    const at = Number(path.at(-1));
    if (!(at >= 0 && at <= list.length)) throw nothingAt(path);
    return put(values, path.slice(0, -1), list.toSpliced(at, 0, edit.insert)) as Values;
  }
  const value = edit.value === undefined ? undefined : withoutUndefined(edit.value);
  return (value === undefined ? removed(values, path) : put(values, path, value)) as Values;
}

/** The values after all edits, one after another. */
export const withFieldEdits = (values: Values, edits: readonly FieldEdit[]): Values =>
  edits.reduce(withFieldEdit, values);

/** The value at a path, or undefined. */
export function fieldValueAt(values: FieldValue | undefined, path: Path): FieldValue | undefined {
  let value = values;
  for (const key of path)
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? (value as Group)[key] : undefined;
  return value;
}

/**
 * The path with numbers for lists and names for groups, and with the list that a single value means: `byline: Ann` is a
 * list with one entry if an edit is about its first entry.
 */
export function pathIn(values: FieldValue, path: Path): (string | number)[] {
  let value: FieldValue | undefined = values;
  return path.map((key) => {
    const step = Array.isArray(value) && /^\d+$/.test(String(key)) ? Number(key) : isGroup(value) ? String(key) : key;
    value = value === undefined ? undefined : fieldValueAt(value, [step]);
    return step;
  });
}

/** The list at a path. A single value is a list with one entry; nothing is an empty list. */
export function listAt(values: FieldValue, path: Path): readonly FieldValue[] {
  const value = fieldValueAt(values, path);
  if (value === undefined || value === null) return [];
  if (isGroup(value)) throw nothingAt(path);
  return Array.isArray(value) ? value : [value];
}

function moved(list: readonly FieldValue[], { from, to }: { from: number; to: number }, path: Path) {
  if (!(from in list) || !(to in list)) throw nothingAt(path);
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);
}

function put(values: FieldValue | undefined, path: Path, value: FieldValue): FieldValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = values === undefined ? [] : listAt(values, []);
    if (key > list.length) throw nothingAt(path);
    const entry = put(list[key], rest, value);
    return key === list.length ? [...list, entry] : list.with(key, entry);
  }
  if (values !== undefined && values !== null && !isGroup(values)) throw nothingAt(path);
  return withKey(values ?? {}, key, put(values ? own(values, key) : undefined, rest, value));
}

/** The key in its place, or as the last one. `__proto__` is a key like any other. */
function withKey(group: Group, key: string, value: FieldValue): Group {
  const entries = Object.entries(group);
  const at = entries.findIndex(([name]) => name === key);
  return Object.fromEntries(at < 0 ? [...entries, [key, value]] : entries.with(at, [key, value]));
}

function removed(values: FieldValue, path: Path): FieldValue {
  if (!has(values, path)) return values;
  const above = path.slice(0, -1);
  const group = fieldValueAt(values, above)!;
  // A group or list that would be empty goes too.
  if (above.length > 0 && Object.keys(group).length === 1) return removed(values, above);
  const key = path.at(-1)!;
  const rest = Array.isArray(group)
    ? group.toSpliced(Number(key), 1)
    : Object.fromEntries(Object.entries(group).filter(([name]) => name !== key));
  return above.length === 0 ? rest : put(values, above, rest);
}

function renamed(values: FieldValue, path: Path, name: string): FieldValue {
  const group = fieldValueAt(values, path.slice(0, -1));
  const key = path.at(-1);
  if (!isGroup(group) || (name !== key && Object.hasOwn(group, name))) throw nothingAt(path);
  const rest = Object.fromEntries(Object.entries(group).map(([old, value]) => [old === key ? name : old, value]));
  return path.length === 1 ? rest : put(values, path.slice(0, -1), rest);
}

const has = (values: FieldValue, path: Path): boolean => path.length > 0 && fieldValueAt(values, path) !== undefined;

const own = (group: Group, key: string): FieldValue | undefined => (Object.hasOwn(group, key) ? group[key] : undefined);

const isGroup = (value: FieldValue | undefined): value is Group =>
  value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);

const nothingAt = (path: Path): NoSuchPlace => new NoSuchPlace(path.join('.'));

function withoutUndefined(value: FieldValue): FieldValue {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, withoutUndefined(inner)]])),
  );
}
