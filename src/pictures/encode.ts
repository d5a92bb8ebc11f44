import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { default as Sharp } from 'sharp';
import { gate } from './gate.ts';
import { fileDigest, type Ledger, readLedger, writeAtomically, writeLedger } from './ledger.ts';
import { decoding, digestOf } from './metadata.ts';
import type { PictureFacts, Rendition } from './picture.ts';
import { PictureError, pictureChanged, pictureTruncated } from './problems.ts';
import { recipe } from './recipe.ts';
import { renditionKey, renditionsOf } from './renditions.ts';

export { type Verification, verifyRenditions } from './ledger.ts';

/** A picture whose renditions are wanted. */
export interface PictureJob {
  /** Absolute path of the original. */
  file: string;
  /** What `readPictureFacts` said of its bytes. */
  facts: PictureFacts;
}

export interface MakeOptions {
  /** Told after each picture of which something had to be made. */
  onProgress?: (progress: { done: number; total: number }) => void;
  /** Encoders at work at once; the machine's cores unless told. libuv runs at most 4 unless its pool is larger. */
  concurrency?: number;
}

export interface MadeRenditions {
  /** Files written now. */
  made: number;
  /** Files that were there already. */
  kept: number;
  /** Pictures that could not be encoded, in the order of the jobs; all the others are complete. */
  failed: { file: string; error: PictureError }[];
}

/**
 * Makes what is missing of every picture's renditions in `folder`; this is the only place that
 * encodes. Names say what the bytes were made of, so a file is made once ever, and again only when
 * the recipe changes.
 *
 * Renditions are sRGB with 8 bits, upright, the first frame of several, without any metadata. Each
 * source is decoded once, at most two at a time. The process grows to about 0.5 GB on two cores, however many
 * pictures there are; the AVIF encoder takes most of it.
 *
 * @param folder absolute; made when missing. Each file appears in it whole or not at all.
 * @returns pictures that changed since their facts were read, or prove damaged, are in `failed`
 * @throws errors of the disk (full, no permission), after the work that had begun has ended
 */
export async function makeRenditions(
  jobs: readonly PictureJob[],
  folder: string,
  options: MakeOptions = {},
): Promise<MadeRenditions> {
  const wanted = onePerPicture(jobs).map((job) => missingOf(job, folder));
  const todo = wanted.filter(({ missing }) => missing.length > 0);
  const result: MadeRenditions = {
    made: 0,
    kept: wanted.reduce((sum, { kept }) => sum + kept, 0),
    failed: [],
  };
  if (todo.length === 0) return result;

  await mkdir(folder, { recursive: true });
  const sharp = await loadSharp();
  const encoders = gate(options.concurrency ?? availableParallelism());
  const pictures = gate(picturesAtOnce);
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

// One that encodes its last sizes and one that decodes already: enough to keep two to four cores busy.
const picturesAtOnce = 2;

interface Work {
  job: PictureJob;
  missing: Rendition[];
  /** How many of the wanted are there. */
  kept: number;
  ledger: Ledger;
}

interface Tools {
  folder: string;
  sharp: typeof Sharp;
  encoders: ReturnType<typeof gate>;
}

interface Pixels {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

function onePerPicture(jobs: readonly PictureJob[]): PictureJob[] {
  const byDigest = new Map<string, PictureJob>();
  for (const job of jobs) if (!byDigest.has(job.facts.digest)) byDigest.set(job.facts.digest, job);
  return [...byDigest.values()];
}

function missingOf(job: PictureJob, folder: string): Work {
  const ledger = readLedger(folder, renditionKey(job.facts));
  const renditions = renditionsOf(job.facts);
  const missing = renditions.filter(({ name }) => !ledger.has(name));
  return { job, missing, kept: renditions.length - missing.length, ledger };
}

async function makeOne({ job, missing, ledger }: Work, tools: Tools): Promise<number> {
  const { sharp, encoders, folder } = tools;
  const bytes = await readFile(job.file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? pictureChanged(error) : error;
  });
  if (digestOf(bytes) !== job.facts.digest) throw pictureChanged();

  // From the widest of all, also when only a narrow one is missing: its bytes must come out the same.
  const sizes = bySizeWidestFirst(missing);
  const source = await encoders(() => decode(sharp, bytes, job.facts, widestOf(renditionsOf(job.facts))));

  const made: Ledger = new Map(ledger);
  const outcomes = await Promise.allSettled(
    sizes.flatMap((sameSize) => {
      const pixels = once(() => resize(sharp, source, widestOf(sameSize)));
      return sameSize.map((rendition) =>
        encoders(async () => {
          const encoded = await encode(sharp, await pixels(), rendition);
          await writeAtomically(join(folder, rendition.name), encoded);
          made.set(rendition.name, fileDigest(encoded));
        }),
      );
    }),
  );
  const broken = outcomes.find((outcome) => outcome.status === 'rejected');
  if (broken) throw broken.reason;
  await writeLedger(folder, renditionKey(job.facts), made);
  return missing.length;
}

/** The picture as shown, in sRGB (sharp's default), as large as the widest rendition: the source is read once. */
async function decode(sharp: typeof Sharp, bytes: Buffer, facts: PictureFacts, widest: Rendition): Promise<Pixels> {
  const upright = sharp(bytes, decoding).autoOrient().resize(widest.widthPx, widest.heightPx, { fit: 'fill' });
  return await (facts.hasAlpha ? upright.ensureAlpha() : upright.removeAlpha())
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw pictureTruncated(facts.format, cause);
    });
}

async function resize(sharp: typeof Sharp, source: Pixels, { widthPx, heightPx }: Rendition): Promise<Pixels> {
  if (widthPx === source.info.width && heightPx === source.info.height) return source;
  return await sharp(source.data, { raw: source.info })
    .resize(widthPx, heightPx, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

async function encode(sharp: typeof Sharp, { data, info }: Pixels, { format }: Rendition): Promise<Buffer> {
  return await sharp(data, { raw: info }).toFormat(format, recipe[format]).toBuffer();
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

async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp');
  if (sharp.versions.sharp !== recipe.sharp) {
    throw new Error(
      `Renditions are named for sharp ${recipe.sharp}, but ${sharp.versions.sharp} is installed. Run  npm ci.`,
    );
  }
  sharp.concurrency(recipe.threads);
  // Its cache keeps decoded pictures, and each of ours is used once.
  sharp.cache(false);
  return sharp;
}
