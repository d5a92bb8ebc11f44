import {
  byName,
  childrenByName,
  closest,
  type Element,
  element,
  type ParentNode,
  remove,
  setChildren,
  wordsOf,
} from './tree.ts';

/**
 * Gives tables a header row if their first row is all bold, because many authors mark it so, and removes rows without any
 * content.
 */
export function shapeTables(root: ParentNode): void {
  for (const table of byName(root, 'table')) {
    const rows = byName(table, 'tr').filter((row) => closest(row, 'table') === table);
    for (const row of rows) if (wordsOf(row) === '' && byName(row, 'img').length === 0) remove(row);
    const [first, second] = rows.filter((row) => row.parent !== null);
    if (first === undefined || second === undefined || byName(table, 'th', 'thead').length > 0) continue;
    const cells = childrenByName(first, 'td');
    if (cells.length < 2 || !cells.every(isBold)) continue;
    for (const cell of cells) {
      cell.name = 'th';
      for (const bold of byName(cell, 'strong', 'b'))
        setChildren(
          bold.parent as ParentNode,
          (bold.parent as ParentNode).children.flatMap((node) => (node === bold ? bold.children : [node])),
        );
    }
    const body = first.parent as Element;
    remove(first);
    const head = element('thead', {}, [first]);
    setChildren(table, [head, ...(body === table ? [element('tbody', {}, table.children)] : table.children)]);
  }
}

const isBold = (cell: Element): boolean => {
  const words = wordsOf(cell);
  const bold = byName(cell, 'strong', 'b').filter((each) => closest(each, 'strong', cell) === undefined);
  return words === '' || bold.map((each) => wordsOf(each)).join('').length >= words.replace(/\s/g, '').length;
};
