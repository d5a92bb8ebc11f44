import { isDeepStrictEqual } from 'node:util';
import { printableData } from '../../site/printable.ts';
import type { YamlValue } from './print.ts';

export type Path = readonly (string | number)[];

/** A change to the data of a file. */
export type Change =
  /**
   * The value at a path. `undefined` removes the key or the list entry, and a group that becomes empty is removed with
   * it. Groups above that do not exist are created. Of a group or list that exists, only what differs is written, so
   * the comments beside the rest stay.
   */
  | {
      path: Path;
      value: YamlValue | undefined;
      /** Comments below a group that did not exist, without their number signs. */
      hints?: readonly string[];
    }
  /** The new name of a key, in its place. Nothing happens if there is no such key. */
  | { path: Path; key: string }
  /** An entry of the list at the path that moves to another place, with the comments beside it and above it. */
  | { path: Path; from: number; to: number };

/** What changes in one place of the text. */
export type Step =
  | { kind: 'put' | 'add' | 'insert'; path: Path; value: YamlValue; hints?: readonly string[] | undefined }
  | { kind: 'remove'; path: Path }
  | { kind: 'rename'; path: Path; key: string }
  | { kind: 'move'; path: Path; from: number; to: number };

type Group = Record<string, YamlValue>;

/**
 * The steps that lead from the data to the changed data. Each step fits the data after the steps before it.
 *
 * @throws RangeError if the path leads through text or past the end of a list, or if there is nothing that can be moved,
 * which is a mistake in our own code
 */
export function stepsOf(data: YamlValue, change: Change): Step[] {
  const { path } = change;
  if ('key' in change) return has(data, path) && path.at(-1) !== change.key ? [{ kind: 'rename', ...change }] : [];
  if ('from' in change) return change.from === change.to ? [] : [moveStep(data, change)];
  if (change.value === undefined) return has(data, path) ? [removal(data, path)] : [];
  const value = withoutUndefined(printableData(change.value));
  const existing = path.findIndex((_, at) => !has(data, path.slice(0, at + 1)));
  if (existing < 0) return difference(path, valueAt(data, path), value);
  const above = path.slice(0, existing);
  const key = path[existing]!;
  const group = valueAt(data, above);
  const below = path.slice(existing + 1).reduceRight<YamlValue>(wrapped, value);
  if (group === null && above.length > 0) return [{ kind: 'put', path: above, value: wrapped(below, key) }];
  if (Array.isArray(group) ? key !== group.length : group === null || typeof group !== 'object')
    throw new RangeError(`nothing can be written at ${path.join('.')}`);
  if (Array.isArray(group) && group.length === 0) return [{ kind: 'put', path: above, value: [below] }];
  const kind = Array.isArray(group) ? 'insert' : 'add';
  return [{ kind, path: path.slice(0, existing + 1), value: below, hints: change.hints }];
}

function moveStep(data: YamlValue, { path, from, to }: Extract<Change, { from: number }>): Step {
  const list = has(data, path) ? valueAt(data, path) : undefined;
  if (!Array.isArray(list) || !(from in list) || !(to in list))
    throw new RangeError(`nothing can be moved at ${path.join('.')}`);
  return { kind: 'move', path, from, to };
}

const wrapped = (value: YamlValue, key: string | number): YamlValue =>
  typeof key === 'number' ? [value] : { [key]: value };

/** A group that would become empty is removed as a whole. */
function removal(data: YamlValue, path: Path): Step {
  const above = path.slice(0, -1);
  const isLast = above.length > 0 && Object.keys(valueAt(data, above) as Group).length === 1;
  return isLast ? removal(data, above) : { kind: 'remove', path };
}

function difference(path: Path, before: YamlValue, after: YamlValue): Step[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0)
    return listDifference(path, before, after);
  if (!isGroup(before) || !isGroup(after) || Object.keys(after).length === 0 || Object.keys(before).length === 0)
    return [{ kind: 'put', path, value: after }];
  return [
    ...Object.entries(after).flatMap(([key, value]): Step[] =>
      Object.hasOwn(before, key)
        ? difference([...path, key], before[key]!, value)
        : [{ kind: 'add', path: [...path, key], value }],
    ),
    ...Object.keys(before).flatMap((key): Step[] =>
      Object.hasOwn(after, key) ? [] : [{ kind: 'remove', path: [...path, key] }],
    ),
  ];
}

/** Entries that are the same at the beginning and at the end stay. */
function listDifference(path: Path, before: readonly YamlValue[], after: readonly YamlValue[]): Step[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(before.at(-1 - end), after.at(-1 - end))) end++;
  const both = shorter - end;
  return [
    ...after.slice(start, both).flatMap((value, at) => difference([...path, start + at], before[start + at]!, value)),
    ...before
      .slice(both, before.length - end)
      .map((_, at): Step => ({ kind: 'remove', path: [...path, before.length - end - 1 - at] })),
    ...after
      .slice(both, after.length - end)
      .map((value, at): Step => ({ kind: 'insert', path: [...path, both + at], value })),
  ];
}

/** The data after a step. The given data stays as it is. */
export function withStep(data: YamlValue, step: Step): YamlValue {
  const [key, ...rest] = step.path;
  if (step.kind === 'move' && key === undefined) {
    const list = data as readonly YamlValue[];
    return list.toSpliced(step.from, 1).toSpliced(step.to, 0, list[step.from]!);
  }
  if (key === undefined) return 'value' in step ? step.value : data;
  if (rest.length > 0 || step.kind === 'move')
    return replaced(data, key, withStep(valueAt(data, [key]), { ...step, path: rest }));
  if (step.kind === 'rename')
    return Object.fromEntries(
      Object.entries(data as Group).map(([name, value]) => [name === key ? step.key : name, value]),
    );
  if (Array.isArray(data))
    return data.toSpliced(Number(key), step.kind === 'insert' ? 0 : 1, ...('value' in step ? [step.value] : []));
  return 'value' in step
    ? replaced(data, key, step.value)
    : Object.fromEntries(Object.entries(data as Group).filter(([name]) => name !== key));
}

function replaced(data: YamlValue, key: string | number, value: YamlValue): YamlValue {
  if (Array.isArray(data)) return data.with(Number(key), value);
  return Object.fromEntries([...Object.entries(data as Group).filter(([name]) => name !== key), [key, value]]);
}

const isGroup = (value: YamlValue): value is Group =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const has = (data: YamlValue, path: Path): boolean => valueAt(data, path) !== undefined;

/** The value at a path, or undefined. */
export function valueAt(data: YamlValue, path: Path): YamlValue {
  let value: YamlValue | undefined = data;
  for (const key of path)
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? (value as Group)[key] : undefined;
  return value as YamlValue;
}

function withoutUndefined(value: YamlValue): YamlValue {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, withoutUndefined(inner)]])),
  );
}
