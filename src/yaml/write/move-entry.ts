import { isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import {
  columnOf,
  type Edit,
  type Entry,
  entryAt,
  isFlow,
  lastLineEnd,
  lineEnd,
  lineStart,
  type Offsets,
} from './offsets.ts';

interface Range {
  from: number;
  to: number;
}

/**
 * Moves an entry of a list as it is written, with its comments. What is between the entries (commas, empty lines) stays.
 *
 * @returns undefined if the list is written in a way in which entries cannot be moved
 */
export function movedEntry(at: Offsets, list: YAMLMap | YAMLSeq, from: number, to: number): Edit | undefined {
  if (!isSeq(list)) return undefined;
  const entries = list.items.map((_, index) => entryAt(at, list, index));
  if (!entries.every((entry) => entry !== undefined && entry.start >= 0)) return undefined;
  const ranges = isFlow(list)
    ? (entries as Entry[]).map(({ start, end }) => ({ from: start, to: end }))
    : linesOfEntries(at.yaml, entries as Entry[]);
  if (!ranges) return undefined;
  const order = ranges.map((_, index) => index);
  order.splice(to, 0, ...order.splice(from, 1));
  const put = ranges.map((range, index) => {
    const moved = ranges[order[index]!]!;
    return at.yaml.slice(moved.from, moved.to) + at.yaml.slice(range.to, ranges[index + 1]?.from ?? range.to);
  });
  return { from: ranges[0]!.from, to: ranges.at(-1)!.to, put: put.join('') };
}

/** From the comments above each hyphen to the end of its last line. Every entry must begin on a line of its own. */
function linesOfEntries(yaml: string, entries: readonly Entry[]): Range[] | undefined {
  if (entries.some(({ start }) => yaml.slice(lineStart(yaml, start), start).trim() !== '')) return undefined;
  const ranges = entries.map((entry) => ({ from: commentsAbove(yaml, entry), to: lastLineEnd(yaml, entry) }));
  // Comments above the first entry can be about the whole list. They are its own only if another entry has some too.
  const first = lineStart(yaml, entries[0]!.start);
  if (entries.slice(1).every(({ start }, index) => ranges[index + 1]!.from === lineStart(yaml, start)))
    ranges[0]!.from = first;
  return ranges;
}

/** The beginning of the comments directly above an entry, in its column. */
function commentsAbove(yaml: string, { start }: Entry): number {
  const column = columnOf(yaml, start);
  let from = lineStart(yaml, start);
  while (from > 0) {
    const above = lineStart(yaml, from - 1);
    const line = yaml.slice(above, lineEnd(yaml, above));
    if (!line.trimStart().startsWith('#') || line.search(/\S/) !== column) break;
    from = above;
  }
  return from;
}
