import { words } from '../words.ts';
import { type Arrangement, isSame, keyOfPlace, type Place, samePlace } from './arrangement.ts';
import type { Carrying } from './carrying.ts';

interface GapProps {
  carrying: Carrying;
  arrangement: Arrangement;
  place: Place;
  /** What an empty place says. Without it, the gap is only a line. */
  says?: string | undefined;
}

/** Where a story can be put: a line between two stories, or an empty place. While keys move a story, it is a button. */
export function Gap({ carrying, arrangement, place, says }: GapProps) {
  const carried = carrying.carried.value;
  const target = carrying.target.value;
  const isTarget = target !== undefined && samePlace(target, place);
  const isOpen = carried?.by === 'keys' && (typeof carried.from === 'string' || !isSame(carried.from, place));
  return (
    <div
      class={`gap in-${place.in} ${says ? 'slot' : ''} ${isTarget ? 'is-target' : ''} ${isOpen ? 'is-open' : ''}`}
      data-gap={keyOfPlace(place)}
    >
      {isOpen ? (
        <button type="button" class="small" onClick={() => carrying.drop(place)}>
          {words.fronts.putHere(carrying.placeWords(place, arrangement))}
        </button>
      ) : (
        says
      )}
    </div>
  );
}
