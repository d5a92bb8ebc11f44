import { readDate, type SourceDate } from '../site/read-date.ts';
import type { Site } from '../site/site.ts';
import { slugify } from '../site/slug.ts';
import { type StoryType, storyTypes } from '../story/card.ts';
import type { FrontMatter } from '../story/schema.ts';
import { fold, type Group, groupOf, groups } from '../yaml/field-keys.ts';
import {
  bylineOf,
  type Contributor,
  type Cover,
  coverOf,
  languageOf,
  lineOf,
  plainWords,
  wordsOf,
} from './field-values.ts';
import { isRecord } from './front-matter.ts';
import type { FieldLog } from './receipt.ts';

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
  source?: { name: string; url: string };
  /** As written. */
  slug?: string;
  cover?: Cover;
  /** Its own old address, as written. */
  address?: string;
  /** Other old addresses, as written. */
  addresses: string[];
  /** Keys that only Broadsheet has, in their final form. */
  own?: Pick<FrontMatter, 'corrections' | 'sponsor'>;
}

export interface FieldContext {
  site: Site;
  /** The host of the old site, to distinguish its own canonical links from those of others. */
  originHost?: string;
  log: FieldLog;
}

/** Tags from which Eleventy builds its lists. They mean nothing to readers. */
const collectionNames = new Set(['post', 'posts', 'all', 'nav', 'page', 'pages', 'blog']);
/** Hugo writes this for "no date". */
const isZeroDate = (value: unknown): boolean => typeof value === 'string' && value.startsWith('0001-01-01');

/**
 * Reads the front matter of a source file. Every key is recorded once, as mapped or dropped, with the reason.
 *
 * @param data as `readFrontMatter` returns it. Hugo's `params` count as separate keys
 */
export function readFields(data: ReadonlyMap<string, unknown>, context: FieldContext): StoryFields {
  const { site, log } = context;
  const fields: StoryFields = { topics: [], byline: [], addresses: [] };
  const entries = [...data].flatMap(([key, value]): [string, unknown][] =>
    key === 'params' && isRecord(value) ? Object.entries(value) : [[key, value]],
  );
  const found = new Map<Group, { key: string; value: unknown }[]>();
  for (const [key, value] of entries) {
    const group = groupOf.get(fold(key));
    if (group === undefined) log.add('dropped', key, '', value, 'a story has no such field');
    else if (value === null || value === undefined || value === '') log.add('dropped', key, '', value, 'empty');
    else found.set(group, [...(found.get(group) ?? []), { key, value }]);
  }
  for (const [group, list] of found) {
    const order = groups[group] as readonly string[];
    list.sort((a, b) => order.indexOf(fold(a.key)) - order.indexOf(fold(b.key)));
  }
  const take = (group: Group) => found.get(group) ?? [];
  /** The first value that `read` understands is mapped, and later ones are dropped. */
  const first = <T>(group: Group, to: string, read: (value: unknown) => T | undefined): T | undefined => {
    let chosen: T | undefined;
    for (const { key, value } of take(group)) {
      const got = chosen === undefined ? read(value) : undefined;
      if (got !== undefined) log.add('mapped', key, to, value);
      else log.add('dropped', key, '', value, chosen === undefined ? 'not understood' : `${to} is given twice`);
      chosen ??= got;
    }
    return chosen;
  };

  fields.headline = first('headline', 'headline', lineOf);
  fields.kicker = first('kicker', 'kicker', lineOf);
  fields.dateline = first('dateline', 'dateline', lineOf);
  fields.series = first('series', 'series', (value) => lineOf(Array.isArray(value) ? value[0] : value));
  fields.slug = first('slug', 'slug', lineOf);
  fields.language = first('language', 'language', languageOf);
  fields.type = first('type', 'type', (value) => storyTypes.find((type) => type === value));
  for (const { key, value } of take('standfirst')) {
    const words = lineOf(typeof value === 'string' ? plainWords(value) : value);
    if (words === undefined) log.add('dropped', key, '', value, 'not understood');
    else if (fields.standfirst === undefined) {
      fields.standfirst = words;
      log.add('mapped', key, 'standfirst', value);
    } else if (fields.summary === undefined && words !== fields.standfirst) {
      fields.summary = words;
      log.add('mapped', key, 'summary', value);
    } else log.add('dropped', key, '', value, 'repeats another field');
  }

  readDraft(fields, take, log);
  readDates(fields, take, site, log);
  for (const { key, value } of take('byline')) {
    const names = bylineOf(value).filter(({ name }) => !fields.byline.some((known) => known.name === name));
    fields.byline.push(...names);
    if (names.length > 0) log.add('mapped', key, 'byline', value);
    else log.add('dropped', key, '', value, 'contains no other name');
  }
  readTopics(fields, take, site, log);

  fields.address = first('address', 'aliases', (value) =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined,
  );
  for (const { key, value } of take('addresses')) {
    const list = (Array.isArray(value) ? value : [value]).filter(
      (entry): entry is string => typeof entry === 'string' && entry.trim() !== '',
    );
    fields.addresses.push(...list.map((entry) => entry.trim()));
    if (list.length > 0) log.add('mapped', key, 'aliases', value);
    else log.add('dropped', key, '', value, 'not understood');
  }
  for (const { key, value } of take('canonical')) {
    const url =
      typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : undefined;
    if (!url) log.add('dropped', key, '', value, 'not a complete address');
    else if (url.host === context.originHost) {
      fields.addresses.push(url.href);
      log.add('mapped', key, 'aliases', value);
    } else {
      fields.source = { name: url.host.replace(/^www\./, ''), url: url.href };
      log.add('mapped', key, 'source', value);
    }
  }

  const cover = first('cover', 'lead', coverOf);
  if (cover) {
    const alt = first('coverAlt', 'lead.alt', lineOf);
    const caption = first('coverCaption', 'lead.caption', lineOf);
    const credit = first('coverCredit', 'lead.credit', lineOf);
    fields.cover = {
      ...cover,
      alt: cover.alt ?? alt,
      caption: cover.caption ?? caption,
      credit: cover.credit ?? credit,
    };
  } else {
    for (const group of ['coverAlt', 'coverCaption', 'coverCredit'] as const)
      for (const { key, value } of take(group)) log.add('dropped', key, '', value, 'no picture to use it for');
  }
  return fields;
}

type Take = (group: Group) => { key: string; value: unknown }[];

function readDraft(fields: StoryFields, take: Take, log: FieldLog): void {
  for (const { key, value } of take('draft')) {
    const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
    const isNo = word === false || word === 'false' || word === 'no';
    const says =
      fold(key) === 'ispublished'
        ? isNo
        : word === true ||
          word === 'true' ||
          word === 'yes' ||
          word === 'draft' ||
          word === 'private' ||
          word === 'pending';
    if (says) {
      fields.draft ??= `${key}: ${String(value)}`;
      log.add('mapped', key, 'draft', value);
    } else log.add('dropped', key, '', value, 'says that the story is public');
  }
}

function readDates(fields: StoryFields, take: Take, site: Site, log: FieldLog): void {
  for (const { key, value } of take('published')) {
    // Jekyll's `published` is true or false. Others use that name for the date.
    if (value === true || value === false) {
      if (value === false) {
        fields.draft ??= `${key}: false`;
        log.add('mapped', key, 'draft', value);
      } else log.add('dropped', key, '', value, 'says that the story is public');
      continue;
    }
    const date = isZeroDate(value) ? undefined : readDate(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.published) log.add('dropped', key, '', value, 'published is given twice');
    else {
      fields.published = date;
      log.add('mapped', key, 'published', value);
    }
  }
  for (const { key, value } of take('publishDate')) {
    const date = isZeroDate(value) ? undefined : readDate(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.published === undefined) {
      fields.published = date;
      log.add('mapped', key, 'published', value);
    } else if (date.instant > fields.published.instant) {
      fields.embargo = date;
      log.add('mapped', key, 'embargo', value);
    } else log.add('dropped', key, '', value, 'not after published');
  }
  for (const { key, value } of take('updated')) {
    const date = isZeroDate(value) ? undefined : readDate(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.updated) log.add('dropped', key, '', value, 'updated is given twice');
    else if (fields.published && date.instant < fields.published.instant)
      log.add('dropped', key, '', value, 'before published');
    else if (fields.published && date.instant === fields.published.instant)
      log.add('dropped', key, '', value, 'the same as published');
    else {
      fields.updated = date;
      log.add('mapped', key, 'updated', value);
    }
  }
}

function readTopics(fields: StoryFields, take: Take, site: Site, log: FieldLog): void {
  const known = new Set<string>();
  const addTopic = (word: string): boolean => {
    const id = slugify(word);
    if (id === '' || known.has(id)) return false;
    known.add(id);
    fields.topics.push(word);
    return true;
  };
  for (const { key, value } of take('section')) {
    let became = '';
    for (const word of wordsOf(value)) {
      fields.category ??= word;
      const section = sectionOf(word, site);
      if (section !== undefined && fields.section === undefined) {
        fields.section = section;
        became = became === 'topics' ? 'section, topics' : 'section';
      } else if (section !== fields.section || section === undefined) {
        if (addTopic(word)) became = became.startsWith('section') ? 'section, topics' : 'topics';
      }
    }
    if (became) log.add('mapped', key, became, value);
    else log.add('dropped', key, '', value, 'repeats another field');
  }
  for (const { key, value } of take('topics')) {
    const isTags = fold(key) === 'tags' || fold(key) === 'tag';
    const words = wordsOf(value, isTags).filter((word) => !isTags || !collectionNames.has(word.toLowerCase()));
    const added = words.filter(addTopic);
    if (added.length > 0) log.add('mapped', key, 'topics', value);
    else log.add('dropped', key, '', value, words.length > 0 ? 'repeats another field' : 'does not name a topic');
  }
}

/** The id of the section that a category means, by id or title. */
export function sectionOf(word: string, site: Site): string | undefined {
  const id = slugify(word);
  return site.sections.find((section) => section.id === word || section.id === id || slugify(section.title) === id)?.id;
}
