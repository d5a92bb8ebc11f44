import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps {
  total: number;
  label: string;
  /** Draws the contents of a row. */
  row(index: number): ComponentChildren;
  /** The range that is drawn now. */
  onRange(from: number, to: number): void;
  /** Changes if the list is another one: it then begins at its start. */
  of: string;
}

/** Rows drawn above and below the screen. */
const spareRows = 8;

/**
 * A long list that scrolls with the page. Only the rows near the screen are in the page, and the one with the focus, so
 * that scrolling never takes the focus away. Every row has the height `--row` of the style sheet.
 */
export function VirtualList({ total, label, row, onRange, of }: VirtualListProps) {
  const list = useRef<HTMLUListElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [{ from, to, height }, setRange] = useState({ from: 0, to: 20, height: 76 });
  const wanted = useRef<number | undefined>(undefined);
  const [focused, setFocused] = useState<number | undefined>(undefined);

  useLayoutEffect(() => {
    const measure = () => {
      const rowHeight = probe.current?.getBoundingClientRect().height || 76;
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const first = Math.max(0, Math.floor(-top / rowHeight) - spareRows);
      const last = Math.min(total, Math.ceil((innerHeight - top) / rowHeight) + spareRows);
      setRange((old) =>
        old.from === first && old.to === last && old.height === rowHeight
          ? old
          : { from: first, to: last, height: rowHeight },
      );
      onRange(first, Math.max(last, first + 1));
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [total, of, onRange]);

  const drawn = Array.from({ length: Math.max(0, Math.min(to, total) - from) }, (_, at) => from + at);
  if (focused !== undefined && focused < total && !drawn.includes(focused)) drawn.push(focused);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // The focus follows when the row is drawn. A key that is held down does not wait for it.
    const at = wanted.current ?? indexOf(event.target);
    if (!step || at === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = Math.min(total - 1, Math.max(0, at + step));
    event.preventDefault();
    wanted.current = next;
    setFocused(next);
    requestAnimationFrame(() => {
      const link = list.current?.querySelector<HTMLElement>(`li[data-at="${next}"] a`);
      if (wanted.current !== next) return; // another key came in the meantime
      link?.focus();
      wanted.current = undefined;
      link?.closest('li')?.scrollIntoView({ block: 'nearest' });
    });
  };

  return (
    <>
      <div ref={probe} class="row-probe" aria-hidden="true" />
      <ul
        ref={list}
        class="rows"
        aria-label={label}
        style={{ height: `${total * height}px` }}
        onKeyDown={onKeyDown}
        onFocusIn={(event) => {
          const at = indexOf(event.target);
          if (at === wanted.current) wanted.current = undefined;
          setFocused((old) => wanted.current ?? at ?? old);
        }}
      >
        {drawn.map((index) => (
          <li
            key={index}
            data-at={index}
            aria-setsize={total}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${index * height}px)` }}
          >
            {row(index)}
          </li>
        ))}
      </ul>
    </>
  );
}

function indexOf(target: EventTarget | null): number | undefined {
  const at = target instanceof Element ? target.closest<HTMLElement>('li[data-at]')?.dataset.at : undefined;
  return at === undefined ? undefined : Number(at);
}
