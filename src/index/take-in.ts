import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf as pictureDigestOf, readPictureFacts } from '../pictures/metadata.ts';
import { type PictureFacts, pictureId } from '../pictures/picture.ts';
import { PictureError } from '../pictures/problems.ts';
import { pictureOfSidecar, sidecarsOf, withSidecar } from '../pictures/sidecar.ts';
import { nearest } from '../problems/nearest.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { feedAddress, pageAddress, sectionAddress } from '../site/address.ts';
import { baseOf, type Site } from '../site/site.ts';
import { cleanSlug, slugify } from '../site/slug.ts';
import { instantOf } from '../site/zone.ts';
import { isOutOfColumn } from '../story/body/body.ts';
import { compileBody } from '../story/body/compile.ts';
import {
  bodyPictureWords,
  checkNeeds,
  deriveStory,
  digestOfWords,
  isDraftFile,
  type Newsroom,
  nameOf,
  type ParsedStory,
  parseStory,
  showPicture,
  storyIdOf,
  tablesOf,
} from '../story/derive.ts';
import { pictureFileOf, pictureKey, pictureSpellings } from '../story/picture-file.ts';
import type { StoryRecord } from '../story/record.ts';
import { linesOf, type Source } from '../story/source.ts';
import { readTable } from '../story/table-file.ts';
import { factsOf, keepBody, tableOf } from './bodies.ts';
import { claim, normaliseAlias, releaseClaims } from './claim.ts';
import { desk } from './desk.ts';
import { digestOf } from './digest.ts';
import { keepLook, type Look } from './look.ts';
import {
  authorFile,
  frontFile,
  pageFile,
  readAuthor,
  readFront,
  readPage,
  readSeries,
  readSidecar,
  readSite,
  readTopics,
  seriesFile,
  siteFile,
  storyFile,
  strayFile,
  type Topics,
  topicsFile,
} from './newsroom-files.ts';
import { makeShelf, shelfFile } from './shelf.ts';
import { enlist, forgetStory, putStory, releaseStory, type StorySeen, seenStory, unlist } from './story-rows.ts';
import { forgetElements, knownElements } from './theme-elements.ts';
import type { AuthorThing, FrontThing, PageThing } from './things.ts';

/** What became different, for the press to plan from. */
export interface Taken {
  stories: { before?: StorySeen; after?: StorySeen }[];
  /** Addresses with a page, of standing pages, sections and aliases of pages. */
  pages: { before: string[]; after: string[] };
  /** Digests of pictures that came into use or fell out of it. */
  pictures: Set<string>;
  /** Queries about these are to be asked again. */
  subjects: Set<string>;
  /** Files of `public/` that came, changed or went, newsroom-relative. */
  publicFiles: { changed: string[]; gone: string[] };
  warnings: Problem[];
}

/** Stories with mistakes: they are there all the same, and what they link to is looked at too. */
interface Refused {
  names: Set<string>;
  links: { name: string; line: number; file: string }[];
}

export type OnProgress = (phase: 'stories' | 'pictures', done: number, total: number) => void;

const chunk = 400;
/** So many stories at once are printed by threads, which cannot see the memory of this one. */
const shelvedMin = 400;

/**
 * Takes what changed into the index. Call it inside a transaction.
 *
 * @param now what is due by then is public; milliseconds since 1970 UTC
 * @param isShelved many compiled bodies are put on the shelf of the desk, for those who print them
 * @throws ProblemsError with every mistake found; the transaction must then be rolled back
 */
export async function takeIn(
  seen: Look,
  now: number,
  onProgress: OnProgress = () => {},
  isShelved = false,
): Promise<Taken> {
  const { sql, memo } = desk();
  memo.clear();
  keepLook(seen);
  const taken: Taken = {
    stories: [],
    pages: { before: [], after: [] },
    pictures: new Set(),
    subjects: new Set(),
    publicFiles: { changed: [], gone: [] },
    warnings: [],
  };
  const problems: Problem[] = [...seen.problems];
  const report = (found: Problem[]) => {
    for (const problem of found) (problem.severity === 'error' ? problems : taken.warnings).push(problem);
  };
  const files = new Set([...seen.changed, ...seen.gone]);
  const isThere = (file: string) => sql('SELECT 1 FROM file WHERE path = ?').get(file) !== undefined;
  const stories = new Set<string>();
  const pages = new Set<string>();
  const authors = new Set<string>();
  const fronts = new Set<string>();
  const publicFiles = new Set<string>();
  const again = (owner: string) => {
    const [kind] = owner.split('/', 1);
    const id = owner.slice(owner.indexOf('/') + 1);
    if (kind === 'story') stories.add((sql('SELECT file FROM story WHERE id = ?').get(id) as { file: string }).file);
    if (kind === 'page') pages.add((sql('SELECT file FROM thing WHERE key = ?').get(owner) as { file: string }).file);
    if (kind === 'author')
      authors.add((sql('SELECT file FROM thing WHERE key = ?').get(owner) as { file: string }).file);
  };
  const dependents = (key: string) => {
    for (const { owner } of sql('SELECT owner FROM dependency WHERE key = ?').all(key) as { owner: string }[])
      again(owner);
  };

  // 1. The newsroom around the stories.
  const allAgain = () => {
    for (const { file } of sql('SELECT file FROM story').all() as { file: string }[]) stories.add(file);
    for (const { file } of sql("SELECT file FROM thing WHERE key LIKE 'page/%'").all() as { file: string }[])
      pages.add(file);
    for (const { file } of sql("SELECT file FROM thing WHERE key LIKE 'front/%'").all() as { file: string }[])
      fronts.add(file);
    for (const { path } of sql("SELECT path FROM file WHERE path LIKE 'public/%'").all() as { path: string }[])
      publicFiles.add(path);
  };
  // A component that came with the theme, or went, can make right what was wrong, and the other way round.
  forgetElements();
  const { digest: elements } = knownElements();
  const earlier = sql("SELECT value FROM meta WHERE key = 'elements'").get() as { value: string } | undefined;
  if ((earlier?.value ?? '') !== elements) allAgain();
  sql("INSERT OR REPLACE INTO meta VALUES ('elements', ?)").run(elements);
  const site = await takeSite(files, isThere, taken, report, allAgain);
  const isSiteWhole = problems.length === seen.problems.length;
  if (!site) throw new ProblemsError(problems);
  const topics = await takeTopics(files, isThere, taken, report, (id) => again(`story/${id}`));
  await takeSeries(files, isThere, taken, report);
  for (const file of files) {
    if (authorFile.test(file)) authors.add(file);
    else if (frontFile.test(file)) fronts.add(file);
    else if (pageFile.test(file)) pages.add(file);
    else if (storyFile.test(file)) stories.add(file);
    else if (file.startsWith('public/')) taken.publicFiles[isThere(file) ? 'changed' : 'gone'].push(file);
    else if (file.startsWith('content/')) {
      // A sidecar is part of its picture: both change what is known of it.
      for (const path of [file, pictureOfSidecar(file)]) {
        if (path === undefined) continue;
        sql('DELETE FROM picture WHERE path = ?').run(path);
        dependents(`picture:${pictureKey(path)}`);
      }
      if (/\.csv$/i.test(file)) {
        sql('DELETE FROM tableFile WHERE path = ?').run(file);
        dependents(`table:${pictureKey(file)}`);
      }
      const stray = isThere(file) ? strayFile(file) : undefined;
      if (stray) taken.warnings.push(stray);
    }
  }
  for (const file of taken.publicFiles.gone) releaseClaims(file);
  // A new section may want the place of a file that was there before.
  for (const file of [...publicFiles, ...taken.publicFiles.changed].sort()) {
    if (!isThere(file)) continue;
    const message = claim({
      address: `/${file.slice('public/'.length)}`.normalize('NFC'),
      kind: 'public',
      owner: file,
      file,
    });
    if (message)
      problems.push({ rule: 'address-taken', severity: 'error', file, line: 1, message, hint: 'Rename the file.' });
  }
  const broken = new Map<string, PictureError>();
  /** Table files that cannot be printed, by path as named. */
  const unprintable = new Map<string, Problem[]>();
  const newsroom = newsroomOf(site, topics, broken, unprintable);
  for (const file of [...authors].sort())
    await takeAuthor(file, isThere(file), newsroom, broken, taken, report, dependents);

  // 2. Stories. All that changes lets go of what it had before anything takes hold: addresses may be swapped.
  const before = new Map<string, StorySeen>();
  const gone = new Set<string>();
  for (const file of stories) {
    const row = sql('SELECT id FROM story WHERE file = ?').get(file) as { id: string } | undefined;
    const old = row && seenStory(row.id);
    if (!old) continue;
    before.set(old.id, old);
    releaseStory(old);
    if (isThere(file)) continue;
    forgetStory(old.id);
    gone.add(old.id);
  }
  const owners = await takePages([...pages].sort(), isThere, newsroom, broken, unprintable, taken, report);
  const present = [...stories].filter(isThere).sort();
  if (isShelved && present.length >= shelvedMin) desk().shelf = makeShelf(shelfFile(desk().file));
  const after = new Map<string, StorySeen>();
  const refused: Refused = { names: new Set(), links: [] };
  for (let start = 0; start < present.length; start += chunk) {
    const parsed: ParsedStory[] = [];
    for (const file of present.slice(start, start + chunk)) {
      const bytes = readFileSync(join(desk().root, file));
      const result = await parseStory(file, bytes, digestOf(bytes), site, knownElements().known);
      if ('parsed' in result) parsed.push(result.parsed);
      else {
        report(result.problems);
        refused.names.add(storyIdOf(file));
      }
    }
    await loadFacts(new Set(parsed.flatMap(({ pictures }) => pictures)), broken, site, report);
    await loadTables(new Set(parsed.flatMap(({ tables }) => tables)), unprintable);
    for (const story of parsed) {
      const { record, problems: found, names, links } = await deriveStory(story, newsroom);
      report(found);
      if (!record) {
        for (const name of names) refused.names.add(name);
        refused.links.push(...links.map((link) => ({ ...link, file: story.file })));
        // A draft that cannot be read stands in nobody's way, and is as if it were not there.
        const old = before.get(storyIdOf(story.file));
        if (old && isDraftFile(story)) forgetStory(old.id);
        continue;
      }
      const other = sql('SELECT file FROM story WHERE id = ? AND file <> ?').get(record.id, record.file) as
        | { file: string }
        | undefined;
      if (other) {
        problems.push({
          rule: 'story-twice',
          severity: 'error',
          file: record.file,
          line: 1,
          message: `This story has the same name as ${other.file}.`,
          hint: 'Remove or rename one of the two.',
        });
        continue;
      }
      problems.push(...(await claimStory(record, story.source)));
      const aliases = await claimAliases(
        { owner: `story/${record.id}`, file: record.file, own: record.card.address, source: story.source },
        record.state === 'draft' ? [] : record.aliases,
        report,
      );
      const isPublic = record.due !== undefined && record.due <= now;
      const put = putStory(record, aliases, isPublic);
      enlist(put);
      after.set(put.id, put);
      owners.add(`story/${put.id}`);
      keepBody(
        record.file,
        record.card.language ?? site.language,
        record.fileDigest,
        story.body,
        story.source.body.length,
      );
    }
    onProgress('stories', Math.min(start + chunk, present.length), present.length);
  }
  for (const id of new Set([...before.keys(), ...after.keys()]))
    taken.stories.push({ before: before.get(id), after: after.get(id) });

  for (const file of [...fronts].sort()) {
    const owner = await takeFront(file, isThere(file), site, now, taken, report);
    if (owner) owners.add(owner);
  }

  // 3. What comes out, or goes back, by the clock alone.
  for (const { id } of sql(
    'SELECT id FROM story WHERE (isPublic = 0 AND due <= ?1) OR (isPublic = 1 AND due > ?1)',
  ).all(now) as { id: string }[]) {
    const old = seenStory(id)!;
    unlist(old);
    sql('UPDATE story SET isPublic = 1 - isPublic WHERE id = ?').run(id);
    const turned = seenStory(id)!;
    enlist(turned);
    taken.stories.push({ before: old, after: turned });
  }

  for (const { front } of sql('SELECT front FROM banner WHERE isOver <> (until <= ?)').all(now) as {
    front: string;
  }[]) {
    sql('UPDATE banner SET isOver = 1 - isOver WHERE front = ?').run(front);
    taken.subjects.add(`front:${front}`);
  }

  // 4. What only the whole can tell.
  checkLinks(owners, taken, refused, problems);
  const hasStories = sql(
    "SELECT 1 FROM file WHERE path > 'content/stories/' AND path < 'content/stories0' AND (path LIKE '%.md' OR path LIKE '%.mdx') LIMIT 1",
  ).get();
  if (!hasStories && problems.length === 0)
    problems.push({
      rule: 'newsroom-empty',
      severity: 'error',
      file: 'content/stories',
      line: 1,
      message: 'This newsroom has no story yet.',
      hint: 'Start one with  broadsheet new story "A headline" .',
    });
  // What follows from a pattern or a section that is only a stand-in is no mistake of the editor's.
  const certain = isSiteWhole
    ? problems
    : problems.filter(({ rule, file }) => file === siteFile || !rule.endsWith('-taken'));
  if (problems.length) throw new ProblemsError([...certain, ...taken.warnings]);
  return taken;
}

function newsroomOf(
  site: Site,
  topics: Topics,
  broken: Map<string, PictureError>,
  unprintable: Map<string, Problem[]>,
): Newsroom {
  const { sql } = desk();
  const authors = new Map(
    (sql("SELECT key, record FROM thing WHERE key LIKE 'author/%'").all() as { key: string; record: string }[]).map(
      ({ key, record }) => [key.slice('author/'.length), JSON.parse(record) as AuthorThing],
    ),
  );
  const newsroom: Newsroom & { authors: typeof authors } = {
    site,
    authors,
    author: (id) => authors.get(id),
    authorIds: () => [...authors.keys()],
    topicId: (spelling) => topicIdOf(topics, spelling),
    picture: (path) => {
      for (const spelling of pictureSpellings(path)) {
        const error = broken.get(spelling);
        if (error) return { rule: error.rule, reason: error.reason, hint: error.hint };
      }
      return factsOf(path);
    },
    table: (path) => {
      const problems = unprintable.get(path);
      return problems ? { problems } : tableOf(path);
    },
    beside: (file) => {
      const folder = file.slice(0, file.lastIndexOf('/') + 1);
      const rows = sql('SELECT path FROM file WHERE path > ? AND path < ?').all(folder, `${folder.slice(0, -1)}0`) as {
        path: string;
      }[];
      return rows.map(({ path }) => path.slice(folder.length)).filter((name) => !name.includes('/'));
    },
  };
  return newsroom;
}

const topicIdOf = (topics: Topics, spelling: string): string => {
  const slug = slugify(spelling);
  return Object.hasOwn(topics.ids, slug) ? topics.ids[slug]! : slug; // a topic may be called "constructor"
};

type Report = (problems: Problem[]) => void;

/** The parts of site.yaml that stories and pages are derived from; a change of any means all of them again. */
const derivedFrom = ({ url, language, timeZone, permalink, sections, pictures }: Site): string =>
  JSON.stringify([url, language, timeZone, permalink, sections.map(({ id }) => id), pictures ?? null]);

function putThing(key: string, file: string, record: unknown): boolean {
  const { sql } = desk();
  const text = JSON.stringify(record);
  const digest = digestOf(text);
  const old = sql('SELECT digest, file FROM thing WHERE key = ?').get(key) as
    | { digest: string; file: string }
    | undefined;
  if (old?.digest === digest && old.file === file) return false;
  sql('INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?)').run(key, file, digest, text);
  return old?.digest !== digest;
}

const getThing = <T>(key: string): T | undefined => {
  const row = desk().sql('SELECT record FROM thing WHERE key = ?').get(key) as { record: string } | undefined;
  return row && (JSON.parse(row.record) as T);
};

async function takeSite(
  files: Set<string>,
  isThere: (file: string) => boolean,
  taken: Taken,
  report: Report,
  all: () => void,
): Promise<Site | undefined> {
  const old = getThing<Site>('site');
  if (!isThere(siteFile)) {
    report([
      {
        rule: 'no-newsroom',
        severity: 'error',
        file: siteFile,
        line: 1,
        message: 'There is no newsroom here: content/site.yaml is missing.',
        hint: 'Start one with  broadsheet init , or name another folder with  --site DIR .',
      },
    ]);
    return undefined;
  }
  if (old && !files.has(siteFile)) return old;
  const read = await readSite();
  if ('problems' in read) {
    report(read.problems);
    return read.usable;
  }
  const { data: site, source } = read;
  if (!putThing('site', siteFile, site)) return site;
  taken.subjects.add('site').add('sitemap:').add('sitemap:pages').add('redirects');
  if (old && derivedFrom(old) !== derivedFrom(site)) all();
  for (const { id } of old?.sections ?? []) {
    releaseClaims(`section/${id}`);
    taken.pages.before.push(sectionAddress(id), feedAddress(id));
  }
  for (const { id } of site.sections) {
    for (const [kind, address] of [
      ['section', sectionAddress(id)],
      ['feed', feedAddress(id)],
    ] as const) {
      const message = claim({ address, kind, owner: `section/${id}`, file: siteFile });
      if (message) {
        const i = (source.data as { sections: { id: string }[] }).sections.findIndex(
          (section) => section.id.normalize('NFC') === id,
        );
        report([
          {
            rule: 'address-taken',
            severity: 'error',
            file: siteFile,
            line: (await linesOf(source))(['sections', i, 'id']),
            message,
            hint: `Give the section "${id}" another id.`,
          },
        ]);
      }
      taken.pages.after.push(address);
    }
  }
  return site;
}

async function takeTopics(
  files: Set<string>,
  isThere: (file: string) => boolean,
  taken: Taken,
  report: Report,
  again: (storyId: string) => void,
): Promise<Topics> {
  const { sql } = desk();
  const none: Topics = { entries: {}, ids: {} };
  const old = getThing<Topics['entries']>('topics') ?? {};
  const oldIds = getThing<Topics['ids']>('topicIds') ?? {};
  if (!files.has(topicsFile)) return { entries: old, ids: oldIds };
  const read = isThere(topicsFile) ? await readTopics() : { data: none };
  if ('problems' in read) {
    report(read.problems);
    return { entries: old, ids: oldIds };
  }
  const topics = read.data;
  putThing('topics', topicsFile, topics.entries);
  putThing('topicIds', topicsFile, topics.ids);
  for (const id of new Set([...Object.keys(old), ...Object.keys(topics.entries)])) taken.subjects.add(`topic:${id}`);
  for (const { topic, spelling, id } of sql('SELECT topic, spelling, id FROM spelling').all() as {
    topic: string;
    spelling: string;
    id: string;
  }[])
    if (topicIdOf(topics, spelling) !== topic) again(id);
  return topics;
}

async function takeSeries(
  files: Set<string>,
  isThere: (file: string) => boolean,
  taken: Taken,
  report: Report,
): Promise<void> {
  if (!files.has(seriesFile)) return;
  const old = getThing<Record<string, unknown>>('series') ?? {};
  const read = isThere(seriesFile) ? await readSeries() : { data: {} };
  if ('problems' in read) return report(read.problems);
  putThing('series', seriesFile, read.data);
  for (const id of new Set([...Object.keys(old), ...Object.keys(read.data)])) taken.subjects.add(`series:${id}`);
}

/** Takes in what an editor decided about a front. @returns its owner key when it is there */
async function takeFront(
  file: string,
  isThere: boolean,
  site: Site,
  now: number,
  taken: Taken,
  report: Report,
): Promise<string | undefined> {
  const { sql } = desk();
  const id = (frontFile.exec(file)?.[1] ?? '').normalize('NFC');
  const key = `front/${id}`;
  const other = otherFile(key, file);
  if (other) {
    if (isThere) report([thingTwice(file, other, 'front')]);
    return undefined; // renamed: the other file has taken its place
  }
  taken.subjects.add(`front:${id}`);
  sql('DELETE FROM link WHERE owner = ?').run(key);
  sql('DELETE FROM banner WHERE front = ?').run(id);
  if (!isThere) {
    sql('DELETE FROM thing WHERE key = ?').run(key);
    return undefined;
  }
  const read = await readFront(file, site);
  if ('problems' in read) {
    report(read.problems);
    return undefined;
  }
  const { layout, pinned, banner, stories } = read.data;
  const lines = await linesOf(read.source);
  const link = (name: string, ...at: (string | number)[]) => {
    const known = nameOf(name);
    sql('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)').run(key, known, lines(at), file);
    return known;
  };
  const front: FrontThing = {
    layout,
    stories: stories.map((entry, i) =>
      typeof entry === 'string'
        ? { story: link(entry, 'stories', i), with: [] }
        : {
            story: link(entry.story, 'stories', i, 'story'),
            with: entry.with.map((name, j) => link(name, 'stories', i, 'with', j)),
          },
    ),
    pinned: pinned && link(pinned, 'pinned'),
    banner: banner && { text: banner.text, story: banner.story && link(banner.story, 'banner', 'story') },
  };
  if (banner?.until !== undefined) {
    const until = instantOf(banner.until, site.timeZone);
    if (until === undefined)
      report([
        {
          rule: 'no-such-date',
          severity: 'error',
          file,
          line: lines(['banner', 'until']),
          message: `banner.until: "${banner.until}" is no date that exists.`,
          hint: 'Write it as 2025-02-12, 2025-02-12 18:00 or 2025-02-12T18:00:00+01:00.',
        },
      ]);
    else sql('INSERT INTO banner VALUES (?, ?, ?)').run(id, until, until <= now ? 1 : 0);
  }
  // The pinned story first: it keeps its place whatever else is named.
  const named: [name: string, ...at: (string | number)[]][] = [
    ...(front.pinned === undefined ? [] : [[front.pinned, 'pinned'] as [string, string]]),
    ...front.stories.flatMap(({ story, with: others }, i): [string, ...(string | number)[]][] => [
      [story, 'stories', i],
      ...others.map((name, j): [string, ...(string | number)[]] => [name, 'stories', i, 'with', j]),
    ]),
  ];
  const idOf = (name: string) =>
    (sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined)?.id ?? name;
  const shown = new Set<string>();
  for (const [name, ...at] of named) {
    if (shown.has(idOf(name)))
      report([
        {
          rule: 'front-story-twice',
          severity: 'warning',
          file,
          line: lines(at),
          message: `The story "${name}" is named twice, and stands only in its first place${front.pinned && idOf(front.pinned) === idOf(name) ? ', which is the pinned one' : ''}.`,
          hint: 'Take it out of one of the two.',
        },
      ]);
    shown.add(idOf(name));
  }
  putThing(key, file, front);
  return key;
}

async function takeAuthor(
  file: string,
  isThere: boolean,
  newsroom: Newsroom,
  broken: Map<string, PictureError>,
  taken: Taken,
  report: Report,
  dependents: (key: string) => void,
): Promise<void> {
  const { sql } = desk();
  const id = (authorFile.exec(file)?.[1] ?? '').normalize('NFC');
  const key = `author/${id}`;
  const other = otherFile(key, file);
  if (other && isThere) return report([thingTwice(file, other, 'author')]);
  if (other) return; // renamed: the other file has taken its place
  const { authors } = newsroom as Newsroom & { authors: Map<string, AuthorThing> };
  const old = authors.get(id);
  taken.subjects.add(`author:${id}`);
  sql('DELETE FROM dependency WHERE owner = ?').run(key);
  releasePictures(key, taken);
  if (!isThere) {
    sql('DELETE FROM thing WHERE key = ?').run(key);
    authors.delete(id);
    dependents(`author:${id}`);
    return;
  }
  const read = await readAuthor(file);
  if ('problems' in read) return report(read.problems);
  const { name, role, bio, picture, links = [] } = read.data;
  const author: AuthorThing = { name, role, bio, links };
  if (picture) {
    const words = typeof picture === 'string' ? { src: picture, alt: name } : { alt: name, ...picture };
    const path = pictureFileOf(file, words.src);
    if (path) await loadFacts(new Set([path]), broken, newsroom.site, report);
    const needs = new Set<string>();
    const shown = showPicture(file, words.src, words, newsroom, needs);
    for (const need of needs) sql('INSERT OR IGNORE INTO dependency VALUES (?, ?)').run(need, key);
    if ('problems' in shown) {
      const line = await lineOf(read.source, [
        'picture',
        /alt|decorative/.test(shown.problems[0]?.rule ?? '') ? 'alt' : 'src',
      ]);
      report(shown.problems.map((problem) => ({ ...problem, severity: 'error' as const, file, line })));
    } else {
      author.picture = shown.shown;
      usePicture(pictureId(shown.shown.facts), key, taken);
    }
  }
  putThing(key, file, author);
  authors.set(id, author);
  if (old?.name !== name) dependents(`author:${id}`);
}

/** Another file that is there and stands for the same author or page: `ann.yml` beside `ann.yaml`. */
function otherFile(key: string, file: string): string | undefined {
  const { sql } = desk();
  const row = sql('SELECT file FROM thing WHERE key = ?').get(key) as { file: string } | undefined;
  return row && row.file !== file && sql('SELECT 1 FROM file WHERE path = ?').get(row.file) ? row.file : undefined;
}

const thingTwice = (file: string, other: string, what: string): Problem => ({
  rule: `${what}-twice`,
  severity: 'error',
  file,
  line: 1,
  message: `This ${what} has the same name as ${other}.`,
  hint: 'Remove or rename one of the two.',
});

function releasePictures(owner: string, taken: Taken): void {
  const { sql } = desk();
  for (const { digest } of sql('SELECT digest FROM pictureUse WHERE owner = ?').all(owner) as { digest: string }[])
    taken.pictures.add(digest);
  sql('DELETE FROM pictureUse WHERE owner = ?').run(owner);
}

function usePicture(digest: string, owner: string, taken: Taken): void {
  taken.pictures.add(digest);
  desk().sql('INSERT OR IGNORE INTO pictureUse VALUES (?, ?)').run(digest, owner);
}

async function takePages(
  files: string[],
  isThere: (file: string) => boolean,
  newsroom: Newsroom,
  broken: Map<string, PictureError>,
  unprintable: Map<string, Problem[]>,
  taken: Taken,
  report: Report,
): Promise<Set<string>> {
  const { sql } = desk();
  const owners = new Set<string>();
  const keyOf = (file: string) => `page/${pageFile.exec(file)?.[1]?.normalize('NFC')}`;
  for (const file of files) {
    const key = keyOf(file);
    const addresses = sql("SELECT address FROM address WHERE owner = ? AND kind IN ('page', 'alias')").all(key) as {
      address: string;
    }[];
    taken.pages.before.push(...addresses.map(({ address }) => address));
    releaseClaims(key);
    for (const table of ['dependency', 'link', 'redirect']) sql(`DELETE FROM ${table} WHERE owner = ?`).run(key);
    releasePictures(key, taken);
    taken.subjects
      .add(`page:${key.slice('page/'.length)}`)
      .add('sitemap:')
      .add('sitemap:pages')
      .add('redirects');
  }
  for (const file of files) {
    const key = keyOf(file);
    const id = key.slice('page/'.length);
    const other = otherFile(key, file);
    if (other) {
      if (isThere(file)) report([thingTwice(file, other, 'page')]);
      continue; // renamed: the other file has taken its place
    }
    const read = isThere(file) ? await readPage(file) : undefined;
    if (!read || ('data' in read && read.data.draft)) {
      sql('DELETE FROM thing WHERE key = ?').run(key);
      continue;
    }
    const format = /\.mdx$/i.test(file) ? 'mdx' : 'md';
    if ('problems' in read) {
      const { problems, body: text, bodyLine: firstLine } = read;
      report(problems);
      if (text !== undefined && firstLine !== undefined)
        report(
          compileBody(
            { text, format, file, firstLine },
            { language: newsroom.site.language, base: baseOf(newsroom.site), known: knownElements().known },
          ).problems,
        );
      continue;
    }
    const { data, source, fileDigest } = read;
    const { site } = newsroom;
    const language = data.language === site.language ? undefined : data.language;
    const body = compileBody(
      { text: source.body, format, file, firstLine: source.bodyLine },
      { language: language ?? site.language, base: baseOf(site), known: knownElements().known },
    );
    report(body.problems);
    await loadFacts(
      new Set(body.pictures.flatMap(({ src }) => pictureFileOf(file, src) ?? [])),
      broken,
      newsroom.site,
      report,
    );
    const needs = new Set<string>();
    const digests: string[] = [];
    const printed: string[] = [];
    const originals: string[] = [];
    const wide: string[] = [];
    for (const picture of body.pictures) {
      const shown = showPicture(
        file,
        picture.src,
        bodyPictureWords(picture, data.pictures ?? {}),
        { ...newsroom, language },
        needs,
      );
      if ('problems' in shown)
        report(shown.problems.map((problem) => ({ ...problem, severity: 'error' as const, file, line: picture.line })));
      else {
        digests.push(pictureId(shown.shown.facts));
        printed.push(digestOfWords(shown.shown));
        if (shown.shown.original) originals.push(pictureId(shown.shown.facts));
        if (isOutOfColumn(picture)) wide.push(pictureId(shown.shown.facts));
      }
    }
    await loadTables(new Set(tablesOf(file, body)), unprintable);
    const needed = checkNeeds(file, body.needs, newsroom);
    report(needed.problems);
    for (const need of [...needs, ...needed.dependencies])
      sql('INSERT OR IGNORE INTO dependency VALUES (?, ?)').run(need, key);
    for (const digest of digests) usePicture(digest, key, taken);
    for (const { target, line } of body.links)
      sql('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)').run(key, target.normalize('NFC'), line, file);
    const address = pageAddress((data.slug ?? cleanSlug(id)).normalize('NFC'));
    const message = claim({ address, kind: 'page', owner: key, file });
    if (message)
      report([
        {
          rule: 'address-taken',
          severity: 'error',
          file,
          line: await lineOf(source, ['slug']),
          message,
          hint: 'Give the page another  slug: … .',
        },
      ]);
    const aliases = await claimAliases({ owner: key, file, own: address, source }, data.aliases ?? [], report);
    taken.pages.after.push(address, ...aliases);
    for (const alias of aliases) taken.subjects.add(`alias:${alias}`);
    const page: PageThing = {
      id,
      file,
      fileDigest,
      address,
      headline: data.headline,
      standfirst: data.standfirst,
      language,
      pictures: data.pictures ?? {},
      shown: printed,
      originals,
      wide,
      ...(needed.tables.length > 0 ? { tables: needed.tables.map(({ digest }) => digest) } : {}),
    };
    putThing(key, file, page);
    owners.add(key);
  }
  return owners;
}

/** The line of a key, or the first line when the file does not have that key. */
async function lineOf(source: Source, path: (string | number)[]): Promise<number> {
  const [key] = path;
  const isThere =
    key !== undefined && source.data !== null && typeof source.data === 'object' && Object.hasOwn(source.data, key);
  return isThere ? (await linesOf(source))(path) : 1;
}

async function claimStory({ id, file, card, names, state }: StoryRecord, source: Source): Promise<Problem[]> {
  const { sql } = desk();
  const problems: Problem[] = [];
  for (const name of names) {
    const taken = sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined;
    if (!taken) sql('INSERT INTO name VALUES (?, ?)').run(name, id);
    else if (taken.id !== id) {
      const other = sql('SELECT file FROM story WHERE id = ?').get(taken.id) as { file: string } | undefined;
      problems.push({
        rule: 'name-taken',
        severity: 'error',
        file,
        line: name === id ? 1 : await lineOf(source, ['id']),
        message: `Two stories answer to the name "${name}": this one and ${other?.file ?? taken.id}.`,
        hint: 'Give one of them another  id: … .',
      });
    }
  }
  if (state === 'draft') return problems;
  const message = claim({ address: card.address, kind: 'story', owner: `story/${id}`, file });
  if (message)
    problems.push({
      rule: 'address-taken',
      severity: 'error',
      file,
      line: await lineOf(source, ['slug']),
      message,
      hint: 'Give the story another  slug: … , or rename its folder.',
    });
  return problems;
}

interface Aliased {
  owner: string;
  file: string;
  /** Its address today. */
  own: string;
  source: Source;
}

async function claimAliases(
  { owner, file, own, source }: Aliased,
  aliases: string[],
  report: Report,
): Promise<string[]> {
  const { sql } = desk();
  const claimed: string[] = [];
  for (const [i, alias] of aliases.entries()) {
    const found = normaliseAlias(alias);
    const problem = async (message: string, hint: string) =>
      report([
        { rule: 'alias-taken', severity: 'error', file, line: await lineOf(source, ['aliases', i]), message, hint },
      ]);
    if (!found)
      await problem(
        `The alias "${alias}" is no old address of this site.`,
        'Write the path alone, such as /2014/05/old-name/ .',
      );
    else if ('listOnly' in found) {
      const other = sql('SELECT owner FROM redirect WHERE source = ? AND owner <> ?').get(found.listOnly, owner) as
        | { owner: string }
        | undefined;
      if (other) await problem(`The alias "${alias}" is also one of ${other.owner}.`, 'Keep it in one of the two.');
      sql('INSERT OR IGNORE INTO redirect VALUES (?, ?)').run(found.listOnly, owner);
    } else if (found.address !== own) {
      const message = claim({ address: found.address, kind: 'alias', owner, file });
      if (message)
        await problem(
          `The alias "${alias}" cannot be kept. ${message}`,
          'Remove the alias, or give the other another address.',
        );
      else claimed.push(found.address);
    }
  }
  return [...new Set(claimed)];
}

/** Reads the facts of pictures that the index does not know yet; what cannot be used is kept in `broken`. */
/**
 * Facts of pictures that the index does not know yet: of the file, once for each content, with the words
 * of its sidecar over them.
 */
export async function loadFacts(
  paths: Set<string>,
  broken: Map<string, PictureError>,
  site: Site,
  report: Report,
): Promise<void> {
  const { root, sql } = desk();
  const isThere = (path: string) => sql('SELECT 1 FROM file WHERE path = ?').get(path) !== undefined;
  const onDisk = [...paths].flatMap((path) => pictureSpellings(path).find(isThere) ?? []);
  const wanted = [...new Set(onDisk)].filter(
    (path) => !broken.has(path) && !sql('SELECT 1 FROM picture WHERE path = ?').get(path),
  );
  const queue = wanted.values();
  const work = async () => {
    for (const path of queue) {
      try {
        const facts = await fileFacts(readFileSync(join(root, path)));
        for (const unread of facts.iptc?.unread ?? [])
          report([
            {
              rule: 'picture-metadata',
              severity: 'warning',
              file: path,
              line: 1,
              message: `The picture can be shown, but not all that it says of itself: ${unread}.`,
              hint: 'Save its caption, credit and alt text again, or write them into the story.',
            },
          ]);
        for (const message of facts.remarks ?? [])
          report([{ rule: 'picture-remark', severity: 'warning', file: path, line: 1, message }]);
        const { iptc: _, ...known } = await besides(path, facts, site, isThere, report);
        sql('INSERT OR REPLACE INTO picture VALUES (?, ?, ?)').run(path, pictureId(known), JSON.stringify(known));
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        broken.set(path, error);
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

async function fileFacts(bytes: Uint8Array): Promise<PictureFacts> {
  const { sql } = desk();
  const digest = pictureDigestOf(bytes);
  const row = sql('SELECT facts FROM pictureFile WHERE digest = ?').get(digest) as { facts: string } | undefined;
  if (row) return JSON.parse(row.facts) as PictureFacts;
  const facts = await readPictureFacts(bytes);
  sql('INSERT OR REPLACE INTO pictureFile VALUES (?, ?)').run(digest, JSON.stringify(facts));
  return facts;
}

async function besides(
  path: string,
  facts: PictureFacts,
  site: Site,
  isThere: (path: string) => boolean,
  report: Report,
): Promise<PictureFacts> {
  const sidecar = sidecarsOf(path).find(isThere);
  if (sidecar === undefined) return facts;
  const read = await readSidecar(sidecar, site);
  if ('words' in read) return withSidecar(facts, read.words);
  report(read.problems);
  return facts;
}

/** Reads table files that the index does not know yet; what cannot be printed is kept in `unprintable`. */
async function loadTables(paths: Set<string>, unprintable: Map<string, Problem[]>): Promise<void> {
  const { root, sql } = desk();
  for (const path of paths) {
    const file = pictureSpellings(path).find((spelling) => sql('SELECT 1 FROM file WHERE path = ?').get(spelling));
    if (file === undefined || unprintable.has(path) || tableOf(path)) continue;
    const bytes = readFileSync(join(root, file));
    const read = await readTable(bytes);
    if ('table' in read)
      sql('INSERT OR REPLACE INTO tableFile VALUES (?, ?, ?)').run(file, digestOf(bytes), JSON.stringify(read.table));
    else
      unprintable.set(
        path,
        read.problems.map((problem) => ({ ...problem, severity: 'error' as const, file })),
      );
  }
}

/** Links from what was taken in, and links to names that nobody answers to any more. */
function checkLinks(owners: Set<string>, taken: Taken, refused: Refused, problems: Problem[]): void {
  const { sql } = desk();
  type Link = { owner: string; name: string; line: number; file: string };
  const lost = new Set(taken.stories.flatMap(({ before }) => before?.names ?? []));
  const links: Omit<Link, 'owner'>[] = [...refused.links];
  for (const owner of owners)
    links.push(...(sql('SELECT owner, name, line, file FROM link WHERE owner = ?').all(owner) as unknown as Link[]));
  for (const name of lost)
    if (!sql('SELECT 1 FROM name WHERE name = ?').get(name))
      for (const link of sql('SELECT owner, name, line, file FROM link WHERE name = ?').all(name) as unknown as Link[])
        if (!owners.has(link.owner)) links.push(link);
  let names: string[] | undefined;
  for (const { name, line, file } of links) {
    const isOfFront = frontFile.test(file);
    const target = sql(
      'SELECT story.state, story.isPublic, story.file FROM name JOIN story USING (id) WHERE name = ?',
    ).get(name) as { state: string; isPublic: number; file: string } | undefined;
    if (!target && refused.names.has(name)) continue;
    if (!target) {
      names ??= (sql('SELECT name FROM name').all() as { name: string }[]).map((row) => row.name);
      const meant = nearest(name, names);
      problems.push({
        rule: 'story-link-dead',
        severity: 'error',
        file,
        line,
        message: `There is no story "${name}".`,
        hint: meant
          ? `Did you mean  ${meant} ?`
          : `A ${isOfFront ? 'front' : 'link'} names a story by its  id , or by its path under content/stories, such as  ${isOfFront ? '' : 'story:'}2025/02/harbour-reopens .`,
      });
    } else if (isOfFront && (!target.isPublic || target.state !== 'ready'))
      taken.warnings.push({
        rule: 'front-story-waiting',
        severity: 'warning',
        file,
        line,
        message: target.isPublic
          ? `The story "${name}" is withdrawn, so the front is without it.`
          : `The story "${name}" is not public yet, so the front is without it until it is.`,
      });
    else if (!target.isPublic)
      taken.warnings.push({
        rule: 'story-link-waiting',
        severity: 'warning',
        file,
        line,
        message: `The story "${name}" is not public yet, so its words stand without a link until it is.`,
      });
  }
}
