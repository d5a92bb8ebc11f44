import { isCollection, isMap, isScalar, isSeq, type Scalar as ScalarNode, type YAMLMap, type YAMLSeq } from 'yaml';
import { movedEntry } from './move-entry.ts';
import {
  collectionAt,
  columnOf,
  type Edit,
  type Entry,
  entryAt,
  indexOfKey,
  isBlockScalar,
  isFlow,
  lastLineEnd,
  lineEnd,
  lineStart,
  nameOf,
  type Offsets,
} from './offsets.ts';
import { printYaml, type YamlValue } from './print.ts';
import { doubleQuoted, singleQuoted, yamlScalar } from './scalar.ts';
import type { Path, Step } from './steps.ts';

/** The names of the keys that a group can have, in the order of its schema. */
export type KeyOrder = (path: Path) => readonly string[];

/**
 * The edit of a text for one step, or undefined if the text is written in a way that is not edited.
 *
 * @param onOneLine never writes a text on separate lines
 */
export function editOf(at: Offsets, step: Step, order: KeyOrder, onOneLine = false): Edit | undefined {
  if (step.kind === 'move') {
    const list = collectionAt(at, step.path);
    return list && movedEntry(at, list, step.from, step.to);
  }
  const above = step.path.slice(0, -1);
  const key = step.path.at(-1);
  if (key === undefined) return 'value' in step ? wholeFile(at, step.value) : undefined;
  const collection = collectionAt(at, above);
  if (step.kind === 'add') return addedKey(at, collection, step, order, onOneLine);
  if (!collection) return undefined;
  if (step.kind === 'insert') return insertedEntry(at, collection, Number(key), step.value, onOneLine);
  const index = isMap(collection) ? indexOfKey(collection, key) : Number(key);
  const entry = index < 0 ? undefined : entryAt(at, collection, index);
  if (!entry) return undefined;
  if (step.kind === 'remove') return removed(at, collection, index, entry);
  if (step.kind === 'put') return putValue(at, collection, entry, step.value, onOneLine);
  const range = entry.key?.range;
  return range && step.kind === 'rename'
    ? { from: range[0], to: range[1], put: yamlScalar(step.key, isFlow(collection)) }
    : undefined;
}

const wholeFile = ({ yaml }: Offsets, value: YamlValue): Edit => ({ from: 0, to: yaml.length, put: printYaml(value) });

/** A new value that replaces the old one, with the same kind of quotation marks and the comments beside it. */
function putValue(
  { yaml }: Offsets,
  collection: YAMLMap | YAMLSeq,
  entry: Entry,
  value: YamlValue,
  onOneLine: boolean,
): Edit | undefined {
  const { mark, value: old } = entry;
  if (isFlow(collection) || mark === undefined) {
    const put = oneLine(value, old?.node);
    if (old) return { from: old.start, to: entry.end, put };
    if (!isFlow(collection)) return undefined;
    return { from: entry.end, to: entry.end, put: mark === undefined ? `: ${put}` : ` ${put}` };
  }
  const lines = linesOf(value, isSeq(collection), columnOf(yaml, entry.start), onOneLine ? 'one line' : old?.node);
  const isInline = !old || !(isBlockScalar(old.node) || (isCollection(old.node) && !old.node.flow));
  if (isInline && lines.length === 1)
    return old
      ? { from: old.start, to: entry.end, put: lines[0]!.trimStart() }
      : { from: mark, to: mark, put: lines[0]! };
  const to = isInline ? lineEnd(yaml, entry.end) : lastLineEnd(yaml, entry);
  const beside = isInline ? yaml.slice(entry.end, to).trimEnd() : '';
  const comments = entry.comment + beside;
  return { from: mark, to, put: [lines[0]! + comments, ...lines.slice(1)].join('\n') };
}

type Adding = Extract<Step, { value: YamlValue }>;

function addedKey(
  at: Offsets,
  group: YAMLMap | YAMLSeq | undefined,
  step: Adding,
  order: KeyOrder,
  onOneLine: boolean,
): Edit | undefined {
  const { yaml } = at;
  const { path, value } = step;
  const name = String(path.at(-1));
  const above = path.slice(0, -1);
  if (!group) return above.length === 0 ? onlyKey(at, step, onOneLine) : undefined;
  if (!isMap(group)) return undefined;
  if (group.items.length === 0) {
    if (above.length > 0) return editOf(at, { kind: 'put', path: above, value: { [name]: value } }, order, onOneLine);
    return { from: group.range![0], to: group.range![1], put: printYaml({ [name]: value }).trimEnd() };
  }
  const before = placeOf(name, group.items.map(nameOf), order(above));
  const entry = entryAt(at, group, Math.max(before, 0));
  if (!entry) return undefined;
  if (isFlow(group)) {
    const put = `${yamlScalar(name, true)}: ${oneLine(value)}`;
    return before < 0
      ? { from: entry.start, to: entry.start, put: `${put}, ` }
      : { from: entry.end, to: entry.end, put: `, ${put}` };
  }
  return between(yaml, entry, before >= 0, pairLines(step, columnOf(yaml, entry.start), onOneLine));
}

/** The first key of a text that has none. */
function onlyKey({ yaml }: Offsets, step: Adding, onOneLine: boolean): Edit {
  const put = [...pairLines(step, 0, onOneLine), ''].join('\n');
  return { from: yaml.length, to: yaml.length, put: yaml === '' || yaml.endsWith('\n') ? put : `\n${put}` };
}

/** A new key with its value, as lines. Those after the first are indented. */
function pairLines({ path, value, hints = [] }: Adding, column: number, onOneLine: boolean): string[] {
  const name = String(path.at(-1));
  if (onOneLine && typeof value === 'string') return [`${yamlScalar(name)}: ${yamlScalar(value)}`];
  const printed = printYaml({ [name]: value }, { linesTo: hints.length > 0 ? 2 : 1 });
  return indented([...printed.replace(/\n$/, '').split('\n'), ...hints.map((hint) => `  # ${hint}`)], column);
}

/** The index of the key that a new key follows, or -1 if the new key comes first. */
function placeOf(name: string, existing: readonly string[], order: readonly string[]): number {
  const rank = order.indexOf(name);
  if (rank < 0) return existing.length - 1;
  const ranks = existing.map((key) => order.indexOf(key));
  const nearest = Math.max(...ranks.filter((other) => other < rank));
  return nearest < 0 ? (ranks.some((other) => other > rank) ? -1 : existing.length - 1) : ranks.lastIndexOf(nearest);
}

function insertedEntry(
  at: Offsets,
  list: YAMLMap | YAMLSeq,
  index: number,
  value: YamlValue,
  onOneLine: boolean,
): Edit | undefined {
  const { yaml } = at;
  const isLast = index >= list.items.length;
  const entry = entryAt(at, list, isLast ? list.items.length - 1 : index);
  if (!isSeq(list) || !entry || entry.start < 0) return undefined;
  if (isFlow(list))
    return isLast
      ? { from: entry.end, to: entry.end, put: `, ${oneLine(value)}` }
      : { from: entry.start, to: entry.start, put: `${oneLine(value)}, ` };
  // Like the entry beside it, a group is on one line or on several.
  const neighbour = isMap(entry.value?.node) && !isFlow(entry.value.node) ? entry.value.node : undefined;
  const old = onOneLine ? 'one line' : neighbour;
  const [first = '', ...rest] = linesOf(value, true, columnOf(yaml, entry.start), old);
  return between(yaml, entry, isLast, [`-${first}`, ...rest]);
}

/** New lines after an entry or before it. All except the first are already indented. */
function between(yaml: string, entry: Entry, isAfter: boolean, lines: string[]): Edit {
  const indent = ' '.repeat(columnOf(yaml, entry.start));
  if (!isAfter) return { from: entry.start, to: entry.start, put: `${lines.join('\n')}\n${indent}` };
  const end = lastLineEnd(yaml, entry);
  return { from: end, to: end, put: `\n${indent}${lines.join('\n')}` };
}

function removed(at: Offsets, collection: YAMLMap | YAMLSeq, index: number, entry: Entry): Edit | undefined {
  const { yaml } = at;
  const { start, end } = entry;
  if (start < 0) return undefined;
  if (isFlow(collection)) {
    const comma = /^\s*,\s*/.exec(yaml.slice(end))?.[0].length;
    if (comma !== undefined) return { from: start, to: end + comma, put: '' };
    return { from: start - (/,\s*$/.exec(yaml.slice(0, start))?.[0].length ?? 0), to: end, put: '' };
  }
  const line = lineStart(yaml, start);
  const last = lastLineEnd(yaml, entry);
  if (yaml.slice(line, start).trim() === '') return { from: line, to: Math.min(last + 1, yaml.length), put: '' };
  // The first key of a list entry: the hyphen stays for the next key, or for the comment above it.
  const next = entryAt(at, collection, index + 1);
  return next && { from: start, to: last + /^\s*/.exec(yaml.slice(last))![0].length, put: '' };
}

/** A value inside brackets or braces, with the quotation marks of the old one. */
function oneLine(value: YamlValue, old?: unknown): string {
  if (typeof value !== 'object' || value === null) return likeOld(value, old) ?? yamlScalar(value as never, true);
  return printYaml(value, { isFlow: true }).trimEnd();
}

function likeOld(value: YamlValue, old: unknown): string | undefined {
  if (typeof value !== 'string' || !isScalar(old)) return undefined;
  const { type } = old as ScalarNode;
  if (type === 'QUOTE_SINGLE') return singleQuoted(value);
  return type === 'QUOTE_DOUBLE' ? doubleQuoted(value) : undefined;
}

/**
 * What follows a colon or a hyphen: the rest of its line, and the lines below it.
 *
 * @param column of the key or the hyphen
 * @param old the value that is replaced or beside it, or that the text must be on one line
 */
function linesOf(value: YamlValue, isInList: boolean, column: number, old: unknown): string[] {
  const quoted = old === 'one line' && typeof value === 'string' ? yamlScalar(value) : likeOld(value, old);
  if (quoted !== undefined) return [` ${quoted}`];
  const linesTo = isMap(old) && !old.flow ? 2 : 1;
  const printed = isInList ? printYaml([value], { linesTo }).slice(1) : printYaml({ a: value }).slice(2);
  return indented(printed.replace(/\n$/, '').split('\n'), column);
}

/** Indents all lines except the first, which begins in the right column. */
const indented = (lines: readonly string[], column: number): string[] =>
  lines.map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(column) + line));
