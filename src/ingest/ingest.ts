import { bodyCacheFile, clearBodyCaches, makeBodyCache } from '../index/body-cache.ts';
import type { IndexHandle } from '../index/handle.ts';
import { forgetStory, releaseStory, type StorySeen, seenStory, settlePeriods } from '../index/story-rows.ts';
import { renewElements } from '../index/theme-elements.ts';
import { ProblemsError } from '../problems/problem.ts';
import type { CopyText } from '../story/copy/copy.ts';
import type { Newsroom } from '../story/newsroom.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkAllow } from './check-allow.ts';
import { checkFeeds } from './check-feeds.ts';
import { checkLinks } from './check-links.ts';
import { checkRedirects } from './check-redirects.ts';
import { checkSecurity } from './check-security.ts';
import { ingestTurnedAgain, turnByClock } from './due.ts';
import { authorFile, frontFile, pageFile, siteFile, storyFile } from './file-names.ts';
import { ingestAuthor } from './ingest-author.ts';
import { ingestFront } from './ingest-front.ts';
import { ingestPages, releasePages } from './ingest-pages.ts';
import { ingestPublicFiles, releasePublicFiles } from './ingest-public.ts';
import { beginRun, type IngestRun, ingestAllAgain, type NewsroomChanges } from './ingest-run.ts';
import { ingestSite } from './ingest-site.ts';
import { ingestStory, readStoryHere } from './ingest-story.ts';
import { ingestThemePages, releaseThemePages } from './ingest-theme-pages.ts';
import { ingestSeries, ingestTopics } from './ingest-topics.ts';
import { judgeLost } from './judge-lost.ts';
import { newsroomOf } from './newsroom.ts';
import { misplacedFile } from './newsroom-files.ts';
import { forgetFile, loadFacts, loadTables } from './pictures-and-tables.ts';
import { newsroomEmpty } from './problems.ts';
import { readInOrder, type StoryReader } from './read-stories.ts';
import { reportCutValues } from './report-cut-values.ts';
import { isThere, keepScan, type Scan } from './scan.ts';

export type OnProgress = (phase: 'stories' | 'pictures', done: number, total: number) => void;

/** With this many stories at once, other threads render them, and they cannot see the memory of this one. */
const cachedMin = 400;

export interface IngestOptions {
  onProgress?: OnProgress;
  /** Other threads will render: compiled bodies are put into caches of bodies for them. These threads help to read. */
  readers?: StoryReader[];
  /** The outcome for each story is not needed, because it would be too large for a hundred thousand of them. */
  isAll?: boolean;
  /** The folder of the site, absolute. A story whose page is in it was published before. */
  dist?: string;
  /** Gets each story and standing page as it was read and compiled. `check` reads their copy. */
  onText?: (text: CopyText) => void;
}

/**
 * Ingests what changed into the index. Call it inside a transaction.
 *
 * @param now whatever is due by then is public. Milliseconds since 1970 UTC
 * @throws ProblemsError with every mistake found. The transaction must then be rolled back
 */
export async function ingest(
  index: IndexHandle,
  seen: Scan,
  now: number,
  options: IngestOptions = {},
): Promise<NewsroomChanges> {
  index.memo.clear();
  index.periodChanges.clear(); // an ingest that failed leaves some
  keepScan(index, seen);
  const run = beginRun(seen, now, options.onText);
  const { files, changes, problems } = run;

  // 1. The newsroom itself. Without a site, nothing else can be checked. A component that was added to or removed from
  // the theme can resolve or cause mistakes in stories.
  if (renewElements(index)) ingestAllAgain(index, run);
  const site = await ingestSite(index, run);
  let isSiteWhole = problems.length === seen.problems.length;
  if (!site) throw new ProblemsError(problems);
  const topics = await ingestTopics(index, run, site);
  await ingestSeries(index, run, site);

  // 2. What surrounds the stories.
  for (const file of run.changed) sortFile(index, file, run);
  reportCutValues(index, run, site.language);
  ingestTurnedAgain(index, run);
  const newsroom = newsroomOf(index, site, topics, run);
  for (const file of [...files.authors].sort()) await ingestAuthor(index, file, newsroom, run);

  // 3. Everything that has addresses. Whatever changes releases its addresses before anything claims one, because
  // addresses can be swapped, even between a page, a story, and a file in public/.
  releasePublicFiles(index, run);
  releasePages(index, run);
  const themePages = releaseThemePages(index, run, changes.records.has('site'));
  const before = releaseStories(index, run);
  const problemsBefore = problems.length;
  await run.claimSections();
  isSiteWhole &&= problems.length === problemsBefore;
  await ingestPages(index, newsroom, run);
  await ingestThemePages(index, themePages, site, run);
  const after = await ingestStories(index, newsroom, before, run, options);
  // Last, so that the message is about the file, and not about the story at its address.
  await ingestPublicFiles(index, run);
  if (!options.isAll)
    for (const id of new Set([...before.keys(), ...after.keys()]))
      changes.stories.push({ before: before.get(id), after: after.get(id) });

  // 4. Fronts, after the names of the stories are known.
  for (const file of [...files.fronts].sort()) await ingestFront(index, file, site, run);

  // 5. What is published or removed just because time has passed.
  turnByClock(index, run);
  settlePeriods(index);

  // 6. What can be checked only for the whole newsroom.
  await checkSecurity(index, run, site);
  if (problems.length === 0) await checkFeeds(index, run);
  if (problems.length === 0) await checkAllow(index, run);
  judgeLost(index, run, options.dist);
  // A refused story claims no address, and a link to it is not a mistake.
  const isWhole = problems.length === 0;
  checkLinks(index, run, options.isAll === true);
  if (isWhole) checkAddresses(index, run, site, options.isAll === true);
  if (isWhole) await checkRedirects(index, run, site, options.isAll === true);
  if (problems.length === 0) checkForStories(index, run); // other messages are more helpful

  if (problems.length) throw new ProblemsError([...certainOf(run, isSiteWhole), ...changes.warnings]);
  return changes;
}

/** Sorts a changed file by its kind. If stories can name it, what was known about it is deleted. */
function sortFile(index: IndexHandle, file: string, run: IngestRun): void {
  const { files, changes } = run;
  if (authorFile.test(file)) files.authors.add(file);
  else if (frontFile.test(file)) files.fronts.add(file);
  else if (pageFile.test(file)) files.pages.add(file);
  else if (storyFile.test(file)) files.stories.add(file);
  else if (file.startsWith('public/')) changes.publicFiles[isThere(index, file) ? 'changed' : 'gone'].push(file);
  else if (file.startsWith('content/')) {
    forgetFile(index, file, run);
    const stray = isThere(index, file) ? misplacedFile(file) : undefined;
    if (stray) changes.warnings.push(stray);
  }
}

/**
 * Stories that changed, or depend on something that did, release their names, addresses, and lists. Deleted stories are
 * removed.
 *
 * @returns them as the site saw them before, by id
 */
function releaseStories(index: IndexHandle, { files }: IngestRun): Map<string, StorySeen> {
  const before = new Map<string, StorySeen>();
  for (const file of files.stories) {
    const row = index.sql('SELECT id FROM story WHERE file = ?').get(file) as { id: string } | undefined;
    const old = row && seenStory(index, row.id);
    if (!old) continue;
    before.set(old.id, old);
    releaseStory(index, old);
    if (!isThere(index, file)) forgetStory(index, old.id);
  }
  return before;
}

/**
 * Ingests the existing stories in batches, so that not all of them are in memory at once.
 *
 * @returns those that were not refused, as the site now sees them, by id. None if they are not needed
 */
async function ingestStories(
  index: IndexHandle,
  newsroom: Newsroom,
  before: ReadonlyMap<string, StorySeen>,
  run: IngestRun,
  { onProgress, readers, isAll }: IngestOptions,
): Promise<Map<string, StorySeen>> {
  const { site } = newsroom;
  const { root, file: indexFile } = index;
  const present = [...run.files.stories].filter((file) => isThere(index, file)).sort();
  const isCached = readers !== undefined && present.length >= cachedMin;
  if (isCached) {
    clearBodyCaches(indexFile);
    index.bodyCache = makeBodyCache(bodyCacheFile(indexFile, 0));
  }
  const helpers = isCached
    ? readers.map((reader, at) => ({ reader, setting: { root, site, bodyCache: bodyCacheFile(indexFile, at + 1) } }))
    : [];
  const after = new Map<string, StorySeen>();
  let done = 0;
  for await (const { stories, read } of readInOrder(present, helpers, (file) =>
    readStoryHere(index, file, site, run),
  )) {
    await loadFacts(index, new Set(stories.flatMap(({ pictures }) => pictures)), site, run);
    await loadTables(index, new Set(stories.flatMap(({ tables }) => tables)), run);
    for (const story of stories) {
      const put = await ingestStory(index, story, newsroom, before, run);
      if (put && !isAll) after.set(put.id, put);
    }
    done += read;
    onProgress?.('stories', done, present.length);
  }
  for (const { reader } of helpers) await reader.end();
  return after;
}

/** Reports a newsroom without any story. */
function checkForStories(index: IndexHandle, { report }: IngestRun): void {
  const hasStories = index
    .sql(
      "SELECT 1 FROM file WHERE path > 'content/stories/' AND path < 'content/stories0' AND (path LIKE '%.md' OR path LIKE '%.mdx') LIMIT 1",
    )
    .get();
  if (hasStories) return;
  report([newsroomEmpty()]);
}

/** If a pattern or a section is only a placeholder, its consequences are not the editor's mistakes. */
const certainOf = ({ problems }: IngestRun, isSiteWhole: boolean) =>
  isSiteWhole ? problems : problems.filter(({ rule, file }) => file === siteFile || !rule.endsWith('-taken'));
