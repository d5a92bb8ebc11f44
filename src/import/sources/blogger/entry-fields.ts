import type { FieldContext, StoryFields } from '../../fields.ts';
import { htmlWords } from '../../html-body/convert.ts';
import { authorId } from '../../people.ts';
import { readLabels } from '../../read-labels.ts';
import { readMoment } from '../../read-moment.ts';
import type { SourceAuthor } from '../../source.ts';
import type { AtomEntry } from './atom.ts';

export type EntryKind = 'post' | 'page' | 'comment' | 'settings' | 'template' | 'other';

const kindScheme = /schemas\.google\.com\/g\/(?:2005|data)#kind/i;

/** What an entry is: old backups say it in a category, and those since 2024 in an element. */
export function kindOf({ categories, fields }: AtomEntry): EntryKind {
  const term = categories.find(({ scheme, term: each }) => kindScheme.test(scheme) || /\/kind#\w+$/.test(each))?.term;
  const kind = (fields.get('type') ?? /#(\w+)$/.exec(term ?? '')?.[1] ?? '').toLowerCase();
  if (kind === 'post' || kind === 'page' || kind === 'comment' || kind === 'settings' || kind === 'template')
    return kind;
  return kind === '' && /\.post-\d+$/.test(fields.get('id') ?? '') ? 'post' : 'other';
}

/** What a post or page of Blogger becomes, without its body. @param blogDraft why nothing of the blog is public */
export function fieldsOf(
  entry: AtomEntry,
  context: FieldContext,
  authors: Map<string, SourceAuthor>,
  blogDraft: string | undefined,
): { fields: StoryFields; notes: string[] } {
  const { log, site } = context;
  const fields: StoryFields = { topics: [], byline: [], addresses: [] };
  const notes: string[] = [];
  const get = (name: string): string => entry.fields.get(name) ?? '';
  const mapped = (from: string, to: string, value: string): void => log.add('mapped', from, to, value);

  fields.headline = htmlWords(get('title')) || undefined;
  if (fields.headline !== undefined) mapped('title', 'headline', fields.headline);
  const description = htmlWords(get('metaDescription') || get('summary'));
  if (description !== '') {
    fields.summary = description;
    mapped('metaDescription', 'summary', description);
  }
  readAuthor(entry, fields, context, authors, notes);
  const date = get('published');
  fields.published = readMoment(date, site.timeZone);
  if (fields.published !== undefined) mapped('published', 'published', fields.published.text);
  else if (date !== '') {
    log.add('dropped', 'published', '', date, 'not a date that exists');
    notes.push(`${date} is not a date that exists`);
  }
  readState(entry, fields, context, blogDraft);
  const updated = readMoment(get('updated'), site.timeZone);
  if (updated !== undefined && fields.published !== undefined) {
    if (updated.instant - fields.published.instant > minute) {
      fields.updated = updated;
      mapped('updated', 'updated', updated.text);
    } else log.add('dropped', 'updated', '', updated.text, 'not after published');
  }
  const labels = entry.categories.filter(({ scheme, term }) => !kindScheme.test(scheme) && !/\/kind#\w+$/.test(term));
  readLabels(labels.map(({ term }) => term.trim()).filter(Boolean), fields, context, 'category');
  readAddress(entry, fields, context);
  if (get('location/name') !== '')
    log.add('dropped', 'location', '', get('location/name'), 'a story has no such field');
  return { fields, notes };
}

/** Blogger writes two times that differ by less than a second when a post is published. */
const minute = 60_000;

function readAuthor(
  { fields: raw }: AtomEntry,
  fields: StoryFields,
  { log }: FieldContext,
  authors: Map<string, SourceAuthor>,
  notes: string[],
): void {
  const name = htmlWords(raw.get('author/name') ?? '');
  if (name === '' || /^(?:unknown|anonymous|noreply)$/i.test(name)) {
    notes.push('the export does not name its author');
    return;
  }
  const uri = raw.get('author/uri') ?? '';
  const id = authorId(name);
  const isProfile = /^https?:\/\/(?:www\.)?blogger\.com\/profile\//i.test(uri);
  if (!authors.has(id))
    authors.set(id, {
      id,
      name,
      links: isProfile ? [{ title: 'Blogger', url: uri.replace(/^http:/i, 'https:') }] : undefined,
    });
  fields.byline.push({ id, name });
  log.add('mapped', 'author', 'byline', name);
}

function readState(
  { fields: raw }: AtomEntry,
  fields: StoryFields,
  { log }: FieldContext,
  blogDraft: string | undefined,
): void {
  const draft = (from: string, value: string, reason: string): void => {
    fields.draft ??= reason;
    log.add('mapped', from, 'draft', value);
  };
  const status = (raw.get('status') ?? '').toUpperCase();
  const old = (raw.get('draft') ?? '').toLowerCase();
  const trashed = raw.get('trashed') ?? '';
  if (trashed !== '' || /TRASH/.test(status)) draft('trashed', trashed || status, 'in the trash');
  if (status === 'SCHEDULED' && fields.published !== undefined) {
    fields.embargo = fields.published;
    log.add('mapped', 'status', 'embargo', fields.published.text);
  } else if (status === 'SCHEDULED') draft('status', status, 'scheduled, but without a date');
  else if (status === 'DRAFT') draft('status', status, 'a draft');
  else if (status === 'LIVE') log.add('dropped', 'status', '', status, 'says that the story is public');
  else if (status !== '' && !/TRASH/.test(status)) draft('status', status, `the status is ${status}`);
  if (old !== '' && old !== 'no' && old !== 'false') draft('draft', old, 'a draft');
  if (blogDraft !== undefined) draft('the settings of the blog', 'true', blogDraft);
}

function readAddress(entry: AtomEntry, fields: StoryFields, { log }: FieldContext): void {
  const link = entry.links.find(({ rel, type }) => rel === 'alternate' && !/atom|rss/.test(type))?.href;
  const file = entry.fields.get('filename') ?? '';
  const address = file.startsWith('/') ? file : link;
  if (address === undefined || !/^(?:\/|https?:)/i.test(address)) return;
  fields.addresses.push(address);
  const path = address.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  fields.slug = /([^/]+?)(?:\.html?)?\/?$/i.exec(path)?.[1];
  log.add('mapped', file.startsWith('/') ? 'filename' : 'link', 'aliases', address);
}
