import type { Command, EditorState } from '@milkdown/kit/prose/state';
import type { EditorView } from '@milkdown/kit/prose/view';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import { schema } from '../markdown/schema.ts';
import { codeBlock, focusLater, heading, linkAt, list, listDepth, paragraph, quote, toggle } from '../view/commands.ts';
import { tableItems } from '../view/inserts.ts';
import type { TextHistory } from '../view/text-history.ts';
import { words } from '../words.ts';

/** What the toolbar shows about the caret. It is drawn again only if this text changes. */
export function toolbarState(state: EditorState): string {
  const { $from, from, to, empty } = state.selection;
  const marks = empty
    ? (state.storedMarks ?? $from.marks()).map((mark) => mark.type.name)
    : Object.keys(schema.marks).filter((name) => state.doc.rangeHasMark(from, to, schema.marks[name]!));
  const depth = listDepth(state);
  return JSON.stringify({
    marks,
    block: $from.parent.type.name,
    level: $from.parent.attrs.level,
    list: depth === undefined ? undefined : $from.node(depth).type.name,
    isQuote: ancestor(state, 'blockquote'),
    isTable: ancestor(state, 'table'),
    isLink: linkAt(state) !== undefined,
  });
}

function ancestor({ selection: { $from } }: EditorState, name: string): boolean {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === name) return true;
  return false;
}

interface ToolbarProps {
  view: EditorView | undefined;
  /** From `toolbarState`. */
  state: string;
  isSource: boolean;
  history: TextHistory;
  items: MenuItem[];
  onLink(): void;
  onPicture(): void;
  onShortcuts(): void;
  onView?: () => void;
}

interface Shown {
  marks: string[];
  block: string;
  level?: number;
  list?: string;
  isQuote: boolean;
  isTable: boolean;
  isLink: boolean;
}

/** The toolbar: one stop of the Tab key, arrow keys inside. */
export function Toolbar({
  view,
  state,
  isSource,
  history,
  items,
  onLink,
  onPicture,
  onShortcuts,
  onView,
}: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => rove(bar.current));
  const shown = (state === '' ? { marks: [] } : JSON.parse(state)) as Shown;
  const run = (command: Command) => () => {
    if (!view) return;
    command(view.state, view.dispatch, view);
    view.focus();
    focusLater(view);
  };
  const travel = (action: () => void) => () => {
    action();
    view?.focus();
  };
  const button = (
    label: string,
    sign: ComponentChildren,
    action: () => void,
    isPressed?: boolean,
    isDisabled = false,
  ) => (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      aria-disabled={isDisabled || undefined}
      // A sign is drawn by the style sheet, so that it is not part of the name.
      data-sign={typeof sign === 'string' ? sign : undefined}
      // The caret stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !isDisabled && action()}
    >
      {typeof sign === 'string' ? null : sign}
    </button>
  );
  const mark = (name: 'strong' | 'em' | 'code', label: string, sign: string) =>
    button(label, sign, run(toggle(name)), shown.marks.includes(name));
  const styles: MenuItem[] = [
    { id: 'paragraph', label: words.paragraph, onSelect: run(paragraph) },
    { id: 'h2', label: words.heading, onSelect: run(heading(2)) },
    { id: 'h3', label: words.smallHeading, onSelect: run(heading(3)) },
    { id: 'code', label: words.codeBlock, onSelect: run(codeBlock) },
  ];
  return (
    <div
      class="toolbar"
      role="toolbar"
      aria-label={words.toolbar}
      aria-orientation="horizontal"
      ref={bar}
      onKeyDown={arrows}
    >
      {!isSource && (
        <>
          {button(words.undo, '↶', travel(history.undo), undefined, !history.canUndo.value)}
          {button(words.redo, '↷', travel(history.redo), undefined, !history.canRedo.value)}
          <Menu label={words.style} items={styles} />
          {mark('strong', words.bold, 'B')}
          {mark('em', words.italic, 'I')}
          {mark('code', words.code, '<>')}
          {button(
            words.link,
            <Sign path="M6.5 9.5l3-3M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.500M9 11.500l-1.500 1.500a2.8 2.8 0 0 1-4-4L5 7.500" />,
            onLink,
            shown.isLink,
          )}
          {button(words.bullets, '•', run(list('bullet_list')), shown.list === 'bullet_list')}
          {button(
            words.numbers,
            <Sign path="M6 4h8M6 8h8M6 12h8M2 3.500l1-.5v2.500M2 10.500h1.500v1L2 13h1.500" />,
            run(list('ordered_list')),
            shown.list === 'ordered_list',
          )}
          {button(words.quote, '“', run(quote), shown.isQuote)}
          {button(
            words.picture,
            <Sign path="M2 3h12v10H2zM4 11l3-4 2.500 3 1.500-1.500L13 11M10.500 6h.01" />,
            onPicture,
          )}
          <Menu label={words.insert} items={items} />
          {shown.isTable && view && <Menu label={words.tableMenu} items={tableItems(run)} />}
          {button(words.shortcuts, '?', onShortcuts)}
        </>
      )}
      {onView && (
        <button type="button" class="tool" onClick={onView}>
          {isSource ? words.toText : words.toSource}
        </button>
      )}
    </div>
  );
}

const Sign = ({ path }: { path: string }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

const buttonsOf = (toolbar: Element): HTMLElement[] => [...toolbar.querySelectorAll<HTMLElement>(':scope > button')];

/** One button can be reached with Tab: the one that was used last. */
function rove(toolbar: HTMLElement | null): void {
  if (!toolbar) return;
  const buttons = buttonsOf(toolbar);
  const current = buttons.find((button) => button.dataset.current === 'true') ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
}

function arrows(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const buttons = buttonsOf(event.currentTarget);
  const at = buttons.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const step = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  const to =
    event.key === 'ArrowRight'
      ? at + step
      : event.key === 'ArrowLeft'
        ? at - step
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? buttons.length - 1
            : undefined;
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons.at(to % buttons.length)!;
  for (const button of buttons) button.dataset.current = String(button === next);
  rove(event.currentTarget);
  next.focus();
}
