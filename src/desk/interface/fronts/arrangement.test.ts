import { describe, expect, test } from 'vitest';
import { frontSchema } from '../../../site/front.ts';
import { applyChange } from '../../document/apply-change.ts';
import type { FieldEdit } from '../../document/edits.ts';
import { readDocument } from '../../document/read-document.ts';
import { withFieldEdits } from '../../document/values.ts';
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
  placeOfKey,
  placesOf,
} from './arrangement.ts';

const file = `# The editor of the day decides.
layout: lead
banner:
  text: The bridge is shut # until the engineers are done
  story: bridge
stories:
  # The lead of the day.
  - story: harbour
    with: [forecast, 'timetable']
  - council # after the vote
  - "ferry"
pinned: vote
`;

const values = (text: string) => readDocument(text, true).values;
const read = (text: string): Arrangement => arrangementOf(values(text))!;
const applied = (text: string, edits: FieldEdit[]) =>
  applyChange(text, { edits }, { isYaml: true, schema: frontSchema });
const move = (text: string, from: Place | string, to: Place) => applied(text, editsOfMove(read(text), from, to));

test('an arrangement has a banner, a pinned story, and stories with others that belong to them', () => {
  expect(read(file)).toEqual({
    banner: 'bridge',
    pinned: 'vote',
    entries: [
      { name: 'harbour', with: ['forecast', 'timetable'], isGroup: true },
      { name: 'council', with: [], isGroup: false },
      { name: 'ferry', with: [], isGroup: false },
    ],
  });
  expect(read('')).toEqual({ entries: [] });
  expect(read('stories: harbour\n').entries).toEqual([{ name: 'harbour', with: [], isGroup: false }]);
});

test.each([
  'stories: { harbour: 1 }\n',
  'stories: [[harbour]]\n',
  'stories: [{ with: [x] }]\n',
  'stories: [{ story: x, with: [[y]] }]\n',
  'banner: The bridge is shut\n',
  'pinned: [x]\n',
])('what is not written as a front is not arranged: %s', (text) => {
  expect(arrangementOf(values(text))).toBeUndefined();
});

describe('a move changes only the lines of the stories that move', () => {
  test('a story moves with its comment, and one above the list stays there', () => {
    expect(move(file, { in: 'stories', at: 1 }, { in: 'stories', at: 0 })).toBe(`# The editor of the day decides.
layout: lead
banner:
  text: The bridge is shut # until the engineers are done
  story: bridge
stories:
  # The lead of the day.
  - council # after the vote
  - story: harbour
    with: [forecast, 'timetable']
  - "ferry"
pinned: vote
`);
  });
  test('a story below another one changes place with its neighbour', () => {
    expect(move(file, { in: 'with', of: 0, at: 0 }, { in: 'with', of: 0, at: 2 })).toBe(
      file.replace("[forecast, 'timetable']", "['timetable', forecast]"),
    );
  });
  test('a new story begins a file', () => {
    expect(move('', 'harbour', { in: 'stories', at: 0 })).toBe('stories: [harbour]\n');
  });
  test('a story is put below one that had none', () => {
    const text = move(file, 'tide', { in: 'with', of: 1, at: 0 });
    expect(read(text).entries[1]).toEqual({ name: 'council', with: ['tide'], isGroup: true });
    expect(text).toContain("    with: [forecast, 'timetable']\n");
  });
  test('with its last story, the list goes', () => {
    expect(
      applied(
        'layout: words\nstories: [harbour]\n',
        editsOfRemoval(read('stories: [harbour]\n'), { in: 'stories', at: 0 }),
      ),
    ).toBe('layout: words\n');
  });
});

describe('what belongs to a story', () => {
  test('comes along below another story', () => {
    expect(read(move(file, { in: 'stories', at: 0 }, { in: 'with', of: 1, at: 0 })).entries).toEqual([
      { name: 'council', with: ['harbour', 'forecast', 'timetable'], isGroup: true },
      { name: 'ferry', with: [], isGroup: false },
    ]);
  });
  test.each(['banner', 'pinned'] as const)('takes its place if it goes where there is room for one: %s', (place) => {
    const arranged = read(move(file, { in: 'stories', at: 0 }, { in: place }));
    expect(arranged[place]).toBe('harbour');
    expect(arranged.entries.map(({ name }) => name)).toEqual(['forecast', 'timetable', 'council', 'ferry']);
  });
  test('takes its place if it is removed', () => {
    const arranged = read(applied(file, editsOfRemoval(read(file), { in: 'stories', at: 0 })));
    expect(arranged.entries.map(({ name }) => name)).toEqual(['forecast', 'timetable', 'council', 'ferry']);
  });
});

/** The same move on lists, without edits. */
function expected(arrangement: Arrangement, from: Place, to: Place): string {
  type Item = { name: string; with: Item[] };
  const item = (name: string): Item => ({ name, with: [] });
  const entries: Item[] = arrangement.entries.map(({ name, with: others }) => ({ name, with: others.map(item) }));
  const single: Record<'banner' | 'pinned', string | undefined> = {
    banner: arrangement.banner,
    pinned: arrangement.pinned,
  };
  // The list and the story after the gap stay the same while others are removed.
  const list = to.in === 'with' ? entries[to.of]!.with : entries;
  const next = to.in === 'with' || to.in === 'stories' ? list[to.at] : undefined;
  let moving: Item;
  if (from.in === 'stories') {
    moving = entries[from.at]!;
    entries.splice(from.at, 1, ...(to.in === 'banner' || to.in === 'pinned' ? moving.with : []));
  } else if (from.in === 'with') moving = entries[from.of]!.with.splice(from.at, 1)[0]!;
  else {
    moving = item(single[from.in]!);
    single[from.in] = undefined;
  }
  const put = to.in === 'with' ? [item(moving.name), ...moving.with] : [moving];
  if (to.in === 'banner' || to.in === 'pinned') single[to.in] = moving.name;
  else list.splice(next ? list.indexOf(next) : list.length, 0, ...put);
  return JSON.stringify([single, entries.map(({ name, with: others }) => [name, others.map((one) => one.name)])]);
}

const shown = ({ banner, pinned, entries }: Arrangement): string =>
  JSON.stringify([{ banner, pinned }, entries.map((entry) => [entry.name, entry.with])]);

test('every story can be moved into every gap, in the form and in the file alike, and no comment gets lost', () => {
  const arrangement = read(file);
  let count = 0;
  for (const from of placesOf(arrangement))
    for (const to of gapsOf(arrangement)) {
      const edits = editsOfMove(arrangement, from, to);
      if (isSame(from, to)) {
        expect(edits).toEqual([]);
        continue;
      }
      count += 1;
      const title = `${keyOfPlace(from)} to ${keyOfPlace(to)}`;
      const text = applied(file, edits);
      expect(shown(arrangementOf(withFieldEdits(values(file), edits))!), title).toBe(expected(arrangement, from, to));
      expect(shown(read(text)), title).toBe(expected(arrangement, from, to));
      expect(text, title).toContain(
        '# The editor of the day decides.\nlayout: lead\nbanner:\n  text: The bridge is shut # until',
      );
    }
  expect(count).toBeGreaterThan(40);
});

test('a hundred moves and removals in a row arrive in the file as in the form', () => {
  let seed = 7;
  const random = (max: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * max);
  };
  let text = file;
  let form = values(file);
  for (let step = 0; step < 100; step += 1) {
    const arrangement = arrangementOf(form)!;
    const places = placesOf(arrangement);
    const gaps = gapsOf(arrangement);
    const from = random(5) === 0 || places.length === 0 ? `new-${step}` : places[random(places.length)]!;
    const edits =
      typeof from !== 'string' && random(6) === 0
        ? editsOfRemoval(arrangement, from)
        : editsOfMove(arrangement, from, gaps[random(gaps.length)]!);
    form = withFieldEdits(form, edits);
    text = applied(text, edits);
    expect(shown(read(text)), `step ${step}`).toBe(shown(arrangementOf(form)!));
  }
});

test('a place is the same after it was written as text', () => {
  for (const place of [...gapsOf(read(file)), ...placesOf(read(file))]) {
    expect(placeOfKey(keyOfPlace(place))).toEqual(place);
    expect(nameAt(read(file), place) ?? '').toBeTypeOf('string');
  }
});
