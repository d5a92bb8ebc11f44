import { Mark, type Node } from '@milkdown/kit/prose/model';
import { schema } from './schema.ts';
import type { Markdown } from './tree.ts';

/* The inline content of a paragraph, with where each part of it is in the source. */

/** A run of text with the same marks, or one thing within text. */
export interface Piece {
  node: Node;
  /** Where the text or the thing is written, without the signs of its marks. */
  start: number;
  end: number;
  /** The value as the parser gives it, with line ends, for text. */
  value?: string;
  isCode?: boolean;
  /** The outermost construct around it, with the signs of its marks. */
  groupStart: number;
  groupEnd: number;
}

/** What the references of a text mean: the addresses by their identifiers. */
export type Definitions = ReadonlyMap<string, { url: string; title?: string | null }>;

export interface InlineSource {
  source: string;
  definitions: Definitions;
}

interface Around {
  marks: readonly Mark[];
  group?: { start: number; end: number };
}

/** @returns undefined if the content cannot be held by the editor */
export function readPieces(children: readonly Markdown[], from: InlineSource): Piece[] {
  const pieces: Piece[] = [];
  readAll(children, from, { marks: [] }, pieces);
  return pieces;
}

function readAll(children: readonly Markdown[], from: InlineSource, around: Around, pieces: Piece[]): void {
  const pairs = pairTags(children);
  for (let at = 0; at < children.length; at++) {
    const child = children[at]!;
    const closesAt = pairs.get(at);
    if (closesAt === undefined) {
      readOne(child, from, { ...around, group: around.group ?? placeOf(child) }, pieces);
      continue;
    }
    const close = children[closesAt]!;
    const open = (child as { value?: string }).value ?? '';
    const mark = schema.marks.tag!.create({ open, close: (close as { value?: string }).value, name: tagName(open) });
    const group = around.group ?? { start: placeOf(child).start, end: placeOf(close).end };
    readAll(children.slice(at + 1, closesAt), from, { marks: mark.addToSet(around.marks), group }, pieces);
    at = closesAt;
  }
}

/** The places of HTML tags that belong together and have content: the index of the opening one to that of the other. */
function pairTags(children: readonly Markdown[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: { name: string; at: number }[] = [];
  for (const [at, child] of children.entries()) {
    if (child.type !== 'html') continue;
    const closing = /^<\/([a-z][\w-]*)\s*>$/i.exec(child.value)?.[1]?.toLowerCase();
    if (closing === undefined) {
      if (/^<[a-z][^>]*[^/]>$|^<[a-z]>$/i.test(child.value)) open.push({ name: tagName(child.value), at });
      continue;
    }
    const match = open.findLastIndex(({ name }) => name === closing);
    if (match < 0) continue;
    const opening = open[match]!;
    open.length = match;
    if (at > opening.at + 1) pairs.set(opening.at, at);
  }
  return pairs;
}

const tagName = (tag: string): string => /^<([a-z][\w-]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';

export const placeOf = (node: Markdown): { start: number; end: number } => ({
  start: node.position?.start.offset ?? 0,
  end: node.position?.end.offset ?? 0,
});

function readOne(child: Markdown, from: InlineSource, around: Around, pieces: Piece[]): unknown {
  const place = placeOf(child);
  const group = around.group ?? place;
  const base = { ...place, groupStart: group.start, groupEnd: group.end };
  const inside = (mark: Mark) =>
    readAll(child.children ?? [], from, { marks: mark.addToSet(around.marks), group }, pieces);
  const atom = (name: string, attrs: Record<string, unknown>): void => {
    pieces.push({ ...base, node: schema.nodes[name]!.create(attrs, null, around.marks) });
  };
  const asWritten = () => atom('code_piece', { text: from.source.slice(place.start, place.end) });
  switch (child.type) {
    case 'text':
      if (child.value !== '')
        pieces.push({ ...base, value: child.value, node: schema.text(oneLine(child.value), around.marks) });
      return;
    case 'inlineCode':
      if (child.value === '') return asWritten();
      pieces.push({
        ...base,
        value: child.value,
        isCode: true,
        node: schema.text(oneLine(child.value), schema.marks.code!.create().addToSet(around.marks)),
      });
      return;
    case 'emphasis':
      return inside(schema.marks.em!.create());
    case 'strong':
      return inside(schema.marks.strong!.create());
    case 'delete':
      return inside(schema.marks.strike!.create());
    case 'break':
      return atom('hard_break', {});
    case 'footnoteReference':
      return atom('footnote_reference', { label: child.label ?? child.identifier });
    case 'link': {
      if ((child.children as Markdown[]).length === 0) return asWritten();
      const written = from.source[place.start];
      const form = written === '[' ? 'inline' : written === '<' ? 'auto' : 'literal';
      return inside(schema.marks.link!.create({ href: child.url, title: child.title ?? null, form }));
    }
    case 'linkReference': {
      const target = from.definitions.get(child.identifier);
      if (!target || (child.children as Markdown[]).length === 0) return asWritten();
      const ref = { identifier: child.identifier, label: child.label, referenceType: child.referenceType };
      return inside(
        schema.marks.link!.create({ href: target.url, title: target.title ?? null, form: 'reference', ref }),
      );
    }
    case 'image':
      return atom('image', { src: child.url, alt: child.alt ?? '', title: child.title ?? null });
    case 'imageReference': {
      const target = from.definitions.get(child.identifier);
      const ref = { identifier: child.identifier, label: child.label, referenceType: child.referenceType };
      return target
        ? atom('image', { src: target.url, alt: child.alt ?? '', title: target.title ?? null, ref })
        : asWritten();
    }
    case 'mdxJsxTextElement' as never: {
      const jsx = child as unknown as { name: string | null; children: Markdown[] };
      const [first, last] = [jsx.children[0], jsx.children.at(-1)];
      if (!first || !last || !jsx.name || /^[A-Z]/.test(jsx.name)) return asWritten();
      const open = from.source.slice(place.start, placeOf(first).start);
      const close = from.source.slice(placeOf(last).end, place.end);
      return inside(schema.marks.tag!.create({ open, close, name: jsx.name }));
    }
    default:
      // HTML without a partner, code in braces, and whatever a later Markdown may bring.
      return asWritten();
  }
}

/** A line end within a paragraph is a space to readers. */
const oneLine = (text: string): string => text.replace(/[ \t]*(?:\r\n?|\n)[ \t]*/g, ' ');

/** The content of a paragraph. Neighbours with the same marks become one text. */
export function nodesOf(pieces: readonly Piece[]): Node[] {
  const nodes: Node[] = [];
  for (const { node } of pieces) {
    const last = nodes.at(-1);
    if (last?.isText && node.isText && Mark.sameSet(last.marks, node.marks))
      nodes[nodes.length - 1] = schema.text((last.text ?? '') + (node.text ?? ''), node.marks);
    else nodes.push(node);
  }
  return nodes;
}
