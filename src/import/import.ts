import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Site } from '../site/site.ts';
import { ChangeLog } from './change-log.ts';
import { collectGarbage } from './collect-garbage.ts';
import { convertBodyOf } from './convert.ts';
import type { ConvertedStory, ConvertTools } from './converted.ts';
import { countFiles, privateIn } from './count-files.ts';
import { DocumentShelf } from './documents/document-shelf.ts';
import { PublicFiles } from './documents/public-files.ts';
import { emptyReceipt } from './empty-receipt.ts';
import { faultOf, isDiskError } from './fault.ts';
import { feedRedirectsOf } from './feed-redirects.ts';
import { Downloads } from './fetch/downloads.ts';
import { fetchPictures } from './fetch-pictures.ts';
import type { ImportOptions } from './import-options.ts';
import { Kept } from './kept.ts';
import { existingPages, existingStories, ImportRecord, publicAddresses, readSite } from './newsroom.ts';
import { openSource } from './open-source.ts';
import { basesOf, originsOf } from './own-hosts.ts';
import { importOwn, isOwnNewsroom, ownSource } from './own-newsroom.ts';
import { languagesOf } from './permalink.ts';
import { PictureShelf } from './picture-shelf.ts';
import { type PlannedStory, planStories, type SourceStory } from './plan.ts';
import { compare, FieldLog, type Receipt } from './receipt.ts';
import type { ImportedStory } from './receipt-page/story-view.ts';
import { ShortcodeLog } from './shortcode-log.ts';
import { ImportError, type ItemBody, isBroken, type Source, type SourceFacts, type SourceKind } from './source.ts';
import { SourceFiles } from './source-files.ts';
import { isWithin } from './source-folder.ts';
import { dropTakenIds, existingIds } from './taken-ids.ts';
import { untilFault } from './until-fault.ts';
import { writeFacts } from './write-facts.ts';
import { placeOf, printItem, StoryWriter } from './write-story.ts';

export type { ImportOptions, ImportPhase } from './import-options.ts';
export { ImportError } from './source.ts';

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
      originHosts: options.origin === undefined ? undefined : originsOf(options.origin).map(({ host }) => host),
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
    log.endItem('isPage' in item && item.isPage === true);
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
  const origins = originsOf(options.origin, facts.origin);
  const permalinks = options.permalinks.length > 0 ? options.permalinks : (facts.permalinks ?? []);

  const existing = { stories: existingStories(options.site), pages: existingPages(options.site) };
  const taken = publicAddresses(options.site);
  const plan = planStories(items, {
    site,
    permalinks,
    originHosts: origins.map(({ host }) => host),
    sourceZone: facts.timeZone,
    section: options.section,
    existing: [...existing.stories.keys()],
    pages: [...existing.pages.keys()],
    taken,
    redirects: facts.redirects ?? [],
    log,
  });
  dropTakenIds(plan.stories, log, () => existingIds(options.site, existing.stories));
  items.length = 0; // the plan has them now, and lets go of each when it has been written
  receipt.renamed = plan.renamed;
  receipt.addressesDropped = plan.addressesDropped;
  receipt.redirectsLeft = plan.redirectsLeft;
  const feeds = feedRedirectsOf(source.kind, site);
  if (Object.keys(feeds).length > 0) receipt.feedRedirects = feeds;

  const downloads = new Downloads(join(cache, 'import/fetched'), options.fetch);
  const record = new ImportRecord(options.site);
  const files = new SourceFiles({
    folder: source.folder,
    publicFolder: options.publicFolder,
    origins,
    roots: facts.roots,
    bases: basesOf(origins, permalinks),
    ofSource: (url) => source.pictureFiles?.(url) ?? [],
    unpacked: () => source.unpackedFolder,
    isPrivate: privateIn(facts.files ?? [], source.folder),
    downloads,
  });
  const { site: folder, dryRun } = options;
  const publicFiles = new PublicFiles({ site: folder, existing: taken, record, holderOf: plan.holderOf });
  const tools: ConvertTools = {
    shelf: new PictureShelf(files),
    documents: new DocumentShelf({ files, publicFiles, site: folder, record, dryRun }),
    map: { byAddress: plan.byAddress, byFile: plan.byFile, languages: languagesOf(permalinks), origins },
    now: options.now ?? Date.now(),
  };
  const changeLog = new ChangeLog(receipt, options.dryRun ? undefined : cache);
  const shortcodes = new ShortcodeLog();
  const { documents } = tools;
  const writer = new StoryWriter({ ...options, existing, record, receipt, changeLog, documents, shortcodes });
  if (options.fetch && !options.dryRun) await fetchPictures(source, plan.stories, tools, downloads, options);
  const total = plan.stories.length;
  let done = 0;
  const later: PlannedStory[] = [];
  await takeAll(plan.stories.splice(0), true);
  // What only hidden stories link to is known when every story that readers can see has been written.
  if (later.length > 0) await takeAll(later.splice(0), false);

  await writeFacts(facts, { site: options.site, cache, dryRun, receipt });
  const isUsed = (path: string): boolean => tools.shelf.isUsed(path) || tools.documents.isUsed(path);
  countFiles(facts.files ?? [], receipt.others, (file) => isUsed(join(source.folder, file)));
  receipt.others.unused.push(...(source.unusedFiles?.() ?? []));
  receipt.others.left = facts.left ?? [];
  receipt.files.skipped = receipt.skipped.length;
  if (options.fetch) receipt.fetched = downloads.lines();
  receipt.documents = tools.documents.lines();
  receipt.shortcodes = shortcodes.lines();
  receipt.fields = log.lines();
  changeLog.finish();
  for (const list of [receipt.skipped, receipt.notes, receipt.changes, receipt.stories, receipt.drafts])
    (list as { file: string }[]).sort((a, b) => compare(a.file, b.file));
  if (!dryRun) await record.write();
  return receipt;

  /**
   * @param stories is emptied, so that a story that was written needs no memory
   * @param mayWait stories can be put off until the others have been written
   */
  async function takeAll(stories: PlannedStory[], mayWait: boolean): Promise<void> {
    const waiting = new Map(stories.map((planned) => [planned.key, planned]));
    stories.length = 0;
    let fault = 'it was no longer there when its text was read';
    for await (const body of untilFault(source.bodies(new Set(waiting.keys())), '')) {
      if ('isFault' in body) {
        fault = body.reason;
        break;
      }
      const planned = waiting.get(body.key);
      if (!planned) continue;
      waiting.delete(body.key);
      await takeIn(planned, body, mayWait);
      if (later.at(-1) === planned && mayWait) continue;
      done++;
      options.onProgress?.('converting', done, total);
      if (done % recordEvery !== 0) continue;
      collectGarbage();
      if (!dryRun) await record.write();
    }
    for (const planned of waiting.values()) await skip(planned.key, planned.file, fault);
  }

  /** Nothing that goes wrong here may stop the other items, except a disk that refuses everything. */
  async function takeIn(planned: PlannedStory, body: ItemBody, mayWait: boolean): Promise<void> {
    try {
      if (body.kind === 'broken') return await skip(planned.key, planned.file, body.reason);
      const converted = await convertBodyOf(planned, body, tools);
      if ('reason' in converted) return await skip(planned.key, planned.file, converted.reason);
      if (mayWait && converted.documents.isWaiting) return void later.push(planned);
      const text = printItem(planned, converted);
      const refused = await writer.write(planned, converted, text);
      if (!refused) await options.onStory?.(importedOf(planned, body, converted, text));
      // The archive still has what was not written because of a story that is already there.
      if (refused) await skip(refused.isTaken ? undefined : planned.key, planned.file, refused.reason);
    } catch (error) {
      if (error instanceof ImportError || isDiskError(error)) throw error;
      await skip(planned.key, planned.file, faultOf(error));
    }
  }
}

function importedOf(
  { file, headline, draft, ...planned }: PlannedStory,
  { kind, text }: Exclude<ItemBody, { kind: 'broken' }>,
  { changes, notes, format }: ConvertedStory,
  now: string,
): ImportedStory {
  const path = placeOf({ file, headline, draft, ...planned }, format);
  return { file, path, headline, draft, changes, notes, old: { text, isHtml: kind === 'html' }, now };
}

const relativeTo = (folder: string, path: string): string =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
