import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IndexHandle, transaction } from '../index/handle.ts';
import { querySite, queryTrust } from '../queries/queries.ts';
import {
  type Contents,
  type FileDigest,
  isManifestFile,
  manifestFile,
  partFile,
  partOf,
  partsOf,
  partText,
  readPart,
  readRoot,
  rootDigestOf,
  rootText,
  sha256Of,
  signatureFile,
} from '../site/manifest.ts';
import { absoluteHrefOf } from '../site/site.ts';
import { digestInDist, forgetFileInDist, recordFile } from './dist-record.ts';
import { manifestOff, manifestOn, manifestSource, manifestState } from './manifest-state.ts';
import { setMeta } from './meta.ts';
import { putUnlessSame } from './press-pages.ts';
import type { Signer } from './publish-options.ts';
import { type Changes, note } from './report.ts';
import { removeFile } from './write.ts';

/*
 * Writes the manifest of contents at the end of a publish (`site/manifest.ts` defines what it contains). The record of
 * dist has the digest of every file since it was written, so no file is read again.
 *
 * Before a publish changes anything in dist, it records that the manifest may be out of date (`distrustManifest`). So the
 * publish after a killed one creates the whole manifest again. Otherwise only the parts of the files that were touched
 * are read and written.
 */

/** From this many files on, reading the whole record is faster than looking up each file. */
const touchedMax = 1000;

/**
 * Brings the manifest up to date with the record of dist, or removes it if the newsroom has none.
 *
 * @param touched the files that this publish wrote, deleted, or found different. Undefined if the existing manifest
 *   cannot be relied on
 */
export async function writeManifest(
  index: IndexHandle,
  {
    dist,
    touched,
    signer,
    report,
  }: { dist: string; touched: ReadonlySet<string> | undefined; signer: Signer | undefined; report: Changes },
): Promise<void> {
  const site = querySite(index);
  const isOn = queryTrust(index).manifest;
  const update = isOn && touched && touched.size <= touchedMax ? updatedParts(index, dist, touched) : undefined;
  const { texts, stale } = isOn
    ? (update ?? allParts(index))
    : { texts: new Map<string, string>(), stale: ownFiles(index) };
  const root = texts.get(manifestFile);
  if (root !== undefined && signer)
    texts.set(signatureFile, signer.sign(root, `contents of ${absoluteHrefOf(site, '/')}`));
  else if (digestInDist(index, signatureFile) !== undefined) stale.add(signatureFile);
  // Not in the transaction: if a row was deleted and the file was not, nobody would know that it is there.
  for (const file of stale) if (!texts.has(file) && removeFile(dist, file)) report.removed.push(file);
  await transaction(index.db, () => {
    for (const [file, text] of texts) put(index, dist, file, text, report);
    for (const file of stale) if (!texts.has(file)) forget(index, file);
    setMeta(index, manifestState, isOn ? manifestOn(signer) : manifestOff);
    setMeta(index, 'publish', root === undefined ? '' : rootDigestOf(readRoot(root).parts));
  });
}

/** What to write, by path, with the root last, and the files of the manifest that are in dist and may be deleted. */
interface Update {
  texts: Map<string, string>;
  stale: Set<string>;
}

function allParts(index: IndexHandle): Update {
  const texts = new Map<string, string>();
  const digests = new Map<string, string>();
  let files = 0;
  for (const [name, part] of partsOf(contentsInRecord(index))) {
    const text = partText(part);
    texts.set(partFile(name), text);
    digests.set(name, sha256Of(text));
    files += part.size;
  }
  return { texts: texts.set(manifestFile, rootText({ files, parts: digests })), stale: ownFiles(index) };
}

/** @returns undefined if a file of the manifest in dist is not as the press left it */
function updatedParts(index: IndexHandle, dist: string, touched: ReadonlySet<string>): Update | undefined {
  try {
    const before = readFileSync(join(dist, manifestFile), 'utf8');
    if (sha256Of(before) !== digestInDist(index, manifestFile)) return undefined;
    const root = readRoot(before);
    const digests = new Map(root.parts);
    let { files } = root;
    const texts = new Map<string, string>();
    const stale = new Set<string>();
    const touchedIn = Map.groupBy(
      [...touched].filter((file) => !isManifestFile(file)),
      partOf,
    );
    for (const [name, paths] of touchedIn) {
      const file = partFile(name);
      const part = new Map(root.parts.has(name) ? readPart(root, name, readFileSync(join(dist, file), 'utf8')) : []);
      files -= part.size;
      for (const path of paths) {
        const found = fileInRecord(index, path);
        if (found) part.set(path, found);
        else part.delete(path);
      }
      files += part.size;
      if (part.size === 0) {
        digests.delete(name);
        stale.add(file);
        continue;
      }
      const text = partText(part);
      texts.set(file, text);
      digests.set(name, sha256Of(text));
    }
    return { texts: texts.set(manifestFile, rootText({ files, parts: digests })), stale };
  } catch {
    return undefined;
  }
}

/** The files of the manifest in dist. */
const ownFiles = (index: IndexHandle): Set<string> =>
  new Set(
    (index.sql('SELECT file FROM asset WHERE source = ?').all(manifestSource) as { file: string }[]).map(
      ({ file }) => file,
    ),
  );

function put(index: IndexHandle, dist: string, file: string, text: string, report: Changes): void {
  const digest = sha256Of(text);
  const known = digestInDist(index, file);
  index.sql('INSERT OR IGNORE INTO asset VALUES (?, ?)').run(file, manifestSource);
  if (known === digest) return;
  const { outcome, stat } = putUnlessSame(dist, file, text, known === undefined);
  note(report, file, outcome);
  if (stat) recordFile(index, file, digest, stat);
}

function forget(index: IndexHandle, file: string): void {
  index.sql('DELETE FROM asset WHERE file = ? AND source = ?').run(file, manifestSource);
  forgetFileInDist(index, file);
}

/** Every file of the site as the press left it, including the manifest. */
export function contentsInRecord(index: IndexHandle): Contents {
  const statement = index.sql('SELECT file, digest, size FROM distFile');
  statement.setReturnArrays(true);
  const rows = statement.all() as unknown as [file: string, digest: string, size: number][];
  return new Map(rows.map(([file, sha256, size]): [string, FileDigest] => [file, { sha256, size }]));
}

const fileInRecord = (index: IndexHandle, file: string): FileDigest | undefined =>
  index.sql('SELECT digest AS sha256, size FROM distFile WHERE file = ?').get(file) as FileDigest | undefined;
