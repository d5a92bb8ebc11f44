import { AutoScroller, DragDropManager, Draggable, PointerActivationConstraints, PointerSensor } from '@dnd-kit/dom';
import { type Place, placeOfKey } from './arrangement.ts';
import type { Carrying } from './carrying.ts';

/** A story that can be dragged. The element is not only its handle: with a mouse, the whole line moves it. */
export interface DragSource {
  element: HTMLElement;
  handle: HTMLElement;
  from: Place | string;
}

/** Where the pointer is, in CSS pixels of the window. */
export interface Point {
  x: number;
  y: number;
}

export interface Dragging {
  /** Makes a story draggable, until the returned function is called. */
  add(source: DragSource): () => void;
  destroy(): void;
}

/** A finger on a line scrolls, unless it rests there first. */
const restMs = 250;
const restPixels = 8;
const mousePixels = 5;

/**
 * Dragging with a mouse, a pen, or a finger. The library knows when a press becomes a drag, keeps clicks and scrolling
 * apart from it, and scrolls at the edges. Keys have no part in it: `Carrying` knows the places and what they are called.
 *
 * @param onPoint called with the place of the pointer while a story is dragged
 */
export function openDragging(carrying: Carrying, onPoint: (point: Point | undefined) => void): Dragging {
  const sensor = PointerSensor.configure({
    activatorElements: ({ element }) => [element],
    activationConstraints: ({ pointerType, target }, source) => {
      const isHandle = target instanceof Node && (source.handle?.contains(target) ?? false);
      return pointerType === 'touch' && !isHandle
        ? [new PointerActivationConstraints.Delay({ value: restMs, tolerance: restPixels })]
        : [new PointerActivationConstraints.Distance({ value: mousePixels })];
    },
  });
  // Its other plugins add styles to the page, which the desk's policy forbids. The desk draws what is dragged by itself.
  const manager = new DragDropManager({ plugins: [AutoScroller], sensors: [sensor] });
  manager.monitor.addEventListener('dragstart', ({ operation }) => {
    const from = operation.source?.data.from as Place | string | undefined;
    if (from !== undefined) carrying.pickUp(from, 'pointer');
  });
  manager.monitor.addEventListener('dragmove', ({ to }) => {
    if (!to) return;
    onPoint({ x: to.x, y: to.y });
    carrying.aim(placeAt(to));
  });
  manager.monitor.addEventListener('dragend', ({ canceled, nativeEvent }) => {
    onPoint(undefined);
    // The last moves may not have been reported yet.
    const point =
      nativeEvent instanceof PointerEvent
        ? { x: nativeEvent.clientX, y: nativeEvent.clientY }
        : manager.dragOperation.position.current;
    if (!canceled) carrying.aim(placeAt(point));
    if (canceled) carrying.cancel();
    else carrying.drop();
  });
  let count = 0;
  return {
    add: ({ element, handle, from }) => {
      count += 1;
      const draggable = new Draggable({ id: `story-${count}`, element, handle, data: { from } }, manager);
      return () => draggable.destroy();
    },
    destroy: () => manager.destroy(),
  };
}

/** The gap at a point: that of an element which says so, or the one before or after the story that is there. */
function placeAt({ x, y }: Point): Place | undefined {
  const at = document.elementFromPoint(x, y);
  const gap = at?.closest<HTMLElement>('[data-gap]')?.dataset.gap;
  if (gap !== undefined) return placeOfKey(gap);
  const line = at?.closest<HTMLElement>('[data-place]');
  const place = placeOfKey(line?.dataset.place ?? '');
  if (!line || !place) return undefined;
  const { top, height } = line.getBoundingClientRect();
  const isAfter = y > top + height / 2;
  if (place.in === 'with') return { ...place, at: place.at + (isAfter ? 1 : 0) };
  // Below the headline of a story of the opening is the first of those that belong to it.
  if (place.in === 'stories') return isAfter ? { in: 'with', of: place.at, at: 0 } : place;
  return place;
}
