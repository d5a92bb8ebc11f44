import type { FieldEdit, FieldValue } from '../../document/edits.ts';

/*
 * What an editor decided about a front, as places of stories, and the edits that move a story from one place to another.
 * It is pure: the pane shows it, and the server applies the edits to the file.
 */

/** A story of the opening, with those that belong to it. */
export interface Entry {
  name: string;
  with: readonly string[];
  /** Whether the file has it as `{ story, with }`. */
  isGroup: boolean;
}

export interface Arrangement {
  banner?: string;
  pinned?: string;
  entries: readonly Entry[];
}

/**
 * A place of a story, or a gap between two of them: `at` is the number of the story, or of the one after the gap. `of` is
 * the number of the story that others belong to.
 */
export type Place =
  | { in: 'banner' }
  | { in: 'pinned' }
  | { in: 'stories'; at: number }
  | { in: 'with'; of: number; at: number };

export const samePlace = (a: Place, b: Place): boolean => keyOfPlace(a) === keyOfPlace(b);

/** A place as text, such as `with.0.2`. */
export function keyOfPlace(place: Place): string {
  if (place.in === 'stories') return `stories.${place.at}`;
  return place.in === 'with' ? `with.${place.of}.${place.at}` : place.in;
}

/** The reverse of `keyOfPlace`. */
export function placeOfKey(key: string): Place | undefined {
  const [kind, first, second] = key.split('.');
  if (kind === 'banner' || kind === 'pinned') return { in: kind };
  if (kind === 'stories') return { in: kind, at: Number(first) };
  return kind === 'with' ? { in: kind, of: Number(first), at: Number(second) } : undefined;
}

/**
 * The arrangement in the values of a front's file.
 *
 * @returns undefined if they are not written as a front's are, so that the file can be changed only as text
 */
export function arrangementOf(values: { readonly [key: string]: FieldValue }): Arrangement | undefined {
  const { stories = [], pinned, banner } = values;
  // A single value is a list with one entry.
  const list: readonly FieldValue[] = stories === null ? [] : Array.isArray(stories) ? stories : [stories];
  const entries = list.map(entryOf);
  const inBanner = isGroup(banner) ? banner.story : undefined;
  if (entries.some((entry) => entry === undefined)) return undefined;
  if (![pinned, inBanner].every((name) => name === undefined || name === null || isName(name))) return undefined;
  if (banner !== undefined && banner !== null && !isGroup(banner)) return undefined;
  return {
    ...(isName(inBanner) && { banner: String(inBanner) }),
    ...(isName(pinned) && { pinned: String(pinned) }),
    entries: entries as Entry[],
  };
}

function entryOf(value: FieldValue): Entry | undefined {
  if (isName(value)) return { name: String(value), with: [], isGroup: false };
  if (!isGroup(value) || !isName(value.story)) return undefined;
  const others = value.with ?? [];
  const list: readonly FieldValue[] = Array.isArray(others) ? others : [others as FieldValue];
  if (!list.every(isName)) return undefined;
  return { name: String(value.story), with: list.map(String), isGroup: true };
}

/** The name at a place, if a story is there. */
export function nameAt({ entries, banner, pinned }: Arrangement, place: Place): string | undefined {
  if (place.in === 'banner') return banner;
  if (place.in === 'pinned') return pinned;
  return place.in === 'stories' ? entries[place.at]?.name : entries[place.of]?.with[place.at];
}

/** The places that have a story, in the order in which the pane shows them. */
export function placesOf({ banner, pinned, entries }: Arrangement): Place[] {
  return [
    ...entries.flatMap(({ with: others }, of): Place[] => [
      { in: 'stories', at: of },
      ...others.map((_, at): Place => ({ in: 'with', of, at })),
    ]),
    ...(pinned === undefined ? [] : [{ in: 'pinned' as const }]),
    ...(banner === undefined ? [] : [{ in: 'banner' as const }]),
  ];
}

/** Where a story can be put, in the order in which the pane shows it. */
export const gapsOf = ({ entries }: Arrangement): Place[] => [
  ...entries.flatMap(({ with: others }, of): Place[] => [
    { in: 'stories', at: of },
    ...Array.from({ length: others.length + 1 }, (_, at): Place => ({ in: 'with', of, at })),
  ]),
  { in: 'stories', at: entries.length },
  { in: 'pinned' },
  { in: 'banner' },
];

/** Whether a story would stay where it is, or would belong to itself. */
export function isSame(from: Place, to: Place): boolean {
  if (from.in === 'stories')
    return to.in === 'with' ? to.of === from.at : to.in === 'stories' && (to.at === from.at || to.at === from.at + 1);
  if (from.in === 'with') return to.in === 'with' && to.of === from.of && (to.at === from.at || to.at === from.at + 1);
  return from.in === to.in;
}

/**
 * The edits that put a story into a gap. Each refers to the values after those before it. What belongs to a story moves
 * along with it, except into the banner and the pinned place, which have room for one: then the others take its place.
 *
 * @param from where the story is now, or its name if it is not on the front yet
 */
export function editsOfMove(arrangement: Arrangement, from: Place | string, to: Place): FieldEdit[] {
  if (typeof from === 'string') return editsOfPut(arrangement, [from], to);
  if (isSame(from, to)) return [];
  const name = nameAt(arrangement, from);
  if (name === undefined) return [];
  if (from.in === 'stories' && to.in === 'stories')
    return [{ path: ['stories'], move: { from: from.at, to: to.at > from.at ? to.at - 1 : to.at } }];
  if (from.in === 'with' && to.in === 'with' && from.of === to.of)
    return [{ path: ['stories', from.of, 'with'], move: { from: from.at, to: to.at > from.at ? to.at - 1 : to.at } }];
  if (from.in === 'stories' && to.in === 'with') {
    const { with: others } = arrangement.entries[from.at]!;
    const rest = { ...arrangement, entries: arrangement.entries.toSpliced(from.at, 1) };
    const target: Place = to.of > from.at ? { ...to, of: to.of - 1 } : to;
    return [{ path: ['stories', from.at] }, ...editsOfPut(rest, [name, ...others], target)];
  }
  const removal = editsOfRemoval(arrangement, from);
  return [...removal, ...editsOfPut(after(arrangement, from), [name], to)];
}

/** The edits that take a story off the front. Those that belong to it take its place. */
export function editsOfRemoval({ entries }: Arrangement, place: Place): FieldEdit[] {
  switch (place.in) {
    case 'banner':
      return [{ path: ['banner', 'story'] }];
    case 'pinned':
      return [{ path: ['pinned'] }];
    case 'with':
      return [{ path: ['stories', place.of, 'with', place.at] }];
    default: {
      const others = entries[place.at]?.with ?? [];
      return [
        ...others.map((name, at): FieldEdit => ({ path: ['stories', place.at + 1 + at], insert: name })),
        { path: ['stories', place.at] },
      ];
    }
  }
}

/** The arrangement after a removal. */
function after(arrangement: Arrangement, place: Place): Arrangement {
  const { entries, banner, pinned } = arrangement;
  const rest = {
    ...(banner !== undefined && place.in !== 'banner' && { banner }),
    ...(pinned !== undefined && place.in !== 'pinned' && { pinned }),
  };
  if (place.in === 'with') {
    const entry = entries[place.of]!;
    return { ...rest, entries: entries.with(place.of, { ...entry, with: entry.with.toSpliced(place.at, 1) }) };
  }
  if (place.in !== 'stories') return { ...rest, entries };
  const single = entries[place.at]!.with.map((name): Entry => ({ name, with: [], isGroup: false }));
  return { ...rest, entries: entries.toSpliced(place.at, 1, ...single) };
}

function editsOfPut({ entries }: Arrangement, names: readonly string[], to: Place): FieldEdit[] {
  if (to.in === 'banner') return [{ path: ['banner', 'story'], value: names[0]! }];
  if (to.in === 'pinned') return [{ path: ['pinned'], value: names[0]! }];
  if (to.in === 'stories')
    return entries.length === 0
      ? [{ path: ['stories'], value: [...names] }]
      : names.map((name, at) => ({ path: ['stories', to.at + at], insert: name }));
  const { name, with: others, isGroup: isWritten } = entries[to.of]!;
  if (!isWritten) return [{ path: ['stories', to.of], value: { story: name, with: [...names] } }];
  const path = ['stories', to.of, 'with'];
  if (others.length === 0) return [{ path, value: [...names] }];
  return names.map((one, at) => ({ path: [...path, to.at + at], insert: one }));
}

/** A year alone is read as a number, and can be the name of a story all the same. */
const isName = (value: FieldValue | undefined): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';

const isGroup = (value: FieldValue | undefined): value is { readonly [key: string]: FieldValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
