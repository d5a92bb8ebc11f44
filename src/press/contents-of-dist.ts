import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { tables } from '../index/tables.ts';
import type { Contents, FileDigest } from '../site/manifest.ts';
import { indexFile, realFolder } from './index-file.ts';
import { contentsInRecord } from './manifest.ts';
import { meta } from './meta.ts';
import { scanDist } from './scan-dist.ts';
import { filesOf, markOf } from './write.ts';

type Progress = (done: number, total: number) => void;

const filesAtOnce = 8;

/**
 * The SHA-256 and the size of every file in dist, including the manifest. Only files that are not as the last publish
 * left them are read, if the index of this dist is in the cache. Otherwise every file is read.
 *
 * Nothing may publish to the same dist meanwhile.
 *
 * @param place absolute paths
 */
export async function contentsOfDist(
  { site, dist, cache }: { site: string; dist: string; cache: string },
  onProgress?: Progress,
): Promise<Contents> {
  const real = realFolder(dist);
  const known = recorded(site, real, indexFile(cache, real));
  if (!known) return await contentsOfFolder(real, onProgress);
  const { contents, toRead, missing } = known;
  for (const path of missing) contents.delete(path);
  for (const [path, digest] of await digestsOf(real, toRead, onProgress)) contents.set(path, digest);
  return contents;
}

interface Recorded {
  contents: Map<string, FileDigest>;
  toRead: string[];
  missing: string[];
}

/** What the index knows about dist, and how dist differs. @returns undefined if no index describes this folder */
function recorded(site: string, dist: string, file: string): Recorded | undefined {
  if (!existsSync(file)) return undefined;
  let index: IndexHandle | undefined;
  try {
    index = openIndexHandle(site, file, 'read');
    const { user_version: version } = index.sql('PRAGMA user_version').get() as { user_version: number };
    const mark = markOf(dist);
    if (version !== tables.version || mark === undefined || meta(index, 'dist') !== mark) return undefined;
    const { missing, changed, strays, blocked } = scanDist(index, { dist, isTrusted: true });
    if (blocked.length > 0) return undefined;
    const added = strays.flatMap((path) => (path.endsWith('/') ? [...filesOf(dist, path)] : [path]));
    return { contents: new Map(contentsInRecord(index)), toRead: [...changed, ...added], missing };
  } catch (error) {
    if ((error as { errcode?: number }).errcode === undefined) throw error;
    return undefined; // the index is damaged, and the next build creates it again
  } finally {
    if (index) closeIndexHandle(index);
  }
}

/**
 * The SHA-256 and the size of every file in a folder that contains a site, including its manifest. Each file is read.
 *
 * @param dist the folder. Our own marker and what others keep there, such as `.git`, are left out
 */
export async function contentsOfFolder(dist: string, onProgress?: Progress): Promise<Contents> {
  return await digestsOf(dist, [...filesOf(dist)].sort(), onProgress);
}

async function digestsOf(
  dist: string,
  paths: readonly string[],
  onProgress: Progress = () => {},
): Promise<Map<string, FileDigest>> {
  const limit = pLimit(filesAtOnce);
  let done = 0;
  const digests = await Promise.all(
    paths.map((path) =>
      limit(async () => {
        const digest = await digestOfFile(join(dist, path));
        onProgress(++done, paths.length);
        return digest;
      }),
    ),
  );
  return new Map(paths.map((path, i): [string, FileDigest] => [path, digests[i]!]));
}

/**
 * The SHA-256 and the size of a file. It is read in pieces. A symbolic link is followed; one that leads to no file has
 * the digest ''.
 */
export async function digestOfFile(file: string): Promise<FileDigest> {
  try {
    return await digestOfBytes(file);
  } catch (error) {
    if (!['EISDIR', 'ENOENT', 'ELOOP', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return { sha256: '', size: 0 };
  }
}

async function digestOfBytes(file: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(createReadStream(file), async (source: AsyncIterable<Buffer>) => {
    for await (const piece of source) {
      size += piece.length;
      hash.update(piece);
    }
  });
  return { sha256: hash.digest('hex'), size };
}
