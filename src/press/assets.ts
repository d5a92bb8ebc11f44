import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IndexHandle, transaction } from '../index/handle.ts';
import { savedMeanwhile } from '../index/problems.ts';
import { makeRenditions } from '../pictures/encode.ts';
import { type Ledger, readLedger } from '../pictures/ledger.ts';
import { originalRefused } from '../pictures/original.ts';
import { brokenPicture } from '../pictures/problems.ts';
import { renditionKey } from '../pictures/renditions.ts';
import { socialKey } from '../pictures/social.ts';
import { ProblemsError } from '../problems/problem.ts';
import { fileOfAddress } from '../site/address.ts';
import { sha256Of } from '../site/manifest.ts';
import { type Bundle, clientFolder } from './bundle.ts';
import { digestInDist, recordFile } from './dist-record.ts';
import { licencesFile, licencesOf } from './licences.ts';
import { meta, setMeta } from './meta.ts';
import { fileTodo, Step, todo } from './plan.ts';
import { putUnlessSame } from './press-pages.ts';
import { doneWith, todoOf } from './queue.ts';
import { type Changes, note } from './report.ts';
import { isSocialTodo, wantedSocial } from './social-pictures.ts';
import { fileStatOf } from './stat-of.ts';
import { encodeApart } from './threads/encode-apart.ts';
import { type WantedPicture, wantedPicture } from './wanted-pictures.ts';
import { copyFile, filesOf, isNeverPlaced } from './write.ts';

/* The files of dist that are not pages: styles, fonts, renditions, and files from public/. */

const batch = 100;

/** Pictures that were recorded as new or changed, with everything that the site needs of them. */
const wantedNow = (index: IndexHandle): WantedPicture[] =>
  todoOf(index, Step.asset).flatMap((row) =>
    row.startsWith('picture:') ? (wantedPicture(index, row.slice('picture:'.length)) ?? []) : [],
  );

const pictureFile = (name: string): string => `assets/pictures/${name}`;

/**
 * Creates every rendition that the planned pages need, still inside the transaction: a picture that fails stops the
 * build.
 */
export async function encodePictures(
  index: IndexHandle,
  site: string,
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const wanted = wantedNow(index);
  if (meta(index, 'renditionsMade') !== '0') setMeta(index, 'renditionsMade', '0');
  if (wanted.length === 0) return;
  const jobs = wanted.map(({ path, facts, renditions }) => ({ file: join(site, path), facts, renditions }));
  const { made, failed } = await makeRenditions(jobs, folder, {
    onProgress: ({ done, total }) => onProgress(done, total),
    apart: (some, tell) => encodeApart(some, folder, tell),
    // What is in dist was compared when it was written there.
    isChecked: (name) => digestInDist(index, pictureFile(name)) === undefined,
  });
  setMeta(index, 'renditionsMade', String(made));
  for (const { original, path, facts } of wanted) {
    if (original === undefined || digestInDist(index, pictureFile(original)) !== undefined) continue;
    const file = join(site, path);
    const error = originalRefused(readFileSync(file), facts);
    if (error) failed.push({ file, error });
  }
  if (failed.length)
    throw new ProblemsError(
      failed.map(({ file, error }) =>
        brokenPicture(wanted.find((picture) => join(site, picture.path) === file)?.path ?? file, error),
      ),
    );
}

/**
 * Writes styles, fonts, renditions, and public files. A file that has to be deleted once no page needs it is recorded
 * in the queue, in the same transaction in which the queue forgets the reason.
 */
export async function putAssets(
  index: IndexHandle,
  {
    dist,
    site,
    renditions,
    bundle,
    report,
  }: {
    dist: string;
    site: string;
    renditions: string;
    bundle: Bundle;
    report: Changes & { refused: Refused[] };
  },
): Promise<void> {
  const { db } = index;
  if (meta(index, 'assets') !== bundle.version)
    await transaction(db, () => {
      putTemplateAssets(index, dist, bundle, report);
      setMeta(index, 'assets', bundle.version);
    });
  const pictures = todoOf(index, Step.asset).filter((row) => row.startsWith('picture:'));
  for (let start = 0; start < pictures.length; start += batch)
    await transaction(db, () => {
      const rows = pictures.slice(start, start + batch);
      for (const row of rows) putPicture(index, row, { dist, site, renditions, report });
      doneWith(index, Step.asset, rows);
    });
  const socials = todoOf(index, Step.asset).filter(isSocialTodo);
  for (let start = 0; start < socials.length; start += batch)
    await transaction(db, () => {
      const rows = socials.slice(start, start + batch);
      for (const row of rows) putSocial(index, row, { dist, renditions, report });
      doneWith(index, Step.asset, rows);
    });
  const files = todoOf(index, Step.asset).filter((row) => !row.startsWith('picture:'));
  for (let start = 0; start < files.length; start += batch)
    await transaction(db, () => {
      for (const row of files.slice(start, start + batch)) putCopiedFile(index, row, { dist, site, report });
    });
}

/** A file that the disk can never store. */
export interface Refused {
  file: string;
  why: string;
}

interface Place {
  dist: string;
  report: Changes & { refused: Refused[] };
}

function putTemplateAssets(index: IndexHandle, dist: string, bundle: Bundle, report: Changes): void {
  const { sql } = index;
  const files = [...filesOf(clientFolder(bundle))];
  const licences = licencesOf(files);
  for (const { file } of sql("SELECT file FROM asset WHERE source = 'templates'").all() as { file: string }[])
    if (!files.includes(file) && (file !== licencesFile || licences === undefined)) release(index, file, 'templates');
  for (const file of files) {
    putBytes(index, file, readFileSync(join(clientFolder(bundle), file)), { dist, report });
    use(index, file, 'templates');
  }
  if (licences === undefined) return;
  putBytes(index, licencesFile, Buffer.from(licences), { dist, report });
  use(index, licencesFile, 'templates');
}

/** Writes what the site needs of a picture. A lead that became a picture in the text needs less than before. */
function putPicture(
  index: IndexHandle,
  source: string,
  { dist, site, renditions, report }: Place & { site: string; renditions: string },
) {
  const wanted = wantedPicture(index, source.slice('picture:'.length));
  const needed = new Set<string>();
  let ledger: Ledger | undefined;
  for (const { name } of wanted?.renditions ?? []) {
    const file = pictureFile(name);
    needed.add(file);
    use(index, file, source);
    if (digestInDist(index, file) !== undefined) continue;
    ledger ??= readLedger(renditions, renditionKey(wanted!.facts));
    putRendition(index, file, { from: join(renditions, name), digest: ledger.get(name) }, { dist, report });
  }
  if (wanted?.original !== undefined) {
    const file = pictureFile(wanted.original);
    needed.add(file);
    use(index, file, source);
    if (digestInDist(index, file) === undefined) {
      const bytes = readFileSync(join(site, wanted.path));
      // The file was saved after the check, so the next publish ingests the new version.
      if (originalRefused(bytes, wanted.facts)) throw savedMeanwhile(wanted.path, 'saved');
      putBytes(index, file, bytes, { dist, report });
    }
  }
  for (const { file } of index.sql('SELECT file FROM asset WHERE source = ?').all(source) as { file: string }[])
    if (!needed.has(file)) release(index, file, source);
}

/** Copies a file of the cache, unless dist has the same bytes: another version of the engine knows nothing of dist. */
function putRendition(
  index: IndexHandle,
  file: string,
  { from, digest = sha256Of(readFileSync(from)) }: { from: string; digest?: string | undefined },
  { dist, report }: { dist: string; report: Changes },
): void {
  const there = lstatSync(join(dist, file), { throwIfNoEntry: false });
  if (there?.isFile() && sha256Of(readFileSync(join(dist, file))) === digest) {
    recordFile(index, file, digest, fileStatOf(there));
    note(report, file, 'same');
    return;
  }
  const stat = copyFile(dist, file, from);
  note(report, file, there ? 'changed' : 'added');
  recordFile(index, file, digest, stat);
}

/** Writes the social picture of a page. The one that it had before is removed unless another page shows the same words. */
function putSocial(index: IndexHandle, source: string, { dist, renditions, report }: Place & { renditions: string }) {
  const name = wantedSocial(index, source);
  const file = name === undefined ? undefined : pictureFile(name);
  if (name !== undefined && file !== undefined) {
    use(index, file, source);
    if (digestInDist(index, file) === undefined) {
      const digest = readLedger(renditions, socialKey(name)).get(name);
      putRendition(index, file, { from: join(renditions, name), digest }, { dist, report });
    }
  }
  for (const asset of index.sql('SELECT file FROM asset WHERE source = ?').all(source) as { file: string }[])
    if (asset.file !== file) release(index, asset.file, source);
}

function putCopiedFile(index: IndexHandle, row: string, { dist, site, report }: Place & { site: string }): void {
  const source = copiedFile(index, row);
  if (!source) {
    doneWith(index, Step.asset, [row]);
    return;
  }
  const { path, file } = source;
  try {
    putBytes(index, file, readCopiedFile(site, path), { dist, report });
  } catch (error) {
    if (!isNeverPlaced(error)) throw error;
    // It stays in the queue, so that the build after the correction finds it again.
    report.refused.push({ file: path, why: (error as Error).message });
    return;
  }
  use(index, file, row);
  doneWith(index, Step.asset, [row]);
}

/**
 * A file of the newsroom that is copied to dist unchanged: one in `public/`, or a document of a story.
 *
 * @param row of the queue
 * @returns its path in the newsroom and in dist, or undefined for other rows
 */
function copiedFile(index: IndexHandle, row: string): { path: string; file: string } | undefined {
  if (row.startsWith('public:')) {
    const path = row.slice('public:'.length);
    return { path, file: path.slice('public/'.length).normalize('NFC') };
  }
  if (!row.startsWith('document:')) return undefined;
  const address = row.slice('document:'.length);
  const found = index.sql('SELECT path FROM document WHERE address = ?').get(address) as { path: string } | undefined;
  return found && { path: found.path, file: fileOfAddress(address) };
}

function readCopiedFile(site: string, path: string): Buffer {
  try {
    return readFileSync(join(site, path));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) throw error;
    throw savedMeanwhile(path, 'removed');
  }
}

function putBytes(
  index: IndexHandle,
  file: string,
  bytes: Buffer,
  { dist, report }: { dist: string; report: Changes },
): void {
  const digest = sha256Of(bytes);
  const known = digestInDist(index, file);
  if (known === digest) return;
  const { outcome, stat } = putUnlessSame(dist, file, bytes, known === undefined);
  note(report, file, outcome);
  if (stat) recordFile(index, file, digest, stat);
}

/** Records that a source needs a file. */
function use(index: IndexHandle, file: string, source: string): void {
  index.sql('INSERT OR IGNORE INTO asset VALUES (?, ?)').run(file, source);
}

/** Records that a source no longer needs a file. */
function release(index: IndexHandle, file: string, source: string): void {
  index.sql('DELETE FROM asset WHERE file = ? AND source = ?').run(file, source);
  todo(index, fileTodo(file), Step.remove);
}
