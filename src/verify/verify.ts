import { SetupError } from '../problems/problem.ts';
import {
  type Contents,
  type Differences,
  type FileDigest,
  manifestFile,
  readManifest,
  readRoot,
  rootDigestOf,
  signatureFile,
} from '../site/manifest.ts';
import { checkSignature, MinisignError, type PublicKey, readSignature } from '../site/minisign.ts';
import { noManifest, signatureMissing, signatureWrong } from './problems.ts';

/** A published site, in a folder or at an address. */
export interface PublishedSite {
  /** For messages: the folder or the address, as the user wrote it. */
  name: string;
  /** The text of a file of the manifest, or undefined if the site has none. */
  read(path: string): Promise<string | undefined>;
  /** Compares all of its files with the manifest. */
  compare(published: Contents, onProgress: (done: number, total: number) => void): Promise<Compared>;
}

/** How a file differs, in a few words. */
export type Reasons = Map<string, string>;

export interface Compared extends Differences {
  /** Whether files that the manifest does not list would have been found. */
  isListed: boolean;
  /** How a changed or missing file differs, if there is more to say. */
  reasons: Reasons;
  /** Files for the host itself, such as `_headers`, which it does not send to anybody. */
  unserved: string[];
  /** Addresses from which the host leads readers to another file of the site, which is as published. */
  redirected: { from: string; to: string }[];
}

export interface Verified extends Compared {
  /** The digest that stands for the whole publish. `broadsheet build --json` prints the same as `publish`. */
  publish: string;
  /** The number of files that the manifest lists. */
  files: number;
  signature:
    | { state: 'none' }
    /** Nobody said which key is the right one. */
    | { state: 'unchecked'; keyId: string }
    | { state: 'valid'; keyId: string; comment: string };
}

/**
 * Compares a published site with its manifest.
 *
 * @param key the public key with which the manifest must be signed, if it is known
 * @throws SetupError if there is no manifest, if it does not match its own digests, or if its signature is missing or
 *   wrong although there is a key
 */
export async function verifySite(
  site: PublishedSite,
  {
    key,
    onProgress = () => {},
  }: { key?: PublicKey | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<Verified> {
  // Read once, so that the text that was signed is the text that is used.
  const root = await site.read(manifestFile);
  if (root === undefined) throw noManifest(site.name);
  const signature = signatureOf(root, await site.read(signatureFile), key);
  const contents = await readManifest(async (path) => (path === manifestFile ? root : await site.read(path)));
  const { files, parts } = readRoot(root);
  const compared = await site.compare(contents ?? new Map<string, FileDigest>(), onProgress);
  return { publish: rootDigestOf(parts), files, signature, ...compared };
}

function signatureOf(root: string, text: string | undefined, key: PublicKey | undefined): Verified['signature'] {
  if (text === undefined) {
    if (key) throw signatureMissing(key.id);
    return { state: 'none' };
  }
  try {
    const found = readSignature(text);
    if (!key) return { state: 'unchecked', keyId: found.keyId };
    checkSignature(key, root, found);
    return { state: 'valid', keyId: key.id, comment: found.trustedComment };
  } catch (error) {
    if (error instanceof MinisignError && !(error instanceof SetupError)) throw signatureWrong(error.message);
    throw error;
  }
}

/** Whether a site is as it was published. */
export const isAsPublished = ({ changed, missing, added }: Differences): boolean =>
  changed.length + missing.length + added.length === 0;
