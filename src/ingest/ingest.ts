import { bodyCacheFile, clearBodyCaches, makeBodyCache } from '../index/body-cache.ts';
import type { IndexHandle } from '../index/handle.ts';
import { forgetStory, releaseStory, type StorySeen, seenStory } from '../index/story-rows.ts';
import { renewElements } from '../index/theme-elements.ts';
import { ProblemsError } from '../problems/problem.ts';
import type { Newsroom } from '../story/newsroom.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkLinks } from './check-links.ts';
import { ingestTurnedAgain, turnByClock } from './due.ts';
import { ingestAuthor } from './ingest-author.ts';
import { ingestFront } from './ingest-front.ts';
import { ingestPages, releasePages } from './ingest-pages.ts';
import { ingestPublicFiles, releasePublicFiles } from './ingest-public.ts';
import { beginRun, type IngestRun, ingestAllAgain, type NewsroomChanges } from './ingest-run.ts';
import { ingestSite } from './ingest-site.ts';
import { ingestStory, readStoryHere } from './ingest-story.ts';
import { ingestSeries, ingestTopics } from './ingest-topics.ts';
import { judgeLost } from './judge-lost.ts';
import { newsroomOf } from './newsroom.ts';
import { authorFile, frontFile, pageFile, siteFile, storyFile, strayFile } from './newsroom-files.ts';
import { forgetFile, loadFacts, loadTables } from './pictures-and-tables.ts';
import { readInOrder, type StoryReader } from './read-stories.ts';
import { reportCutValues } from './report-cut-values.ts';
import { isThere, keepScan, type Scan } from './scan.ts';

export type OnProgress = (phase: 'stories' | 'pictures', done: number, total: number) => void;

/** So many stories at once are printed by threads, which cannot see the memory of this one. */
const cachedMin = 400;

export interface IngestOptions {
  onProgress?: OnProgress;
  /** Other threads will print: many compiled bodies are put in caches of bodies for them. These threads help to read. */
  readers?: StoryReader[];
  /** Nobody asks what became of each story: of a hundred thousand that is not to be kept. */
  isAll?: boolean;
  /** Where the site is written, absolute: a story whose page lies there was published before. */
  dist?: string;
}

/**
 * Ingests what changed into the index. Call it inside a transaction.
 *
 * @param now what is due by then is public; milliseconds since 1970 UTC
 * @throws ProblemsError with every mistake found; the transaction must then be rolled back
 */
export async function ingest(
  index: IndexHandle,
  seen: Scan,
  now: number,
  options: IngestOptions = {},
): Promise<NewsroomChanges> {
  index.memo.clear();
  keepScan(index, seen);
  const run = beginRun(seen, now);
  const { files, changes, problems } = run;

  // 1. What the newsroom says of itself. Without a site, nothing else can be checked.
  // A component that came with the theme, or went, can make right what was wrong, and the other way round.
  if (renewElements(index)) ingestAllAgain(index, run);
  const site = await ingestSite(index, run);
  let isSiteWhole = problems.length === seen.problems.length;
  if (!site) throw new ProblemsError(problems);
  const topics = await ingestTopics(index, run, site);
  await ingestSeries(index, run, site);

  // 2. What is around the stories.
  for (const file of run.changed) sortFile(index, file, run);
  reportCutValues(index, run, site.language);
  ingestTurnedAgain(index, run);
  const newsroom = newsroomOf(index, site, topics, run);
  for (const file of [...files.authors].sort()) await ingestAuthor(index, file, newsroom, run);

  // 3. What has addresses. All that changes lets go of them before anything takes hold: they may be swapped, also between
  // a page, a story and a file of public/.
  releasePublicFiles(index, run);
  releasePages(index, run);
  const before = releaseStories(index, run);
  const problemsBefore = problems.length;
  await run.claimSections();
  isSiteWhole &&= problems.length === problemsBefore;
  await ingestPages(index, newsroom, run);
  const after = await ingestStories(index, newsroom, before, run, options);
  // Last, so that a file is told to make way, and not the story in whose place it stands.
  await ingestPublicFiles(index, run);
  if (!options.isAll)
    for (const id of new Set([...before.keys(), ...after.keys()]))
      changes.stories.push({ before: before.get(id), after: after.get(id) });

  // 4. Fronts, once the names are known that stories answer to.
  for (const file of [...files.fronts].sort()) await ingestFront(index, file, site, run);

  // 5. What comes out, or goes back, by the clock alone.
  turnByClock(index, run);

  // 6. What only the whole can tell.
  judgeLost(index, run, options.dist);
  // What is refused claims no address, and whoever links to it is not to blame.
  const isWhole = problems.length === 0;
  checkLinks(index, run, options.isAll === true);
  if (isWhole) checkAddresses(index, run, site, options.isAll === true);
  if (problems.length === 0) checkForStories(index, run); // other mistakes say more

  if (problems.length) throw new ProblemsError([...certainOf(run, isSiteWhole), ...changes.warnings]);
  return changes;
}

/** Puts a changed file with the others of its kind. Of one that stories may name, what is known is forgotten. */
function sortFile(index: IndexHandle, file: string, run: IngestRun): void {
  const { files, changes } = run;
  if (authorFile.test(file)) files.authors.add(file);
  else if (frontFile.test(file)) files.fronts.add(file);
  else if (pageFile.test(file)) files.pages.add(file);
  else if (storyFile.test(file)) files.stories.add(file);
  else if (file.startsWith('public/')) changes.publicFiles[isThere(index, file) ? 'changed' : 'gone'].push(file);
  else if (file.startsWith('content/')) {
    forgetFile(index, file, run);
    const stray = isThere(index, file) ? strayFile(file) : undefined;
    if (stray) changes.warnings.push(stray);
  }
}

/**
 * Stories that changed, or hang on what changed, let go of their names, addresses and lists; those that are gone are
 * forgotten.
 *
 * @returns as the site met them before, by id
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
 * Ingests the stories that are there, a batch at a time: not all of them are in memory at once.
 *
 * @returns those that were not refused, as the site meets them now, by id; none when nobody asks
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
  report([
    {
      rule: 'newsroom-empty',
      severity: 'error',
      file: 'content/stories',
      line: 1,
      message: 'This newsroom has no stories yet.',
      hint: 'Start one with  broadsheet new story "A headline" .',
    },
  ]);
}

/** What follows from a pattern or a section that is only a stand-in is no mistake of the editor's. */
const certainOf = ({ problems }: IngestRun, isSiteWhole: boolean) =>
  isSiteWhole ? problems : problems.filter(({ rule, file }) => file === siteFile || !rule.endsWith('-taken'));
