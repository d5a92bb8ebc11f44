import type { Node } from '@milkdown/kit/prose/model';
import { patchOpenTag } from './component-source.ts';
import { type Level, patchText } from './patch-text.ts';
import { stringifyMarkdown, type Writing } from './processors.ts';
import type { Origin } from './read-blocks.ts';
import { isEmptyParagraph } from './schema.ts';
import { rootOf } from './to-mdast.ts';

/* A changed block keeps the bytes of everything in it that was not changed. */

export interface Patching {
  source: string;
  origins: WeakMap<Node, Origin>;
  level: Level;
  writing: Writing;
  /** In a cell of a table, a bar would begin the next cell. */
  isCell?: boolean;
}

/**
 * The source of a block that was changed.
 *
 * @param now the block
 * @param old the block that was opened and that it takes the place of
 * @returns undefined if it must be written as a whole
 */
export function patchBlock(now: Node, old: Node, patching: Patching): string | undefined {
  const { source, origins } = patching;
  const origin = origins.get(old);
  if (!origin) return undefined;
  const written = source.slice(origin.start, origin.end);
  if (now === old || now.eq(old)) return written;
  if (now.type !== old.type) return undefined;
  if (now.type.name === 'component_leaf') return patchLeaf(now, origin, source);
  if (now.isLeaf) return undefined;
  if (now.type.name === 'code_block') return patchCode(now, old, written);
  if (now.isTextblock) return patchTextblock(now, old, origin, written, patching);
  return patchContainer(now, old, origin, patching);
}

function patchLeaf(now: Node, { component, start, end }: Origin, source: string): string | undefined {
  if (!component || now.attrs.name !== component.name) return undefined;
  const tag = patchOpenTag(component, source, now.attrs.attributes);
  return source.slice(start, component.openStart) + tag + source.slice(component.openEnd, end);
}

function patchCode(now: Node, old: Node, written: string): string | undefined {
  const text = old.textContent.replaceAll('\n', written.includes('\r\n') ? '\r\n' : '\n');
  const at = text === '' ? -1 : written.indexOf(text, written.indexOf('\n'));
  if (at < 0 || now.attrs.lang !== old.attrs.lang || now.attrs.meta !== old.attrs.meta) return undefined;
  return written.slice(0, at) + now.textContent + written.slice(at + text.length);
}

function patchTextblock(now: Node, old: Node, origin: Origin, written: string, patching: Patching): string | undefined {
  const { source, level, writing } = patching;
  const splices = patchText(now, origin, source, level, writing);
  if (!splices) return undefined;
  let out = '';
  let at = origin.start;
  for (const { start, end, text } of splices) {
    out += source.slice(at, start) + (patching.isCell ? text.replace(/(?<!\\)\|/g, '\\|') : text);
    at = end;
  }
  out += source.slice(at, origin.end);
  if (now.type.name !== 'heading' || now.attrs.level === old.attrs.level) return out;
  return /^#+/.test(written) ? out.replace(/^#+/, '#'.repeat(now.attrs.level)) : undefined;
}

function patchContainer(now: Node, old: Node, origin: Origin, patching: Patching): string | undefined {
  const { source, origins } = patching;
  if (now.type.name !== 'component' && JSON.stringify(now.attrs) !== JSON.stringify(old.attrs)) return undefined;
  if (now.type.name === 'component' && now.attrs.name !== old.attrs.name) return undefined;
  const olds = childrenOf(old).filter((child) => origins.has(child));
  const [first, last] = [olds[0], olds.at(-1)];
  if (!first || !last) return undefined;
  const [firstAt, lastAt] = [origins.get(first)!, origins.get(last)!];
  const parts = matchChildren(
    childrenOf(now).filter(
      (child) => !isEmptyParagraph(child) || olds.includes(child) || now.type.name.startsWith('table'),
    ),
    olds,
  );
  const prefix = prefixOf(source, lastAt.start);
  let out = '';
  for (const [at, { child, took }] of parts.entries()) {
    const before = parts[at - 1];
    if (before) {
      const gap =
        before.took !== undefined && took === before.took + 1 ? gapAfter(olds, before.took, patching) : undefined;
      const usual = gap ?? usualGap(now, olds, prefix, patching);
      if (usual === undefined) return undefined;
      out += usual;
    }
    const inside = now.type.name.startsWith('table_') ? { ...patching, isCell: true } : patching;
    const patched = took === undefined ? undefined : patchBlock(child, olds[took]!, inside);
    if (patched === undefined && (now.type.name === 'table_row' || prefix === undefined)) return undefined;
    const text = patched ?? writeChild(child, now, prefix ?? '', patching);
    if (text === undefined) return undefined;
    out += text;
  }
  if (parts.length === 0) return undefined;
  return openOf(now, origin, firstAt.start, patching) + out + source.slice(lastAt.end, origin.end);
}

/** What stands before the first child, with the component's new attributes. */
function openOf(now: Node, { component, start }: Origin, firstStart: number, { source }: Patching): string {
  if (!component) return source.slice(start, firstStart);
  const tag = patchOpenTag(component, source, now.attrs.attributes);
  return source.slice(start, component.openStart) + tag + source.slice(component.openEnd, firstStart);
}

const childrenOf = (node: Node): Node[] => [...node.content.content];

/** Which old child each new one takes the place of: the same one, or, between two of those, one at the same place. */
export function matchChildren(
  nows: readonly Node[],
  olds: readonly Node[],
): { child: Node; took: number | undefined; isKept: boolean }[] {
  const kept: (number | undefined)[] = [];
  let from = 0;
  for (const child of nows) {
    let found = olds.indexOf(child, from);
    if (found < 0 && olds[from] && child.eq(olds[from]!)) found = from;
    kept.push(found < 0 ? undefined : found);
    if (found >= 0) from = found + 1;
  }
  const took = [...kept];
  for (let at = 0; at < took.length; ) {
    if (took[at] !== undefined) {
      at++;
      continue;
    }
    let end = at;
    while (end < took.length && took[end] === undefined) end++;
    const first = (at > 0 ? (took[at - 1] ?? -1) : -1) + 1;
    const next = end < took.length ? took[end]! : olds.length;
    pair(nows.slice(at, end), olds.slice(first, next)).forEach((place, index) => {
      took[at + index] = place === undefined ? undefined : first + place;
    });
    at = end;
  }
  return nows.map((child, at) => ({ child, took: took[at], isKept: kept[at] !== undefined }));
}

/** Between two blocks that were kept: the old one of the same kind, from the front and then from the back. */
function pair(nows: readonly Node[], olds: readonly Node[]): (number | undefined)[] {
  const places: (number | undefined)[] = nows.map(() => undefined);
  let [head, tail] = [0, 0];
  const shorter = Math.min(nows.length, olds.length);
  while (head < shorter && isLike(nows[head]!, olds[head]!)) {
    places[head] = head;
    head++;
  }
  while (head + tail < shorter && isLike(nows.at(-1 - tail)!, olds.at(-1 - tail)!)) {
    places[nows.length - 1 - tail] = olds.length - 1 - tail;
    tail++;
  }
  // As many new blocks as old ones: each takes the place of one, whatever it has become.
  if (nows.length === olds.length) for (let at = head; at < nows.length - tail; at++) places[at] = at;
  return places;
}

/** Whether a block can be an edited version of another: most of its words are the same, or both are short. */
function isLike(now: Node, old: Node): boolean {
  if (now.type !== old.type) return false;
  const [a, b] = [now.textContent, old.textContent];
  let [head, tail] = [0, 0];
  const shorter = Math.min(a.length, b.length);
  while (head < shorter && a[head] === b[head]) head++;
  while (head + tail < shorter && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return head + tail >= Math.max(a.length, b.length) / 2 || (a === '' && b === '');
}

/** The signs that a new line inside the container begins with: spaces, and those of quotations. */
function prefixOf(source: string, start: number): string | undefined {
  const line = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t>]*$/.test(line) ? line : undefined;
}

function gapAfter(olds: readonly Node[], at: number, { source, origins }: Patching): string | undefined {
  const [before, after] = [olds[at], olds[at + 1]];
  return before && after ? source.slice(origins.get(before)!.end, origins.get(after)!.start) : undefined;
}

function usualGap(
  now: Node,
  olds: readonly Node[],
  prefix: string | undefined,
  patching: Patching,
): string | undefined {
  const sample = olds.length > 1 ? gapAfter(olds, 0, patching) : undefined;
  if (sample !== undefined) return sample;
  if (prefix === undefined) return undefined;
  const isTight = now.attrs.tight === true || now.type.name === 'table';
  return isTight ? `\n${prefix}` : `\n${prefix.trimEnd()}\n${prefix}`;
}

/** A new child of a container, with the container's signs before each of its lines. */
function writeChild(child: Node, parent: Node, prefix: string, { writing }: Patching): string | undefined {
  const isItem = child.type.name === 'list_item';
  if (child.type.name === 'table_row') return undefined;
  const block = isItem ? parent.type.create(parent.attrs, child) : child;
  const text = stringifyMarkdown(rootOf([block]), writing).replace(/\n$/, '');
  if (text === '' && !isItem) return undefined;
  return text.replace(/\n(.?)/g, (_, next: string) =>
    next === '' || next === '\n' ? `\n${prefix.trimEnd()}${next}` : `\n${prefix}${next}`,
  );
}
