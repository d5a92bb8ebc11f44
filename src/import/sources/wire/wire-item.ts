import { localTime } from '../../../site/local-time.ts';
import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { readDate, type SourceDate } from '../../../site/read-date.ts';
import { slugify } from '../../../site/slug.ts';
import { localDay } from '../../../site/zone.ts';
import { languageOf, lineOf } from '../../field-values.ts';
import { type FieldContext, type StoryFields, sectionOf } from '../../fields.ts';
import { bylineOf } from '../../people.ts';
import type { ItemBody } from '../../source.ts';

/** A news item as an agency sends it, whatever its format is. Every value is as the agency wrote it. */
export interface WireItem {
  /** Identifies the item, and is the same in each of its versions. */
  uri: string;
  /** A larger number is newer. */
  version: number;
  /** `text`, `picture`, `video`, `audio`, `graphic`, `composite`, `event`, … */
  type?: string;
  headline?: string;
  standfirst?: string;
  byline?: string;
  dateline?: string;
  language?: string;
  created?: string;
  changed?: string;
  /** The end of the embargo. Empty if the agency has set one without an end. */
  embargo?: string;
  /** `usable`, `withheld`, or `canceled`. */
  status?: string;
  subjects: string[];
  holder?: string;
  copyright?: string;
  usageTerms?: string;
  /** Rights in a form for programs. */
  rights?: unknown;
  /** From editor to editor, never for readers. */
  editorNote?: string;
  body?: { html: string } | { text: string };
  /** What the item says as our own export, which says more than an agency. */
  own?: { fields: Partial<StoryFields>; path?: string };
  pictures: WirePicture[];
  /** Headlines of other items that this one refers to. */
  related: string[];
  /** Keys of the item that have no place in a story, with their values. */
  dropped: ReadonlyMap<string, unknown>;
}

export interface WirePicture {
  /** The address or the file of the largest version. */
  src: string;
  /** Addresses of the other versions. */
  others: string[];
  alt?: string;
  caption?: string;
  credit?: string;
  usageTerms?: string;
  /** The agency says that this is the main picture. */
  isLead: boolean;
}

/** Why an item cannot become a story, or undefined if it can. */
export function notAStory(item: WireItem): string | undefined {
  const isText = item.type === undefined || item.type === 'text' || item.type === 'composite';
  if (!isText) return `an item of type ${item.type}, not a story`;
  if (item.body === undefined && item.headline === undefined) return 'it has no headline and no text';
  if (item.body === undefined && item.standfirst === undefined && item.pictures.length === 0) return 'it has no text';
  return undefined;
}

/**
 * The fields of the story that an item becomes. Each value that the item has is logged once.
 *
 * @returns the fields, and what an editor must know that no page says
 */
export function fieldsOf(item: WireItem, { site, log }: FieldContext): { fields: StoryFields; notes: string[] } {
  const fields: StoryFields = { topics: [], byline: [], addresses: [] };
  const notes: string[] = [];
  const mapped = <T>(from: string, to: string, value: unknown, result: T | undefined): T | undefined => {
    if (value === undefined || value === '') return undefined;
    if (result === undefined) log.add('dropped', from, '', value, 'not understood');
    else log.add('mapped', from, to, value);
    return result;
  };
  const date = (text: string | undefined): SourceDate | undefined => {
    const read = text === undefined ? undefined : readDate(text, site.timeZone);
    // Our own export writes a day without a time as its first second, because ninjs has no days.
    if (!read || !item.own || !localTime(read.instant, site.timeZone).endsWith(' 00:00:00')) return read;
    return readDate(localDay(read.instant, site.timeZone), site.timeZone);
  };

  fields.headline = mapped('headline', 'headline', item.headline, lineOf(item.headline));
  fields.standfirst = mapped('description', 'standfirst', item.standfirst, lineOf(item.standfirst));
  fields.dateline = mapped('located', 'dateline', item.dateline, lineOf(item.dateline));
  fields.language = mapped('language', 'language', item.language, languageOf(item.language));
  fields.slug = fields.headline === undefined ? undefined : slugify(fields.headline);

  const people = bylineOf(item.byline);
  if (item.own) fields.byline = item.own.fields.byline ?? [];
  else if (people.length > 0) fields.byline = mapped('by', 'byline', item.byline, people) ?? [];
  else if (item.holder !== undefined) {
    // A text of an agency without a name of its own is signed with the agency.
    fields.byline = mapped('copyrightHolder', 'byline', item.holder, bylineOf(item.holder)) ?? [];
  }

  const [created, changed] = [date(item.created), date(item.changed)];
  fields.published = created ?? changed;
  if (created) log.add('mapped', 'firstCreated', 'published', item.created);
  if (changed && created === undefined) log.add('mapped', 'versionCreated', 'published', item.changed);
  else if (changed && fields.published && changed.instant > fields.published.instant) {
    fields.updated = changed;
    log.add('mapped', 'versionCreated', 'updated', item.changed);
  } else if (item.changed !== undefined)
    log.add('dropped', 'versionCreated', '', item.changed, changed ? 'not after published' : 'not a date that exists');

  readHold(item, fields, date, log);

  for (const subject of item.own ? [] : item.subjects) {
    const section = sectionOf(subject, site);
    if (section !== undefined && fields.section === undefined) {
      fields.section = section;
      log.add('mapped', 'subjects', 'section', subject);
    } else if (!fields.topics.some((topic) => slugify(topic) === slugify(subject)) && slugify(subject) !== '') {
      fields.topics.push(subject);
      log.add('mapped', 'subjects', 'topics', subject);
    }
  }

  if (item.own) {
    const { own, ...more } = item.own.fields;
    Object.assign(fields, more, { own: { ...fields.own, ...own } });
    if (item.own.path !== undefined) {
      fields.slug = item.own.path.split('/').filter(Boolean).at(-1);
      fields.addresses.unshift(item.own.path);
    }
    for (const [key, value] of Object.entries({ ...more, ...own })) log.add('mapped', 'ninjs', key, value);
    const withdrawn = fields.own?.withdrawn as { date: string; reason: string } | undefined;
    if (withdrawn) {
      // It has a page that says so. The last version is the one that was withdrawn.
      fields.draft = undefined;
      fields.updated = undefined;
      fields.own = { ...fields.own, withdrawn: { ...withdrawn, date: date(withdrawn.date)?.text ?? withdrawn.date } };
    }
  }
  const lead = leadOf(item);
  if (lead) {
    fields.cover = { src: lead.src, alt: lead.alt, caption: lead.caption, credit: lead.credit };
    log.add('mapped', 'associations', 'lead', lead.src);
  }
  for (const [key, value] of item.dropped) log.add('dropped', key, '', value, 'a story has no such field');
  if (item.usageTerms && !item.own) notes.push(`usage terms of the text: ${short(item.usageTerms)}`);
  if (item.rights !== undefined) notes.push(`rights information: ${short(JSON.stringify(item.rights))}`);
  if (item.copyright && !item.own) notes.push(`copyright notice of the text: ${short(item.copyright)}`);
  if (item.editorNote && !item.own) notes.push(`note to editors: ${short(item.editorNote)}`);
  for (const picture of item.pictures)
    if (picture.usageTerms) notes.push(`usage terms of ${picture.src}: ${short(picture.usageTerms)}`);
  for (const headline of item.own ? [] : item.related)
    notes.push(`refers to another item, which is not linked: ${short(headline)}`);
  return { fields, notes };
}

/** What the agency says about when, and whether, the item may be published. */
function readHold(
  item: WireItem,
  fields: StoryFields,
  date: (text: string | undefined) => SourceDate | undefined,
  log: FieldContext['log'],
): void {
  if (item.status !== undefined) {
    const status = item.status.trim().toLowerCase().replace(/^.*:/, '');
    if (status === 'usable' || status === '')
      log.add('dropped', 'pubStatus', '', item.status, 'says that it may be published');
    else {
      // Whatever else an agency writes here, it does not say that the item may be published.
      fields.draft = `pubStatus: ${status}`;
      log.add('mapped', 'pubStatus', 'draft', item.status);
    }
  }
  if (item.embargo === undefined) return;
  const end = date(item.embargo);
  if (end && fields.published && end.instant <= fields.published.instant) {
    log.add('dropped', 'embargoed', '', item.embargo, 'not after published');
    return;
  }
  if (end) {
    fields.embargo = end;
    log.add('mapped', 'embargoed', 'embargo', item.embargo);
    return;
  }
  fields.draft ??= item.embargo.trim() === '' ? 'embargoed without an end' : `embargoed: ${item.embargo}`;
  log.add('mapped', 'embargoed', 'draft', item.embargo);
}

/** The picture at the top: the one that the agency names, or else the first that the text does not show itself. */
const leadOf = (item: WireItem): WirePicture | undefined =>
  item.pictures.find((picture) => picture.isLead) ??
  (item.own ? undefined : item.pictures.find((picture) => !isShown(picture, item)));

/** Whether the HTML of an item contains the picture. */
const isShown = (picture: WirePicture, { body }: WireItem): boolean =>
  body !== undefined &&
  'html' in body &&
  [picture.src, ...picture.others].some((src) => body.html.includes(escapeAttribute(src)));

/** The body of an item as HTML. Pictures that the text does not show itself follow it. */
export function bodyOf(item: WireItem): Omit<Extract<ItemBody, { kind: 'html' }>, 'key'> {
  const html = item.body === undefined ? '' : 'html' in item.body ? item.body.html : paragraphsOf(item.body.text, item);
  const lead = leadOf(item);
  const further = item.pictures
    .filter((picture) => picture !== lead && !isShown(picture, item))
    .map(
      ({ src, caption }) =>
        `<figure><img src="${escapeAttribute(src)}"><figcaption>${escapeText(caption ?? '')}</figcaption></figure>`,
    );
  return {
    kind: 'html',
    isOwn: item.own !== undefined,
    text: [html, ...further].join('\n'),
    pictureWords: ({ src }) => {
      const picture = item.pictures.find((each) => each.src === src || each.others.includes(src));
      return picture && { alt: picture.alt, caption: picture.caption, credit: picture.credit };
    },
  };
}

/**
 * Plain text as paragraphs. Empty lines separate them, or else every line is one. Agencies often repeat the headline
 * and the byline above the text.
 */
function paragraphsOf(text: string, item: WireItem): string {
  const lines = text.replace(/\r\n?/g, '\n').trim();
  const separator = /\n[ \t]*\n/.test(lines) ? /\n[ \t]*\n\s*/ : /\n/;
  const paragraphs = lines
    .split(separator)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
  while (paragraphs.length > 1 && [item.headline, item.byline].some((known) => lineOf(known) === paragraphs[0]))
    paragraphs.shift();
  return paragraphs.map((paragraph) => `<p>${escapeText(paragraph)}</p>`).join('\n');
}

const noteCharsMax = 300;
const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > noteCharsMax ? `${line.slice(0, noteCharsMax)}…` : line;
};
