import { clearShelves, makeShelf, shelfFile } from '../index/body-cache.ts';
import { desk } from '../index/handle.ts';
import { forgetStory, releaseStory, type StorySeen, seenStory } from '../index/story-rows.ts';
import { renewElements } from '../index/theme-elements.ts';
import { ProblemsError } from '../problems/problem.ts';
import type { Newsroom } from '../story/newsroom.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkLinks } from './check-links.ts';
import { takeTurnedAgain, turnByClock } from './due.ts';
import { takeAuthor } from './ingest-author.ts';
import { takeFront } from './ingest-front.ts';
import { releasePages, takePages } from './ingest-pages.ts';
import { releasePublicFiles, takePublicFiles } from './ingest-public.ts';
import { beginTaking, type Taken, type Taking, takeAllAgain } from './ingest-run.ts';
import { takeSite } from './ingest-site.ts';
import { readStoryHere, takeStory } from './ingest-story.ts';
import { takeSeries, takeTopics } from './ingest-topics.ts';
import { judgeLost } from './judge-lost.ts';
import { newsroomOf } from './newsroom.ts';
import { authorFile, frontFile, pageFile, siteFile, storyFile, strayFile } from './newsroom-files.ts';
import { forgetFile, loadFacts, loadTables } from './pictures-and-tables.ts';
import { readInOrder, type StoryReader } from './read-stories.ts';
import { reportCutValues } from './report-cut-values.ts';
import { isThere, keepLook, type Look } from './scan.ts';

export type OnProgress = (phase: 'stories' | 'pictures', done: number, total: number) => void;

/** So many stories at once are printed by threads, which cannot see the memory of this one. */
const shelvedMin = 400;

export interface TakeInOptions {
  onProgress?: OnProgress;
  /** Other threads will print: many compiled bodies are put on shelves for them. These threads help to read. */
  readers?: StoryReader[];
  /** Nobody asks what became of each story: of a hundred thousand that is not to be kept. */
  isAll?: boolean;
  /** Where the site is written, absolute: a story whose page lies there was published before. */
  dist?: string;
}

/**
 * Takes what changed into the index. Call it inside a transaction.
 *
 * @param now what is due by then is public; milliseconds since 1970 UTC
 * @throws ProblemsError with every mistake found; the transaction must then be rolled back
 */
export async function takeIn(seen: Look, now: number, options: TakeInOptions = {}): Promise<Taken> {
  desk().memo.clear();
  keepLook(seen);
  const taking = beginTaking(seen, now);
  const { files, taken, problems } = taking;

  // 1. What the newsroom says of itself. Without a site, nothing else can be looked at.
  // A component that came with the theme, or went, can make right what was wrong, and the other way round.
  if (renewElements()) takeAllAgain(taking);
  const site = await takeSite(taking);
  let isSiteWhole = problems.length === seen.problems.length;
  if (!site) throw new ProblemsError(problems);
  const topics = await takeTopics(taking, site);
  await takeSeries(taking, site);

  // 2. What is around the stories.
  for (const file of taking.changed) sortFile(file, taking);
  reportCutValues(taking);
  takeTurnedAgain(taking);
  const newsroom = newsroomOf(site, topics, taking);
  for (const file of [...files.authors].sort()) await takeAuthor(file, newsroom, taking);

  // 3. What has addresses. All that changes lets go of them before anything takes hold: they may be swapped, also between
  // a page, a story and a file of public/.
  releasePublicFiles(taking);
  releasePages(taking);
  const before = releaseStories(taking);
  const problemsBefore = problems.length;
  await taking.claimSections();
  isSiteWhole &&= problems.length === problemsBefore;
  await takePages(newsroom, taking);
  const after = await takeStories(newsroom, before, taking, options);
  // Last, so that a file is told to make way, and not the story in whose place it stands.
  await takePublicFiles(taking);
  if (!options.isAll)
    for (const id of new Set([...before.keys(), ...after.keys()]))
      taken.stories.push({ before: before.get(id), after: after.get(id) });

  // 4. Fronts, once the names are known that stories answer to.
  for (const file of [...files.fronts].sort()) await takeFront(file, site, taking);

  // 5. What comes out, or goes back, by the clock alone.
  turnByClock(taking);

  // 6. What only the whole can tell.
  judgeLost(taking, options.dist);
  // What is refused claims no address, and whoever links to it is not to blame.
  const isWhole = problems.length === 0;
  checkLinks(taking, options.isAll === true);
  if (isWhole) checkAddresses(taking, site, options.isAll === true);
  if (problems.length === 0) checkForStories(taking); // other mistakes say more

  if (problems.length) throw new ProblemsError([...certainOf(taking, isSiteWhole), ...taken.warnings]);
  return taken;
}

/** Puts a changed file with the others of its kind. Of one that stories may name, what is known is forgotten. */
function sortFile(file: string, taking: Taking): void {
  const { files, taken } = taking;
  if (authorFile.test(file)) files.authors.add(file);
  else if (frontFile.test(file)) files.fronts.add(file);
  else if (pageFile.test(file)) files.pages.add(file);
  else if (storyFile.test(file)) files.stories.add(file);
  else if (file.startsWith('public/')) taken.publicFiles[isThere(file) ? 'changed' : 'gone'].push(file);
  else if (file.startsWith('content/')) {
    forgetFile(file, taking);
    const stray = isThere(file) ? strayFile(file) : undefined;
    if (stray) taken.warnings.push(stray);
  }
}

/**
 * Stories that changed, or hang on what changed, let go of their names, addresses and lists; those that are gone are
 * forgotten.
 *
 * @returns as the site met them before, by id
 */
function releaseStories({ files }: Taking): Map<string, StorySeen> {
  const before = new Map<string, StorySeen>();
  for (const file of files.stories) {
    const row = desk().sql('SELECT id FROM story WHERE file = ?').get(file) as { id: string } | undefined;
    const old = row && seenStory(row.id);
    if (!old) continue;
    before.set(old.id, old);
    releaseStory(old);
    if (!isThere(file)) forgetStory(old.id);
  }
  return before;
}

/**
 * Takes in the stories that are there, a batch at a time: not all of them are in memory at once.
 *
 * @returns those that were not refused, as the site meets them now, by id; none when nobody asks
 */
async function takeStories(
  newsroom: Newsroom,
  before: ReadonlyMap<string, StorySeen>,
  taking: Taking,
  { onProgress, readers, isAll }: TakeInOptions,
): Promise<Map<string, StorySeen>> {
  const { site } = newsroom;
  const { root, file: index } = desk();
  const present = [...taking.files.stories].filter(isThere).sort();
  const isShelved = readers !== undefined && present.length >= shelvedMin;
  if (isShelved) {
    clearShelves(index);
    desk().shelf = makeShelf(shelfFile(index, 0));
  }
  const helpers = isShelved
    ? readers.map((reader, at) => ({ reader, setting: { root, site, shelf: shelfFile(index, at + 1) } }))
    : [];
  const after = new Map<string, StorySeen>();
  let done = 0;
  for await (const { stories, read } of readInOrder(present, helpers, (file) => readStoryHere(file, site, taking))) {
    await loadFacts(new Set(stories.flatMap(({ pictures }) => pictures)), site, taking);
    await loadTables(new Set(stories.flatMap(({ tables }) => tables)), taking);
    for (const story of stories) {
      const put = await takeStory(story, newsroom, before, taking);
      if (put && !isAll) after.set(put.id, put);
    }
    done += read;
    onProgress?.('stories', done, present.length);
  }
  for (const { reader } of helpers) await reader.end();
  return after;
}

/** Reports a newsroom without any story. */
function checkForStories({ report }: Taking): void {
  const hasStories = desk()
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
      message: 'This newsroom has no story yet.',
      hint: 'Start one with  broadsheet new story "A headline" .',
    },
  ]);
}

/** What follows from a pattern or a section that is only a stand-in is no mistake of the editor's. */
const certainOf = ({ problems }: Taking, isSiteWhole: boolean) =>
  isSiteWhole ? problems : problems.filter(({ rule, file }) => file === siteFile || !rule.endsWith('-taken'));
