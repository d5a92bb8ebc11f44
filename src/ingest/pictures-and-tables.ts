import pLimit from 'p-limit';
import { forgetAddressLinks, putAddressLinks } from '../index/address-link-rows.ts';
import { readContent } from '../index/content-files.ts';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { tableOf } from '../index/picture-rows.ts';
import { readPictureFacts } from '../pictures/metadata.ts';
import { type PictureFacts, pictureId } from '../pictures/picture.ts';
import { digestOf as pictureDigestOf } from '../pictures/picture-digest.ts';
import { PictureError, pictureMetadata, pictureRemark } from '../pictures/problems.ts';
import { pictureOfSidecar, sidecarsOf, withSidecar } from '../pictures/sidecar.ts';
import type { Problem } from '../problems/problem.ts';
import type { Site } from '../site/site.ts';
import { isDocument } from '../story/documents.ts';
import { pictureKey, pictureSpellings } from '../story/picture-file.ts';
import { readTable } from '../story/table-file.ts';
import { decodeText } from '../yaml/decode.ts';
import { type IngestRun, ingestDependentsAgain, type Report } from './ingest-run.ts';
import { readSidecar } from './newsroom-files.ts';
import { isThere } from './scan.ts';

/* Pictures and tables are read when something names them, and stay in the index until their file changes. */

/**
 * Loads the facts of pictures that the index does not have yet: those of the file, once for each content, with the
 * texts of its sidecar on top. What cannot be used is recorded in `broken`.
 *
 * @param paths newsroom-relative, as named. Files that do not exist are skipped
 */
export async function loadFacts(
  index: IndexHandle,
  paths: Set<string>,
  site: Site,
  { broken, report, owners }: Pick<IngestRun, 'broken' | 'report' | 'owners'>,
): Promise<void> {
  const { sql } = index;
  const onDisk = [...paths].flatMap(
    (path) => pictureSpellings(path).find((spelling) => isThere(index, spelling)) ?? [],
  );
  const wanted = [...new Set(onDisk)].filter(
    (path) => !broken.has(path) && !sql('SELECT 1 FROM picture WHERE path = ?').get(path),
  );
  const atOnce = pLimit(4);
  await atOnce.map(wanted, async (path) => {
    try {
      const facts = await fileFacts(index, readContent(index, path));
      reportRemarks(path, facts, report);
      const { iptc: _, ...known } = await besides(index, path, facts, site, { report, owners });
      sql('INSERT OR REPLACE INTO picture VALUES (?, ?, ?)').run(path, pictureId(known), JSON.stringify(known));
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      broken.set(path, error);
    }
  });
}

async function fileFacts(index: IndexHandle, bytes: Uint8Array): Promise<PictureFacts> {
  const { sql, knownPictures } = index;
  const digest = pictureDigestOf(bytes);
  const row = sql('SELECT facts FROM pictureFile WHERE digest = ?').get(digest) as { facts: string } | undefined;
  if (row) return JSON.parse(row.facts) as PictureFacts;
  const known = knownPictures?.get(digest);
  const facts = known ?? (await readPictureFacts(bytes));
  if (!known) knownPictures?.put(digest, facts);
  sql('INSERT OR REPLACE INTO pictureFile VALUES (?, ?)').run(digest, JSON.stringify(facts));
  return facts;
}

function reportRemarks(path: string, { iptc, remarks }: PictureFacts, report: Report): void {
  report((iptc?.unread ?? []).map((unread) => pictureMetadata(path, unread)));
  report((remarks ?? []).map((remark) => pictureRemark(path, remark)));
}

async function besides(
  index: IndexHandle,
  path: string,
  facts: PictureFacts,
  site: Site,
  { report, owners }: Pick<IngestRun, 'report' | 'owners'>,
): Promise<PictureFacts> {
  const sidecar = sidecarsOf(path).find((spelling) => isThere(index, spelling));
  if (sidecar === undefined) return facts;
  const read = await readSidecar(index, sidecar, site);
  if ('problems' in read) {
    report(read.problems);
    return facts;
  }
  report(read.warnings);
  putAddressLinks(index, `sidecar/${sidecar}`, sidecar, read.links);
  owners.add(`sidecar/${sidecar}`);
  return withSidecar(facts, read.words);
}

/** Reads table files that the index does not have yet. What cannot be printed is recorded in `unprintable`. */
export async function loadTables(
  index: IndexHandle,
  paths: Set<string>,
  { unprintable, report }: Pick<IngestRun, 'unprintable' | 'report'>,
): Promise<void> {
  const { sql } = index;
  for (const path of paths) {
    const file = pictureSpellings(path).find((spelling) => isThere(index, spelling));
    if (file === undefined || unprintable.has(path) || tableOf(index, path)) continue;
    const bytes = readContent(index, file);
    const read = await readTable(bytes);
    const decoded = decodeText(file, bytes);
    if ('warnings' in decoded) report(decoded.warnings);
    if ('table' in read)
      sql('INSERT OR REPLACE INTO tableFile VALUES (?, ?, ?)').run(file, digestOf(bytes), JSON.stringify(read.table));
    else
      unprintable.set(
        path,
        read.problems.map((problem): Problem => ({ ...problem, file })),
      );
  }
}

/**
 * Deletes what was read from a picture, sidecar, or table that changed or was deleted. Whatever shows it is ingested
 * again.
 */
export function forgetFile(index: IndexHandle, file: string, run: IngestRun): void {
  const { sql } = index;
  forgetAddressLinks(index, `sidecar/${file}`);
  // A sidecar is part of its picture, so a change in either affects the picture.
  for (const path of [file, pictureOfSidecar(file)]) {
    if (path === undefined) continue;
    sql('DELETE FROM picture WHERE path = ?').run(path);
    ingestDependentsAgain(index, `picture:${pictureKey(path)}`, run);
  }
  if (isDocument(file)) ingestDependentsAgain(index, `document:${pictureKey(file)}`, run);
  if (/\.csv$/i.test(file)) {
    sql('DELETE FROM tableFile WHERE path = ?').run(file);
    ingestDependentsAgain(index, `table:${pictureKey(file)}`, run);
  }
}

/** Records that an owner shows a picture. @param digest the identity of the picture, `pictureId` */
export function usePicture(index: IndexHandle, digest: string, owner: string, { changes }: IngestRun): void {
  changes.pictures.add(digest);
  index.sql('INSERT OR IGNORE INTO pictureUse VALUES (?, ?)').run(digest, owner);
}

/** Records that an owner no longer shows any picture. */
export function releasePictures(index: IndexHandle, owner: string, { changes }: IngestRun): void {
  const { sql } = index;
  for (const { digest } of sql('SELECT digest FROM pictureUse WHERE owner = ?').all(owner) as { digest: string }[])
    changes.pictures.add(digest);
  sql('DELETE FROM pictureUse WHERE owner = ?').run(owner);
}
