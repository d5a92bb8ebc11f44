import {
  type Alias,
  type CST,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Path } from './steps.ts';

/* The positions of keys and values in a YAML text. The text was parsed with its source tokens. */

type Parsed = Node | null | undefined;
type Token = { type: string; offset: number; source: string };

/** An entry of a group or list: everything from its key or hyphen to the end of its value. */
export interface Entry {
  /** Where its key begins; in a list, its hyphen or its value. */
  start: number;
  key: Scalar | undefined;
  /** The offset after the colon or the hyphen, or undefined without either. */
  mark: number | undefined;
  /** The value with its anchor and tag, or undefined if nothing is written there. */
  value: { node: Scalar | Alias | YAMLMap | YAMLSeq; start: number } | undefined;
  /** The end of the value, or of the key or hyphen if there is no value. */
  end: number;
  /** The comment after the colon if the value begins on a later line, or the comment after `|` and `>`. */
  comment: string;
}

/** An edit of the text: the removed range, and the replacement. */
export interface Edit {
  from: number;
  to: number;
  put: string;
}

export interface Offsets {
  yaml: string;
  contents: Parsed;
}

export const isFlow = (node: Parsed): boolean => isCollection(node) && node.flow === true;

/** The group or list at a path, or undefined. */
export function collectionAt({ contents }: Offsets, path: Path): YAMLMap | YAMLSeq | undefined {
  let node: Parsed = contents;
  for (const key of path) {
    if (isSeq(node)) node = node.items[Number(key)] as Parsed;
    else if (isMap(node)) node = node.items.find((pair) => nameOf(pair) === key)?.value as Parsed;
    else return undefined;
  }
  return isMap(node) || isSeq(node) ? node : undefined;
}

/** The index of a key in a group, or -1. */
export const indexOfKey = (group: YAMLMap, key: string | number): number =>
  group.items.findIndex((pair) => nameOf(pair) === key);

/** The name that our reader gives it: `2024:` is the key "2024". */
export const nameOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');

/** The entry at an index, or undefined if it is written in a way that is not edited, such as `? key`. */
export function entryAt({ yaml }: Offsets, collection: YAMLMap | YAMLSeq, index: number): Entry | undefined {
  const token = (collection.srcToken as CST.BlockMap | CST.BlockSequence | CST.FlowCollection | undefined)?.items[
    index
  ];
  if (!token) return undefined;
  const before = token.start as Token[];
  const item = collection.items[index] as Node | Pair | null;
  if (isSeq(collection)) {
    const hyphen = before.find(({ type }) => type === 'seq-item-ind');
    const mark = hyphen && hyphen.offset + 1;
    const value = writtenValue(item as Parsed, before);
    return {
      start: hyphen?.offset ?? value?.start ?? -1,
      key: undefined,
      mark,
      value,
      end: value ? endOf(yaml, value.node) : (mark ?? -1),
      comment: commentOf(yaml, mark, value),
    };
  }
  const { key, value: inner } = item as Pair;
  if (!isScalar(key) || !key.range || before.some(({ type }) => type === 'explicit-key-ind')) return undefined;
  const between = (token.sep ?? []) as Token[];
  const colon = between.find(({ type }) => type === 'map-value-ind');
  const mark = colon && colon.offset + 1;
  const value = writtenValue(inner as Parsed, colon ? between.slice(between.indexOf(colon)) : []);
  return {
    start: before.find(({ type }) => type === 'anchor' || type === 'tag')?.offset ?? key.range[0],
    key,
    mark,
    value,
    end: value ? endOf(yaml, value.node) : (mark ?? key.range[1]),
    comment: commentOf(yaml, mark, value),
  };
}

function writtenValue(node: Parsed, before: Token[]): Entry['value'] {
  const props = before.find(({ type }) => type === 'anchor' || type === 'tag');
  if (!node?.range || !(isScalar(node) || isAlias(node) || isCollection(node))) return undefined;
  if (isScalar(node) && node.range[0] === node.range[1] && !props) return undefined;
  return { node: node as Scalar | Alias | YAMLMap | YAMLSeq, start: props?.offset ?? node.range[0] };
}

/** The end of a value, without the line ending after it. */
function endOf(yaml: string, node: Node): number {
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    const entry = entryAt({ yaml, contents: node }, node, node.items.length - 1);
    if (entry) return entry.end;
  }
  const end = node.range?.[1] ?? 0;
  if (!isBlockScalar(node)) return isCollection(node) && yaml[end - 1] === '\n' ? end - 1 : end;
  // Empty lines after a text are part of it if its header contains a plus sign. Lines of spaces can always be.
  const header = yaml.slice(node.range![0], lineEnd(yaml, node.range![0]));
  return /^[|>]\d?\+/.test(header)
    ? end - (yaml[end - 1] === '\n' ? 1 : 0)
    : yaml.slice(0, end).replace(/\n+$/, '').length;
}

function commentOf(yaml: string, mark: number | undefined, value: Entry['value']): string {
  if (mark === undefined || !value) return '';
  if (lineEnd(yaml, mark) < value.start) return yaml.slice(mark, lineEnd(yaml, mark)).trimEnd();
  if (!isBlockScalar(value.node)) return '';
  return /[ \t]+#.*$/.exec(yaml.slice(value.start, lineEnd(yaml, value.start)))?.[0] ?? '';
}

export const isBlockScalar = (node: Node): boolean =>
  isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');

/** The end of the line that contains an offset. */
export function lineEnd(yaml: string, offset: number): number {
  const end = yaml.indexOf('\n', offset);
  return end < 0 ? yaml.length : end;
}

export const lineStart = (yaml: string, offset: number): number => yaml.lastIndexOf('\n', offset - 1) + 1;

export const columnOf = (yaml: string, offset: number): number => offset - lineStart(yaml, offset);

/** The end of the last line of an entry, with the comments below that are indented further than the entry. */
export function lastLineEnd(yaml: string, { start, end }: Entry): number {
  const column = columnOf(yaml, start);
  let last = lineEnd(yaml, end);
  for (let next = last; next < yaml.length; ) {
    const from = next + 1;
    next = lineEnd(yaml, from);
    const line = yaml.slice(from, next);
    if (line.trim() === '') continue;
    if (!line.trimStart().startsWith('#') || line.search(/\S/) <= column) break;
    last = next;
  }
  return last;
}
