import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Site } from '../site/site.ts';
import { ChangeLog } from './change-log.ts';
import { collectGarbage } from './collect-garbage.ts';
import { convertBodyOf } from './convert.ts';
import type { ConvertedStory, ConvertTools } from './converted.ts';
import { faultOf, isDiskError } from './fault.ts';
import { Downloads, type FetchOptions } from './fetch/downloads.ts';
import { fetchPictures } from './fetch-pictures.ts';
import { Kept } from './kept.ts';
import { existingPages, existingStories, ImportRecord, publicAddresses, readSite } from './newsroom.ts';
import { openSource } from './open-source.ts';
import { importOwn, isOwnNewsroom, ownSource } from './own-newsroom.ts';
import { languagesOf } from './permalink.ts';
import { PictureShelf } from './picture-shelf.ts';
import { type PlannedStory, planStories, type SourceStory } from './plan.ts';
import { compare, FieldLog, type Receipt } from './receipt.ts';
import { type StoryView, viewStory } from './receipt-page/story-view.ts';
import { ImportError, type ItemBody, isBroken, type Source, type SourceFacts, type SourceKind } from './source.ts';
import { isWithin } from './source-folder.ts';
import { writeFacts } from './write-facts.ts';
import { placeOf, printItem, StoryWriter } from './write-story.ts';

export { ImportError } from './source.ts';

export interface ImportOptions {
  /** The file or folder of the archive, as a complete path. */
  source: string;
  /** The newsroom, as a complete path. It contains `content/site.yaml`. */
  site: string;
  /** The cache folder of the newsroom. Defaults to `.broadsheet` in the newsroom. */
  cache?: string;
  /** The address of the old site, such as `https://old.example`. */
  origin?: string;
  /** Patterns of old addresses, such as `/blog/{path}/`. */
  permalinks: string[];
  /** The section of stories that name none. Defaults to the first in site.yaml. */
  section?: string;
  /** The folder of pictures whose addresses begin at the root, as a complete path. */
  publicFolder?: string;
  /** The folder of pictures for the captions of a plain text, as a complete path. */
  pictures?: string;
  /** Whether tracked changes of documents become part of the text. Defaults to `accept`. */
  trackedChanges?: 'accept' | 'reject';
  /** Category, as a slug → the id of a section, `topic`, or `none`. */
  categories?: ReadonlyMap<string, string>;
  /** Key of a story → keys of the archive. */
  map?: ReadonlyMap<string, readonly string[]>;
  /** Overwrite stories that were edited since they were imported. */
  force?: boolean;
  /** Decide and count everything, but write nothing. */
  dryRun: boolean;
  /** Downloads pictures that are not in the archive, from hosts that the newsroom owns. */
  fetch?: FetchOptions;
  /** Called for each story that is in the newsroom after the import, with its old text beside the new one. */
  onStory?(view: StoryView): void;
  /**
   * @param done items, of `total` if that is known. Reading comes before converting
   * @param bytes that were downloaded, if the items are files to download
   */
  onProgress?(phase: ImportPhase, done: number, total: number | undefined, bytes?: number): void;
}

export type ImportPhase = 'reading' | 'looking for pictures' | 'downloading' | 'converting';

/** After so many stories, an interrupted import can be continued without a loss. */
const recordEvery = 500;

/** Imports a folder of Markdown files. See `importArchive`. */
export const importMarkdown = (options: ImportOptions): Promise<Receipt> => importArchive('markdown', options);

/**
 * Imports an archive as stories of a newsroom. Repeating an import would write the same bytes, so it writes nothing. A
 * story that already existed, or that has been edited since, is left as it is.
 *
 * No item can stop the others: what cannot be imported is skipped, with its reason and a copy.
 *
 * @returns what was done with every item, field, link, and picture
 * @throws {ImportError} no such archive, not a newsroom, no such section
 * @throws {ProblemsError} site.yaml is not valid
 * @throws disk errors while writing. Written files are complete, and repeating the import continues
 */
export async function importArchive(kind: SourceKind, options: ImportOptions): Promise<Receipt> {
  if (!existsSync(options.source)) throw new ImportError(`There is no file or folder ${options.source}.`);
  const site = await readSite(options.site, options.section);
  if (isWithin(options.source, join(options.site, 'content')))
    throw new ImportError(`${options.source} is inside the newsroom's own content, so there is nothing to import.`);
  for (const [category, meaning] of options.categories ?? [])
    if (meaning !== 'topic' && meaning !== 'none' && !site.sections.some(({ id }) => id === meaning))
      throw new ImportError(
        `--category ${category}=${meaning}: content/site.yaml has no section "${meaning}". Write the id of a section, topic, or none. The sections are: ${site.sections.map(({ id }) => id).join(', ') || 'none'}.`,
      );
  if (kind === 'markdown' && isOwnNewsroom(options.source)) return await importFromOwn(site, options);
  const log = new FieldLog();
  const except = ['content', 'dist', '.broadsheet'].map((name) => join(options.site, name));
  const source = await openSource(kind, {
    source: options.source,
    except,
    publicFolder: options.publicFolder,
    pictures: options.pictures,
    trackedChanges: options.trackedChanges,
    map: options.map,
    context: {
      site,
      originHost: options.origin === undefined ? undefined : new URL(options.origin).host,
      categories: options.categories,
      log,
    },
  });
  try {
    return await importFrom(source, site, options, log);
  } finally {
    await source.close?.();
  }
}

/** Imports an export of Broadsheet, or another newsroom. */
async function importFromOwn(site: Site, options: ImportOptions): Promise<Receipt> {
  if (isWithin(options.source, options.site) && isWithin(options.site, options.source))
    throw new ImportError(`${options.source} is the newsroom itself, so there is nothing to import.`);
  const source = ownSource(options.source);
  const receipt = emptyReceipt(source, options);
  return await importOwn(site, options, receipt, skipInto(receipt, source, options));
}

/** Records what was not imported, and keeps a copy of it. */
function skipInto(receipt: Receipt, source: Source, options: ImportOptions) {
  const cache = options.cache ?? join(options.site, '.broadsheet');
  const kept = options.dryRun ? undefined : new Kept(cache, source);
  return async (key: string | undefined, file: string, reason: string): Promise<void> => {
    const copy = await kept?.keep(key, file);
    receipt.skipped.push({ file, reason, ...(copy === undefined ? {} : { kept: relativeTo(options.site, copy) }) });
  };
}

/** Imports what a source yields. @param log the one that the source was given */
export async function importFrom(source: Source, site: Site, options: ImportOptions, log: FieldLog): Promise<Receipt> {
  const cache = options.cache ?? join(options.site, '.broadsheet');
  const receipt = emptyReceipt(source, options);
  const skip = skipInto(receipt, source, options);

  const items: SourceStory[] = [];
  for await (const item of untilFault(source.items(), basename(options.source))) {
    receipt.files.in++;
    options.onProgress?.('reading', receipt.files.in, undefined);
    if (receipt.files.in % recordEvery === 0) collectGarbage();
    if ('isFault' in item) await skip(undefined, item.where, item.reason);
    else if (isBroken(item)) await skip(item.key, item.where, item.reason);
    else {
      const { where, notes, ...rest } = item;
      for (const note of notes ?? []) receipt.notes.push({ file: where, note });
      items.push({ ...rest, file: where });
    }
  }
  const facts: SourceFacts = source.facts?.() ?? {};
  receipt.notes.push(...(facts.notes ?? []));
  if (facts.counts) receipt.types = facts.counts;
  const originText = options.origin ?? facts.origin;
  const origin = originText !== undefined && URL.canParse(originText) ? new URL(originText) : undefined;
  const permalinks = options.permalinks.length > 0 ? options.permalinks : (facts.permalinks ?? []);

  const existing = { stories: existingStories(options.site), pages: existingPages(options.site) };
  const plan = planStories(items, {
    site,
    permalinks,
    originHost: origin?.host,
    sourceZone: facts.timeZone,
    section: options.section,
    existing: [...existing.stories.keys()],
    pages: [...existing.pages.keys()],
    taken: publicAddresses(options.site),
    redirects: facts.redirects ?? [],
    log,
  });
  receipt.renamed = plan.renamed;
  receipt.addressesDropped = plan.addressesDropped;
  receipt.redirectsLeft = plan.redirectsLeft;

  const downloads = new Downloads(join(cache, 'import/fetched'), options.fetch);
  const shelf = new PictureShelf(
    source.folder,
    options.publicFolder,
    origin,
    (url) => source.pictureFiles?.(url) ?? [],
    () => source.unpackedFolder,
    downloads,
  );
  const tools: ConvertTools = {
    shelf,
    map: { byAddress: plan.byAddress, byFile: plan.byFile, languages: languagesOf(permalinks), origin },
  };
  const record = new ImportRecord(options.site);
  const changeLog = new ChangeLog(receipt, options.dryRun ? undefined : cache);
  const writer = new StoryWriter({ ...options, existing, record, receipt, changeLog });
  if (options.fetch && !options.dryRun) await fetchPictures(source, plan.stories, tools, downloads, options);
  const waiting = new Map(plan.stories.map((planned) => [planned.key, planned]));
  const total = waiting.size;
  let fault = 'it was no longer there when its text was read';
  for await (const body of untilFault(source.bodies(new Set(waiting.keys())), '')) {
    if ('isFault' in body) {
      fault = body.reason;
      break;
    }
    const planned = waiting.get(body.key);
    if (!planned) continue;
    waiting.delete(body.key);
    const done = total - waiting.size;
    options.onProgress?.('converting', done, total);
    await takeIn(planned, body);
    if (done % recordEvery !== 0) continue;
    collectGarbage();
    if (!options.dryRun) await record.write();
  }
  for (const planned of waiting.values()) await skip(planned.key, planned.file, fault);

  await writeFacts(facts, { site: options.site, cache, dryRun: options.dryRun, receipt });
  for (const { file, kind } of facts.files ?? []) {
    if (kind === 'not-understood') receipt.others.notUnderstood.push(file);
    else if (kind === 'generator') receipt.others.generator++;
    else receipt.others[shelf.isUsed(join(source.folder, file)) ? 'used' : 'unused'].push(file);
  }
  receipt.files.skipped = receipt.skipped.length;
  if (options.fetch) receipt.fetched = downloads.lines();
  receipt.fields = log.lines();
  changeLog.finish();
  for (const list of [receipt.skipped, receipt.notes]) list.sort((a, b) => compare(a.file, b.file));
  for (const list of [receipt.changes, receipt.stories, receipt.drafts]) list.sort((a, b) => compare(a.file, b.file));
  if (!options.dryRun) await record.write();
  return receipt;

  /** Nothing that goes wrong here may stop the other items, except a disk that refuses everything. */
  async function takeIn(planned: PlannedStory, body: ItemBody): Promise<void> {
    try {
      if (body.kind === 'broken') return await skip(planned.key, planned.file, body.reason);
      const converted = await convertBodyOf(planned, body, tools);
      if ('reason' in converted) return await skip(planned.key, planned.file, converted.reason);
      const text = printItem(planned, converted);
      const refused = await writer.write(planned, converted, text);
      if (!refused && options.onStory) options.onStory(viewOf(planned, body, converted, text));
      // The archive still has what was not written because of a story that is already there.
      if (refused) await skip(refused.isTaken ? undefined : planned.key, planned.file, refused.reason);
    } catch (error) {
      if (error instanceof ImportError || isDiskError(error)) throw error;
      await skip(planned.key, planned.file, faultOf(error));
    }
  }
}

function viewOf(
  planned: PlannedStory,
  body: Exclude<ItemBody, { kind: 'broken' }>,
  converted: ConvertedStory,
  text: string,
): StoryView {
  const { file, headline, draft } = planned;
  const { changes, notes, format } = converted;
  return viewStory({ file, path: placeOf(planned, format), headline, draft, changes, notes }, body, text);
}

/** What a source yields. If the source itself fails, the last value is that fault, and what came before it counts. */
async function* untilFault<T>(
  values: AsyncIterable<T>,
  where: string,
): AsyncGenerator<T | { where: string; reason: string; isFault: true }> {
  try {
    yield* values;
  } catch (error) {
    if (error instanceof ImportError || isDiskError(error)) throw error;
    yield { where, isFault: true, reason: `from here on, the archive could not be read: ${faultOf(error)}` };
  }
}

const emptyReceipt = (source: Source, options: ImportOptions): Receipt => ({
  kind: source.kind,
  source: options.source,
  options: {
    origin: options.origin,
    permalinks: options.permalinks,
    section: options.section,
    dryRun: options.dryRun,
  },
  files: { in: 0, stories: 0, pages: 0, drafts: 0, skipped: 0, written: 0, unchanged: 0 },
  pictures: { copied: 0, unchanged: 0 },
  fields: [],
  counts: {},
  changes: [],
  skipped: [],
  drafts: [],
  renamed: [],
  addressesDropped: [],
  redirectsLeft: [],
  authors: { written: [], unchanged: [] },
  others: { used: [], unused: [], generator: 0, notUnderstood: [] },
  notes: [],
  stories: [],
});

const relativeTo = (folder: string, path: string): string =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
