import type { Contents } from '../site/manifest.ts';
import type { RemoteFile } from './target.ts';

/* What is known about the files at a target: who put them there, and which bytes they have. Pure. */

/** A file as it was after this machine put it there. */
export interface PutFile extends RemoteFile {
  sha256: string;
}

/** A file at the target. */
export interface Known {
  size: number;
  /** The digest of its bytes, if it is known. */
  sha256: string | undefined;
  /** The digest that a deploy left there. Undefined if no deploy put a file there. */
  put: string | undefined;
  /** Whether its bytes are those that a deploy put there. Otherwise they are somebody else's. */
  isOurs: boolean;
}

export interface Sources {
  /** What the target lists. */
  listing: ReadonlyMap<string, RemoteFile>;
  /** What this machine put there, by path. */
  state: ReadonlyMap<string, PutFile>;
  /** The manifest of contents at the target. */
  manifest: Contents | undefined;
  /** The files that a deploy which was stopped may have sent. */
  intent: ReadonlySet<string>;
}

/**
 * Combines what the target lists with what is known about its files.
 *
 * A file with the size and the stamp that it had after this machine put it there has the same bytes. Otherwise its bytes
 * have to be read (`isNear`), or the manifest at the target is believed if the sizes agree: it is sent last in each
 * deploy. A file that a stopped deploy may have sent is ours, whatever its bytes are, and is sent again.
 *
 * @param isNear as for a target
 * @returns the files, and those whose bytes have to be read before anything can be said about them
 */
export function knownFiles(
  { listing, state, manifest, intent }: Sources,
  isNear: boolean,
): { files: Map<string, Known>; unread: string[] } {
  const files = new Map<string, Known>();
  const unread: string[] = [];
  for (const [path, { size, stamp }] of listing) {
    const mine = state.get(path);
    const told = manifest?.get(path);
    const put = told?.sha256 ?? mine?.sha256;
    if (mine && mine.size === size && mine.stamp === stamp && stamp !== '')
      files.set(path, { size, sha256: mine.sha256, put: mine.sha256, isOurs: true });
    else if (!isNear && intent.has(path)) files.set(path, { size, sha256: undefined, put, isOurs: true });
    else if (!isNear && told?.size === size && told.sha256 !== mine?.sha256)
      files.set(path, { size, sha256: told.sha256, put, isOurs: true });
    else {
      unread.push(path);
      files.set(path, { size, sha256: undefined, put, isOurs: false });
    }
  }
  return { files, unread };
}

/** What is known about a file after its bytes were read. @param sha256 undefined if it has disappeared */
export function afterReading(
  path: string,
  { size, put }: Known,
  sha256: string | undefined,
  { intent, state }: Pick<Sources, 'intent' | 'state'>,
): Known {
  const isOurs = sha256 === put || sha256 === state.get(path)?.sha256 || intent.has(path);
  return { size, sha256, put: isOurs ? (sha256 ?? put) : put, isOurs: isOurs && sha256 !== undefined };
}
