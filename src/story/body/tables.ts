import { type ElementPiece, find, holdsPart, isBlank, type Piece, wordsOf } from './pieces.ts';
import type { BodyWords } from './words.ts';

/**
 * Finishes a table: figures are aligned, every header cell has a scope, and readers without a mouse can scroll the
 * whole table.
 *
 * @param table with its rows, which are changed in place
 * @param caption from a component or from a line above the table. Defaults to its own
 * @param hasRowHeads whether the first cell of each row is its header
 * @returns the scrollable box with the table, or undefined if it contains nothing visible
 */
export function finishTable(
  table: ElementPiece,
  words: BodyWords,
  { caption, hasRowHeads = false }: { caption?: Piece[] | undefined; hasRowHeads?: boolean } = {},
): { scroller: ElementPiece; hasHeads: boolean } | undefined {
  if (wordsOf([table]).trim() === '' && !table.children.some((child) => holdsPart(child))) return undefined;
  const { line } = table;
  if (caption) {
    table.children = table.children.filter(({ tag }) => tag !== 'caption');
    table.children.unshift({ tag: 'caption', attributes: [], children: caption, line });
  }
  const rows = rowsOf(table);
  alignFigures(rows);
  scopeHeads(rows, hasRowHeads || hasBlankCorner(rows));
  // The label begins with a built-in text. The table inside is in its own language.
  const { borrowedBy } = words;
  if (borrowedBy !== undefined && !table.attributes.some(([name]) => name === 'lang'))
    table.attributes.push(['lang', borrowedBy]);
  return {
    hasHeads: rows.some((row) => cellsOf(row).some((cell) => cell.tag === 'th')),
    scroller: {
      tag: 'div',
      attributes: [
        ['class', 'table'],
        ['role', 'group'],
        ['tabindex', '0'],
        ['aria-label', labelOf(table, rows, words)],
        ...(borrowedBy === undefined ? [] : [['lang', 'en'] as [string, string]]),
      ],
      children: [table],
      line,
    },
  };
}

function labelOf(table: ElementPiece, rows: ElementPiece[], words: BodyWords): string {
  const caption = find(table, (piece) => piece.tag === 'caption');
  const heads = (rows[0]?.children ?? [])
    .filter((child) => child.tag === 'th')
    .map((child) => wordsOf([child]).trim())
    .filter(Boolean);
  const said = caption ? wordsOf([caption]) : heads.join(', ');
  return said.trim() === ''
    ? words.table
    : words.table +
        words.colon +
        said
          .replace(/[ \t\n]+/g, ' ')
          .trim()
          .slice(0, 150);
}

/** The rows of a table, without those of a table inside one of its cells. */
function rowsOf(piece: ElementPiece): ElementPiece[] {
  return piece.children.flatMap((child): ElementPiece[] => {
    if (child.tag === '#text') return [];
    if (child.tag === 'tr') return [child as ElementPiece];
    return ['thead', 'tbody', 'tfoot'].includes(child.tag) ? rowsOf(child as ElementPiece) : [];
  });
}

const cellsOf = (row: ElementPiece): ElementPiece[] =>
  row.children.filter((child): child is ElementPiece => child.tag === 'th' || child.tag === 'td');

const hasAttribute = (piece: ElementPiece, ...names: string[]): boolean =>
  piece.attributes.some(([name]) => names.includes(name));

/** A column that contains only figures is aligned right, unless its author chose otherwise. */
function alignFigures(rows: ElementPiece[]): void {
  const cells = rows.map(cellsOf);
  if (cells.some((row) => row.some((cell) => hasAttribute(cell, 'colspan', 'rowspan')))) return;
  const width = Math.max(0, ...cells.map((row) => row.length));
  for (let column = 0; column < width; column++) {
    const found = cells.flatMap((row) => row[column] ?? []);
    if (found.some((cell) => hasAttribute(cell, 'class'))) continue;
    const values = found.filter(({ tag }) => tag === 'td').map((cell) => wordsOf([cell]));
    // The first column names the rows, even if the names are years.
    if (column > 0 && areFigures(values)) for (const cell of found) cell.attributes.push(['class', 'num']);
  }
}

/** Whether the cells of a column are figures: at least one, and otherwise only blanks and dashes. */
export function areFigures(values: readonly string[]): boolean {
  const filled = values.map((value) => value.trim()).filter((value) => !/^(?:[-–—.…]|n\/?a)?$/i.test(value));
  return filled.length > 0 && filled.every((value) => figure.test(value));
}

/** `1,234.5`, `−3`, `41 %`, `€ 1.2m`, `12:30`, with one symbol or a short unit before or after. */
const figure = /^[+\-−–±<>≈~]?\s*(?:\p{Sc}\s*)?[+\-−–]?\d[\d.,:'’\s\u00a0\u202f]*(?:\p{Sc}|[%‰°]|\p{L}{1,3}\.?)?$/u;

/** The corner of a table is blank only if the first column names the rows. */
function hasBlankCorner([top]: ElementPiece[]): boolean {
  const [corner, ...heads] = top ? cellsOf(top) : [];
  return corner !== undefined && isBlank(corner.children) && heads.length > 0 && heads.every(({ tag }) => tag === 'th');
}

function scopeHeads(rows: ElementPiece[], hasRowHeads: boolean): void {
  for (const row of rows) {
    const cells = cellsOf(row);
    const [first] = cells;
    if (!first) continue;
    if (hasRowHeads && first.tag === 'td' && !isBlank(first.children)) {
      first.tag = 'th';
      first.attributes.push(['scope', 'row']);
    }
    const areAllHeads = cells.every((cell) => cell.tag === 'th' || isBlank(cell.children));
    for (const cell of cells)
      if (cell.tag === 'th' && !hasAttribute(cell, 'scope'))
        cell.attributes.push(['scope', areAllHeads ? 'col' : 'row']);
  }
}
