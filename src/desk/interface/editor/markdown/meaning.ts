import type { Mark, Node } from '@milkdown/kit/prose/model';
import { isEmptyParagraph } from './schema.ts';
import { isSpace, shownUnits, type Unit } from './units.ts';

/*
 * What a block means, without how it is written. Two blocks with the same meaning look the same on the page. A block
 * that was written is read again and compared with this, so that no edit can change what it was not meant to.
 */

/** Canonical text for the meaning of a block. Blocks mean the same if and only if these are equal. */
export function meaningOf(node: Node): string {
  if (node.isTextblock) return JSON.stringify([node.type.name, attrsOf(node), runsOf(node)]);
  // A component without content can be written with one tag or with two.
  if (/^component/.test(node.type.name))
    return JSON.stringify(['component', node.attrs.name, node.attrs.attributes, meaningsOf(node)]);
  if (node.isLeaf) return JSON.stringify([node.type.name, attrsOf(node)]);
  return JSON.stringify([node.type.name, attrsOf(node), meaningsOf(node)]);
}

/** The meanings of what is inside a block. Empty paragraphs do not count, because Markdown has none. */
export function meaningsOf(node: Node): string[] {
  const inner: string[] = [];
  node.forEach((child) => {
    if (!isEmptyParagraph(child) || node.type.name.startsWith('table_')) inner.push(meaningOf(child));
  });
  return inner;
}

/** Attributes that readers see. */
function attrsOf({ type, attrs }: Node): unknown {
  switch (type.name) {
    case 'list_item':
      return [attrs.checked];
    case 'ordered_list':
      return [attrs.start];
    case 'bullet_list':
    case 'paragraph':
    case 'table_cell':
    case 'table_header':
      return [];
    case 'source':
    case 'note':
      return [String(attrs.text).replace(/\r\n?/g, '\n')];
    default:
      return attrs;
  }
}

function runsOf(node: Node): unknown[] {
  if (node.type.spec.code) return [node.textContent.replace(/\r\n?/g, '\n')];
  const runs: [string, ...unknown[]][] = [];
  let key = '';
  for (const unit of shownUnits(node)) {
    const marks = unit.marks.map(markKey).filter((name) => name !== '' && !(unit.node && name === 'code'));
    const marksKey = marks.sort().join();
    const last = runs.at(-1);
    const text = isSpace(unit) && !isCode(unit) ? ' ' : (unit.text ?? '');
    if (unit.node) runs.push(['', unit.node.type.name, unit.node.attrs, marksKey]);
    else if (last && last.length === 2 && key === marksKey)
      last[0] += text === ' ' && last[0].endsWith(' ') ? '' : text;
    else runs.push([text, marksKey]);
    key = unit.node ? '\0' : marksKey;
  }
  return runs;
}

const isCode = (unit: Unit): boolean => unit.marks.some((mark) => mark.type.name === 'code');

/** An address that is its own text is a link to everyone, whether the editor knows or not. */
function markKey({ type, attrs }: Mark): string {
  if (type.name === 'link') return attrs.form === 'literal' ? '' : JSON.stringify(['link', attrs.href, attrs.title]);
  return type.name === 'tag' ? JSON.stringify(['tag', attrs.open]) : type.name;
}
