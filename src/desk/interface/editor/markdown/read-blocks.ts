import type { Attrs, Node, NodeType } from '@milkdown/kit/prose/model';
import { type ComponentSource, readComponent } from './component-source.ts';
import { type Definitions, nodesOf, type Piece, placeOf, readPieces } from './pieces.ts';
import { schema } from './schema.ts';
import type { Markdown } from './tree.ts';

/** Where a block of the document came from. Blocks are immutable, so a block with an origin has not been touched. */
export interface Origin {
  start: number;
  end: number;
  /** Of a paragraph, heading, or cell: its inline content. */
  pieces?: Piece[];
  component?: ComponentSource;
}

export interface BlockSource {
  source: string;
  definitions: Definitions;
  origins: WeakMap<Node, Origin>;
  isMdx: boolean;
}

/** Turns a block of Markdown into a block of the editor. Whatever the editor cannot hold becomes a `source` block. */
export function readBlock(node: Markdown, from: BlockSource): Node {
  const origin: Origin = placeOf(node);
  const make = (name: string, attrs?: Attrs, content?: readonly Node[]): Node => {
    const made = schema.nodes[name]!.createChecked(attrs, content);
    from.origins.set(made, origin);
    return made;
  };
  const inline = (name: string, attrs?: Attrs): Node => {
    origin.pieces = readPieces(node.children ?? [], from);
    return make(name, attrs, nodesOf(origin.pieces));
  };
  switch (node.type as string) {
    case 'paragraph':
      return readParagraph(node, from, origin, make) ?? inline('paragraph');
    case 'heading':
      if ((node.children ?? []).some(hasBreak)) break;
      return inline('heading', { level: (node as { depth: number }).depth });
    case 'blockquote':
      return make('blockquote', undefined, blocksOf(node, from));
    case 'list': {
      const { ordered, start, spread } = node as unknown as { ordered: boolean; start: number; spread: boolean };
      const items = (node.children ?? []) as Markdown[];
      const tight = !spread && items.every((item) => !(item as unknown as { spread: boolean }).spread);
      const children = items.map((item) => readItem(item, from));
      return ordered
        ? make('ordered_list', { start: start ?? 1, tight }, children)
        : make('bullet_list', { tight }, children);
    }
    case 'code': {
      const { lang, meta, value } = node as { lang?: string; meta?: string; value: string };
      const text = value.replace(/\r\n?/g, '\n');
      return make('code_block', { lang: lang ?? '', meta: meta ?? '' }, text === '' ? [] : [schema.text(text)]);
    }
    case 'thematicBreak':
      return make('rule');
    case 'table':
      return readTable(node, from, make) ?? make('source', { text: textOf(node, from) });
    case 'footnoteDefinition':
      return make('footnote', { label: labelOf(node) }, blocksOf(node, from));
    case 'mdxJsxFlowElement': {
      const component = readComponent(node, from.source);
      if (!component) break;
      origin.component = component;
      const { name, attributes } = component;
      if (component.isClosed && (node.children ?? []).length === 0) return make('component_leaf', { name, attributes });
      return make(
        'component',
        { name, attributes },
        (node.children ?? []).map((child) => readBlock(child, from)),
      );
    }
    case 'mdxFlowExpression': {
      const text = /^\s*\/\*([\s\S]*)\*\/\s*$/.exec((node as { value: string }).value)?.[1];
      if (text !== undefined && !text.includes('*/')) return make('note', { text: text.trim() });
    }
  }
  return make('source', { text: textOf(node, from) });
}

const hasBreak = (node: Markdown): boolean => node.type === 'break' || (node.children ?? []).some(hasBreak);

const labelOf = (node: Markdown): string => {
  const { label, identifier } = node as { label?: string; identifier: string };
  return label ?? identifier;
};

/** The Markdown of something inside a list or quotation, without the signs at the beginning of its lines. */
function textOf(node: Markdown, { source }: BlockSource): string {
  const { start, end } = placeOf(node);
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const prefix = source.slice(lineStart, start);
  const text = source.slice(start, end);
  if (prefix === '') return text;
  const indent = prefix.replace(/[^>\t]/g, ' ');
  return text.replace(/\n(.*)/g, (_, line: string) => {
    let at = 0;
    while (at < indent.length && (line[at] === indent[at] || line[at] === ' ')) at++;
    return `\n${line.slice(at)}`;
  });
}

/** A block that contains nothing gets an empty paragraph to write in. */
function blocksOf(node: Markdown, from: BlockSource): Node[] {
  const blocks = (node.children ?? []).map((child) => readBlock(child, from));
  return blocks.length > 0 ? blocks : [schema.nodes.paragraph!.create()];
}

function readItem(item: Markdown, from: BlockSource): Node {
  const { checked } = item as unknown as { checked?: boolean | null };
  const made = schema.nodes.list_item!.createChecked({ checked: checked ?? null }, blocksOf(item, from));
  from.origins.set(made, placeOf(item));
  return made;
}

type Make = (name: string, attrs?: Attrs, content?: readonly Node[]) => Node;

/** A picture alone in a paragraph is a block, and so is a component on one line. */
function readParagraph(node: Markdown, from: BlockSource, origin: Origin, make: Make): Node | undefined {
  const children = (node.children ?? []) as Markdown[];
  const [only, ...others] = children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  if (!only) return undefined;
  if (others.length > 0)
    return [only, ...others].every((child) => isComponent(child))
      ? make('source', { text: textOf(node, from) })
      : undefined;
  if (only.type === 'image' || only.type === 'imageReference') {
    const piece = readPieces([only], from)[0]?.node;
    return piece?.type.name === 'image' ? make('picture', piece.attrs) : undefined;
  }
  if (!isComponent(only)) return undefined;
  const component = readComponent(only, from.source);
  if (!component) return make('source', { text: textOf(node, from) });
  origin.component = component;
  const { name, attributes } = component;
  if (component.isClosed) return make('component_leaf', { name, attributes });
  if ((only.children ?? []).length === 0) return make('component', { name, attributes, isInline: true }, []);
  const pieces = readPieces(only.children ?? [], from);
  const paragraph = schema.nodes.paragraph!.create(null, nodesOf(pieces));
  from.origins.set(paragraph, { start: component.contentStart, end: component.contentEnd, pieces });
  return make('component', { name, attributes, isInline: true }, [paragraph]);
}

const isComponent = (node: Markdown): boolean =>
  (node.type as string) === 'mdxJsxTextElement' && /^[A-Z]/.test((node as unknown as { name?: string }).name ?? '');

function readTable(node: Markdown, from: BlockSource, make: Make): Node | undefined {
  const rows = (node.children ?? []) as Markdown[];
  const columns = rows[0]?.children?.length ?? 0;
  if (columns === 0 || rows.some((row) => (row.children?.length ?? 0) > columns)) return undefined;
  const made = rows.map((row, at) => {
    const type = (at === 0 ? schema.nodes.table_header : schema.nodes.table_cell)!;
    const cells = (row.children as Markdown[]).map((cell) => readCell(cell, type, from));
    while (cells.length < columns) cells.push(type.create(null, schema.nodes.paragraph!.create()));
    const made = schema.nodes.table_row!.createChecked(null, cells);
    from.origins.set(made, placeOf(row));
    return made;
  });
  return make('table', { align: (node as { align?: unknown[] }).align ?? [] }, made);
}

function readCell(cell: Markdown, type: NodeType, from: BlockSource): Node {
  const pieces = readPieces(cell.children ?? [], from);
  const paragraph = schema.nodes.paragraph!.create(null, nodesOf(pieces));
  const [first, last] = [pieces[0], pieces.at(-1)];
  const place = placeOf(cell);
  if (first && last) {
    // A cell reaches from its bar to the next one. Its content is between them.
    from.origins.set(paragraph, { start: first.groupStart, end: last.groupEnd, pieces });
    const made = type.create(null, paragraph);
    from.origins.set(made, { start: first.groupStart, end: last.groupEnd });
    return made;
  }
  const made = type.create(null, paragraph);
  from.origins.set(made, place);
  return made;
}
