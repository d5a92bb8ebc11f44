import { statSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import type { default as SharpModule } from 'sharp';
import { cut, decode, encode, loadSharp, makeDrawing, move, resize } from './encoders.ts';
import { fileDigest, isAsMade, type Ledger, readLedger, writeLedger, writeToCache } from './ledger.ts';
import type { PictureFacts, Rendition } from './picture.ts';
import { digestOf } from './picture-digest.ts';
import { withoutTexts } from './png-texts.ts';
import { PictureError, pictureChanged } from './problems.ts';
import { renditionKey } from './renditions.ts';
import { rightsPacket } from './rights.ts';

export { type Verification, verifyRenditions } from './ledger.ts';

/** A picture whose renditions are needed. */
export interface PictureJob {
  /** The absolute path of the original. */
  file: string;
  /** What `readPictureFacts` returned for its bytes, with the texts of its sidecar. */
  facts: PictureFacts;
  /** As named by `renditionsOf`, for this picture, in any order. */
  renditions: readonly Rendition[];
}

export interface MakeOptions {
  /** Called after each picture for which something had to be created. */
  onProgress?: (progress: { done: number; total: number }) => void;
  /**
   * The number of parallel encoders. Defaults to the number of cores. libuv runs at most 4 unless its pool is larger.
   */
  concurrency?: number;
  /**
   * Whether an existing file must be compared with its digest before it is used. The press sets this for files that it
   * is about to publish, so that a cache from elsewhere cannot add a file that was not created here.
   */
  isChecked?: (name: string) => boolean;
  /** Creates the renditions of many pictures in another process. Each job contains only what is missing or damaged. */
  apart?: (jobs: PictureJob[], onProgress: (done: number) => void) => Promise<Pick<MadeRenditions, 'made' | 'failed'>>;
}

export interface MadeRenditions {
  /** The number of files written now. */
  made: number;
  /** The number of files that already existed. */
  kept: number;
  /** The names of existing files that differed from what was created under that name. They were created again. */
  mended: string[];
  /** Pictures that could not be encoded, in the order of the jobs. All others are complete. */
  failed: { file: string; error: PictureError }[];
}

/**
 * Creates every missing rendition in `folder`. This is the only place that encodes. A name states what the bytes were
 * made from, so a file is created only once, and again only when the recipe changes.
 *
 * Renditions have 8 bits, are upright, and show the first of several frames. Colours are sRGB without a profile, or
 * those of a wide profile, which is then kept. The only metadata is the rights (`rightsPacket`).
 *
 * Each source is decoded once, at most two at a time. The process grows to about 0.5 GB on two cores, however many
 * pictures there are. Most of it is used by the AVIF encoder.
 *
 * @param folder absolute. It is created if missing. Each file appears in it completely or not at all.
 * @returns pictures that have changed since their facts were read, or that are damaged, are in `failed`
 * @throws disk errors (full, no permission), after the work that had begun has ended
 */
export async function makeRenditions(
  jobs: readonly PictureJob[],
  folder: string,
  options: MakeOptions = {},
): Promise<MadeRenditions> {
  const wanted = onePerPicture(jobs).map((job) => missingOf(job, folder, options.isChecked));
  const todo = wanted.filter(({ missing }) => missing.length > 0);
  const result: MadeRenditions = {
    made: 0,
    kept: wanted.reduce((sum, { kept }) => sum + kept, 0),
    mended: wanted.flatMap(({ mended }) => mended),
    failed: [],
  };
  if (todo.length === 0) return result;
  if (options.apart && todo.length >= apartMin) {
    const total = todo.length;
    const { made, failed } = await options.apart(
      todo.map(({ job, missing }) => ({ ...job, renditions: missing })),
      (done) => options.onProgress?.({ done, total }),
    );
    return { ...result, made, failed };
  }

  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) await rm(folder);
  await mkdir(folder, { recursive: true });
  const sharp = await loadSharp();
  const encoders = pLimit(options.concurrency ?? availableParallelism());
  const pictures = pLimit(picturesAtOnce);
  const failures = new Map<PictureJob, PictureError>();
  let done = 0;
  let stopped = false;

  const outcomes = await Promise.allSettled(
    todo.map((work) =>
      pictures(async () => {
        if (stopped) return;
        try {
          const made = await makeOne(work, { folder, sharp, encoders });
          result.made += made;
        } catch (error) {
          if (!(error instanceof PictureError)) {
            stopped = true;
            throw error;
          }
          failures.set(work.job, error);
        }
        done += 1;
        options.onProgress?.({ done, total: todo.length });
      }),
    ),
  );
  const broken = outcomes.find((outcome) => outcome.status === 'rejected');
  if (broken) throw broken.reason;
  for (const { job } of todo) {
    const error = failures.get(job);
    if (error) result.failed.push({ file: job.file, error });
  }
  return result;
}

/** A process takes a quarter of a second to start, and encoding fewer pictures than this takes a few seconds. */
const apartMin = 8;

// One encodes its last sizes while another already decodes. This keeps two to four cores busy.
const picturesAtOnce = 2;

interface Work {
  job: PictureJob;
  missing: Rendition[];
  /** The number of requested renditions that exist. */
  kept: number;
  mended: string[];
  ledger: Ledger;
}

interface Tools {
  folder: string;
  sharp: typeof SharpModule;
  encoders: LimitFunction;
}

function onePerPicture(jobs: readonly PictureJob[]): PictureJob[] {
  const byKey = new Map<string, PictureJob>();
  for (const job of jobs) {
    const key = renditionKey(job.facts);
    const known = byKey.get(key);
    if (!known) byKey.set(key, job);
    else byKey.set(key, { ...known, renditions: [...known.renditions, ...job.renditions] });
  }
  return [...byKey.values()];
}

function missingOf(job: PictureJob, folder: string, isChecked: (name: string) => boolean = () => false): Work {
  const ledger = readLedger(folder, renditionKey(job.facts));
  const renditions = [...new Map(job.renditions.map((rendition) => [rendition.name, rendition])).values()];
  const mended: string[] = [];
  const missing = renditions.filter(({ name }) => {
    const digest = ledger.get(name);
    if (digest === undefined) return true;
    if (!isChecked(name) || isAsMade(join(folder, name), digest)) return false;
    mended.push(name);
    return true;
  });
  return { job, missing, kept: renditions.length - missing.length, mended, ledger };
}

async function makeOne({ job, missing, ledger }: Work, tools: Tools): Promise<number> {
  const { sharp, encoders, folder } = tools;
  const { facts } = job;
  const whole = await readFile(job.file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? pictureChanged(error) : error;
  });
  if (digestOf(whole) !== facts.digest) throw pictureChanged();
  // Decoders decompress every text of a PNG.
  const bytes = facts.format === 'png' ? Buffer.from(withoutTexts(whole, 0).bytes) : whole;

  const rights = rightsPacket(facts.rights);
  const made: Ledger = new Map(ledger);
  const keep = async (name: string, encoded: Uint8Array) => {
    await writeToCache(join(folder, name), encoded);
    made.set(name, fileDigest(encoded));
  };
  if (facts.format === 'svg') await makeDrawing(bytes, missing, { rights, sharp, keep });
  else {
    const moving = missing.filter(({ isMoving }) => isMoving);
    const still = missing.filter(({ isMoving }) => !isMoving);
    const works: Promise<void>[] = moving.map((rendition) =>
      encoders(async () => await keep(rendition.name, await move(sharp, bytes, rendition, rights))),
    );
    if (still.length > 0) {
      // Everything that is missing is created from the same source, because the bytes must be the same.
      const source = await encoders(() => decode(sharp, bytes, facts));
      for (const [, sameCrop] of Map.groupBy(still, ({ crop }) => JSON.stringify(crop))) {
        const part = once(() => cut(sharp, source, sameCrop[0]?.crop, facts));
        for (const sameSize of bySizeWidestFirst(sameCrop)) {
          const pixels = once(async () => resize(sharp, await part(), widestOf(sameSize), facts));
          for (const rendition of sameSize)
            works.push(
              encoders(async () => await keep(rendition.name, await encode(await pixels(), rendition, rights, facts))),
            );
        }
      }
    }
    const broken = (await Promise.allSettled(works)).find((outcome) => outcome.status === 'rejected');
    if (broken) throw broken.reason;
  }
  await writeLedger(folder, renditionKey(facts), made);
  return missing.length;
}

function bySizeWidestFirst(renditions: readonly Rendition[]): Rendition[][] {
  const sizes = Map.groupBy(renditions, ({ widthPx }) => widthPx);
  return [...sizes].sort(([a], [b]) => b - a).map(([, sameSize]) => sameSize);
}

function widestOf(renditions: readonly Rendition[]): Rendition {
  return renditions.reduce((widest, other) => (other.widthPx > widest.widthPx ? other : widest));
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
