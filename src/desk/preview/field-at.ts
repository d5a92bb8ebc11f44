import type { Node, ParsedNode } from 'yaml';
import { normalText } from '../../yaml/write/normal-text.ts';
import type { Path } from '../document/edits.ts';

/** A part of YAML: a key with its value, or an entry of a list. */
interface Part {
  key: string | number;
  start: number;
  end: number;
  value: Node | null | undefined;
}

/**
 * The field at a line of YAML: the innermost one on that line. If several are on it, the field that contains them.
 *
 * @param head a file of YAML, or the front matter of a story with its lines of dashes
 * @param line in the file, 1-based
 * @param column 1-based, if it is known
 * @returns undefined if there is none, or if the YAML cannot be read
 */
export async function fieldAt(
  head: string,
  isYaml: boolean,
  line: number,
  column: number | undefined,
): Promise<Path | undefined> {
  const { parseDocument, isMap, isScalar, isSeq, LineCounter } = await import('yaml'); // only for a problem
  const counter = new LineCounter();
  const { text } = normalText(head);
  // The dashes become comments, so that the lines keep their numbers.
  const yaml = isYaml ? text : text.replace(/^---/, '#--').replace(/(^|\n)---([ \t]*\n?)$/, '$1#--$2');
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  const lineOf = (offset: number) => counter.linePos(offset).line;
  const partsOf = (node: Node | null | undefined): Part[] => {
    if (isMap<ParsedNode, ParsedNode>(node))
      return node.items.flatMap(({ key, value }) =>
        isScalar(key) && key.range
          ? [{ key: String(key.value), start: key.range[0], end: value?.range?.[1] ?? key.range[1], value }]
          : [],
      );
    if (isSeq<ParsedNode>(node))
      return node.items.flatMap((value, key) =>
        value?.range ? [{ key, start: value.range[0], end: value.range[1], value }] : [],
      );
    return [];
  };
  const path: (string | number)[] = [];
  let from = 0;
  for (let node: Node | null | undefined = document.contents; ; ) {
    const here: Part[] = partsOf(node).filter(
      ({ start, end }) => lineOf(start) <= line && line <= lineOf(Math.max(start, end - 1)),
    );
    const offset = column === undefined ? undefined : (counter.lineStarts[line - 1] ?? 0) + column - 1;
    const isAt = ({ start, end }: Part) => offset !== undefined && start <= offset && offset < end;
    const [only, second] = here;
    // Of what is on one line with its key, only the column can say that it is meant.
    const part: Part | undefined =
      only && !second && (lineOf(only.start) !== from || path.length === 0) ? only : here.find(isAt);
    if (!part) return path.length > 0 ? path : undefined;
    path.push(part.key);
    from = lineOf(part.start);
    node = part.value;
  }
}
