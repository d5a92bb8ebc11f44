import { setBlockType, toggleMark, wrapIn } from '@milkdown/kit/prose/commands';
import type { Attrs, Node, NodeType } from '@milkdown/kit/prose/model';
import { liftListItem, wrapInList } from '@milkdown/kit/prose/schema-list';
import { type Command, type EditorState, NodeSelection, Selection, TextSelection } from '@milkdown/kit/prose/state';
import type { EditorView } from '@milkdown/kit/prose/view';
import { type ComponentAttribute, isEmptyParagraph, schema } from '../markdown/schema.ts';
import { readCaret } from './caret.ts';

/* What the toolbar, the keys, and the slash menu do. */

const { nodes, marks } = schema;

export const toggle = (name: 'strong' | 'em' | 'code' | 'strike'): Command => toggleMark(marks[name]!);

export const paragraph: Command = (state, dispatch, view) =>
  setBlockType(nodes.paragraph!)(state, dispatch) || liftListItem(nodes.list_item!)(state, dispatch, view);

/** A heading is one line, so line breaks become spaces. */
export const heading =
  (level: number): Command =>
  (state, dispatch) => {
    if (!setBlockType(nodes.heading!, { level })(state)) return false;
    if (!dispatch) return true;
    const { tr, selection } = state;
    state.doc.nodesBetween(selection.from, selection.to, (node, at) => {
      if (node.type !== nodes.paragraph) return !node.isTextblock;
      node.forEach((child, offset) => {
        if (child.type === nodes.hard_break) tr.replaceWith(at + 1 + offset, at + 2 + offset, schema.text(' '));
      });
      return false;
    });
    dispatch(tr.setBlockType(selection.from, selection.to, nodes.heading!, { level }).scrollIntoView());
    return true;
  };

export const codeBlock: Command = setBlockType(nodes.code_block!);

export const quote: Command = (state, dispatch) => {
  const depth = depthOf(state, 'blockquote');
  if (depth === undefined) return wrapIn(nodes.blockquote!)(state, dispatch);
  if (dispatch) {
    const at = state.selection.$from.before(depth);
    const node = state.selection.$from.node(depth);
    dispatch(state.tr.replaceWith(at, at + node.nodeSize, node.content).scrollIntoView());
  }
  return true;
};

/** Makes a list, changes its kind, or turns it back into paragraphs. */
export const list =
  (kind: 'bullet_list' | 'ordered_list'): Command =>
  (state, dispatch, view) => {
    const depth = listDepth(state);
    if (depth === undefined) return wrapInList(nodes[kind]!, { tight: true })(state, dispatch);
    const node = state.selection.$from.node(depth);
    if (node.type.name === kind) return liftListItem(nodes.list_item!)(state, dispatch, view);
    const attrs = kind === 'ordered_list' ? { tight: node.attrs.tight, start: 1 } : { tight: node.attrs.tight };
    dispatch?.(state.tr.setNodeMarkup(state.selection.$from.before(depth), nodes[kind], attrs));
    return true;
  };

function depthOf(state: EditorState, ...names: string[]): number | undefined {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if (names.includes($from.node(depth).type.name)) return depth;
  return undefined;
}

export const listDepth = (state: EditorState): number | undefined => depthOf(state, 'bullet_list', 'ordered_list');
export const isIn = (state: EditorState, name: string): boolean => depthOf(state, name) !== undefined;

/** Inserts blocks after the paragraph with the caret, or instead of it if it is empty. */
export function insertBlocks(state: EditorState, blocks: readonly Node[]): ReturnType<typeof state.tr.insert> {
  const { $from, $to } = state.selection;
  const depth = insertDepth(state);
  const tr = state.tr;
  if (depth === 0 || $from.depth === 0) {
    const at = $to.pos;
    tr.insert(at, blocks);
    return select(tr, at, blocks);
  }
  const parent = $from.node(depth);
  const from = $from.before(depth);
  if (isEmptyParagraph(parent)) {
    tr.replaceWith(from, from + parent.nodeSize, blocks);
    return select(tr, from, blocks);
  }
  const after = $from.after(depth);
  tr.insert(after, blocks);
  return select(tr, after, blocks);
}

/** Lists and tables do not take blocks between their parts, so the block goes after them. */
function insertDepth({ selection: { $from } }: EditorState): number {
  let depth = $from.depth;
  for (let at = $from.depth; at > 0; at--) {
    const name = $from.node(at).type.name;
    if (/^(?:table|bullet_list|ordered_list|footnote)$/.test(name)) depth = at;
  }
  return depth;
}

function select(tr: EditorState['tr'], at: number, blocks: readonly Node[]) {
  const [first] = blocks;
  if (first && !first.isLeaf && first.content.size > 0) {
    const inside = Selection.findFrom(tr.doc.resolve(at), 1, true);
    if (inside) tr.setSelection(inside);
  } else if (first) {
    const node = tr.doc.nodeAt(at);
    if (node && NodeSelection.isSelectable(node)) tr.setSelection(NodeSelection.create(tr.doc, at));
  }
  return tr.scrollIntoView();
}

export const insert =
  (make: () => readonly Node[]): Command =>
  (state, dispatch) => {
    dispatch?.(insertBlocks(state, make()));
    return true;
  };

export const empty = (type: NodeType = nodes.paragraph!, attrs?: Attrs): Node => type.create(attrs);

export const rule: Command = insert(() => [nodes.rule!.create()]);

export const table: Command = insert(() => {
  const cellsOf = (type: NodeType) => [1, 2].map(() => type.create(null, empty()));
  return [
    nodes.table!.create({ align: [null, null] }, [
      nodes.table_row!.create(null, cellsOf(nodes.table_header!)),
      nodes.table_row!.create(null, cellsOf(nodes.table_cell!)),
      nodes.table_row!.create(null, cellsOf(nodes.table_cell!)),
    ]),
  ];
});

/** Adds a reference at the caret and its footnote at the end of the text, and goes there. */
export const footnote: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.isTextblock || state.selection.$from.parent.type.spec.code) return false;
  if (isIn(state, 'footnote')) return false;
  const labels = new Set<string>();
  state.doc.descendants((node) => {
    if (node.type.name.startsWith('footnote')) labels.add(String(node.attrs.label));
  });
  let number = 1;
  while (labels.has(String(number))) number++;
  if (dispatch) {
    const label = String(number);
    const tr = state.tr.insert(state.selection.to, nodes.footnote_reference!.create({ label }));
    const end = tr.doc.content.size;
    tr.insert(end, nodes.footnote!.create({ label }, empty()));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView());
  }
  return true;
};

/** A component. `content` says what it contains, as in `story/elements.ts`. */
export function component(name: string, content = 'none', attributes: ComponentAttribute[] = []): Node {
  if (content === 'none') return nodes.component_leaf!.create({ name, attributes });
  const item = () => nodes.list_item!.create(null, empty());
  const inside =
    content === 'list' || content === 'entries'
      ? [nodes.bullet_list!.create(null, item())]
      : content === 'questions'
        ? [nodes.heading!.create({ level: 3 }), empty()]
        : content === 'pictures' || content === 'pair' || content === 'table'
          ? []
          : [empty()];
  return nodes.component!.create({ name, attributes, isInline: content === 'text' }, inside);
}

/** Moves the block with the caret, within the block that contains it. */
export const move =
  (direction: -1 | 1): Command =>
  (state, dispatch) => {
    const { $from } = state.selection;
    const isNode = state.selection instanceof NodeSelection;
    let depth = isNode ? $from.depth : $from.depth - 1;
    while (
      depth > 0 &&
      !/^(?:component|blockquote|bullet_list|ordered_list|footnote)$/.test($from.node(depth).type.name)
    )
      depth--;
    const parent = $from.node(depth);
    const index = $from.index(depth);
    const other = index + direction;
    if (other < 0 || other >= parent.childCount) return false;
    if (dispatch) {
      const first = Math.min(index, other);
      const start = $from.posAtIndex(first, depth);
      const [a, b] = [parent.child(first), parent.child(first + 1)];
      const shift = direction < 0 ? -a.nodeSize : b.nodeSize;
      const anchor = state.selection.anchor + shift;
      const tr = state.tr.replaceWith(start, start + a.nodeSize + b.nodeSize, [b, a]);
      const selection = isNode
        ? NodeSelection.create(tr.doc, anchor)
        : TextSelection.near(tr.doc.resolve(Math.min(anchor, tr.doc.content.size)));
      dispatch(tr.setSelection(selection).scrollIntoView());
    }
    return true;
  };

/** The link around the caret: its range and its address. */
export function linkAt(state: EditorState): { from: number; to: number; href: string } | undefined {
  const { $from } = state.selection;
  const mark =
    marks.link!.isInSet($from.marks()) ?? marks.link!.isInSet($from.parent.maybeChild($from.index())?.marks ?? []);
  if (!mark) return undefined;
  let [from, to] = [-1, -1];
  $from.parent.forEach((child, offset) => {
    const start = $from.start() + offset;
    if (!mark.isInSet(child.marks) || start > $from.pos) {
      if (start <= $from.pos && to < $from.pos) from = -1;
      if (mark.isInSet(child.marks) && to === start) to = start + child.nodeSize;
      return;
    }
    if (from < 0 || to !== start) from = start;
    to = start + child.nodeSize;
  });
  return from < 0 ? undefined : { from, to, href: mark.attrs.href };
}

/** Links the selection, or inserts the address as a link. An empty address removes the link. */
export const setLink =
  (href: string, title?: string): Command =>
  (state, dispatch) => {
    const here = linkAt(state);
    const { from, to, empty: isEmpty } = state.selection;
    const range = isEmpty ? here : { from, to };
    const tr = state.tr;
    const mark = href === '' ? undefined : marks.link!.create({ href });
    if (range) {
      tr.removeMark(range.from, range.to, marks.link!);
      if (mark) tr.addMark(range.from, range.to, mark);
    } else if (mark) tr.replaceSelectionWith(schema.text(title ?? href, [mark]), false);
    else return false;
    dispatch?.(tr.removeStoredMark(marks.link!));
    return true;
  };

export const isAddress = (text: string): boolean =>
  /^(?:https?:\/\/|mailto:|tel:|story:|[/#])\S+$|^www\.\S+\.\S+$/i.test(text.trim());

export const addressOf = (text: string): string =>
  /^www\./i.test(text.trim()) ? `https://${text.trim()}` : text.trim();

/** Focuses the text after a menu or a dialog has closed, which gives the focus back to its button first. */
export const focusLater = (view: EditorView): void => {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      // A key that came meanwhile may have moved the caret.
      readCaret(view);
      view.focus();
    }),
  );
};
