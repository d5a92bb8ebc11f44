import type { EditorView } from '@milkdown/kit/prose/view';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SlashState } from '../view/host.ts';
import type { Insertable } from '../view/inserts.ts';
import { words } from '../words.ts';

/*
 * The menu after a slash. It is written by hand, because the focus must stay in the text: the words after the slash
 * filter the menu, and a menu of Zag takes the focus.
 */

interface SlashMenuProps {
  view: EditorView;
  slash: SlashState;
  items: Insertable[];
  /** Where the menu puts its handler for keys. */
  keys: { current: ((key: string) => boolean) | undefined };
  onChoose(item: Insertable): void;
  announce(message: string): void;
}

const listId = 'story-text-commands';
const optionId = (id: string): string => `${listId}-${id}`;

export function SlashMenu({ view, slash, items, keys, onChoose, announce }: SlashMenuProps) {
  const place = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(0);
  const found = filter(items, slash.query);
  const current = found[Math.min(chosen, found.length - 1)];

  useEffect(() => setChosen(0), [slash.query]);
  useEffect(() => announce(current ? current.label : words.noCommands), [current?.id]);

  // The text keeps the focus, and tells a screen reader which entry is chosen.
  useEffect(() => {
    const { dom } = view;
    dom.setAttribute('aria-controls', listId);
    if (current) dom.setAttribute('aria-activedescendant', optionId(current.id));
    place.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    return () => {
      dom.removeAttribute('aria-controls');
      dom.removeAttribute('aria-activedescendant');
    };
  }, [current?.id]);

  useLayoutEffect(() => {
    const menu = place.current;
    if (!menu) return;
    const caret = view.coordsAtPos(slash.to);
    const room = window.innerHeight - caret.bottom;
    const isAbove = room < 200 && caret.top > room;
    menu.style.left = `${Math.max(8, Math.min(caret.left, window.innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = isAbove ? '' : `${caret.bottom + 4}px`;
    menu.style.bottom = isAbove ? `${window.innerHeight - caret.top + 4}px` : '';
    menu.style.maxHeight = `${Math.max(120, (isAbove ? caret.top : room) - 16)}px`;
  });

  keys.current = (key) => {
    if (found.length === 0) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : found.length - 1;
      setChosen((Math.min(chosen, found.length - 1) + step) % found.length);
      return true;
    }
    if (key === 'Enter' && current) {
      onChoose(current);
      return true;
    }
    return false;
  };

  return (
    <div class="slash-menu" ref={place}>
      {found.length === 0 ? (
        <p class="help">{words.noCommands}</p>
      ) : (
        <div role="listbox" id={listId} aria-label={words.commands}>
          {found.map((item) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the option
            // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the text
            <div
              key={item.id}
              id={optionId(item.id)}
              role="option"
              aria-selected={item === current}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(item)}
            >
              <span>{item.label}</span>
              {item.help && <small>{item.help}</small>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Entries whose label or words begin with what was typed come first. */
export function filter(items: readonly Insertable[], query: string): Insertable[] {
  const asked = query.trim().toLowerCase();
  if (asked === '') return [...items];
  const starts = (item: Insertable) =>
    item.label
      .toLowerCase()
      .split(' ')
      .some((word) => word.startsWith(asked));
  const contains = (item: Insertable) => `${item.label} ${item.id}`.toLowerCase().includes(asked);
  return [...items.filter(starts), ...items.filter((item) => !starts(item) && contains(item))];
}
