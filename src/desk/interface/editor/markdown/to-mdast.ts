import type { Mark, Node } from '@milkdown/kit/prose/model';
import type { Root } from 'mdast';
import { openTag } from './component-source.ts';
import { type ComponentAttribute, isEmptyParagraph } from './schema.ts';
import { type Unit, unitsOf } from './units.ts';

/* From the editor's blocks to Markdown's tree, for blocks that are new or that changed too much to be patched. */

/** A node of the tree. `html` nodes are written as they are. */
interface Out {
  type: string;
  children?: Out[];
  [key: string]: unknown;
}

export const rootOf = (blocks: readonly Node[]): Root =>
  ({ type: 'root', children: blocks.filter((block) => !isEmptyParagraph(block)).map(blockOut) }) as unknown as Root;

/** A paragraph of inline content, between two pieces of text that are written as they are. */
export const paragraphOf = (units: readonly Unit[], before: string, after: string): Root =>
  ({
    type: 'root',
    children: [{ type: 'paragraph', children: [...rawText(before), ...inlineOut(units), ...rawText(after)] }],
  }) as unknown as Root;

const rawText = (text: string): Out[] => (text === '' ? [] : [{ type: 'text', value: text }]);

const childrenOut = (node: Node): Out[] => {
  const out: Out[] = [];
  node.forEach((child) => {
    if (!isEmptyParagraph(child)) out.push(blockOut(child));
  });
  return out;
};

function blockOut(node: Node): Out {
  const { attrs } = node;
  switch (node.type.name) {
    case 'paragraph':
      return { type: 'paragraph', children: inlineOut(unitsOf(node)) };
    case 'heading':
      return { type: 'heading', depth: attrs.level, children: inlineOut(unitsOf(node)) };
    case 'blockquote':
      return { type: 'blockquote', children: childrenOut(node) };
    case 'bullet_list':
    case 'ordered_list': {
      const isOrdered = node.type.name === 'ordered_list';
      const items: Out[] = [];
      node.forEach((item) => {
        items.push({
          type: 'listItem',
          spread: !attrs.tight && item.childCount > 1,
          checked: item.attrs.checked,
          children: childrenOut(item),
        });
      });
      return {
        type: 'list',
        ordered: isOrdered,
        start: isOrdered ? attrs.start : null,
        spread: !attrs.tight,
        children: items,
      };
    }
    case 'code_block':
      return { type: 'code', lang: attrs.lang || null, meta: attrs.meta || null, value: node.textContent };
    case 'rule':
      return { type: 'thematicBreak' };
    case 'table': {
      const rows: Out[] = [];
      node.forEach((row) => {
        const cells: Out[] = [];
        row.forEach((cell) => {
          cells.push({ type: 'tableCell', children: cell.firstChild ? inlineOut(unitsOf(cell.firstChild)) : [] });
        });
        rows.push({ type: 'tableRow', children: cells });
      });
      return { type: 'table', align: attrs.align, children: rows };
    }
    case 'footnote':
      return { type: 'footnoteDefinition', identifier: attrs.label, label: attrs.label, children: childrenOut(node) };
    case 'picture':
      return { type: 'paragraph', children: [imageOut(node)] };
    case 'component_leaf':
      return { type: 'html', value: `${openTag(attrs.name, attrs.attributes as ComponentAttribute[])} />` };
    case 'component':
      return componentOut(node);
    case 'note':
      return { type: 'html', value: `{/* ${attrs.text} */}` };
    default:
      return { type: 'html', value: attrs.text ?? node.textContent };
  }
}

function componentOut(node: Node): Out {
  const open = `${openTag(node.attrs.name, node.attrs.attributes as ComponentAttribute[])}`;
  const close = `</${node.attrs.name}>`;
  const only = node.childCount === 1 ? node.firstChild : null;
  const isOneLine = node.attrs.isInline && only?.type.name === 'paragraph';
  if (isOneLine && only)
    return {
      type: 'paragraph',
      children: [{ type: 'html', value: `${open}>` }, ...inlineOut(unitsOf(only)), { type: 'html', value: close }],
    };
  return {
    type: 'component',
    open: `${open}>`,
    close,
    empty: `${open} />`,
    closes: true,
    children: childrenOut(node),
  };
}

const referenceOut = ({ attrs }: Node | Mark): Out | undefined =>
  attrs.ref
    ? { type: '', identifier: attrs.ref.identifier, label: attrs.ref.label, referenceType: attrs.ref.referenceType }
    : undefined;

function imageOut(node: Node): Out {
  const reference = referenceOut(node);
  return reference
    ? { ...reference, type: 'imageReference', alt: node.attrs.alt }
    : { type: 'image', url: node.attrs.src, alt: node.attrs.alt, title: node.attrs.title };
}

/** Inline content: units with a mark in common become children of one node. The mark that reaches furthest is outside. */
function inlineOut(units: readonly Unit[], done: readonly Mark[] = []): Out[] {
  const out: Out[] = [];
  for (let at = 0; at < units.length; ) {
    const unit = units[at]!;
    let best: Mark | undefined;
    let end = at;
    // Code is always inside, because nothing can be marked in it, and holds only text.
    const outer = (one: Unit) => one.marks.filter((mark) => mark.type.name !== 'code' && !mark.isInSet(done));
    const code = unit.node ? undefined : unit.marks.find((mark) => mark.type.name === 'code' && !mark.isInSet(done));
    for (const mark of outer(unit)) {
      let to = at;
      while (to < units.length && mark.isInSet(units[to]!.marks)) to++;
      if (to <= end) continue;
      best = mark;
      end = to;
    }
    if (!best && code) {
      best = code;
      while (
        end < units.length &&
        !units[end]!.node &&
        code.isInSet(units[end]!.marks) &&
        outer(units[end]!).length === 0
      )
        end++;
    }
    if (!best) {
      let to = at;
      while (to < units.length && !units[to]!.node && units[to]!.marks.every((mark) => mark.isInSet(done))) to++;
      if (to === at) {
        const atom = atomOut(units[at++]!.node!);
        const last = out.at(-1);
        // A backslash right after an address would be part of the address.
        if (atom.type === 'break' && /(?:^|\s)(?:https?:\/\/|www\.)\S*$/.test(String(last?.value ?? '')))
          last!.value += ' ';
        out.push(atom);
      } else {
        out.push({
          type: 'text',
          value: units
            .slice(at, to)
            .map(({ text }) => text)
            .join(''),
        });
        at = to;
      }
      continue;
    }
    out.push(...markOut(best, units.slice(at, end), [...done, best]));
    at = end;
  }
  return out;
}

function markOut(mark: Mark, units: readonly Unit[], done: readonly Mark[]): Out[] {
  const text = () => units.map((unit) => unit.text ?? '').join('');
  switch (mark.type.name) {
    case 'code':
      return [{ type: 'inlineCode', value: text() }];
    case 'tag':
      return [
        { type: 'html', value: mark.attrs.open },
        ...inlineOut(units, done),
        { type: 'html', value: mark.attrs.close },
      ];
    case 'link': {
      // Marks inside an address stay. Without any, it is written as it is, and nothing in it is escaped.
      if (mark.attrs.form === 'literal')
        return units.every((unit) => !unit.node && unit.marks.every((one) => one.isInSet(done)))
          ? [{ type: 'address', value: text() }]
          : inlineOut(units, done);
      if (mark.attrs.form === 'auto' && (mark.attrs.href === text() || mark.attrs.href === `mailto:${text()}`))
        return [{ type: 'html', value: `<${text()}>` }];
      const reference = referenceOut(mark);
      const children = inlineOut(units, done);
      return reference
        ? [{ ...reference, type: 'linkReference', children }]
        : [{ type: 'link', url: mark.attrs.href, title: mark.attrs.title, children }];
    }
    case 'strike':
      return [{ type: 'delete', children: inlineOut(units, done) }];
    default:
      return [{ type: mark.type.name === 'em' ? 'emphasis' : 'strong', children: inlineOut(units, done) }];
  }
}

function atomOut(node: Node): Out {
  switch (node.type.name) {
    case 'hard_break':
      return { type: 'break' };
    case 'image':
      return imageOut(node);
    case 'footnote_reference':
      return { type: 'footnoteReference', identifier: node.attrs.label, label: node.attrs.label };
    default:
      return { type: 'html', value: node.attrs.text };
  }
}
