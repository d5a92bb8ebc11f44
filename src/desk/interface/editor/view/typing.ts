import { Plugin, TextSelection } from '@milkdown/kit/prose/state';

/**
 * Types characters into the document itself. The browser would change the page first, and ProseMirror would then read the
 * paragraph and compare it, which takes twice as long. What comes without a key press still goes that way: text that is
 * composed, dictated, corrected, or entered with the keyboard of a phone.
 */
export const typingPlugin = (): Plugin =>
  new Plugin({
    props: {
      handleKeyPress(view, { charCode }) {
        const { selection } = view.state;
        // ProseMirror itself does the same for every other selection.
        if (!(selection instanceof TextSelection) || !selection.$from.sameParent(selection.$to)) return false;
        // Two parts of one character, or a character of two parts: emoji and rare scripts, which the browser puts together.
        if (charCode > 0xffff || (charCode >= 0xd800 && charCode <= 0xdfff)) return false;
        const text = String.fromCharCode(charCode);
        if (/[\r\n]/.test(text)) return false;
        const typed = () => view.state.tr.insertText(text).scrollIntoView();
        const { from, to } = selection;
        if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, text, typed))) view.dispatch(typed());
        return true;
      },
    },
  });
