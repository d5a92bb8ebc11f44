import { setImmediate as turn } from 'node:timers/promises';
import { cacheBody } from '../index/bodies.ts';
import { makeBodyCache } from '../index/body-cache.ts';
import { readContent } from '../index/content-files.ts';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { elementsOf } from '../index/theme-elements.ts';
import type { Site } from '../site/site.ts';
import type { StoryElement } from '../story/elements.ts';
import { type ParsedStory, parseStory } from '../story/parse.ts';

/*
 * Reading a story needs only its file and the site, so other threads can do it while this one ingests what they have
 * read. They put the texts into their own caches of bodies and pass on the rest as JSON, because copying texts between
 * threads takes as long as reading them.
 */

/** Another thread that reads stories. */
export interface StoryReader {
  /** @returns what `Reading.read` returns there */
  read(setting: ReadingSetting, files: string[]): Promise<string>;
  /** Closes the resources for reading, so that others find the texts in its cache of bodies. */
  end(): Promise<void>;
}

/** What is needed to read stories. It is sent to other threads. */
export interface ReadingSetting {
  /** The newsroom's folder. */
  root: string;
  site: Site;
  /** The file for compiled texts. */
  bodyCache: string;
}

export interface Reading {
  /**
   * Reads stories and puts their texts into the cache of bodies.
   *
   * @param files newsroom-relative
   * @returns the form that `readInOrder` expects
   * @throws the disk error for a file that cannot be read
   */
  read(files: string[]): Promise<string>;
  close(): void;
}

/** A story as it is passed between threads: without its text, or null if it has mistakes that have to be reported. */
type Carried = ParsedStory | null;

/** Reads a story's file and checks it by itself. @throws the disk error if it cannot be read */
export async function readStory(
  file: string,
  {
    root,
    overlay,
    site,
    known,
  }: Pick<IndexHandle, 'root' | 'overlay'> & { site: Site; known: Record<string, StoryElement> },
): ReturnType<typeof parseStory> {
  const bytes = readContent({ root, overlay }, file);
  return await parseStory(file, bytes, digestOf(bytes), site, known);
}

/** Begins to read stories for another thread. */
export function openReading({ root, site, bodyCache: file }: ReadingSetting): Reading {
  const bodyCache = makeBodyCache(file);
  const { known } = elementsOf(root);
  const carry = async (path: string): Promise<Carried> => {
    const result = await readStory(path, { root, site, known });
    if (!('parsed' in result) || result.parsed.broken.length > 0) return null;
    const { source, body, ...story } = result.parsed;
    cacheBody(bodyCache, result.parsed, site);
    return { ...story, source: { ...source, data: null, body: '' }, body: { ...body, body: [] } };
  };
  return {
    async read(files) {
      const carried: Carried[] = [];
      for (const path of files) carried.push(await carry(path));
      return JSON.stringify(carried);
    },
    close: () => bodyCache.close(),
  };
}

const batch = 40;
/** This many batches are queued for each thread, so that it continues while this thread reads its own. */
const queued = 2;
/** This many batches can be read before their turn, so that not all stories are in memory at once. */
const aheadMax = 24;

/**
 * Processes stories in order, a batch at a time, while other threads read later ones. If the next batch is not ready,
 * this thread reads one that no thread has begun.
 *
 * @param files newsroom-relative
 * @param readers other threads, each with its resources
 * @param readHere reads one story on this thread, and reports what is wrong with it
 * @returns the stories of each batch that could be read, and the number of its files
 * @throws what one of them threw
 */
export async function* readInOrder(
  files: string[],
  readers: { reader: StoryReader; setting: ReadingSetting }[],
  readHere: (file: string) => Promise<ParsedStory | undefined>,
): AsyncGenerator<{ stories: ParsedStory[]; read: number }> {
  const batches = Array.from({ length: Math.ceil(files.length / batch) }, (_, at) =>
    files.slice(at * batch, (at + 1) * batch),
  );
  const there = new Map<number, ParsedStory[] | { carried: string }>();
  let next = 0;
  let now = 0;
  const mayBegin = () => next < batches.length && next - now < aheadMax;

  let bell = Promise.withResolvers<void>();
  const ring = () => {
    bell.resolve();
    bell = Promise.withResolvers();
  };
  let ended: { error?: unknown } | undefined;
  const readElsewhere = async ({ reader, setting }: (typeof readers)[number]) => {
    while (next < batches.length && !ended) {
      if (mayBegin()) {
        const at = next++;
        there.set(at, { carried: await reader.read(setting, batches[at]!) });
        ring();
      } else await bell.promise;
    }
  };
  for (const reader of readers)
    for (let i = 0; i < queued; i++)
      readElsewhere(reader).catch((error) => {
        ended ??= { error };
        ring();
      });

  try {
    for (; now < batches.length; now++) {
      while (!there.has(now)) {
        if (ended) throw ended.error;
        if (mayBegin()) {
          const at = next++;
          there.set(at, await inTurn(batches[at]!.map((file) => () => readHere(file))));
        } else await bell.promise;
        // Results of other threads are queued until this thread reads them.
        if (readers.length > 0) await turn();
      }
      const read = there.get(now)!;
      there.delete(now);
      const stories = 'carried' in read ? await uncarried(read.carried, batches[now]!, readHere) : read;
      yield { stories, read: batches[now]!.length };
      ring();
    }
  } finally {
    ended ??= {};
    ring();
  }
}

/** One after the other, without undefined results. */
async function inTurn(reads: (() => Promise<ParsedStory | undefined>)[]): Promise<ParsedStory[]> {
  const stories: ParsedStory[] = [];
  for (const read of reads) {
    const story = await read();
    if (story) stories.push(story);
  }
  return stories;
}

/** Stories passed on by another thread. Those with mistakes are read again on this thread, which reports them. */
function uncarried(
  json: string,
  files: string[],
  readHere: (file: string) => Promise<ParsedStory | undefined>,
): Promise<ParsedStory[]> {
  const stories = JSON.parse(json) as Carried[];
  return inTurn(
    stories.map((story, at) => async () => {
      if (!story) return await readHere(files[at]!);
      // An undamaged front matter was already checked, so the result is the same.
      story.source.data = story.frontMatter;
      return story;
    }),
  );
}
