import type { Mark, Node } from '@milkdown/kit/prose/model';
import { hunksOf } from './hunks.ts';
import { stringifyMarkdown, type Writing } from './processors.ts';
import type { Origin } from './read-blocks.ts';
import { paragraphOf } from './to-mdast.ts';
import { type PlacedUnit, placedUnits, type Unit, unitsOf } from './units.ts';

/*
 * In a paragraph that was edited, every part that nobody changed keeps its bytes. There are three attempts, and each rewrites
 * more: the changed characters, the constructs around them, and the whole paragraph. The caller parses each result and takes
 * the first one with the right meaning.
 */

export type Level = 'characters' | 'constructs' | 'paragraph';

/** The range of the source to replace. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * How the content of a paragraph changes its source: ranges in order, which do not overlap.
 *
 * @returns undefined if this level is not possible
 */
export function patchText(
  node: Node,
  origin: Origin,
  source: string,
  level: Level,
  writing: Writing,
): Splice[] | undefined {
  if (!origin.pieces || origin.pieces.length === 0) return undefined;
  const now = unitsOf(node);
  const [first, last] = [origin.pieces[0]!, origin.pieces.at(-1)!];
  if (level === 'paragraph')
    return [{ start: first.groupStart, end: last.groupEnd, text: writeUnits(now, undefined, undefined, [], writing) }];
  const old = placedUnits(origin.pieces, source);
  if (!old || old.length === 0) return undefined;
  const splices: Splice[] = [];
  for (const { from, to, nowFrom, nowTo } of hunksOf(old.map(keyOf), now.map(keyOf))) {
    const [tail, nowTail] = [old.length - to, now.length - nowTo];
    const splice =
      level === 'characters'
        ? patchCharacters(old, now, from, tail, nowFrom, nowTail, writing)
        : patchConstructs(old, now, from, tail, nowFrom, nowTail, writing);
    const before = splices.at(-1);
    if (!splice || (before && before.end > splice.start)) return undefined;
    splices.push(splice);
  }
  return splices;
}

/** Equal for units that are the same to the text: what they are, and their marks. */
function keyOf({ text, node, marks }: Unit): string {
  const names = marks.map(({ type, attrs }) => `${type.name}${JSON.stringify(attrs)}`).sort();
  return `${text ?? ''}\u0001${node ? node.type.name + JSON.stringify(node.attrs) : ''}\u0001${names.join()}`;
}

function patchCharacters(
  old: readonly PlacedUnit[],
  now: readonly Unit[],
  head: number,
  tail: number,
  nowHead: number,
  nowTail: number,
  writing: Writing,
): Splice | undefined {
  const removed = old.slice(head, old.length - tail);
  const added = now.slice(nowHead, now.length - nowTail);
  const [before, after] = [old[head - 1], old[old.length - tail]];
  const write = (marks: readonly Mark[]): string =>
    writeUnits(added, now[nowHead - 1], now[now.length - nowTail], marks, writing);
  const fits = (marks: readonly Mark[]): boolean =>
    !marks.some((mark) => mark.type.name === 'code' && !added.every((unit) => unit.text && unit.text !== '`')) &&
    added.every((unit) => marks.every((mark) => mark.isInSet(unit.marks)));
  if (removed.length > 0) {
    const [first, last] = [removed[0]!, removed.at(-1)!];
    const marks = first.marks.filter((mark) => removed.every((unit) => mark.isInSet(unit.marks)));
    return fits(marks) ? { start: first.start, end: last.end, text: write(marks) } : undefined;
  }
  const places = [
    ...(before && fits(before.marks) ? [{ at: before.end, marks: before.marks }] : []),
    ...(after && fits(after.marks) ? [{ at: after.start, marks: after.marks }] : []),
  ].sort((a, b) => b.marks.length - a.marks.length);
  const [place] = places;
  return place && { start: place.at, end: place.at, text: write(place.marks) };
}

function patchConstructs(
  old: readonly PlacedUnit[],
  now: readonly Unit[],
  head: number,
  tail: number,
  nowHead: number,
  nowTail: number,
  writing: Writing,
): Splice {
  const joined = (a?: Unit, b?: Unit): boolean => !!a && !!b && a.marks.some((mark) => mark.isInSet(b.marks));
  // Both texts are the same before the hunk and after it, so they are widened together.
  let [before, after] = [0, 0];
  const isJoinedBefore = () =>
    joined(old[head - before - 1], old[head - before]) || joined(now[nowHead - before - 1], now[nowHead - before]);
  const isJoinedAfter = () =>
    joined(old.at(after - tail), old.at(after - tail - 1)) ||
    joined(now.at(after - nowTail), now.at(after - nowTail - 1));
  while (before < head && before < nowHead && isJoinedBefore()) before++;
  while (after < tail && after < nowTail && isJoinedAfter()) after++;
  const [from, to] = [nowHead - before, now.length - nowTail + after];
  const start = boundary(old, head - before);
  const end = boundary(old, old.length - tail + after);
  const text = writeUnits(now.slice(from, to), now[from - 1], now[to], [], writing);
  return { start, end: Math.max(start, end), text };
}

/** The offset between two units that no mark joins: after what ends there, and before what begins there. */
function boundary(old: readonly PlacedUnit[], at: number): number {
  const [before, after] = [old[at - 1], old[at]];
  if (!before) return after?.groupStart ?? 0;
  return after && before.groupStart === after.groupStart ? before.end : before.groupEnd;
}

/** Stands for the text around a piece while the piece is written, and is then removed. */
const sentinel = '\uE000';

/** Writes units as they must be written between two others. */
function writeUnits(
  units: readonly Unit[],
  before: Unit | undefined,
  after: Unit | undefined,
  inside: readonly Mark[],
  writing: Writing,
): string {
  if (units.length === 0) return '';
  if (inside.some((mark) => mark.type.name === 'code')) return units.map((unit) => unit.text).join('');
  const bare = units.map((unit) => ({ ...unit, marks: unit.marks.filter((mark) => !mark.isInSet(inside)) }));
  const [head, tail] = [before ? sentinelBefore(before) : '', after ? sentinelAfter(after) : ''];
  const text = stringifyMarkdown(paragraphOf(bare, head, tail), writing).replace(/\n$/, '');
  return text.slice(head.length, text.length - tail.length);
}

const sentinelBefore = ({ text }: Unit): string =>
  text === undefined || /[\p{L}\p{N}]/u.test(text) ? sentinel : /\s/.test(text) ? `${sentinel} ` : `${sentinel}.`;
const sentinelAfter = ({ text }: Unit): string =>
  text === undefined || /[\p{L}\p{N}]/u.test(text) ? sentinel : /\s/.test(text) ? ` ${sentinel}` : `.${sentinel}`;
