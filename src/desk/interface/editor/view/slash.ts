import { Plugin } from '@milkdown/kit/prose/state';
import type { EditorView } from '@milkdown/kit/prose/view';
import type { Host, SlashState } from './host.ts';

/** Watches for a slash at the beginning of a paragraph, and passes the keys of the menu on while it is open. */
export function slashPlugin(host: Host): Plugin {
  let open: SlashState | undefined;
  let dismissedAt = -1;
  return new Plugin({
    view: () => ({
      update(view) {
        const found = slashAt(view);
        if (!found) dismissedAt = -1;
        const now = found && found.from !== dismissedAt ? found : undefined;
        if (now?.query === open?.query && now?.from === open?.from) return;
        open = now;
        host.slash(now);
      },
    }),
    props: {
      handleKeyDown(_view, event) {
        if (!open || event.isComposing) return false;
        if (event.key === 'Escape') {
          dismissedAt = open.from;
          open = undefined;
          host.slash(undefined);
          return true;
        }
        return host.slashKey(event.key);
      },
      handleDOMEvents: {
        blur() {
          open = undefined;
          host.slash(undefined);
          return false;
        },
      },
    },
  });
}

function slashAt({ state, editable }: EditorView): SlashState | undefined {
  const { $from, empty } = state.selection;
  if (!editable || !empty || $from.parent.type.name !== 'paragraph') return undefined;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC');
  const match = /^\/([\p{L}\p{N} ]{0,24})$/u.exec(before);
  return match && !/ {2}| .* /.test(match[1] ?? '')
    ? { query: match[1] ?? '', from: $from.start(), to: $from.pos }
    : undefined;
}
