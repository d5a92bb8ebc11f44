import { readContent } from '../index/content-files.ts';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { digestOf as pictureDigestOf } from '../pictures/picture-digest.ts';
import { storyFile } from './file-names.ts';

/*
 * A clone or a restored cache gives every file new times. Such a file is read, and counts as unchanged if it has the
 * bytes that were ingested. Most digests are stored with what was ingested. Those of small files that describe the
 * newsroom are in the table `file`.
 */

/**
 * Files whose digest the scan itself stores: site.yaml, authors, fronts, standing pages, sidecars, and similar files.
 */
const describesNewsroom = /^content\/.*\.(?:ya?ml|mdx?|json|xmp)$/i;

/** Whether a file has the bytes that were ingested, or false if this is not known. @param path newsroom-relative */
export function hasIngestedBytes(index: IndexHandle, path: string): boolean {
  const known = knownDigest(index, path);
  if (known === undefined) return false;
  const bytes = bytesOf(index, path);
  return bytes !== undefined && known.of(bytes) === known.digest;
}

/**
 * The digest that a scan stores for a changed file before the file is ingested, or null for files whose digest is
 * stored elsewhere.
 */
export function digestToNote(index: IndexHandle, path: string): string | null {
  if (!describesNewsroom.test(path) || storyFile.test(path)) return null;
  const bytes = bytesOf(index, path);
  return bytes === undefined ? null : digestOf(bytes);
}

function knownDigest(
  { sql }: IndexHandle,
  path: string,
): { digest: string; of: (bytes: Uint8Array) => string } | undefined {
  const one = (query: string) => (sql(query).get(path) as { digest: string | null } | undefined)?.digest ?? undefined;
  let digest: string | undefined;
  if (storyFile.test(path)) digest = one("SELECT record ->> 'fileDigest' AS digest FROM story WHERE file = ?");
  else if (describesNewsroom.test(path)) digest = one('SELECT digest FROM file WHERE path = ?');
  else if (/\.csv$/i.test(path)) digest = one('SELECT digest FROM tableFile WHERE path = ?');
  else {
    digest = one("SELECT facts ->> 'digest' AS digest FROM picture WHERE path = ?");
    return digest === undefined ? undefined : { digest, of: pictureDigestOf };
  }
  return digest === undefined ? undefined : { digest, of: digestOf };
}

/** Undefined if the file cannot be read, which is reported when it is ingested. */
function bytesOf(index: IndexHandle, path: string): Uint8Array | undefined {
  try {
    return readContent(index, path);
  } catch {
    return undefined;
  }
}
