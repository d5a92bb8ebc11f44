import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Group } from '../parts/group.tsx';
import { words } from '../words.ts';

export interface Pane {
  id: string;
  label: string;
  content: ComponentChildren;
}

interface Layout {
  /** Shares of the width, by pane. */
  shares: Record<string, number>;
  folded: string[];
}

const initial: Layout = { shares: { form: 23, text: 42, page: 35 }, folded: [] };
const shareMin = 14;
const stepShare = 2;
const storageKey = 'desk panes';

/** Panes side by side, with separators that move by mouse, finger, and arrow keys, and buttons that fold a pane away. */
export function Panes({ panes, above }: { panes: Pane[]; above: ComponentChildren }) {
  const [layout, setLayout] = useState(readLayout);
  const box = useRef<HTMLDivElement>(null);
  const change = (next: Layout) => {
    setLayout(next);
    localStorage.setItem(storageKey, JSON.stringify(next));
  };
  const open = panes.filter(({ id }) => !layout.folded.includes(id));
  const toggle = (id: string) => {
    const isFolded = layout.folded.includes(id);
    if (!isFolded && open.length === 1) return; // one pane stays
    change({ ...layout, folded: isFolded ? layout.folded.filter((one) => one !== id) : [...layout.folded, id] });
  };
  const move = (left: string, right: string, by: number) => {
    const [a, b] = [layout.shares[left] ?? 30, layout.shares[right] ?? 30];
    const step = Math.max(shareMin - a, Math.min(b - shareMin, by));
    change({ ...layout, shares: { ...layout.shares, [left]: a + step, [right]: b - step } });
  };
  const drag = (event: PointerEvent, left: string, right: string) => {
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    const width = box.current?.clientWidth ?? 1;
    const total = open.reduce((sum, { id }) => sum + (layout.shares[id] ?? 30), 0);
    const isMirrored = getComputedStyle(handle).direction === 'rtl' ? -1 : 1;
    const [from, a, b] = [event.clientX, layout.shares[left] ?? 30, layout.shares[right] ?? 30];
    const onMove = (moved: PointerEvent) => {
      const by = (((moved.clientX - from) * isMirrored) / width) * total;
      const step = Math.max(shareMin - a, Math.min(b - shareMin, by));
      change({ ...layout, shares: { ...layout.shares, [left]: a + step, [right]: b - step } });
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', onMove), {
      once: true,
    });
  };
  return (
    <>
      <div class="above-panes">
        <Group class="pane-switch" name={words.story.parts}>
          {panes.map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={!layout.folded.includes(id)} onClick={() => toggle(id)}>
              {label}
            </button>
          ))}
        </Group>
        {above}
      </div>
      <div ref={box} class="panes">
        {open.map(({ id, label, content }, at) => {
          const right = open[at + 1];
          return [
            <section
              key={id}
              class={`pane ${id}-pane-box`}
              aria-label={label}
              style={{ flexGrow: layout.shares[id] ?? 30 }}
            >
              {content}
            </section>,
            right && (
              <div
                key={`${id}-${right.id}`}
                class="splitter"
                role="slider"
                tabIndex={0}
                aria-orientation="horizontal"
                aria-label={words.story.between(label, right.label)}
                aria-valuenow={Math.round(layout.shares[id] ?? 30)}
                aria-valuemin={shareMin}
                aria-valuemax={Math.round((layout.shares[id] ?? 30) + (layout.shares[right.id] ?? 30) - shareMin)}
                onPointerDown={(event) => drag(event, id, right.id)}
                onKeyDown={(event) => {
                  const by = { ArrowLeft: -stepShare, ArrowRight: stepShare, Home: -100, End: 100 }[event.key];
                  if (!by) return;
                  event.preventDefault();
                  move(id, right.id, by);
                }}
              />
            ),
          ];
        })}
      </div>
    </>
  );
}

function readLayout(): Layout {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Layout | null;
    return kept?.shares && Array.isArray(kept.folded) ? kept : initial;
  } catch {
    return initial;
  }
}
