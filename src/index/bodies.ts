import { setImmediate as turn } from 'node:timers/promises';
import { baseOf, type Site } from '../site/site.ts';
import { compileBody } from '../story/body/compile.ts';
import type { ParsedStory } from '../story/parse.ts';
import { readSource } from '../yaml/source.ts';
import { type BodyCache, bodyCacheFile, type CachedBody, clearBodyCaches, makeBodyCache } from './body-cache.ts';
import { readContent } from './content-files.ts';
import { digestOf } from './digest.ts';
import type { IndexHandle } from './handle.ts';
import { savedMeanwhile } from './problems.ts';
import { knownElements } from './theme-elements.ts';

// Bodies that were checked and will be printed moments later. A few are kept in memory. If there are many, they are in
// the cache of bodies. A body that does not fit is compiled again.
const keptCharsMax = 2_000_000;

/**
 * By file first: stories are read and printed in the order of their files, so a cache grows at its end and is read in
 * order. The same bytes have other quotation marks in another language.
 */
const keyOf = (file: string, language: string, digest: string): string => `${file} ${language} ${digest}`;

/**
 * Keeps the body of a story that was read for the thread that prints it. In a large publish, it goes into the cache.
 */
export function keepBody(index: IndexHandle, story: ParsedStory, site: Site): void {
  const { bodyCache, keptBodies } = index;
  if (bodyCache) {
    cacheBody(bodyCache, story, site);
    return;
  }
  const chars = story.source.body.length;
  if (keptBodies.chars + chars > keptCharsMax) return;
  keptBodies.chars += chars;
  keptBodies.byKey.set(keyOfStory(story, site), story.body);
}

/** Keeps a body for the next page that prints this text, in place of the one that was kept when it was read. */
export function keepCompiled(
  { keptBodies }: IndexHandle,
  { file, language, digest }: { file: string; language: string; digest: string },
  body: CachedBody,
): void {
  keptBodies.byKey.set(keyOf(file, language, digest), body);
}

export function cacheBody(bodyCache: BodyCache, story: ParsedStory, site: Site): void {
  bodyCache.put?.(keyOfStory(story, site), story.body);
}

/**
 * Compiles the bodies of public stories and puts them into a new cache, for as long as the printing threads have to
 * wait for something else.
 *
 * @param isWaiting called now and then
 */
export async function compileAhead(index: IndexHandle, site: Site, isWaiting: () => boolean): Promise<void> {
  const { file: indexFile, sql } = index;
  const stories = sql(`
    SELECT file, card ->> 'language' AS language, record ->> 'fileDigest' AS digest FROM story WHERE isPublic = 1 ORDER BY id`);
  clearBodyCaches(indexFile);
  const bodyCache = makeBodyCache(bodyCacheFile(indexFile, 0));
  index.bodyCache = bodyCache;
  let count = 0;
  for (const row of stories.iterate()) {
    if (count++ % compiledPerTurn === 0) {
      await turn();
      if (!isWaiting()) break;
    }
    const { file, language, digest } = row as { file: string; language: string | null; digest: string };
    const spoken = language ?? site.language;
    let body: CachedBody;
    try {
      body = compileFile(index, file, digest, spoken, site);
    } catch {
      continue; // the thread that prints the story finds the same error and reports it
    }
    bodyCache.put?.(keyOf(file, spoken, digest), body);
  }
}

const compiledPerTurn = 20;

const keyOfStory = ({ file, fileDigest, frontMatter }: ParsedStory, site: Site): string =>
  keyOf(file, frontMatter.language ?? site.language, fileDigest);

/** The body of a story as it was ingested: one that is kept for printing, or one that is compiled now. */
export function takeBody(index: IndexHandle, file: string, digest: string, language: string, site: Site): CachedBody {
  const key = keyOf(file, language, digest);
  const waiting = index.keptBodies.byKey.get(key) ?? index.bodyCache?.get?.(key);
  if (waiting) {
    index.keptBodies.byKey.delete(key);
    return waiting;
  }
  return compileFile(index, file, digest, language, site);
}

/** @throws if the file has changed since it was ingested */
function compileFile(index: IndexHandle, file: string, digest: string, language: string, site: Site): CachedBody {
  let bytes: Buffer;
  try {
    bytes = readContent(index, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw savedMeanwhile(file, 'removed');
  }
  // The file was saved between the scan and now. The old page stays, and the next publish ingests the new text.
  if (digestOf(bytes) !== digest) throw savedMeanwhile(file, 'saved');
  const source = readSource(file, bytes);
  if ('problems' in source) throw new Error(`${file} was checked and cannot be read now`);
  return compileBody(
    { text: source.body, format: /\.mdx$/i.test(file) ? 'mdx' : 'md', file, firstLine: source.bodyLine },
    { language, base: baseOf(site), known: knownElements(index).known },
  );
}
