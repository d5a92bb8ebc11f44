import { join } from 'node:path';
import type { DevIndex } from '../../dev/dev-index.ts';
import { digestOf } from '../../index/digest.ts';
import { type IndexHandle, keepLittleInMemory, openIndexHandle } from '../../index/handle.ts';
import { openHidden, showHidden } from '../../index/hidden.ts';
import { getRecord } from '../../index/record-rows.ts';
import { addUnsaved } from '../../ingest/add-unsaved.ts';
import { pageFile } from '../../ingest/file-names.ts';
import { ingest } from '../../ingest/ingest.ts';
import { type Scan, scan } from '../../ingest/scan.ts';
import { type Bundle, ensureBundle, serverEntry, templateVersion } from '../../press/bundle.ts';
import { openTemplates, type Renderer, rendererOf, type Templates } from '../../press/render.ts';
import { type ChosenWay, chooseWay } from '../../press/render-way.ts';
import { type Problem, ProblemsError } from '../../problems/problem.ts';
import { querySite } from '../../queries/queries.ts';
import { baseOf, type Site } from '../../site/site.ts';
import { type Copy, type CopyEdit, type CopyText, readCopy } from '../../story/copy/copy.ts';
import { markBlocks } from './block-marks.ts';
import { pageThatShows, type ShownPage } from './page-of-file.ts';

/** A text that is not saved. */
export interface UnsavedText {
  /** Newsroom-relative. It need not exist. */
  file: string;
  text: string;
  /** The topic or series to show, in a file that has several. */
  entry?: string | undefined;
}

/** What an unsaved text would become. */
export interface Previewed {
  /** The page as the press would print it, with a comment after each block. Undefined if there are mistakes, or if no page shows the file. */
  page?: { address: string; html: string };
  /** What a build would report, and what `check` would, if the text were saved. */
  problems: Problem[];
  /** A copy editor's certain corrections of the text. */
  edits: CopyEdit[];
  /** The current theme has mistakes, so the page uses the last templates that had none. */
  isOldTheme?: boolean;
}

/** Shows pages as the press will print them, with texts that are not saved. */
export interface Previewer {
  show(text: UnsavedText): Promise<Previewed>;
  /** The compiled templates, which contain the styles and fonts of the pages. */
  bundle(): Promise<Bundle>;
  close(): void;
}

export interface PreviewerOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute. */
  cache: string;
  newsroom: DevIndex;
  /** The time that decides what is public, in ms. */
  now: () => number;
  /** The folder of the site, absolute. Stories in it were published before. */
  dist?: string;
  /** Called with each page while the index knows the unsaved text. */
  onPage?: (index: IndexHandle, html: string, file: string) => void;
}

/**
 * Opens the previewer of a newsroom.
 *
 * It has its own connection to the index of the newsroom. A text is ingested in a transaction that is rolled back when
 * its page is rendered, so no other connection ever sees it, and nothing is written to the newsroom.
 */
export function openPreviewer({
  site,
  cache,
  newsroom,
  now,
  dist = join(site, 'dist'),
  onPage = () => {},
}: PreviewerOptions): Previewer {
  const { file: indexFile, knownPictures } = newsroom.index;
  let opened: IndexHandle | undefined;
  // Opened on first use, when the tables of the index exist.
  const open = (): IndexHandle => {
    if (opened) return opened;
    opened = openIndexHandle(site, indexFile);
    keepLittleInMemory(opened);
    if (knownPictures) opened.knownPictures = knownPictures;
    opened.hidden = openHidden();
    return opened;
  };
  const templates = openLatestTemplates(site, cache);

  const show = async (unsaved: UnsavedText): Promise<Previewed> => {
    const latest = await templates.latest().catch((error: unknown) => mistakesIn(error));
    if (!('bundle' in latest)) return latest;
    const shown = await newsroom.exclusively(async () => {
      const index = open();
      index.db.exec('BEGIN IMMEDIATE');
      try {
        const shown = await ingestAndRender(index, unsaved, { now: now(), dist }, () => latest.rendererOf(index));
        if (shown.page) onPage(index, shown.page.html, unsaved.file);
        return shown;
      } catch (error) {
        return mistakesIn(error);
      } finally {
        if (index.db.isTransaction) index.db.exec('ROLLBACK');
        forget(index);
      }
    });
    const { faults } = latest;
    return faults ? { ...shown, problems: [...faults, ...shown.problems], isOldTheme: true } : shown;
  };
  return {
    show,
    bundle: async () => (await templates.latest()).bundle,
    close: () => {
      if (opened?.db.isOpen) opened.db.close();
    },
  };
}

async function ingestAndRender(
  index: IndexHandle,
  { file, text, entry }: UnsavedText,
  { now, dist }: { now: number; dist: string },
  renderer: () => Promise<Renderer>,
): Promise<Previewed> {
  const bytes = Buffer.from(shownText(file, text));
  index.overlay = new Map([[file, bytes]]);
  const copies: Promise<Copy | undefined>[] = [];
  const onText = (read: CopyText) => {
    if (read.file === file) copies.push(readCopy(read));
  };
  const base = baseBefore(index);
  const { warnings } = await ingest(index, scanOf(index, file), now, { dist, onText });
  const copy = (await Promise.all(copies)).filter((read) => read !== undefined);
  const problems = [...warnings, ...copy.flatMap((read) => read.problems)];
  const edits = copy.flatMap((read) => read.edits);
  const shown = pageThatShows(index, file, entry);
  const site = querySite(index);
  // A publish in this process uses the same templates, whose links to styles follow the path of the site's address.
  if (!shown || baseOf(site) !== base) return { problems, edits };
  if (shown.text?.digest === digestOf(bytes))
    markBlocks(index, { file, bytes, digest: shown.text.digest, language: shown.text.language ?? site.language }, site);
  return { page: { address: shown.address, html: await rendered(await renderer(), index, shown) }, problems, edits };
}

/** The path of the address of the site as it was saved. */
function baseBefore(index: IndexHandle): string | undefined {
  const saved = getRecord<Site>(index, 'site');
  return saved && baseOf(saved);
}

/** A draft of a standing page has no page, so it is shown as it will be without that word. */
const shownText = (file: string, text: string): string =>
  pageFile.test(file) ? text.replace(/^draft:[ \t]*true\b/m, 'draft: false') : text;

/** The unsaved file as a change, with everything new in the folder of a story, such as pictures that were just added. */
function scanOf(index: IndexHandle, file: string): Scan {
  const folder = /^(content\/stories\/.+)\/index\.mdx?$/i.exec(file)?.[1];
  return addUnsaved(scan(index, 0, folder === undefined ? [] : [folder]), file);
}

async function rendered(renderer: Renderer, index: IndexHandle, { address, page, hidden }: ShownPage): Promise<string> {
  const render = () => renderer.render(address, page);
  const { bytes } = await (hidden === undefined ? render() : showHidden(index, hidden, render));
  return Buffer.from(bytes).toString();
}

/** Nothing that was learned inside the transaction is true after it. */
function forget(index: IndexHandle): void {
  delete index.overlay;
  index.memo.clear();
  index.periodChanges.clear();
  index.keptBodies = { byKey: new Map(), chars: 0 };
}

/** @throws the error unless it is an editor's mistake */
function mistakesIn(error: unknown): Previewed {
  if (error instanceof ProblemsError) return { problems: error.problems, edits: [] };
  throw error;
}

interface LatestTemplates {
  bundle: Bundle;
  /** What is wrong with the current theme, if these templates are older. */
  faults?: Problem[];
  rendererOf(index: IndexHandle): Promise<Renderer>;
}

/** The theme can change while the desk is open, so its version is looked up this often. */
const versionMs = 1000;

/** Opens the compiled templates, and those of a changed theme. If that has mistakes, the last ones that had none stay. */
function openLatestTemplates(site: string, cache: string): { latest(): Promise<LatestTemplates> } {
  let current: { version: string; templates: Promise<LatestTemplates> } | undefined;
  let compiled: LatestTemplates | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const open = async (): Promise<LatestTemplates> => {
    try {
      compiled = await openBundle(site, cache);
      return compiled;
    } catch (error) {
      if (!(error instanceof ProblemsError && compiled)) throw error;
      return { ...compiled, faults: error.problems };
    }
  };
  return {
    latest() {
      if (!current || performance.now() - lookedAt > versionMs) {
        const version = templateVersion(site, cache);
        if (current?.version !== version) current = { version, templates: open() };
        lookedAt = performance.now();
      }
      const { templates } = current;
      // A bundle that could not be built is tried again, because the mistake may be corrected.
      templates.catch(() => {
        if (current?.templates === templates) current = undefined;
      });
      return templates;
    },
  };
}

async function openBundle(site: string, cache: string): Promise<LatestTemplates> {
  const bundle = await ensureBundle(site, cache);
  const templates: Templates = await openTemplates(serverEntry(bundle));
  let chosen: ChosenWay | undefined;
  let prepared: { site: string; renderer: Renderer } | undefined;
  return {
    bundle,
    async rendererOf(index) {
      chosen ??= await chooseWay(index, templates);
      // What the templates prepare for a page depends only on the site.
      const settings = JSON.stringify(querySite(index));
      if (prepared?.site !== settings)
        prepared = { site: settings, renderer: rendererOf(index, templates, chosen.way) };
      return prepared.renderer;
    },
  };
}
