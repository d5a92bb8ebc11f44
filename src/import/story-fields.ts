import { partBytesMax } from '../site/address-limits.ts';
import { printable } from '../site/printable.ts';
import type { SourceDate } from '../site/read-date.ts';
import type { Site } from '../site/site.ts';
import { slugify } from '../site/slug.ts';
import type { StoryType } from '../story/card.ts';
import type { Cover } from './cover.ts';
import type { OwnFields } from './own-fields.ts';
import type { Contributor, People } from './people.ts';
import type { FieldLog } from './receipt.ts';
import type { SourceGroup } from './source-keys.ts';

/** The front matter of a source file, with the keys of a story. */
export interface StoryFields {
  headline?: string;
  standfirst?: string;
  summary?: string;
  kicker?: string;
  dateline?: string;
  section?: string;
  /** The first category as written, for old addresses that contain it. */
  category?: string;
  /** All of them, as written. */
  categories?: string[];
  topics: string[];
  byline: Contributor[];
  published?: SourceDate;
  updated?: SourceDate;
  embargo?: SourceDate;
  /** Why it is a draft. */
  draft?: string;
  type?: StoryType;
  series?: string;
  language?: string;
  /** Items of an archive that have the same key are one story in several languages. */
  translationKey?: string;
  /** Of items with the same key, the one that the others translate. */
  isOriginal?: boolean;
  /** The name of the story that it translates, as written. */
  translates?: string;
  source?: { name: string; url?: string };
  /** As written. */
  slug?: string;
  /** The path under `content/stories` in the newsroom that exported the story. Other archives have none. */
  place?: string;
  cover?: Cover;
  /** Its own old address, as written. */
  address?: string;
  /** The pattern by which its generator made its address. It applies if there is no other. */
  pattern?: string;
  /** Other old addresses, as written. */
  addresses: string[];
  /** A page elsewhere that the story is about. */
  link?: string;
  /** The item is no story, but leads to this address. */
  redirectTo?: string;
  /** Keys that only Broadsheet has, checked. */
  own?: OwnFields;
  /** For the receipt. */
  notes?: string[];
}

export interface FieldContext {
  site: Site;
  /** The hosts of the old site, the main one first, to distinguish its own canonical links from those of others. */
  originHosts?: readonly string[];
  /** The day of the import. Defaults to the current time. */
  now?: Date;
  people?: People;
  /** Category, as a slug → the id of a section, `topic`, or `none`. */
  categories?: ReadonlyMap<string, string>;
  log: FieldLog;
}

/** A key of the front matter. */
export type Entry = { key: string; value: unknown };
/** The entries of a group, the best first. */
export type Take = (group: SourceGroup) => Entry[];

/** A text of nothing but characters that no page can contain is no text. */
export function leaveOutBlanks(fields: StoryFields): void {
  const isBlank = (text: string | undefined) => text !== undefined && printable(text).trim() === '';
  for (const key of ['headline', 'standfirst', 'summary', 'kicker', 'dateline', 'series'] as const)
    if (isBlank(fields[key])) delete fields[key];
  if (fields.byline.some(({ name }) => isBlank(name)))
    fields.byline = fields.byline.filter(({ name }) => !isBlank(name));
}

/** A topic or a series has a page of its own, so a name that is too long for an address can be neither. */
export function leaveOutTooLong(fields: StoryFields, log: FieldLog): void {
  const isTooLong = (name: string) => Buffer.byteLength(slugify(name)) > partBytesMax;
  for (const topic of fields.topics.filter(isTooLong)) log.drop('topics', 'topics', topic, tooLongForAddress);
  fields.topics = fields.topics.filter((topic) => !isTooLong(topic));
  if (fields.series === undefined || !isTooLong(fields.series)) return;
  log.drop('series', 'series', fields.series, tooLongForAddress);
  delete fields.series;
}

const tooLongForAddress = 'too long for the address of a page';
