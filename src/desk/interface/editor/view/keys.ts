import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  newlineInCode,
  splitBlock,
} from '@milkdown/kit/prose/commands';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from '@milkdown/kit/prose/inputrules';
import { keymap } from '@milkdown/kit/prose/keymap';
import type { MarkType } from '@milkdown/kit/prose/model';
import { liftListItem, sinkListItem, splitListItem } from '@milkdown/kit/prose/schema-list';
import { type Command, NodeSelection, type Plugin, TextSelection } from '@milkdown/kit/prose/state';
import { goToNextCell } from '@milkdown/kit/prose/tables';
import { schema } from '../markdown/schema.ts';
import { codeBlock, heading, isIn, list, move, paragraph, quote, toggle } from './commands.ts';
import type { Host } from './host.ts';

/* The keys of the text. Tab is never taken, except in a table, from whose last cell it leaves. */

const { nodes, marks } = schema;
const item = nodes.list_item!;

const hardBreak: Command = (state, dispatch) => {
  if (state.selection.$from.parent.type.spec.code || !state.selection.$from.parent.inlineContent) return false;
  if (isIn(state, 'table') || state.selection.$from.parent.type.name === 'heading') return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break!.create()).scrollIntoView());
  return true;
};

/** Enter at the end of a component's only empty paragraph leaves it, so that nobody is caught in a box. */
const leaveBlock: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 2 || $from.parent.content.size > 0) return false;
  const outer = $from.node(-1);
  if (!/^(?:component|footnote)$/.test(outer.type.name) || outer.childCount < 2) return false;
  if ($from.index(-1) !== outer.childCount - 1) return false;
  if (dispatch) {
    const after = $from.after(-1);
    const tr = state.tr.delete($from.before(), $from.after());
    const at = tr.mapping.map(after);
    tr.insert(at, nodes.paragraph!.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  }
  return true;
};

/** F2, or Enter on a selected block: its form. */
const openForm: Command = (state, _dispatch, view) => {
  const { selection } = state;
  let pos = selection instanceof NodeSelection ? selection.from : undefined;
  for (let depth = selection.$from.depth; pos === undefined && depth > 0; depth--)
    if (/^(?:component|footnote)$/.test(selection.$from.node(depth).type.name)) pos = selection.$from.before(depth);
  const dom = pos === undefined ? undefined : view?.nodeDOM(pos);
  const button = dom instanceof HTMLElement ? dom.querySelector<HTMLElement>('[data-details]') : undefined;
  if (!button) return false;
  if (button.getAttribute('aria-expanded') !== 'true') button.click();
  // The form is drawn before the next frame.
  requestAnimationFrame(() =>
    (dom as HTMLElement).querySelector<HTMLElement>('.block-form :is(input, textarea, select)')?.focus(),
  );
  return true;
};

export function keyPlugins(host: Host): Plugin[] {
  const run =
    (action: () => void): Command =>
    () => {
      action();
      return true;
    };
  const keys: Record<string, Command> = {
    'Mod-b': toggle('strong'),
    'Mod-i': toggle('em'),
    'Mod-e': toggle('code'),
    'Mod-k': run(host.openLink),
    'Mod-Alt-0': paragraph,
    'Mod-Alt-2': heading(2),
    'Mod-Alt-3': heading(3),
    'Mod-Alt-c': codeBlock,
    'Mod-Shift-8': list('bullet_list'),
    'Mod-Shift-7': list('ordered_list'),
    'Mod-Shift-9': quote,
    'Mod-]': sinkListItem(item),
    'Mod-[': liftListItem(item),
    'Alt-ArrowUp': move(-1),
    'Alt-ArrowDown': move(1),
    'Mod-z': run(() => host.travel('undo')),
    'Mod-y': run(() => host.travel('redo')),
    'Shift-Mod-z': run(() => host.travel('redo')),
    'Mod-/': run(host.openShortcuts),
    'Alt-F10': run(host.focusToolbar),
    Escape: run(host.focusToolbar),
    F2: openForm,
    Tab: goToNextCell(1),
    'Shift-Tab': goToNextCell(-1),
    'Shift-Enter': chainCommands(exitCode, hardBreak),
    'Mod-Enter': exitCode,
    Backspace: undoInputRule,
    Enter: chainCommands(
      (state, dispatch, view) => state.selection instanceof NodeSelection && openForm(state, dispatch, view),
      splitListItem(item),
      newlineInCode,
      leaveBlock,
      createParagraphNear,
      liftEmptyBlock,
      splitBlock,
    ),
  };
  return [keymap(keys), keymap(baseKeymap), markdownAsTyped()];
}

function markdownAsTyped(): Plugin {
  const mark = (pattern: RegExp, type: MarkType) =>
    new InputRule(pattern, (state, match, start, end) => {
      const [whole, before = '', text = ''] = match;
      if (text === '' || state.doc.rangeHasMark(start, end, marks.code!)) return null;
      const from = start + whole.indexOf(before) + before.length;
      const tr = state.tr.delete(from, end).insertText(text, from);
      return tr.addMark(from, from + text.length, type.create()).removeStoredMark(type);
    });
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading!, (match) => ({ level: match[1]!.length })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote!),
      wrappingInputRule(/^\s*[-*+]\s$/, nodes.bullet_list!),
      wrappingInputRule(
        /^(\d{1,9})[.)]\s$/,
        nodes.ordered_list!,
        (match) => ({ start: Number(match[1]) }),
        (match, node) => node.childCount + node.attrs.start === Number(match[1]),
      ),
      textblockTypeInputRule(/^```(\w*)\s$/, nodes.code_block!, (match) => ({ lang: match[1] })),
      new InputRule(/^---$/, (state, _match, start) => {
        const $start = state.doc.resolve(start);
        if ($start.parent.type.name !== 'paragraph') return null;
        return state.tr.replaceWith($start.before(), $start.after(), [nodes.rule!.create(), nodes.paragraph!.create()]);
      }),
      mark(/(^|[^*])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.strong!),
      mark(/(^|[^*])\*([^*\s](?:[^*]*[^*\s])?)\*$/, marks.em!),
      mark(/(^|[^\w_])_([^_\s](?:[^_]*[^_\s])?)_$/, marks.em!),
      mark(/(^|[^~])~~([^~\s](?:[^~]*[^~\s])?)~~$/, marks.strike!),
      mark(/(^|[^`])`([^`]+)`$/, marks.code!),
      new InputRule(/\[([^[\]]+)\]\(([^\s()]+)\)$/, (state, match, start, end) => {
        const [, text = '', href = ''] = match;
        return state.tr
          .replaceWith(start, end, schema.text(text, [marks.link!.create({ href })]))
          .removeStoredMark(marks.link!);
      }),
    ],
  });
}
