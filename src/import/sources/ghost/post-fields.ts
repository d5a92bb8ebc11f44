import { readDate, type SourceDate } from '../../../site/read-date.ts';
import { slugify } from '../../../site/slug.ts';
import { splitCredit } from '../../credit-line.ts';
import { type FieldContext, type StoryFields, sectionOf } from '../../fields.ts';
import { htmlLine, htmlWords } from '../../html-body/convert.ts';
import { isOwnHost } from '../../own-hosts.ts';
import { type Tables, textOf } from './tables.ts';

/** What a post of Ghost becomes, without its body. */
export function fieldsOf(
  post: Record<string, unknown>,
  tables: Tables,
  context: FieldContext,
): { fields: StoryFields; notes: string[] } {
  const { site, log } = context;
  const notes: string[] = [];
  const id = textOf(post.id);
  const meta = tables.metaOf.get(id) ?? {};
  const get = (...keys: string[]): string => {
    for (const key of keys) {
      const value = textOf(post[key]) || textOf(meta[key]);
      if (value !== '') return value;
    }
    return '';
  };
  const fields: StoryFields = { topics: [], byline: [], addresses: [] };
  const mapped = (from: string, to: string, value: string): void => log.add('mapped', from, to, value);

  fields.headline = htmlWords(get('title')) || undefined;
  if (fields.headline === '(Untitled)') fields.headline = undefined;
  if (fields.headline !== undefined) mapped('title', 'headline', fields.headline);
  fields.slug = get('slug') || undefined;
  if (fields.slug) mapped('slug', 'the address', fields.slug);
  const excerpt = htmlWords(get('custom_excerpt'));
  if (excerpt !== '') {
    fields.standfirst = excerpt;
    mapped('custom_excerpt', 'standfirst', excerpt);
  }
  const description = htmlWords(get('meta_description'));
  if (description !== '' && description !== excerpt) {
    fields.summary = description;
    mapped('meta_description', 'summary', description);
  }

  const authors = (tables.authorsOf.get(id) ?? [get('author_id')]).filter(Boolean);
  for (const author of authors) {
    const user = tables.users.get(author);
    if (!user) {
      if (author !== '') notes.push(`the author ${author} is not in the export`);
      continue;
    }
    tables.used.add(author);
    fields.byline.push({ id: user.id, name: user.name });
  }
  if (fields.byline.length > 0) mapped('authors', 'byline', fields.byline.map(({ name }) => name).join(', '));

  for (const tagId of (tables.tagsOf.get(id) ?? []).filter(Boolean)) {
    const tag = tables.tags.get(tagId);
    if (!tag) continue;
    if (tag.isInternal) {
      log.add('dropped', 'tags', '', tag.name, 'an internal tag, which readers do not see');
      continue;
    }
    fields.category ??= tag.slug;
    const meaning = context.categories?.get(slugify(tag.slug)) ?? context.categories?.get(slugify(tag.name));
    if (meaning === 'none') {
      log.add('dropped', 'tags', '', tag.name, 'by --category');
      continue;
    }
    const section =
      meaning === 'topic' ? undefined : (meaning ?? sectionOf(tag.slug, site) ?? sectionOf(tag.name, site));
    if (section !== undefined && fields.section === undefined) {
      fields.section = section;
      mapped('tags', 'section', tag.name);
    } else if (section !== fields.section || section === undefined) {
      fields.topics.push(tag.name);
      mapped('tags', 'topics', tag.name);
    }
  }

  readDates(get, fields, context);
  readState(get, fields, context, post, meta);
  const image = get('feature_image', 'image');
  if (image !== '') {
    const words = splitCredit(htmlLine(get('feature_image_caption')));
    fields.cover = { src: withoutGhostUrl(image), alt: htmlWords(get('feature_image_alt')) || undefined, ...words };
    mapped('feature_image', 'lead', image);
    if (fields.cover.alt) mapped('feature_image_alt', 'lead.alt', fields.cover.alt);
    if (words.caption) mapped('feature_image_caption', 'lead.caption', words.caption);
    if (words.credit) mapped('feature_image_caption', 'lead.credit', words.credit);
  }
  const canonical = get('canonical_url');
  if (/^https?:\/\//.test(canonical) && URL.canParse(canonical)) {
    const { host } = new URL(canonical);
    if (isOwnHost(host, context.originHosts ?? [])) fields.addresses.push(canonical);
    else fields.source = { name: host.replace(/^www\./, ''), url: canonical };
    mapped('canonical_url', fields.source ? 'source' : 'aliases', canonical);
  }
  for (const key of ['codeinjection_head', 'codeinjection_foot'])
    if (get(key) !== '') log.add('dropped', key, '', get(key), 'code that changes the page');
  for (const key of [
    'og_image',
    'og_title',
    'og_description',
    'twitter_image',
    'twitter_title',
    'twitter_description',
    'meta_title',
    'custom_template',
    'email_subject',
    'frontmatter',
  ])
    if (get(key) !== '') log.add('dropped', key, '', get(key), 'a story has no such field');
  return { fields, notes };
}

type Get = (...keys: string[]) => string;

/** Ghost's times are in UTC, as text with or without a zone, or in milliseconds. */
function dateOf(value: string, zone: string): SourceDate | undefined {
  if (value === '' || value.startsWith('0000')) return undefined;
  const isBare = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(value);
  const read = readDate(isBare ? `${value.replace(' ', 'T')}Z` : value, zone);
  // Parts of a second mean nothing to readers.
  return read && { ...read, text: read.text.replace(/\.\d+(?=Z|[+-]\d\d:\d\d$)/, '') };
}

function readDates(get: Get, fields: StoryFields, { site, log }: FieldContext): void {
  const [published, updated] = [get('published_at'), get('updated_at')];
  fields.published = dateOf(published, site.timeZone);
  if (fields.published) log.add('mapped', 'published_at', 'published', fields.published.text);
  else if (published !== '') log.add('dropped', 'published_at', '', published, 'not a date that exists');
  const changed = dateOf(updated, site.timeZone);
  if (!changed || !fields.published) return;
  if (changed.instant > fields.published.instant) {
    fields.updated = changed;
    log.add('mapped', 'updated_at', 'updated', changed.text);
  } else log.add('dropped', 'updated_at', '', changed.text, 'not after published');
}

function readState(
  get: Get,
  fields: StoryFields,
  { log }: FieldContext,
  post: Record<string, unknown>,
  meta: Record<string, unknown>,
): void {
  const status = get('status') || 'published';
  const draft = (from: string, value: string, reason: string): void => {
    fields.draft ??= reason;
    log.add('mapped', from, 'draft', value);
  };
  if (status === 'scheduled' && fields.published) {
    fields.embargo = fields.published;
    log.add('mapped', 'status', 'embargo', fields.published.text);
  } else if (status === 'sent') draft('status', status, 'sent by e-mail only');
  else if (status !== 'published') draft('status', status, status === 'draft' ? 'a draft' : `the status is ${status}`);
  else log.add('dropped', 'status', '', status, 'says that the story is public');
  const isEmailOnly = [meta.email_only, post.email_only].some(
    (value) => value === true || value === 1 || value === '1',
  );
  if (isEmailOnly) draft('email_only', 'true', 'sent by e-mail only');
  const visibility = get('visibility') || 'public';
  if (visibility !== 'public')
    draft(
      'visibility',
      visibility,
      visibility === 'members'
        ? 'only for members'
        : visibility === 'paid'
          ? 'only for paying members'
          : `only for some members (visibility: ${visibility})`,
    );
  else log.add('dropped', 'visibility', '', visibility, 'says that the story is public');
}

/** Ghost writes this for the address of the site. */
export const withoutGhostUrl = (text: string): string => text.replaceAll('__GHOST_URL__', '');
