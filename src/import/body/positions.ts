import type { Nodes, Parent } from 'mdast';
import { wordsOf } from '../markdown-words.ts';

/**
 * Gives a position to every node that has none. The parser finds some links only after it has read a text
 * (`www.example.com`, `ann@example.com`), and the nodes that it then makes have no position. They stand in the order of
 * the text, between neighbours that have one, so their words are looked for there. A node whose words are not in the
 * text as they are, for example because they were escaped, stays without a position. Nothing may be replaced there.
 */
export function locateNodes(tree: Nodes, text: string): void {
  if ('children' in tree) locateChildren(tree, text);
}

function locateChildren(parent: Parent, text: string): void {
  const { children } = parent;
  for (let place = 0; place < children.length; place++) {
    const node = children[place] as Nodes;
    if (hasPosition(node)) locateNodes(node, text);
    else place = locateRun(parent, place, text);
  }
}

/** Locates neighbours without a position. @returns the index of the last of them */
function locateRun(parent: Parent, first: number, text: string): number {
  const { children } = parent;
  let last = first;
  while (last + 1 < children.length && !hasPosition(children[last + 1] as Nodes)) last++;
  const before = children[first - 1];
  const after = children[last + 1];
  let at = before ? before.position?.end.offset : parent.position?.start.offset;
  const end = after ? after.position?.start.offset : parent.position?.end.offset;
  if (at === undefined || end === undefined) return last;
  for (let place = first; place <= last; place++) {
    const node = children[place] as Nodes;
    const words = wordsOf(node);
    const found = words === '' ? -1 : text.slice(at, end).indexOf(words);
    // Text before the first and after the last link may contain escapes. It is not needed.
    if (found === -1 || (node.type === 'text' && found !== 0)) continue;
    setPosition(node, at + found, at + found + words.length);
    at += found + words.length;
  }
  return last;
}

function setPosition(node: Nodes, start: number, end: number): void {
  // Lines and columns are not read of nodes that were located here.
  node.position = { start: { line: 0, column: 0, offset: start }, end: { line: 0, column: 0, offset: end } };
  if ('children' in node && node.children.length === 1) setPosition(node.children[0] as Nodes, start, end);
}

export const hasPosition = ({ position }: { position?: Nodes['position'] }): boolean =>
  position?.start.offset !== undefined && position.end.offset !== undefined;
