import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StoryLink } from '../contract.ts';
import { State } from '../list/story-row.tsx';
import { editAddress } from '../state/route.ts';
import { words } from '../words.ts';
import { keyOfPlace, type Place, samePlace } from './arrangement.ts';
import type { Carrying } from './carrying.ts';
import type { Dragging } from './drag.ts';
import type { Fate } from './named-stories.ts';

/** What every line of the view needs. */
export interface LineContext {
  carrying: Carrying;
  dragging: ReadonlySignal<Dragging | undefined>;
}

interface LineProps extends LineContext {
  /** Its place, or its name if it is not on the front. */
  from: Place | string;
  name: string;
  story: StoryLink | undefined;
  /** What the place is called, such as “Lead”. */
  label?: string | undefined;
  facts?: string | undefined;
  fate?: Fate | undefined;
  children?: ComponentChildren;
}

/** The id of the sentence that describes every handle. */
export const handleHelpId = 'front-handle-help';

/** A story that can be moved: by its handle with keys and clicks, and by the whole line with a mouse or a finger. */
export function StoryLine({ carrying, dragging, from, name, story, label, facts, fate, children }: LineProps) {
  const line = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const key = typeof from === 'string' ? `find.${from}` : keyOfPlace(from);
  const headline = story?.headline ?? name;
  const loaded = dragging.value;
  useEffect(() => {
    if (!loaded || !line.current || !handle.current) return undefined;
    return loaded.add({ element: line.current, handle: handle.current, from });
  }, [loaded, key]);
  const carried = carrying.carried.value;
  const isCarried = carried !== undefined && isSameSource(carried.handle, from);
  const target = carrying.target.value;
  const isTarget = typeof from !== 'string' && isSlot(from) && target !== undefined && samePlace(from, target);
  return (
    <div
      ref={line}
      class={`line ${isCarried ? 'is-carried' : ''} ${isTarget ? 'is-target' : ''}`}
      data-place={typeof from === 'string' ? undefined : key}
    >
      <button
        ref={handle}
        type="button"
        class="handle"
        data-focus={key}
        aria-label={words.fronts.move(headline)}
        aria-describedby={handleHelpId}
        aria-pressed={isCarried}
        onClick={() => {
          // The click that ends a drag is not one.
          const now = carrying.carried.peek();
          if (now?.by === 'pointer') return;
          if (now && isSameSource(now.handle, from)) carrying.drop();
          else carrying.pickUp(from, 'keys');
        }}
        onKeyDown={(event) => {
          // Keys can be faster than the next drawing.
          const now = carrying.carried.peek();
          if (now && isSameSource(now.handle, from) && move(carrying, event.key)) event.preventDefault();
        }}
      >
        <span aria-hidden="true">⠿</span>
      </button>
      <div class="line-words">
        <p class="line-headline">
          {label && <span class="line-label">{label}</span>}
          {story ? <a href={editAddress(story.path)}>{headline}</a> : <span>{headline}</span>}
        </p>
        <p class="line-facts">
          {story?.state && <State state={story.state} />}
          {facts && <span>{facts}</span>}
        </p>
        {fate && <p class={`line-fate ${fate.tone}`}>{fate.says}</p>}
      </div>
      {children && <div class="line-buttons">{children}</div>}
    </div>
  );
}

/** @returns whether the key was for the story that is carried */
function move(carrying: Carrying, key: string): boolean {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      carrying.step(1);
      return true;
    case 'ArrowUp':
    case 'ArrowLeft':
      carrying.step(-1);
      return true;
    case 'Home':
    case 'End':
      carrying.stepTo(key === 'Home' ? 'first' : 'last');
      return true;
    default:
      return false;
  }
}

const isSlot = (place: Place): boolean => place.in === 'banner' || place.in === 'pinned';

const isSameSource = (a: Place | string, b: Place | string): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : samePlace(a, b);
