import { foldAddress, reservedSegments } from '../site/address.ts';
import { readDate } from '../site/read-date.ts';
import type { Site } from '../site/site.ts';
import { slugify } from '../site/slug.ts';
import { localDay } from '../site/zone.ts';
import { type StoryFields, sectionOf } from './fields.ts';
import { addressKey, cleanAddress, fillPattern, readFileName, slugFor } from './old-address.ts';
import { compare, type FieldLog, type Receipt } from './receipt.ts';

/** A source file whose front matter was read. */
export interface SourceStory {
  /** Relative to the source folder, with forward slashes. */
  file: string;
  fields: StoryFields;
  /** The text of the first heading of the body. */
  heading?: string;
}

/** A story for which everything except its body is decided. */
export interface PlannedStory extends SourceStory {
  headline: string;
  /** The path under `content/stories`, as in `story:` links. */
  story: string;
  aliases: string[];
  draft?: string;
}

export interface PlanOptions {
  site: Site;
  /** Patterns of old addresses. Links use the first one. */
  permalinks: string[];
  originHost?: string;
  /** The section of stories that name none. */
  section?: string;
  /** Stories that already exist in the newsroom. */
  existing: readonly string[];
  /** Addresses of standing pages and of files in `public/`. */
  taken: readonly string[];
  log: FieldLog;
}

export interface Plan {
  stories: PlannedStory[];
  /** `addressKey` of every old address → story. */
  byAddress: Map<string, string>;
  /** Source file → story. */
  byFile: Map<string, string>;
  renamed: Receipt['renamed'];
  addressesDropped: Receipt['addressesDropped'];
}

/**
 * Decides the path, the defaults, and the old addresses of every story. The result depends only on the arguments, and
 * not on the order of the files, so that repeating an import decides the same.
 */
export function planStories(sources: readonly SourceStory[], options: PlanOptions): Plan {
  const { site, log } = options;
  const plan: Plan = { stories: [], byAddress: new Map(), byFile: new Map(), renamed: [], addressesDropped: [] };
  const names = new Map(options.existing.map((name) => [name.toLowerCase(), name]));
  const addresses = new Map(options.taken.map((address) => [placeOf(address), 'a page or file in the newsroom']));
  const given = new Set<string>();
  const ordered = [...sources].sort((a, b) => compare(a.file, b.file));
  const wanted: { planned: PlannedStory; old: string[] }[] = [];

  for (const source of ordered) {
    const { fields, file } = source;
    const name = readFileName(file);
    if (fields.published === undefined && name.date !== undefined) {
      fields.published = readDate(name.date, site.timeZone);
      if (fields.published) log.add('defaulted', '', 'published', fields.published.text, 'from the file name');
    }
    let headline = fields.headline;
    if (headline === undefined) {
      headline = source.heading ?? (name.slug.replace(/[-_]+/g, ' ').trim() || 'Untitled');
      log.add('defaulted', '', 'headline', headline, source.heading ? 'from the first heading' : 'from the file name');
    }
    let draft = fields.draft;
    if (draft === undefined && /(?:^|\/)_drafts\//.test(file)) draft = 'in the folder _drafts';
    if (draft === undefined && fields.published === undefined)
      draft = 'no date in the front matter or in the file name';
    if (draft !== undefined && fields.draft === undefined) log.add('defaulted', '', 'draft', 'true', draft);
    if (fields.section === undefined) {
      const folder = name.folders.map((part) => sectionOf(part, site)).find((section) => section !== undefined);
      fields.section = folder ?? options.section ?? site.sections[0]?.id;
      if (fields.section !== undefined)
        log.add(
          'defaulted',
          '',
          'section',
          fields.section,
          folder ? 'from the folder' : options.section ? 'by --section' : 'first in site.yaml',
        );
    }

    const lastOfSlug = fields.slug?.split('/').filter(Boolean).at(-1);
    const slug = slugFor(lastOfSlug ?? '') || slugFor(name.slug) || slugFor(headline) || 'story';
    const day = fields.published && localDay(fields.published.instant, site.timeZone);
    const folder = day ? `${day.slice(0, 4)}/${day.slice(5, 7)}` : 'undated';
    let story = `${folder}/${slug}`;
    let reason = '';
    // Each turn tries another name. Every name is used once at most, so one of the next is free.
    const turnsMax = names.size + addresses.size + 3;
    for (let number = 2; ; number++) {
      if (number > turnsMax) throw new Error(`no free name for ${file} after ${turnsMax} tries`);
      const address = addressOf(site, story, day, fields.section);
      const existing = names.get(story.toLowerCase());
      // A story with exactly this name may have been written by an earlier import. This is checked when it is written.
      const isOwn = existing === story && !given.has(story);
      if (existing !== undefined && !isOwn)
        reason ||= existing === story ? 'another story has the same name' : `differs from ${existing} only in case`;
      else if (isReserved(address, site)) reason ||= `${address} is reserved for the site itself`;
      else if (addresses.has(placeOf(address)))
        reason ||= `${address} is the address of ${addresses.get(placeOf(address))}`;
      else {
        addresses.set(placeOf(address), story);
        break;
      }
      // `part-2` can be a page of a list, and so can `part-3`, so a reserved name needs another word.
      story = `${folder}/${slug}${isReserved(address, site) ? '-story' : ''}-${number}`;
    }
    if (reason) plan.renamed.push({ file, wanted: `${folder}/${slug}`, got: story, reason });
    names.set(story.toLowerCase(), story);
    given.add(story);
    plan.byFile.set(file, story);
    const planned: PlannedStory = { ...source, headline, story, aliases: [], draft };
    plan.stories.push(planned);

    const parts = {
      yyyy: day?.slice(0, 4),
      mm: day?.slice(5, 7),
      dd: day?.slice(8, 10),
      slug: fields.slug ?? name.slug,
      path: name.path,
      name: name.name,
      section: fields.category === undefined ? name.folders[0] : slugify(fields.category),
    };
    const own = fields.address?.includes('{{') || fields.address?.includes('{%') ? undefined : fields.address;
    if (fields.address !== undefined && own === undefined)
      plan.addressesDropped.push({
        file,
        address: fields.address,
        reason: 'a template, which only the old generator can evaluate',
      });
    const filled =
      own === undefined
        ? options.permalinks.map((pattern) => fillPattern(pattern, parts))
        : [fillPattern(own.replace(/[{}]/g, ''), parts)];
    if (filled.includes(undefined))
      plan.addressesDropped.push({
        file,
        address: own ?? options.permalinks.join(' '),
        reason: 'a part of the pattern has no value',
      });
    const first = filled.find((address) => address !== undefined);
    const further = fields.addresses.map((address) =>
      /^(?:\/|[a-z]+:)/i.test(address) ? address : besides(address, first ?? '/'),
    );
    wanted.push({ planned, old: [...filled.filter((address) => address !== undefined), ...further] });
  }

  // Aliases come second, because they must not take the address of any story, whatever its file name is.
  for (const { planned, old } of wanted)
    for (const raw of old) {
      const alias = cleanAddress(raw, options.originHost);
      const drop = (reason: string) => plan.addressesDropped.push({ file: planned.file, address: raw, reason });
      if (alias === undefined) {
        drop('not an address on the old site');
        continue;
      }
      const key = addressKey(alias);
      const fold = placeOf(alias);
      const holder = addresses.get(fold);
      if (holder === planned.story) {
        // Its current address, or a duplicate.
        if (!plan.byAddress.has(key)) plan.byAddress.set(key, planned.story);
      } else if (holder !== undefined) drop(`already used by ${holder}`);
      else if (isReserved(alias, site)) drop('reserved for the site itself');
      else {
        addresses.set(fold, planned.story);
        planned.aliases.push(alias);
        if (!plan.byAddress.has(key)) plan.byAddress.set(key, planned.story);
      }
    }
  return plan;
}

/** `/a`, `/a/`, and `/A/index.html` cannot coexist on every file system and host. */
const placeOf = (address: string): string => foldAddress(address).replace(/(?:^|\/)index\.html$/, '');

/** Hugo resolves an alias without a leading slash from the folder of the page. */
function besides(address: string, page: string): string {
  const folder = page.replace(/\/$/, '').replace(/[^/]*$/, '');
  return `${folder.startsWith('/') ? folder : '/'}${address}`;
}

/** The same decision as in `story/derive.ts`. */
function addressOf(site: Site, story: string, day: string | undefined, section: string | undefined): string {
  const parts: Record<string, string | undefined> = {
    yyyy: day?.slice(0, 4),
    mm: day?.slice(5, 7),
    dd: day?.slice(8, 10),
    slug: story.split('/').at(-1),
    section,
  };
  return site.permalink.replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? 'undated');
}

/** Whether an address is, or could become, one of the pages that the site itself creates. */
export function isReserved(address: string, site: Site): boolean {
  const [first = '', ...rest] = address.toLowerCase().split('/').filter(Boolean);
  if (first === '' || reservedSegments.includes(first) || /^sitemap-.*\.xml$/.test(first)) return true;
  const isPeriod = (parts: string[]): boolean =>
    parts.length <= 3 &&
    /^\d{4}$/.test(parts[0] ?? '') &&
    /^(?:\d\d|part-\d+)?$/.test(parts[1] ?? '') &&
    /^(?:part-\d+)?$/.test(parts[2] ?? '');
  if (isPeriod([first, ...rest])) return true;
  if (!site.sections.some((section) => section.id.toLowerCase() === first)) return false;
  return rest.length === 0 || rest[0] === 'feed.xml' || isPeriod(rest);
}
