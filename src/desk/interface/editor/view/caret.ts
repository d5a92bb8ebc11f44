import { Plugin } from '@milkdown/kit/prose/state';
import type { EditorView } from '@milkdown/kit/prose/view';

/**
 * Looks where the browser has the caret. The browser reports that in a separate event, which can come late: a page that
 * was busy gets the presses and keys that were waiting first. Without this, a key would be typed where the caret was before.
 */
export function readCaret(view: EditorView): void {
  // ProseMirror compares the caret itself when it hears this, and reads what was composed at the end.
  if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
}

/** Looks where the caret is before anything that happens at the caret. */
export const caretPlugin = (): Plugin => {
  /** Where the last change of the document put it. While one types, it is still there. */
  let placed: ReturnType<typeof placeOf>;
  const look = (view: EditorView) => {
    const now = placeOf();
    if (!now || !placed || now.some((part, at) => part !== placed?.[at])) readCaret(view);
    return false;
  };
  return new Plugin({
    view: () => ({
      update({ state }, before) {
        if (state.doc !== before.doc || state.selection !== before.selection) placed = placeOf();
      },
    }),
    props: {
      handleDOMEvents: { keydown: look, keypress: look, beforeinput: look, copy: look, cut: look, paste: look },
    },
  });
};

function placeOf(): [Node | null, number, Node | null, number] | undefined {
  const selection = getSelection();
  return selection
    ? [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset]
    : undefined;
}
