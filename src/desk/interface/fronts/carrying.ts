import { batch, computed, signal } from '@preact/signals';
import { speak } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';
import {
  type Arrangement,
  arrangementOf,
  editsOfMove,
  editsOfRemoval,
  gapsOf,
  isSame,
  keyOfPlace,
  nameAt,
  type Place,
  placesOf,
  samePlace,
} from './arrangement.ts';

/** A story that somebody picked up: with the mouse, a finger, or keys. */
export interface Carried {
  /** Its place, or its name if it is not on the front yet. */
  from: Place | string;
  /** Whose handle moves it: a place, or a name in the search. */
  handle: Place | string;
  headline: string;
  /** Keys and clicks show every gap as a button. A pointer only aims. */
  by: 'keys' | 'pointer';
}

/** The story that is carried, and where it would be put. Every way of moving a story ends here, so all of them do and say the same. */
export class Carrying {
  readonly carried = signal<Carried | undefined>(undefined);
  readonly target = signal<Place | undefined>(undefined);
  readonly arrangement = computed<Arrangement | undefined>(() => arrangementOf(this.file.values.value));
  /** What is focused after the next drawing: a `data-focus`. */
  readonly focus = signal<string | undefined>(undefined);
  /** What people call a story. */
  headlineOf: (name: string) => string = (name) => name;
  /** Where a story is on the front, under any of its names. */
  placeOf: (name: string) => Place | undefined = () => undefined;
  private readonly file: OpenFile;

  constructor(file: OpenFile) {
    this.file = file;
  }

  pickUp(handle: Place | string, by: Carried['by']): void {
    const { arrangement } = this;
    // A story that is on the front already is moved from where it is.
    const from = (typeof handle === 'string' && this.placeOf(handle)) || handle;
    const name = typeof from === 'string' ? from : arrangement.value && nameAt(arrangement.value, from);
    if (name === undefined) return;
    const headline = this.headlineOf(name);
    batch(() => {
      this.carried.value = { from, handle, headline, by };
      this.target.value = undefined;
    });
    if (by === 'keys') speak(words.fronts.pickedUp(headline));
  }

  /** Aims at the next or previous gap. */
  step(by: 1 | -1): void {
    const carried = this.carried.value;
    const arrangement = this.arrangement.value;
    if (!carried || !arrangement) return;
    const gaps = gapsOf(arrangement);
    const target = this.target.value;
    const { from } = carried;
    let at = target ? gaps.findIndex((gap) => samePlace(gap, target)) : this.begin(gaps, from);
    let gap: Place | undefined;
    do {
      at += by;
      gap = gaps[at];
    } while (gap && typeof from !== 'string' && isSame(from, gap));
    if (gap) this.aimAloud(gap);
  }

  /** Aims at the first or last gap. */
  stepTo(end: 'first' | 'last'): void {
    const carried = this.carried.value;
    const gaps = this.arrangement.value ? gapsOf(this.arrangement.value) : [];
    const free = gaps.filter((gap) => typeof carried?.from === 'string' || !carried || !isSame(carried.from, gap));
    const gap = free.at(end === 'first' ? 0 : -1);
    if (carried && gap) this.aimAloud(gap);
  }

  aim(place: Place | undefined): void {
    const from = this.carried.value?.from;
    const isFree = place && from !== undefined && (typeof from === 'string' || !isSame(from, place));
    const next = isFree ? place : undefined;
    if (next && this.target.value && samePlace(next, this.target.value)) return;
    this.target.value = next;
  }

  /** Puts the story down where it was aimed at, or where it was. */
  drop(place = this.target.value): void {
    const carried = this.carried.value;
    if (!carried) return;
    if (place) this.put(carried.from, place);
    else this.cancel();
  }

  cancel(): void {
    const carried = this.carried.value;
    if (!carried) return;
    this.clear();
    speak(words.fronts.cancelled(carried.headline));
  }

  /**
   * Moves or adds a story at once.
   *
   * @param focusOf what is focused then, by the key of the new place. Defaults to the handle there
   */
  put(from: Place | string, to: Place, focusOf = (key: string): string => key): void {
    const arrangement = this.arrangement.value;
    if (!arrangement) {
      this.clear();
      return;
    }
    const name = typeof from === 'string' ? from : nameAt(arrangement, from);
    if (name === undefined) {
      this.clear();
      return;
    }
    const replaced = to.in === 'banner' || to.in === 'pinned' ? nameAt(arrangement, to) : undefined;
    const next = batch(() => {
      this.clear();
      this.file.editAll(editsOfMove(arrangement, from, to));
      return this.arrangement.value;
    });
    const now = next && placesOf(next).find((place) => place.in === to.in && nameAt(next, place) === name);
    if (now) this.focus.value = focusOf(keyOfPlace(now));
    const where = next && now ? this.placeWords(now, next) : '';
    const headline = this.headlineOf(name);
    speak(
      replaced === undefined || replaced === name
        ? words.fronts.put(headline, where)
        : words.fronts.putInstead(headline, where, this.headlineOf(replaced)),
    );
  }

  remove(place: Place): void {
    const arrangement = this.arrangement.value;
    const name = arrangement && nameAt(arrangement, place);
    if (!arrangement || name === undefined) return;
    const at = placesOf(arrangement).findIndex((one) => samePlace(one, place));
    this.file.editAll(editsOfRemoval(arrangement, place));
    const rest = this.arrangement.value ? placesOf(this.arrangement.value) : [];
    const next = rest[Math.min(at, rest.length - 1)];
    this.focus.value = next ? keyOfPlace(next) : 'find';
    speak(words.fronts.removed(this.headlineOf(name)));
  }

  /** What people call a place: `lead`, `story 3 of the opening`. */
  placeWords(place: Place, arrangement: Arrangement): string {
    if (place.in === 'banner' || place.in === 'pinned') return words.fronts.places[place.in];
    const entry = (at: number) => this.headlineOf(arrangement.entries[at]?.name ?? '');
    if (place.in === 'with') return words.fronts.below(entry(place.of), place.at + 1);
    return this.isLead(place.at) ? words.fronts.places.lead : words.fronts.opening(place.at + 1);
  }

  /** With the layout `pair`, two stories lead the page. */
  isLead(at: number): boolean {
    return at === 0 || (at === 1 && this.file.values.value.layout === 'pair');
  }

  /** The gap at which a story that was just picked up is. A new one begins above the first. */
  private begin(gaps: Place[], from: Place | string): number {
    return typeof from === 'string' ? -1 : gaps.findIndex((gap) => samePlace(gap, from));
  }

  private aimAloud(gap: Place): void {
    this.target.value = gap;
    if (this.arrangement.value) speak(words.fronts.aimed(this.placeWords(gap, this.arrangement.value)));
    document.querySelector(`[data-gap="${keyOfPlace(gap)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  private clear(): void {
    batch(() => {
      this.carried.value = undefined;
      this.target.value = undefined;
    });
  }
}
