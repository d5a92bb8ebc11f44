import { storyTypes } from '../story/card.ts';
import { fold } from '../yaml/field-keys.ts';
import { type Cover, coverOf } from './cover.ts';
import { creditOf as bareCredit, splitCredit } from './credit-line.ts';
import { languageOf, lineOf } from './field-values.ts';
import { isRecord } from './front-matter.ts';
import { readHidden } from './hidden.ts';
import { isOwnKey, type OwnKey, ownValue } from './own-fields.ts';
import { isOwnHost } from './own-hosts.ts';
import { bylineOf, type Contributor, looksLikeId, type People } from './people.ts';
import { captionWords, plainWords } from './plain-words.ts';
import { readDates } from './read-dates.ts';
import { readTopics } from './read-topics.ts';
import type { FieldLog } from './receipt.ts';
import { roleOf, type SourceGroup, sourceGroupOf } from './source-keys.ts';
import type { Entry, FieldContext, StoryFields, Take } from './story-fields.ts';

export { sectionOf } from './read-topics.ts';

export type { FieldContext, StoryFields } from './story-fields.ts';

/** Objects whose entries count as separate keys: Hugo's `params`, Zola's `extra` and `taxonomies`. */
const wrappers = new Set(['params', 'extra', 'taxonomies', 'frontmatter']);

/**
 * Reads the front matter of a source file. Every key is recorded once, as mapped or dropped, with the reason.
 *
 * @param data as `readFrontMatter` returns it
 */
export function readFields(data: ReadonlyMap<string, unknown>, context: FieldContext): StoryFields {
  const { site, log, people } = context;
  const fields: StoryFields = { topics: [], byline: [], addresses: [], categories: [], notes: [] };
  const entries = [...data].flatMap(([key, value]): [string, unknown][] =>
    wrappers.has(key) && isRecord(value) ? Object.entries(value) : [[key, value]],
  );
  const { draft, rest } = readHidden(entries, { log, now: context.now ?? new Date(), zone: site.timeZone });
  fields.draft = draft;
  const found = new Map<SourceGroup, Entry[]>();
  const roles: Entry[] = [];
  for (const [key, value] of rest) {
    const name = fold(key);
    const group = sourceGroupOf.get(name);
    if (value === null || value === undefined || value === '') log.add('dropped', key, '', value, 'empty');
    else if (isOwnKey(key)) readOwn(fields, key, value, log);
    else if (group !== undefined) found.set(group, [...(found.get(group) ?? []), { key, value }]);
    else if (roleOf.has(name)) roles.push({ key, value });
    else log.add('dropped', key, '', value, 'a story has no such field');
  }
  for (const [group, list] of found) {
    const order = orderOf.get(group) ?? [];
    const weight = ({ key }: Entry) => order.indexOf(fold(key));
    list.sort((a, b) => weight(a) - weight(b));
  }
  const take: Take = (group) => {
    const list = found.get(group) ?? [];
    found.set(group, list);
    return list;
  };
  /** The first value that `read` understands is mapped, and later ones are dropped. */
  const first = <T>(
    group: SourceGroup,
    to: string,
    read: (value: unknown, key: string) => T | undefined,
  ): T | undefined => {
    let chosen: T | undefined;
    for (const { key, value } of take(group)) {
      const got = chosen === undefined ? read(value, key) : undefined;
      if (got !== undefined) log.add('mapped', key, to, value);
      else log.add('dropped', key, '', value, chosen === undefined ? 'not understood' : `${to} is given twice`);
      chosen ??= got;
    }
    return chosen;
  };

  fields.headline = first('headline', 'headline', plainLine);
  fields.kicker = first('kicker', 'kicker', plainLine);
  fields.dateline = first('dateline', 'dateline', plainLine);
  fields.series = first('series', 'series', (value) => plainLine(Array.isArray(value) ? value[0] : value));
  fields.slug = first('slug', 'slug', lineOf);
  fields.language = first('language', 'language', languageOf);
  fields.translationKey = first('translationKey', 'translationOf', lineOf);
  fields.translates = first('translates', 'translationOf', lineOf);
  fields.redirectTo = first('redirectTo', 'redirects', (value) =>
    lineOf(Array.isArray(value) ? value[0] : isRecord(value) ? value.to : value),
  );
  fields.type = first('type', 'type', (value) => storyTypes.find((type) => type === value));
  readCover(fields, take, first, context);
  readStandfirst(fields, take, log);
  readDates(fields, take, site, log);
  for (const { key, value } of take('byline')) addPeople(fields, bylineOf(value, people), { key, value }, log);
  for (const entry of roles) readRole(fields, entry, people, log);
  for (const { name } of fields.byline.filter(({ id, name }) => id === undefined && looksLikeId(name)))
    fields.notes?.push(`the byline "${name}" looks like an id; no list of authors in the archive has it`);
  readTopics(fields, take, site, log);
  readAddresses(fields, take, first, context);
  return fields;
}

/** The order in which keys of a group apply. A later `Map` entry of the same key does not change it. */
const orderOf = new Map<SourceGroup, string[]>();
for (const [key, group] of sourceGroupOf) orderOf.set(group, [...(orderOf.get(group) ?? []), key]);

function plainLine(value: unknown): string | undefined {
  const line = lineOf(value);
  return line === undefined ? undefined : plainWords(line) || line;
}

function readOwn(fields: StoryFields, key: OwnKey, value: unknown, log: FieldLog): void {
  const read = ownValue(key, value);
  if (read === undefined) {
    log.add('dropped', key, '', value, 'a story has this field in another form');
    return;
  }
  fields.own = { ...fields.own, [key]: read };
  log.add('mapped', key, key, value);
}

type First = <T>(group: SourceGroup, to: string, read: (value: unknown, key: string) => T | undefined) => T | undefined;

/** Keys that some archives use for a picture, and others for words about the story. */
const wordsInstead = new Set(['lead', 'teaser', 'preview']);

function readCover(fields: StoryFields, take: Take, first: First, { log, originHosts = [] }: FieldContext): void {
  const words = take('cover').filter(
    ({ key, value }) =>
      wordsInstead.has(fold(key)) &&
      typeof value === 'string' &&
      /\p{L}/u.test(value) &&
      coverOf(value, fold(key)) === undefined &&
      !/^(?:true|false|yes|no|on|off)$/i.test(value.trim()),
  );
  for (const entry of words) {
    take('cover').splice(take('cover').indexOf(entry), 1);
    take('standfirst').push(entry);
  }
  let cover: Cover | undefined;
  for (const { key, value } of take('cover')) {
    const got = cover === undefined ? coverOf(value, fold(key)) : undefined;
    if (got !== undefined) log.add('mapped', key, 'lead', value);
    else
      log.add('dropped', key, '', value, cover === undefined ? 'not the address of a picture' : 'lead is given twice');
    cover ??= got;
  }
  if (!cover) {
    for (const group of ['coverAlt', 'coverCaption', 'coverCredit'] as const)
      for (const { key, value } of take(group)) log.add('dropped', key, '', value, 'no picture to use it for');
    return;
  }
  const link = (url: string): string | undefined =>
    originHosts.length > 0 && url.startsWith('/') ? `https://${originHosts[0]}${url}` : undefined;
  const alt = first('coverAlt', 'lead.alt', plainLine);
  const caption = first('coverCaption', 'lead.caption', lineOf);
  const credit = first('coverCredit', 'lead.credit', creditOf);
  const written = cover.caption ?? caption;
  const split = written === undefined ? undefined : splitCredit(captionWords(written, link));
  const own = cover.credit === undefined ? credit : captionWords(cover.credit, link);
  fields.cover = {
    src: cover.src,
    alt: (cover.alt && plainWords(cover.alt)) || alt,
    caption: (own === undefined ? split?.caption : written && captionWords(written, link)) || undefined,
    credit: own === undefined ? split?.credit : bareCredit(own) || own,
  };
}

/** A credit as text, or as a mapping such as `{ name, url }`. */
const creditOf = (value: unknown): string | undefined =>
  plainLine(isRecord(value) ? (value.name ?? value.text ?? value.credit ?? value.author) : value);

function readStandfirst(fields: StoryFields, take: Take, log: FieldLog): void {
  for (const { key, value } of take('standfirst')) {
    const words = plainLine(value);
    if (words === undefined) log.add('dropped', key, '', value, 'not understood');
    else if (fields.standfirst === undefined) {
      fields.standfirst = words;
      log.add('mapped', key, 'standfirst', value);
    } else if (fields.summary === undefined && words !== fields.standfirst) {
      fields.summary = words;
      log.add('mapped', key, 'summary', value);
    } else log.add('dropped', key, '', value, 'repeats another field');
  }
}

function addPeople(fields: StoryFields, people: readonly Contributor[], { key, value }: Entry, log: FieldLog): void {
  const added = people.filter(
    ({ name, id }) => !fields.byline.some((known) => known.name === name || (id !== undefined && known.id === id)),
  );
  fields.byline.push(...added);
  if (added.length > 0) log.add('mapped', key, 'byline', value);
  else log.add('dropped', key, '', value, 'contains no other name');
}

function readRole(fields: StoryFields, { key, value }: Entry, people: People | undefined, log: FieldLog): void {
  const role = roleOf.get(fold(key));
  const named = bylineOf(value, people);
  if (role === 'Photographer' && fields.cover && fields.cover.credit === undefined && named.length > 0) {
    fields.cover.credit = named.map(({ name }) => name).join(', ');
    log.add('mapped', key, 'lead.credit', value);
    return;
  }
  addPeople(
    fields,
    named.map((person) => (person.role === undefined && role !== undefined ? withoutId({ ...person, role }) : person)),
    { key, value },
    log,
  );
}

/** A byline names either the id of an author or a person with a role. */
function withoutId({ id: _, ...person }: Contributor): Contributor {
  return person;
}

function readAddresses(fields: StoryFields, take: Take, first: First, context: FieldContext): void {
  const { log, originHosts = [] } = context;
  const isOwn = (text: string): boolean =>
    text.startsWith('/') || (URL.canParse(text) && isOwnHost(new URL(text).host, originHosts));
  fields.address = first('address', 'aliases', lineOf);
  for (const { key, value } of take('link')) {
    const text = lineOf(value);
    if (text !== undefined && isOwn(text)) {
      if (fields.address === undefined) fields.address = text;
      else fields.addresses.push(text);
      log.add('mapped', key, 'aliases', value);
    } else if (text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text)) {
      fields.link ??= text;
      log.add('mapped', key, 'related', value);
    } else log.add('dropped', key, '', value, 'not a complete address');
  }
  for (const { key, value } of take('addresses')) {
    const list = (Array.isArray(value) ? value : [value])
      .map((entry) => lineOf(isRecord(entry) ? (entry.from ?? entry.url ?? entry.path) : entry))
      .filter((entry) => entry !== undefined);
    // Obsidian's aliases are other names of a note.
    const addresses = list.filter(
      (entry) => entry.includes('/') || !/[\s\p{Lu}]/u.test(entry) || /\.html?$/.test(entry),
    );
    fields.addresses.push(...addresses);
    if (addresses.length > 0) log.add('mapped', key, 'aliases', value);
    else log.add('dropped', key, '', value, list.length > 0 ? 'a name, and not an address' : 'not understood');
  }
  for (const { key, value } of take('canonical')) {
    const url =
      typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : undefined;
    if (!url) log.add('dropped', key, '', value, 'not a complete address');
    else if (isOwn(url.href)) {
      fields.addresses.push(url.href);
      log.add('mapped', key, 'aliases', value);
    } else {
      fields.source = { name: url.host.replace(/^www\./, ''), url: url.href };
      log.add('mapped', key, 'source', value);
    }
  }
  for (const { key, value } of take('sourceUrl')) {
    const source = fields.source === undefined || fields.source.url === undefined ? sourceOf(value) : undefined;
    if (source) {
      fields.source = {
        ...source,
        name: fields.source?.name ?? source.name,
        ...(fields.source?.url ? { url: fields.source.url } : {}),
      };
      log.add('mapped', key, 'source', value);
    } else log.add('dropped', key, '', value, fields.source ? 'source is given twice' : 'not understood');
  }
}

function sourceOf(value: unknown): { name: string; url?: string } | undefined {
  if (isRecord(value)) {
    const name = plainLine(value.name ?? value.title);
    const url = lineOf(value.url ?? value.link);
    if (name === undefined) return url === undefined ? undefined : sourceOf(url);
    return { name, ...(url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? { url } : {}) };
  }
  const text = plainLine(value);
  if (text === undefined || /^\d+$/.test(text)) return undefined;
  if (/^https?:\/\//i.test(text) && URL.canParse(text))
    return { name: new URL(text).host.replace(/^www\./, ''), url: text };
  return { name: text };
}
