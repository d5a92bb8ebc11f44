import type { PhrasingContent, Table, TableRow } from 'mdast';
import { block } from './components.ts';
import type { Converter, Flow, Mixed } from './context.ts';
import { isPhrasing, tidy, toPhrasing } from './mixed.ts';
import { lineNode } from './print.ts';
import { elementsIn, type HtmlElement, type HtmlNode } from './tree.ts';

interface Cell {
  element: HtmlElement;
  isHead: boolean;
  columns: number;
  rows: number;
}

/**
 * A table. One that only arranges other things becomes its content. One that Markdown can express becomes a Markdown
 * table, and any other stays an HTML table.
 */
export function convertTable(node: HtmlElement, converter: Converter): Mixed[] {
  const rows = rowsOf(node);
  const caption = node.children.find((child) => typeof child !== 'string' && child.tag === 'caption');
  const title = typeof caption === 'object' ? converter.line(caption.children) : '';
  const widest = Math.max(0, ...rows.map((row) => row.length));
  const isNested = [...elementsIn(node)].some((inner) => inner !== node && inner.tag === 'table');
  if (widest <= 1 || isNested || node.attributes.role === 'presentation')
    return [
      ...(typeof caption === 'object' ? converter.blocks(caption.children) : []),
      ...rows.flatMap((row) => row.flatMap(({ element }) => converter.blocks(element.children))),
    ];
  const cells = rows.map((row) => row.map((cell) => ({ ...cell, mixed: converter.all(cell.element.children) })));
  // A table of pictures is a layout.
  if (cells.flat().some(({ mixed }) => mixed.some(isComponent)))
    return cells.flatMap((row) => row.flatMap(({ element }) => converter.blocks(element.children)));
  const isSimple =
    cells.flat().every(({ columns, rows: high, mixed }) => columns === 1 && high === 1 && mixed.every(isCellContent)) &&
    cells.slice(1).every((row) => row.some(({ isHead }) => !isHead));
  const table = isSimple ? markdownTable(cells) : htmlTable(cells, converter);
  if (title === '') return [table];
  return table.type === 'table' ? [block('Table', { caption: title }, [table])] : [paragraphOf(title), table];
}

const paragraphOf = (words: string): Flow => ({
  type: 'paragraph',
  children: [{ type: 'strong', children: [lineNode(words)] }],
});

const isComponent = (node: Mixed): boolean => node.type === 'mdxJsxFlowElement' && /^[A-Z]/.test(node.name ?? '');

const isCellContent = (node: Mixed): boolean =>
  isPhrasing(node) || node.type === 'paragraph' || node.type === 'paragraphEnd' || node.type === 'heading';

function rowsOf(node: HtmlElement): Cell[][] {
  const rows: Cell[][] = [];
  const visit = (nodes: readonly HtmlNode[], isHead: boolean): void => {
    for (const child of nodes) {
      if (typeof child === 'string') continue;
      if (child.tag === 'tr') {
        const cells = child.children.filter(
          (cell): cell is HtmlElement => typeof cell !== 'string' && (cell.tag === 'td' || cell.tag === 'th'),
        );
        rows.push(
          cells.map((element) => ({
            element,
            isHead: isHead || element.tag === 'th',
            columns: spanOf(element.attributes.colspan),
            rows: spanOf(element.attributes.rowspan),
          })),
        );
      } else if (/^(?:thead|tbody|tfoot)$/.test(child.tag)) visit(child.children, child.tag === 'thead');
    }
  };
  visit(node.children, false);
  return rows.filter((row) => row.length > 0);
}

const spanOf = (value: string | undefined): number => {
  const number = Number(value ?? 1);
  return Number.isInteger(number) && number > 0 && number < 1000 ? number : 1;
};

type Row = (Cell & { mixed: Mixed[] })[];

function markdownTable(rows: Row[]): Table {
  const widest = Math.max(...rows.map((row) => row.length));
  const lines = rows.map(
    (row): TableRow => ({
      type: 'tableRow',
      children: Array.from({ length: widest }, (_, at) => ({
        type: 'tableCell' as const,
        children: cellOf(row[at]?.mixed ?? []),
      })),
    }),
  );
  // Markdown needs a header row. Without one, it is empty.
  if (!rows[0]?.some(({ isHead }) => isHead))
    lines.unshift({
      type: 'tableRow',
      children: Array.from({ length: widest }, () => ({ type: 'tableCell' as const, children: [] })),
    });
  const align = Array.from({ length: widest }, (_, at) => alignOf(rows.at(-1)?.[at]?.element));
  return { type: 'table', align, children: lines };
}

/** The paragraphs of a cell, with line breaks between them. A line break in a Markdown table has to be a tag. */
function cellOf(mixed: readonly Mixed[]): PhrasingContent[] {
  const parts: PhrasingContent[][] = [[]];
  for (const node of mixed) {
    if (isPhrasing(node) && node.type !== 'break') parts.at(-1)?.push(node);
    else if (node.type === 'break' || node.type === 'paragraphEnd') parts.push([]);
    else parts.push(toPhrasing([node]), []);
  }
  return parts
    .map((part) => tidy(part))
    .filter((part) => part.length > 0)
    .flatMap((part, at) => (at === 0 ? part : [lineBreak(), ...part]));
}

const lineBreak = (): PhrasingContent => ({ type: 'mdxJsxTextElement', name: 'br', attributes: [], children: [] });

function alignOf(element: HtmlElement | undefined): 'left' | 'right' | 'center' | null {
  const found = /text-align\s*:\s*(left|right|center)|has-text-align-(left|right|center)/i.exec(
    `${element?.attributes.style ?? ''} ${element?.attributes.class ?? ''}`,
  );
  const value = (found?.[1] ?? found?.[2] ?? element?.attributes['data-align'])?.toLowerCase();
  return value === 'right' || value === 'center' ? value : null;
}

function htmlTable(rows: Row[], converter: Converter): Flow {
  const headCount = rows.findIndex((row) => row.some(({ isHead }) => !isHead));
  const heads = headCount === -1 ? 0 : headCount;
  const print = (row: Row): Flow =>
    block(
      'tr',
      {},
      row.map(({ element, isHead, columns, rows: high }) =>
        block(
          isHead ? 'th' : 'td',
          { colspan: columns > 1 ? String(columns) : undefined, rowspan: high > 1 ? String(high) : undefined },
          converter.blocks(element.children),
        ),
      ),
    );
  return block('table', {}, [
    ...(heads > 0 ? [block('thead', {}, rows.slice(0, heads).map(print))] : []),
    block('tbody', {}, rows.slice(heads).map(print)),
  ]);
}
