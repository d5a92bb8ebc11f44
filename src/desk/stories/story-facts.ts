import type { Site } from '../../site/site.ts';
import { cleanSlug, idOfTitle } from '../../site/slug.ts';
import { instantOf, localDay } from '../../site/zone.ts';
import { type StoryType, storyTypes } from '../../story/card.ts';
import { isAuthorId, storyIdOf } from '../../story/names.ts';
import { addressOf } from '../../story/story-address.ts';
import { readSource } from '../../yaml/source.ts';
import { picturesShown, type ShownIn } from './pictures-shown.ts';
import { searchable } from './search-words.ts';

/** What the list of stories knows about one. Times are in ms. */
export interface StoryFacts {
  id: string;
  headline: string;
  /** The headline for sorting. */
  folded: string;
  section?: string | undefined;
  type: StoryType;
  /** As printed. */
  byline: string[];
  /** Ids of authors. */
  authors: string[];
  topics: string[];
  series?: string | undefined;
  isBroken: boolean;
  isDraft: boolean;
  published?: number | undefined;
  /** When readers can see it: the date or the embargo, whichever is later. */
  due?: number | undefined;
  /** The first update or correction. */
  updated?: number | undefined;
  withdrawn?: number | undefined;
  address?: string | undefined;
  pictures: ShownIn[];
  /** All text, for the search. */
  headlineWords: string;
  words: string;
}

/** What a story's file is read with. */
export interface ReadWith {
  site: Site;
  /** The name of an author, by id. */
  authorName: (id: string) => string | undefined;
}

/**
 * Reads a story's file for the list. Whatever can be read of a file with mistakes is in it, because somebody has to find
 * that file.
 *
 * @param path relative to `content/`
 */
export function storyFacts(path: string, bytes: Uint8Array, { site, authorName }: ReadWith): StoryFacts {
  const source = readSource(`content/${path}`, bytes);
  const isBroken = 'problems' in source;
  const data = isBroken ? {} : asGroup(source.data);
  const text = (key: string) => (typeof data[key] === 'string' ? data[key].trim() : '') || undefined;
  const instant = (value: unknown) => (typeof value === 'string' ? instantOf(value, site.timeZone) : undefined);
  const id = storyIdOf(`content/${path}`);
  const headline = text('headline') ?? (isBroken ? headlineIn(bytes) : undefined) ?? id;
  const published = instant(data.published);
  const embargo = instant(data.embargo);
  const names = asList(data.byline).map((entry) =>
    typeof entry === 'string' ? entry : String(asGroup(entry).name ?? ''),
  );
  const topics = asList(data.topics).filter((topic) => typeof topic === 'string');
  const series = typeof data.series === 'string' ? data.series : asGroup(data.series).title;
  const changes = [data.updated, ...asList(data.corrections).map((one) => asGroup(one).date)]
    .map(instant)
    .filter((at) => at !== undefined);
  const section = text('section')?.normalize('NFC');
  const slug = text('slug') ?? cleanSlug(id.split('/').at(-1) ?? '');
  const withdrawn = data.withdrawn === undefined ? undefined : instant(asGroup(data.withdrawn).date);
  const body = isBroken ? (source.body ?? new TextDecoder().decode(bytes)) : source.body;
  const isDraft = data.draft === true;
  return {
    id,
    headline,
    folded: headline.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase(),
    section,
    type: storyTypes.find((type) => type === data.type) ?? 'news',
    byline: names.map((name) => (isAuthorId(name) ? (authorName(name) ?? name) : name)),
    authors: names,
    topics: topics.map((topic) => idOfTitle(topic, site.language) || topic),
    series: typeof series === 'string' ? series : undefined,
    isBroken,
    isDraft,
    published,
    due: isDraft || published === undefined ? undefined : Math.max(published, embargo ?? published),
    updated: changes.length > 0 ? Math.min(...changes) : undefined,
    withdrawn,
    address: addressOf(site, id, slug, localDay(published ?? 0, site.timeZone), section),
    pictures: picturesShown(path, data, body),
    headlineWords: searchable(headline),
    words: searchable([...textsIn(data), ...names.map((name) => authorName(name) ?? ''), plainBody(body)].join('\n')),
  };
}

/** The headline in a file whose front matter cannot be read. */
function headlineIn(bytes: Uint8Array): string | undefined {
  const [, written] =
    /^headline:[ \t]*["']?(.*?)["']?[ \t]*\r?$/m.exec(new TextDecoder().decode(bytes.subarray(0, 20_000))) ?? [];
  return written?.trim() || undefined;
}

/** Every text in the front matter, such as captions and corrections. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || depth > 5) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth + 1));
}

/** The text of a body, without addresses and names of components. Their attributes are text, such as captions. */
const plainBody = (body: string): string =>
  body.replace(/\]\([^)\s]*\)|<\/?[A-Za-z][\w.]*|\b[a-z][\w-]*=(?=["'{])|https?:\/\/\S+/g, ' ');

const asGroup = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
