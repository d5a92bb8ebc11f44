import type { Node, Pair } from 'yaml';
import type { Source } from '../source-type.ts';

/** Where elements are in a YAML text, as offsets from its beginning. The end is exclusive. */
export interface Range {
  start: number;
  end: number;
}

export interface Places {
  /** The key that a path ends with, or undefined if there is no such key. */
  key(path: Path): Range | undefined;
  /** The value that a path leads to, or empty if nothing is written there. */
  value(path: Path): Range | undefined;
  /** The line in the file, counted from 1. */
  line(offset: number): number;
  /** The column, counted from 1. */
  column(offset: number): number;
}

export type Path = readonly (string | number)[];

const known = new WeakMap<Source, Promise<Places>>();

/** Finds the places of keys and values. The text is parsed once for each source. */
export function placesOf(source: Source): Promise<Places> {
  const found = known.get(source) ?? findPlaces(source);
  known.set(source, found);
  return found;
}

async function findPlaces({ yaml, yamlLine }: Source): Promise<Places> {
  const { parseDocument, isMap, isScalar, isSeq } = await import('yaml');
  // Duplicate keys were already checked by the parser that reads. Here the check would take quadratic time.
  const document = parseDocument(yaml, { prettyErrors: false, uniqueKeys: false });
  const starts = [0];
  for (let at = yaml.indexOf('\n'); at >= 0; at = yaml.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineIndex = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const pairs = new Map<Node, Map<string, Pair>>();
  const pairOf = (node: Node | null | undefined, key: string | number): Pair | undefined => {
    if (!isMap(node)) return undefined;
    let byKey = pairs.get(node);
    if (!byKey) {
      byKey = new Map();
      for (const item of node.items) {
        const name = isScalar(item.key) ? String(item.key.value) : undefined;
        if (name !== undefined && !byKey.has(name)) byKey.set(name, item as Pair);
      }
      pairs.set(node, byKey);
    }
    return byKey.get(String(key));
  };
  const child = (node: Node | null | undefined, key: string | number): Node | null | undefined =>
    isSeq(node) ? (node.items[Number(key)] as Node | undefined) : (pairOf(node, key)?.value as Node | null | undefined);
  const nodeAt = (path: Path): Node | null | undefined =>
    path.reduce(child, document.contents as Node | null | undefined);
  const rangeOf = (node: Node | null | undefined): Range | undefined =>
    node?.range ? { start: node.range[0], end: node.range[1] } : undefined;
  return {
    key: (path) => rangeOf(pairOf(nodeAt(path.slice(0, -1)), path.at(-1) ?? '')?.key as Node | undefined),
    value: (path) => rangeOf(nodeAt(path)),
    line: (offset) => lineIndex(offset) + yamlLine,
    column: (offset) => offset - starts[lineIndex(offset)]! + 1,
  };
}

/** The offset of a key, or of the nearest element that contains it, or undefined if no part of the path exists. */
export function nearestPlace(places: Places, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const found = places.key(part) ?? places.value(part);
    if (found) return found.start;
  }
  return undefined;
}
