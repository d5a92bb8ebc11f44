import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import type { StoredRecord, StoryRow } from '../index/records.ts';
import { storyRow, whole } from '../index/rows.ts';
import type { StorySeen } from '../index/story-rows.ts';
import { wireAddress, wireDayAddress, wireIndexAddress } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import { type Card, modifiedOf } from '../story/card.ts';
import { versionOf } from '../story/version.ts';
import type { Family, StoryEdit, Touched } from './family.ts';
import { type Kind, read } from './kind.ts';
import { card, type StoryResult, showStory, story } from './stories.ts';

/* Stories as data for other newsrooms, if site.yaml says `wire: true`: a file beside each story, and a list for each day. */

/** A story with what only other newsrooms need. Of a withdrawn one, `story` has only the date and the reason. */
export interface WireResult {
  story: StoryResult;
  id: string;
  /** The `id` in its front matter, if it has one. */
  name?: string;
  /** Milliseconds. */
  published: number;
  version: number;
  /** When this version was made, in ms. */
  changed: number;
  /** Old addresses. Empty if the story is withdrawn. */
  aliases: string[];
  /** The story that it translates. */
  original?: Card;
  /** The files of its pictures, newsroom-relative, by the identity of the picture. */
  pictures: Record<string, string>;
}

/** A story in the list of a day. */
export interface WireEntry extends Pick<Card, 'id' | 'name' | 'address' | 'headline' | 'language' | 'section'> {
  version: number;
  changed: number;
}

/** A day in the list of the newest days. */
export interface WireDay {
  /** `2025-02-12`, in the time zone of the site. */
  day: string;
  stories: number;
  /** When one of them last changed, in ms. */
  changed: number;
}

const wireDay: Kind<[day: string], WireEntry[]> = {
  name: 'wireDay',
  subject: (day) => `wireDay:${day}`,
  resolve: (index, day) => whole(entriesOf(index, day)),
};

/** The number of days in `/wire/index.json`. */
const daysMax = 31;

const wireDays: Kind<[], WireDay[]> = {
  name: 'wireDays',
  subject: () => 'wireDays',
  resolve: (index) => whole(newestDays(index)),
};

/** Whether a row of `story` is on the wire, as a condition. */
const isOnWire = "json_extract(story.record, '$.detail.isOnWire') = 1";

/** The columns of the stories of a day on the wire, newest first. The range spares reading the rest of the month. */
const ofDay = (columns: string): string =>
  `SELECT ${columns} FROM listing JOIN story USING (id)
    WHERE list = 'site' AND period = ? AND listing.published BETWEEN ? AND ? AND day = ? AND ${isOnWire}
    ORDER BY listing.published DESC, listing.id DESC`;

/** A day is at most this far from the same day in UTC. */
const zoneMs = 26 * 60 * 60 * 1000;

function placeOfDay(day: string): [period: string, from: number, to: number, day: string] {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return [day.slice(0, 7), midnight - zoneMs, midnight + 2 * zoneMs, day];
}

const isDay = (day: string): boolean => !Number.isNaN(Date.parse(`${day}T00:00:00Z`));

function entriesOf(index: IndexHandle, day: string): WireEntry[] {
  if (!isDay(day)) return [];
  const rows = index.sql(ofDay('card, record')).all(...placeOfDay(day)) as unknown as Pick<
    StoryRow,
    'card' | 'record'
  >[];
  return rows.map((row) => {
    const shown = JSON.parse(row.card) as Card;
    const { id, name, address, headline, language, section } = shown;
    const { corrections } = (JSON.parse(row.record) as StoredRecord).detail;
    return {
      ...{ id, name, address, headline, language, section },
      version: versionOf(shown, corrections, false),
      changed: modifiedOf(shown, corrections).instant,
    };
  });
}

const hasStories = (index: IndexHandle, day: string): boolean =>
  index.sql(`${ofDay('1')} LIMIT 1`).get(...placeOfDay(day)) !== undefined;

/** Reads only as many stories as these days have. */
function newestDays(index: IndexHandle): WireDay[] {
  const rows = index
    .sql(
      `SELECT day, card, record FROM listing JOIN story USING (id) WHERE list = 'site' AND ${isOnWire}
        ORDER BY listing.period DESC, listing.published DESC`,
    )
    .iterate() as Iterable<Pick<StoryRow, 'card' | 'record'> & { day: string }>;
  const days: WireDay[] = [];
  for (const { day, card: shown, record } of rows) {
    const { instant } = modifiedOf(JSON.parse(shown) as Card, (JSON.parse(record) as StoredRecord).detail.corrections);
    const last = days.at(-1);
    if (last?.day === day) {
      last.stories++;
      last.changed = Math.max(last.changed, instant);
    } else if (days.length === daysMax) break;
    else days.push({ day, stories: 1, changed: instant });
  }
  return days;
}

/** A story for the wire, or undefined if it is not on it. */
export function queryWire(index: IndexHandle, id: string): WireResult | undefined {
  const row = read(index, story, id);
  if (!row) return undefined;
  const { aliases, pictures, detail } = JSON.parse(row.record) as StoredRecord;
  if (detail.isOnWire !== true) return undefined;
  const shown = showStory(index, row);
  const { name, published, ...whole } = JSON.parse(row.card) as Card;
  const { withdrawn } = shown;
  const original =
    detail.translationOf === undefined || withdrawn ? undefined : read(index, card, detail.translationOf);
  return {
    story: shown,
    id: row.id,
    ...(name !== undefined && { name }),
    published,
    version: versionOf(whole, detail.corrections, withdrawn !== undefined),
    changed: withdrawn?.date ?? modifiedOf({ ...whole, published }, detail.corrections).instant,
    aliases: withdrawn ? [] : aliases,
    ...(original && { original }),
    pictures: withdrawn ? {} : Object.fromEntries(pictures.map(({ path, digest }) => [digest, path])),
  };
}

/** The stories of a day that are on the wire, newest first. @param day `2025-02-12`, in the time zone of the site */
export const queryWireDay = (index: IndexHandle, day: string): WireEntry[] => read(index, wireDay, day);

/** The newest days that have stories on the wire. */
export const queryWireDays = (index: IndexHandle): WireDay[] => read(index, wireDays);

/** Whether there is a file beside a story. That of a withdrawn one says that it was withdrawn. */
export const hasWire = (index: IndexHandle, id: string): boolean => {
  const row = storyRow(index, id);
  return row !== undefined && (JSON.parse(row.record) as StoredRecord).detail.isOnWire === true;
};

const hasFile = (seen: StorySeen | undefined): seen is StorySeen => seen?.isPublic === true && seen.isOnWire;
const isInDay = (seen: StorySeen | undefined): seen is StorySeen => seen?.isListed === true && seen.isOnWire;

function touchStory(index: IndexHandle, { before, after }: StoryEdit, touched: Touched): void {
  if (hasFile(before)) touched.drop(wireAddress(before.address));
  if (hasFile(after)) touched.want(wireAddress(after.address));
  const days = new Set([before, after].filter(isInDay).map(({ day }) => day));
  if (days.size > 0) touched.subjects.add('wireDays');
  for (const day of days) {
    touched.subjects.add(`wireDay:${day}`);
    if (hasStories(index, day)) touched.want(wireDayAddress(day));
    else touched.drop(wireDayAddress(day));
  }
}

export const wireFamily: Family = {
  kinds: [wireDay, wireDays],
  story: touchStory,
  optional: (index) => [[wireIndexAddress, getRecord<Site>(index, 'site')?.wire === true]],
  *addresses(index) {
    if (getRecord<Site>(index, 'site')?.wire !== true) return;
    const rows = index
      .sql(
        `SELECT day, state, json_extract(card, '$.address') AS address FROM story WHERE isPublic = 1 AND ${isOnWire}`,
      )
      .iterate() as Iterable<{ day: string; state: string; address: string }>;
    const days = new Set<string>();
    for (const { day, state, address } of rows) {
      yield wireAddress(address);
      if (state === 'ready') days.add(day);
    }
    for (const day of days) yield wireDayAddress(day);
  },
};
