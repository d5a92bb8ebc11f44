import type { Mark, Node } from '@milkdown/kit/prose/model';
import { stringifyMarkdown, type Writing } from './processors.ts';
import type { Origin } from './read-blocks.ts';
import { paragraphOf } from './to-mdast.ts';
import { type PlacedUnit, placedUnits, type Unit, unitsOf } from './units.ts';

/*
 * A changed paragraph keeps the bytes of every part that was not changed. There are three levels, each of which writes
 * more of it again: the changed characters, the constructs around them, and the whole paragraph. The caller reads the result
 * again, and takes the first that means what it should.
 */

export type Level = 'characters' | 'constructs' | 'paragraph';

/** The range of the source to replace. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * How the content of a paragraph changes its source.
 *
 * @returns undefined if this level is not possible
 */
export function patchText(
  node: Node,
  origin: Origin,
  source: string,
  level: Level,
  writing: Writing,
): Splice | undefined {
  if (!origin.pieces || origin.pieces.length === 0) return undefined;
  const now = unitsOf(node);
  const old = placedUnits(origin.pieces, source);
  const [first, last] = [origin.pieces[0]!, origin.pieces.at(-1)!];
  if (level === 'paragraph')
    return { start: first.groupStart, end: last.groupEnd, text: writeUnits(now, undefined, undefined, [], writing) };
  if (!old || old.length === 0) return undefined;
  let head = 0;
  while (head < old.length && head < now.length && same(old[head]!, now[head]!)) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && same(old.at(-1 - tail)!, now.at(-1 - tail)!)) tail++;
  if (head + tail === old.length && old.length === now.length)
    return { start: first.start, end: first.start, text: '' };
  return level === 'characters'
    ? patchCharacters(old, now, head, tail, writing)
    : patchConstructs(old, now, head, tail, writing);
}

function same(a: Unit, b: Unit): boolean {
  if (a.text !== b.text || a.marks.length !== b.marks.length) return false;
  if (a.node || b.node)
    if (!a.node || !b.node || a.node.type !== b.node.type || !sameAttrs(a.node, b.node)) return false;
  return a.marks.every((mark) => mark.isInSet(b.marks));
}

const sameAttrs = (a: Node, b: Node): boolean => a === b || JSON.stringify(a.attrs) === JSON.stringify(b.attrs);

function patchCharacters(
  old: readonly PlacedUnit[],
  now: readonly Unit[],
  head: number,
  tail: number,
  writing: Writing,
): Splice | undefined {
  const removed = old.slice(head, old.length - tail);
  const added = now.slice(head, now.length - tail);
  const [before, after] = [old[head - 1], old[old.length - tail]];
  const write = (marks: readonly Mark[]): string =>
    writeUnits(added, now[head - 1], now[now.length - tail], marks, writing);
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
  writing: Writing,
): Splice {
  const joined = (a?: Unit, b?: Unit): boolean => !!a && !!b && a.marks.some((mark) => mark.isInSet(b.marks));
  let [from, to] = [head, tail];
  while (from > 0 && (joined(old[from - 1], old[from]) || joined(now[from - 1], now[from]))) from--;
  while (to > 0 && (joined(old.at(-to), old.at(-1 - to)) || joined(now.at(-to), now.at(-1 - to)))) to--;
  const added = now.slice(from, now.length - to);
  const start = boundary(old, from);
  const end = boundary(old, old.length - to);
  return {
    start,
    end: Math.max(start, end),
    text: writeUnits(added, now[from - 1], now[now.length - to], [], writing),
  };
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
