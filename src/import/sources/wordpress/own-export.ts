import { ownMetaName } from '../../../newsroom/own-meta.ts';
import type { SourceDate } from '../../../site/read-date.ts';
import { instantOf } from '../../../site/zone.ts';
import { frontMatterSchema } from '../../../story/schema.ts';
import type { FieldContext, StoryFields } from '../../fields.ts';
import { isRecord } from '../../front-matter.ts';
import { ownValue } from '../../own-fields.ts';
import type { Contributor } from '../../people.ts';
import type { WxrItem } from './wxr.ts';

/** A person in a byline, as `broadsheet export wxr` writes it. */
export interface OwnPerson extends Omit<Contributor, 'id'> {
  /** The id of a file in `content/authors`. */
  author?: string;
}

/** What an export of Broadsheet keeps in a post for a newsroom, unchecked. */
export type OwnMeta = Record<string, unknown>;

/** Reads the field that `broadsheet export wxr` adds to a post. WordPress keeps it. */
export function ownMetaOf(item: WxrItem): OwnMeta | undefined {
  const json = item.meta.find(([key]) => key === ownMetaName)?.[1];
  if (json === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(json);
    return isRecord(read) ? read : undefined;
  } catch {
    return undefined; // a plugin or a person has changed it
  }
}

/** The people of the byline, or undefined if somebody has changed the author since. */
export function ownByline({ byline }: OwnMeta, creator: string | undefined): OwnPerson[] | undefined {
  if (!Array.isArray(byline)) return undefined;
  const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
  const people = byline.filter(isRecord).flatMap((entry): OwnPerson[] => {
    const name = text(entry.name);
    if (name === undefined) return [];
    return [{ name, author: text(entry.author), role: text(entry.role), organisation: text(entry.organisation) }];
  });
  return people[0]?.name === creator ? people : undefined;
}

const texts = ['kicker', 'dateline', 'summary', 'language'] as const;
const ownKeys = ['id', 'corrections', 'note', 'warning', 'minor', 'sponsor', 'related'] as const;

/** Gives the fields of a post what it had in the newsroom that exported it. Dates that WordPress changed since stay. */
export function applyOwn(own: OwnMeta, fields: StoryFields, item: WxrItem, { site, log }: FieldContext): void {
  const status = item.fields.get('status') ?? '';
  const checked = <Key extends keyof typeof frontMatterSchema.shape>(key: Key) => {
    if (own[key] === undefined) return undefined;
    const read = frontMatterSchema.shape[key].safeParse(own[key]);
    log.add(
      read.success ? 'mapped' : 'dropped',
      ownMetaName,
      read.success ? key : '',
      own[key],
      read.success ? undefined : 'not valid',
    );
    return read.success ? read.data : undefined;
  };
  for (const key of texts) fields[key] = (checked(key) as string | undefined) ?? fields[key];
  fields.type = (checked('type') as StoryFields['type']) ?? fields.type;
  fields.source = (checked('source') as StoryFields['source']) ?? fields.source;
  fields.translates = (checked('translationOf') as string | undefined) ?? fields.translates;
  for (const key of ownKeys) {
    const value = own[key] === undefined ? undefined : ownValue(key, own[key]);
    if (value === undefined) continue;
    fields.own = { ...fields.own, [key]: value };
    log.add('mapped', ownMetaName, key, value);
  }
  if (typeof own.path === 'string') fields.place = own.path;
  const series = checked('series');
  if (series !== undefined) fields.own = { ...fields.own, series };
  const date = (key: 'published' | 'updated' | 'embargo'): SourceDate | undefined => {
    const text = checked(key) as string | undefined;
    const instant = text === undefined ? undefined : instantOf(text, site.timeZone);
    return text === undefined || instant === undefined ? undefined : { text, instant };
  };
  const [published, updated, embargo] = [date('published'), date('updated'), date('embargo')];
  const isHeld = status === 'future';
  if (published && (isHeld || isSame(published, fields.published))) fields.published = published;
  if (updated && isSame(updated, fields.updated ?? updated)) fields.updated = updated;
  if (isHeld && published) fields.embargo = embargo;
  else fields.embargo = embargo ?? fields.embargo;
  const withdrawn = own.withdrawn === undefined ? undefined : ownValue('withdrawn', own.withdrawn);
  if (withdrawn !== undefined && (status === 'private' || status === 'publish')) {
    fields.own = { ...fields.own, withdrawn };
    // A story that was withdrawn is private in WordPress. In a newsroom it has a page that says so.
    fields.draft = undefined;
    log.add('mapped', ownMetaName, 'withdrawn', withdrawn);
  }
}

/** WordPress stores seconds. */
const isSame = (own: SourceDate, other: SourceDate | undefined): boolean =>
  other !== undefined && Math.abs(own.instant - other.instant) < 1000;
