import { isWebAddress } from '../site/link-address.ts';
import { readDate } from '../site/read-date.ts';
import type { Site } from '../site/site.ts';
import { localDay } from '../site/zone.ts';
import { partsOf } from './address-parts.ts';
import { addressOf, besides, isBeside, isReserved, placeOf } from './addresses.ts';
import { type StoryFields, sectionOf } from './fields.ts';
import { addressKey, cleanAddress, type FileName, readFileName, slugFor } from './old-address.ts';
import { folderOf } from './own-place.ts';
import { fillPattern } from './permalink.ts';
import { compare, type FieldLog, type Receipt } from './receipt.ts';
import { leaveOutBlanks, leaveOutTooLong } from './story-fields.ts';
import { linkTranslations } from './translations.ts';

/** An item of the archive whose fields were read. */
export interface SourceStory {
  /** Identifies it in the archive. */
  key: string;
  /** Shown to people, and the order in which names are given. Of a folder: relative, with forward slashes. */
  file: string;
  /** Defaults to what `file` says. */
  name?: FileName;
  /** It becomes a standing page. */
  isPage?: boolean;
  fields: StoryFields;
  /** The text of the first heading of the body. */
  heading?: string;
}

/** A story for which everything except its body is decided. */
export interface PlannedStory extends SourceStory {
  headline: string;
  /** The path under `content/stories`, as in `story:` links. Of a standing page: its address, such as `/about/`. */
  story: string;
  aliases: string[];
  /** Where it is on the new site. */
  address: string;
  /** Where it was on the old site, if that is known. Links in it begin there. */
  oldAddress?: string;
  /** The story that it translates. */
  translationOf?: string;
  draft?: string;
}

export interface PlanOptions {
  site: Site;
  /** Patterns of old addresses. Links use the first one. */
  permalinks: string[];
  /** The hosts of the old site. */
  originHosts?: readonly string[];
  /** The time zone in which the old site counted days. */
  sourceZone?: string;
  /** The section of stories that name none. */
  section?: string;
  /** Stories that already exist in the newsroom. */
  existing: readonly string[];
  /** Standing pages that already exist in the newsroom. */
  pages: readonly string[];
  /** Addresses of files in `public/`. */
  taken: readonly string[];
  /** Redirects of the old site. */
  redirects: readonly { from: string; to: string }[];
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
  /** What has an address on the new site, in words, or undefined. */
  holderOf(address: string): string | undefined;
  /** Redirects of the old site to something that is not a story of this archive. */
  redirectsLeft: { from: string; to: string; reason: string }[];
}

/**
 * Decides the path, the defaults, and the old addresses of every story. The result depends only on the arguments, and
 * not on the order of the files, so that repeating an import decides the same.
 */
export function planStories(sources: readonly SourceStory[], options: PlanOptions): Plan {
  const { site, log } = options;
  const plan: Plan = {
    stories: [],
    byAddress: new Map(),
    byFile: new Map(),
    renamed: [],
    addressesDropped: [],
    redirectsLeft: [],
    holderOf: (address) => addresses.get(placeOf(address)),
  };
  // The original of a story gets its name before its translations.
  const ordered = [...sources].sort((a, b) => isVersion(a) - isVersion(b) || compare(a.file, b.file));
  const names = new Map(options.existing.map((name) => [name.toLowerCase(), name]));
  const existingPages = new Set(options.pages.map((name) => name.toLowerCase()));
  const ownPages = new Set(ordered.filter(({ isPage }) => isPage).map((source) => pageSlug(source).toLowerCase()));
  const addresses = new Map(options.taken.map((address) => [placeOf(address), inNewsroom]));
  // A page that an earlier import wrote is not in the way of this import. This is checked when it is written.
  for (const name of options.pages)
    if (!ownPages.has(name.toLowerCase())) addresses.set(placeOf(`/${name}/`), inNewsroom);
  const given = new Set<string>();
  const wanted: { planned: PlannedStory; old: string[] }[] = [];
  // The first redirect of an address counts, as on a host.
  const redirectTo = new Map([...options.redirects].reverse().map(({ from, to }) => [from, to]));

  for (const source of ordered) {
    const { fields, file } = source;
    leaveOutBlanks(fields);
    leaveOutTooLong(fields, log);
    const name = source.name ?? readFileName(file);
    if (fields.published === undefined && name.date !== undefined) {
      fields.published = readDate(name.date, site.timeZone);
      if (fields.published)
        log.add('defaulted', '', 'published', fields.published.text, name.dateFrom ?? 'from the file name');
    }
    let headline = fields.headline;
    if (headline === undefined) {
      headline = source.heading ?? (name.slug.replace(/[-_]+/g, ' ').trim() || 'Untitled');
      log.add('defaulted', '', 'headline', headline, source.heading ? 'from the first heading' : 'from the file name');
    }
    let draft = fields.draft;
    if (draft === undefined && /(?:^|\/)_drafts\//.test(file)) draft = 'in the folder _drafts';
    if (draft === undefined && fields.published === undefined && !source.isPage)
      draft = 'no date in the front matter or in the file name';
    if (draft !== undefined && fields.draft === undefined) log.add('defaulted', '', 'draft', 'true', draft);
    if (fields.section === undefined && !source.isPage) {
      const folder = name.folders.map((part) => sectionOf(part, site)).find((section) => section !== undefined);
      fields.section = folder ?? options.section ?? site.sections[0]?.id;
      const why = folder ? 'from the folder' : options.section ? 'by --section' : 'first in site.yaml';
      if (fields.section !== undefined) log.add('defaulted', '', 'section', fields.section, why);
    }

    const day = fields.published && localDay(fields.published.instant, site.timeZone);
    const {
      story,
      wanted: asked,
      reason,
    } = source.isPage ? placePage(source) : placeStory(source, name, headline, day);
    if (reason) plan.renamed.push({ file, wanted: asked, got: story, reason });
    plan.byFile.set(file, story);
    const address = source.isPage ? story : addressOf(site, story, day, fields.section);
    const planned: PlannedStory = { ...source, headline, story, address, aliases: [], draft };
    plan.stories.push(planned);

    const parts = partsOf(source, name, headline, options.sourceZone);
    const own = fields.address?.includes('{{') || fields.address?.includes('{%') ? undefined : fields.address;
    if (fields.address !== undefined && own === undefined)
      plan.addressesDropped.push({
        file,
        address: fields.address,
        reason: 'a template, which only the old generator can evaluate',
      });
    const filled =
      own === undefined
        ? patternsOf(options.permalinks, fields.pattern).map((pattern) => fillPattern(pattern, parts))
        : [isWebAddress(own) ? own : fillPattern(own.replace(/[{}]/g, ''), parts)];
    if (filled.includes(undefined))
      plan.addressesDropped.push({
        file,
        address: own ?? options.permalinks.join(' '),
        reason: 'a part of the pattern has no value',
      });
    const found = filled.find((address) => address !== undefined);
    const first = found !== undefined && isWebAddress(found) ? new URL(found).pathname : found;
    const further = fields.addresses.map((address) =>
      /^(?:\/|[a-z]+:)/i.test(address) ? address : besides(address, first ?? '/'),
    );
    wanted.push({ planned, old: [...filled.filter((address) => address !== undefined), ...further] });
  }

  linkTranslations(plan.stories, site.language);

  // Aliases come second, because they must not take the address of any story, whatever its file name is.
  for (const { planned, old } of wanted) for (const raw of old) addAlias(planned, raw);
  const byStory = new Map(plan.stories.map((planned) => [planned.story, planned]));
  for (const { from, to } of options.redirects) {
    const target = targetOf(to);
    const planned = target === undefined ? undefined : byStory.get(target);
    if (planned) addAlias(planned, from);
    else plan.redirectsLeft.push({ from, to, reason: 'it does not lead to anything in this archive' });
  }
  return plan;

  /** Each turn tries another name. Every name is used once at most, so one of the next is free. */
  function turnsMaxNow(): number {
    return names.size + addresses.size + 3;
  }

  function placeStory(
    { file, fields }: SourceStory,
    name: FileName,
    headline: string,
    day: string | undefined,
  ): { story: string; wanted: string; reason: string } {
    const lastOfSlug = fields.slug?.split('/').filter(Boolean).at(-1);
    const slug = slugFor(lastOfSlug ?? '') || slugFor(name.slug) || slugFor(headline) || 'story';
    const folder = folderOf(fields.place, day);
    let story = `${folder}/${slug}`;
    let reason = '';
    const turnsMax = turnsMaxNow();
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
    names.set(story.toLowerCase(), story);
    given.add(story);
    return { story, wanted: `${folder}/${slug}`, reason };
  }

  function placePage(source: SourceStory): { story: string; wanted: string; reason: string } {
    const slug = pageSlug(source);
    let story = `/${slug}/`;
    let reason = '';
    const turnsMax = turnsMaxNow();
    for (let number = 2; ; number++) {
      if (number > turnsMax) throw new Error(`no free address for ${source.file} after ${turnsMax} tries`);
      const isOwn = existingPages.has(story.slice(1, -1).toLowerCase()) && !given.has(story.toLowerCase());
      if (isReserved(story, site)) reason ||= `${story} is reserved for the site itself`;
      else if (addresses.has(placeOf(story)) && !(isOwn && addresses.get(placeOf(story)) === inNewsroom))
        reason ||= `${story} is the address of ${addresses.get(placeOf(story))}`;
      else break;
      story = `/${slug}-${number}/`;
    }
    addresses.set(placeOf(story), story);
    given.add(story.toLowerCase());
    return { story, wanted: `/${slug}/`, reason };
  }

  function addAlias(planned: PlannedStory, raw: string): void {
    const alias = cleanAddress(raw, options.originHosts);
    const drop = (reason: string) => plan.addressesDropped.push({ file: planned.file, address: raw, reason });
    if (alias === undefined) {
      drop('not an address on the old site');
      return;
    }
    planned.oldAddress ??= alias;
    const key = addressKey(alias);
    const fold = placeOf(alias);
    const holder = addresses.get(fold);
    if (holder === planned.story) {
      // Its current address, or a duplicate; or one that differs only in letter case or by index.html, which the lists of
      // redirects can have.
      if (isBeside(planned, alias)) planned.aliases.push(alias);
      if (!plan.byAddress.has(key)) plan.byAddress.set(key, planned.story);
    } else if (holder !== undefined) drop(`already used by ${holder}`);
    else if (isReserved(alias, site)) drop('reserved for the site itself');
    else {
      addresses.set(fold, planned.story);
      planned.aliases.push(alias);
      if (!plan.byAddress.has(key)) plan.byAddress.set(key, planned.story);
    }
  }

  /** Follows redirects to redirects. */
  function targetOf(to: string): string | undefined {
    let at = to;
    for (let hops = 0; hops <= options.redirects.length; hops++) {
      const address = cleanAddress(at, options.originHosts);
      const found = address === undefined ? undefined : plan.byAddress.get(addressKey(address));
      if (found !== undefined) return found;
      const next = redirectTo.get(at);
      if (next === undefined || hops >= hopsMax) return undefined;
      at = next;
    }
    return undefined;
  }
}

const isVersion = ({ fields }: SourceStory): number => (fields.isOriginal === false ? 1 : 0);

const patternsOf = (given: readonly string[], own: string | undefined): readonly string[] =>
  given.length > 0 || own === undefined ? given : [own];

const hopsMax = 10;
const inNewsroom = 'a page or file in the newsroom';

const pageSlug = ({ fields, name, file }: SourceStory): string =>
  slugFor(fields.slug?.split('/').filter(Boolean).at(-1) ?? '') ||
  slugFor((name ?? readFileName(file)).slug) ||
  slugFor(fields.headline ?? '') ||
  'page';
