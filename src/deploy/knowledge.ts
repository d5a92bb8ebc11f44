import { hash } from 'node:crypto';
import pLimit from 'p-limit';
import { ProblemsError } from '../problems/problem.ts';
import { type Contents, isManifestFile, manifestFile, readManifest } from '../site/manifest.ts';
import { afterReading, type Known, knownFiles, type PutFile } from './known.ts';
import type { State } from './state.ts';
import { intentFile, isInWorkFolder, type Listing, type RemoteFile, type Target } from './target.ts';

/** What a deploy knows about a target before it begins. */
export interface Knowledge {
  listing: Listing;
  files: Map<string, Known>;
  /** The files that a deploy which was stopped may have sent. */
  intent: ReadonlySet<string>;
  /** Whether a deploy put a site there before. */
  isKnown: boolean;
  /** The number of files whose bytes were read. */
  read: number;
}

const readsAtOnce = 8;

/**
 * Asks a target what it has.
 *
 * @param state what this machine put there
 */
export async function askTarget(
  target: Pick<Target, 'isNear'> & Partial<Pick<Target, 'contents' | 'read'>>,
  state: State,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Knowledge> {
  if (!target.contents) return asLeft(state);
  const listing = await target.contents();
  const read = async (path: string) => await target.read?.(path);
  const textOf = async (path: string) => {
    const bytes = listing.has(path) ? await read(path) : undefined;
    return bytes === undefined ? undefined : Buffer.from(bytes).toString();
  };
  const intent = new Set(listing.has(intentFile) ? intentOf(await textOf(intentFile)) : []);
  // If the manifest is as this machine left it, nobody else has deployed since, and it says nothing new.
  const isMine = isSame(state.get(manifestFile), listing.get(manifestFile));
  const manifest = isMine ? undefined : await manifestOf(textOf);
  const sources = { listing, state, manifest, intent };
  const { files, unread } = knownFiles(sources, target.isNear);
  const limit = pLimit(readsAtOnce);
  let done = 0;
  await Promise.all(
    unread
      .filter((path) => !isInWorkFolder(path))
      .map((path) =>
        limit(async () => {
          const { size } = files.get(path)!;
          // A link, or something else that is not a file.
          const bytes = size < 0 ? undefined : await read(path);
          const sha256 = bytes && hash('sha256', bytes, 'hex');
          files.set(path, afterReading(path, files.get(path)!, sha256, sources));
          onProgress(++done, unread.length);
        }),
      ),
  );
  const isKnown = state.size > 0 || manifest !== undefined || intent.size > 0;
  return { listing, files, intent, isKnown, read: unread.length };
}

/** Only the host's own tool knows what is there. */
function asLeft(state: State): Knowledge {
  const files = [...state].map(([path, { size, sha256 }]): [string, Known] => [
    path,
    { size, sha256, put: sha256, isOurs: true },
  ]);
  return { listing: state, files: new Map(files), intent: new Set(), isKnown: state.size > 0, read: 0 };
}

const isSame = (mine: PutFile | undefined, there: RemoteFile | undefined): boolean =>
  mine !== undefined &&
  there !== undefined &&
  mine.size === there.size &&
  mine.stamp === there.stamp &&
  there.stamp !== '';

/** A manifest that somebody damaged says nothing. Then the files at the target are those of somebody else. */
async function manifestOf(textOf: (path: string) => Promise<string | undefined>): Promise<Contents | undefined> {
  try {
    return await readManifest(textOf);
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}

function intentOf(text: string | undefined): string[] {
  try {
    const paths = JSON.parse(text ?? '[]') as unknown;
    return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
  } catch {
    return [];
  }
}

/** What this machine knows about the files that stay as they are. */
export function stateOf({ listing, files }: Knowledge, state: State): State {
  const now: State = new Map();
  for (const [path, { sha256, isOurs }] of files) {
    const there = listing.get(path);
    const mine = state.get(path);
    if (isInWorkFolder(path)) continue;
    if (isOurs && sha256 !== undefined && there) now.set(path, { sha256, size: there.size, stamp: there.stamp });
    // Somebody else's bytes are recognised as such next time, too.
    else if (mine && !isManifestFile(path)) now.set(path, mine);
  }
  return now;
}
