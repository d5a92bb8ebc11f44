import { oldAddressMeta, ownMetaName } from '../../../newsroom/own-meta.ts';
import { readDate, type SourceDate } from '../../../site/read-date.ts';
import type { FieldContext, StoryFields } from '../../fields.ts';
import { htmlWords } from '../../html-body/convert.ts';
import type { Attachments } from './attachments.ts';
import { applyOwn, ownByline, ownMetaOf } from './own-export.ts';
import type { WordPressPeople } from './people.ts';
import { readTerms, type Terms } from './terms.ts';
import type { WxrItem } from './wxr.ts';

export interface Correction {
  date: string;
  type: 'correction' | 'clarification' | 'update' | 'editors-note';
  text: string;
}

export interface FieldSources {
  context: FieldContext;
  attachments: Attachments;
  people: WordPressPeople;
  terms: Terms;
  /** Broadsheet wrote the export, so no WordPress has had these posts. */
  isOwn: boolean;
}

/** What a post becomes, without its body. */
export function fieldsOf(item: WxrItem, sources: FieldSources): { fields: StoryFields; notes: string[] } {
  const { context, people } = sources;
  const { log } = context;
  const notes: string[] = [];
  const fields: StoryFields & { translationKey?: string } = {
    topics: [],
    byline: [],
    addresses: [],
  };
  const field = (name: string): string => item.fields.get(name)?.trim() ?? '';
  const mapped = (from: string, to: string, value: unknown): void => log.add('mapped', from, to, value);

  fields.headline = htmlWords(field('title')) || undefined;
  if (fields.headline !== undefined) mapped('title', 'headline', fields.headline);
  const excerpt = htmlWords(field('excerpt:encoded'));
  if (excerpt !== '') {
    fields.standfirst = excerpt;
    mapped('excerpt', 'standfirst', excerpt);
  }
  const own = ownMetaOf(item);
  const ours = own && ownByline(own, people.nameOf(field('creator')));
  const { byline, unknown } = ours ? { byline: people.ownByline(ours), unknown: [] } : people.bylineOf(item);
  fields.byline = byline;
  if (byline.length > 0) mapped('author', 'byline', byline.map(({ name }) => name).join(', '));
  for (const login of unknown) notes.push(`the author ${login} is not in the export; the byline has this name`);

  readDates(item, fields, context, notes);
  readStatus(item, fields, context);
  readTerms(item, fields, sources.terms, context, sources.isOwn);
  fields.slug = safeDecode(field('post_name')) || undefined;
  if (fields.slug !== undefined) mapped('post_name', 'the address', fields.slug);
  readAddresses(item, fields, context, sources.isOwn);
  readMeta(item, fields, sources, notes);
  if (own) applyOwn(own, fields, item, context);
  return { fields, notes };
}

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const isNoDate = (text: string): boolean => text === '' || text.startsWith('0000-00-00');

/** WordPress has each date twice: in the site's time zone, and in UTC. The difference is the offset at that time. */
function dateOf(local: string, gmt: string, zone: string): SourceDate | undefined {
  if (isNoDate(local)) return isNoDate(gmt) ? undefined : readDate(`${gmt}Z`.replace(' ', 'T'), zone);
  if (isNoDate(gmt)) return readDate(local, zone);
  const [here, there] = [Date.parse(`${local.replace(' ', 'T')}Z`), Date.parse(`${gmt.replace(' ', 'T')}Z`)];
  const minutes = Math.round((here - there) / 60_000);
  if (Number.isNaN(minutes) || Math.abs(minutes) > offsetMinutesMax) return readDate(local, zone);
  const sign = minutes < 0 ? '-' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return readDate(`${local.replace(' ', 'T')}${sign}${two(hours)}:${two(rest)}`, zone);
}

const offsetMinutesMax = 14 * 60;

function readDates(item: WxrItem, fields: StoryFields, { site, log }: FieldContext, notes: string[]): void {
  const field = (name: string): string => item.fields.get(name)?.trim() ?? '';
  const written = field('post_date');
  const published = dateOf(written, field('post_date_gmt'), site.timeZone) ?? readDate(field('pubDate'), site.timeZone);
  if (published) {
    fields.published = published;
    log.add('mapped', 'post_date', 'published', published.text);
  } else if (!isNoDate(written)) {
    log.add('dropped', 'post_date', '', written, 'not a date that exists');
    notes.push(`${written} is not a date that exists`);
  }
  const modified = dateOf(field('post_modified'), field('post_modified_gmt'), site.timeZone);
  if (!modified || !published) return;
  if (modified.instant > published.instant) {
    fields.updated = modified;
    log.add('mapped', 'post_modified', 'updated', modified.text);
  } else log.add('dropped', 'post_modified', '', modified.text, 'not after published');
}

const publicMeta =
  /^(?:_?members(?:_only|_access_role|hip)?|_?wc_memberships_.*|rcp_.*|_wpmem_block|_?restrict.*|_?pmpro.*|_?leaky_paywall.*|_?paywall.*|_?issuem_leaky_paywall.*|_jetpack_newsletter_access|_memberful.*|swpm.*|is_premium|premium_content)$/i;
const publicValues = new Set(['', '0', 'no', 'false', 'off', 'everybody', 'public', 'all', 'a:0:{}', 'none']);

function readStatus(item: WxrItem, fields: StoryFields, { log }: FieldContext): void {
  const status = item.fields.get('status')?.trim() || 'publish';
  const draft = (reason: string, from = 'status', value: string = status): void => {
    fields.draft ??= reason;
    log.add('mapped', from, 'draft', value);
  };
  if (status === 'future') {
    if (fields.published) {
      fields.embargo = fields.published;
      log.add('mapped', 'status', 'embargo', fields.published.text);
    } else draft('scheduled, but without a date');
  } else if (status !== 'publish' && status !== 'inherit' && status !== 'closed')
    draft(statusWords[status] ?? `the status is ${status}`);
  else log.add('dropped', 'status', '', status, 'says that the story is public');
  const password = item.fields.get('post_password')?.trim() ?? '';
  if (password !== '') draft('protected by a password', 'post_password', '…');
  for (const [key, value] of item.meta)
    if (publicMeta.test(key) && !publicValues.has(value.trim().toLowerCase()))
      draft(`only for members (${key})`, key, value);
}

const statusWords: Record<string, string> = {
  draft: 'a draft',
  pending: 'waiting for review',
  private: 'private',
  trash: 'in the trash',
  'auto-draft': 'a draft',
};

function readAddresses(item: WxrItem, fields: StoryFields, { log }: FieldContext, isOwn: boolean): void {
  const field = (name: string): string => item.fields.get(name)?.trim() ?? '';
  const link = field('link');
  const isPlain = /[?&](?:p|page_id|post_type)=/.test(link);
  // The link of a draft is not an address that readers know.
  if (link !== '' && !isPlain) {
    fields.addresses.push(link);
    log.add('mapped', 'link', 'aliases', link);
  }
  const id = field('post_id');
  if (!isOwn && id !== '' && /^\d+$/.test(id))
    fields.addresses.push(field('post_type') === 'page' ? `/?page_id=${id}` : `/?p=${id}`);
  const slug = field('post_name');
  for (const [key, value] of item.meta) {
    if (key === oldAddressMeta) fields.addresses.push(value);
    if (key !== '_wp_old_slug' || value === '' || isPlain || slug === '') continue;
    const old = link.replace(new RegExp(`/${slug.replace(/[^\w%-]/g, '\\$&')}(?=[/.]|$)`), `/${value}`);
    if (old !== link) {
      fields.addresses.push(old);
      log.add('mapped', '_wp_old_slug', 'aliases', value);
    }
  }
}

/** Fields of plugins and themes, by key. The first key that has a value applies. */
const texts: Record<'standfirst' | 'kicker' | 'dateline' | 'summary', RegExp> = {
  standfirst:
    /^_?(?:newspack_post_subtitle|(?:post_|article_)?sub_?(?:title|heading|head|headline)|wps_subtitle|deck?|dek|standfirst|article_deck)$/i,
  kicker: /^_?(?:kicker|eyebrow|overline|label|article_kicker|post_kicker)$/i,
  dateline: /^_?(?:dateline|article_dateline|post_dateline|location_dateline)$/i,
  summary:
    /^(?:_yoast_wpseo_metadesc|rank_math_description|_aioseop?_description|_genesis_description|_seopress_titles_desc|advanced_seo_description)$/i,
};

function readMeta(
  item: WxrItem,
  fields: StoryFields,
  { context, attachments, terms }: FieldSources,
  notes: string[],
): void {
  const { log } = context;
  const excerpt = fields.standfirst;
  const meta = new Map<string, string>();
  for (const [key, value] of item.meta) if (!meta.has(key)) meta.set(key, value.trim());
  const used = new Set<string>();
  const take = (pattern: RegExp): [string, string] | undefined => {
    for (const [key, value] of meta) {
      // ACF keeps the name of its own field under the same key with an underscore.
      if (!pattern.test(key) || value === '' || /^field_[0-9a-f]{8,}/.test(value)) continue;
      used.add(key);
      return [key, value];
    }
    return undefined;
  };
  for (const [to, pattern] of Object.entries(texts) as [keyof typeof texts, RegExp][]) {
    const found = take(pattern);
    const words = found ? htmlWords(found[1]) : '';
    // Yoast writes variables such as %%excerpt%%.
    if (!found || words === '' || words.includes('%%')) continue;
    if (to === 'standfirst' && excerpt !== undefined && excerpt !== words) fields.summary = excerpt;
    if (to === 'summary' && (words === fields.standfirst || fields.summary !== undefined)) continue;
    fields[to] = words;
    log.add('mapped', found[0], to, words);
  }
  const thumbnail = meta.get('_thumbnail_id');
  if (thumbnail !== undefined && thumbnail !== '' && thumbnail !== '0' && thumbnail !== '-1') {
    used.add('_thumbnail_id');
    const attachment = attachments.byId(thumbnail);
    if (attachment) {
      const own = take(
        /^_?(?:featured_image_credit|photo_credit|image_credit|credit|lead_image_credit|featured_media_credit)$/i,
      );
      const caption = take(/^_?(?:featured_image_caption|image_caption|lead_image_caption|fifc?_.*caption)$/i);
      fields.cover = {
        src: attachment.url,
        alt: attachment.alt,
        caption: caption ? htmlWords(caption[1]) : attachment.caption,
        credit: own ? htmlWords(own[1]) : attachment.credit,
      };
      log.add('mapped', '_thumbnail_id', 'lead', attachment.url);
      if (own) log.add('mapped', own[0], 'lead.credit', own[1]);
      if (caption) log.add('mapped', caption[0], 'lead.caption', caption[1]);
      if (attachment.alt) log.add('mapped', '_wp_attachment_image_alt', 'lead.alt', attachment.alt);
      if (attachment.caption && !caption)
        log.add('mapped', 'caption of the attachment', 'lead.caption', attachment.caption);
      if (attachment.credit && !own) log.add('mapped', '_media_credit', 'lead.credit', attachment.credit);
    } else {
      log.add('dropped', '_thumbnail_id', '', thumbnail, 'the export has no such attachment');
      notes.push(`the featured picture ${thumbnail} is not in the export`);
    }
  }
  const sponsor = take(/^_?(?:sponsor(?:_name|ed_by)?|sponsored_by|advertiser|paid_for_by)$/i);
  const sponsorName =
    sponsor && !/^\d+$|^(?:yes|true|on)$/i.test(sponsor[1]) ? htmlWords(sponsor[1]) : terms.sponsorOf(item);
  if (sponsorName) {
    const url = take(/^_?(?:sponsor_(?:url|link|website))$/i)?.[1];
    fields.own = { ...fields.own, sponsor: { name: sponsorName, ...(url && /^https?:\/\//.test(url) ? { url } : {}) } };
    log.add('mapped', sponsor?.[0] ?? 'sponsor', 'sponsor', sponsorName);
  }
  const correction = take(/^_?(?:corrections?(?:_text|_note)?|newspack_correction)$/i);
  const day = (fields.updated ?? fields.published)?.text;
  if (correction && day !== undefined && /\p{L}/u.test(correction[1])) {
    const when = take(/^_?corrections?_date$/i)?.[1];
    const read = when === undefined ? undefined : readDate(when, context.site.timeZone)?.text;
    addCorrection(fields, { date: read ?? day, type: 'correction', text: htmlWords(correction[1]) });
    log.add('mapped', correction[0], 'corrections', correction[1]);
  }
  for (const [key, value] of meta) {
    if (used.has(key) || key === '_wp_old_slug' || key === oldAddressMeta || key === ownMetaName) continue;
    if (publicMeta.test(key)) continue;
    if (value === '' || /^field_[0-9a-f]{8,}/.test(value)) continue;
    log.add(
      'dropped',
      key.startsWith('_') ? internalOf(key) : key,
      '',
      value,
      key.startsWith('_') ? 'internal to WordPress or a plugin' : 'a story has no such field',
    );
  }
}

/** Plugins number some of their keys. */
const internalOf = (key: string): string => key.replace(/[0-9a-f]{12,}|\d+/g, 'N').slice(0, 60);

export function addCorrection(fields: StoryFields, correction: Correction): void {
  const known = (fields.own?.corrections as Correction[] | undefined) ?? [];
  fields.own = { ...fields.own, corrections: [...known, correction] };
}
