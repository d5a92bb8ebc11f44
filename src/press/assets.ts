import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { desk, transaction } from '../index/desk.ts';
import { digestOf } from '../index/digest.ts';
import { makeRenditions } from '../pictures/encode.ts';
import { originalRefused } from '../pictures/original.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { fileOfAddress } from '../site/address.ts';
import { type Bundle, clientFolder } from './bundle.ts';
import { encodeApart } from './encode-apart.ts';
import { todoOf } from './journal.ts';
import { meta, setMeta } from './meta.ts';
import { Step } from './plan.ts';
import { putUnlessSame } from './press-pages.ts';
import { type Changes, note } from './report.ts';
import { type WantedPicture, wantedPicture } from './wanted-pictures.ts';
import { copyFile, filesOf } from './write.ts';

/* Files of dist that are no pages: styles, fonts, renditions, and what lies in public/. */

const batch = 100;

/** A file of dist that is no page, and who needs it. */
export interface Asset {
  file: string;
  source: string;
}

/** Pictures that were noted as new or changed, with all that the site needs of them. */
const wantedNow = (): WantedPicture[] =>
  todoOf(Step.asset).flatMap(({ address }) =>
    address.startsWith('picture:') ? (wantedPicture(address.slice('picture:'.length)) ?? []) : [],
  );

const pictureFile = (name: string): string => `assets/pictures/${name}`;

const isInDist = (file: string): boolean => desk().sql('SELECT 1 FROM asset WHERE file = ?').get(file) !== undefined;

/** Makes every rendition that the planned pages need, still inside the transaction: a picture that fails refuses the build. */
export async function encodePictures(
  site: string,
  folder: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const wanted = wantedNow();
  setMeta('renditionsMade', '0');
  if (wanted.length === 0) return;
  const jobs = wanted.map(({ path, facts, renditions }) => ({ file: join(site, path), facts, renditions }));
  const { made, failed } = await makeRenditions(jobs, folder, {
    onProgress: ({ done, total }) => onProgress(done, total),
    apart: (some, tell) => encodeApart(some, folder, tell),
    // What lies in dist was compared when it was put there.
    isChecked: (name) => !isInDist(pictureFile(name)),
  });
  setMeta('renditionsMade', String(made));
  for (const { original, path, facts } of wanted) {
    if (original === undefined || isInDist(pictureFile(original))) continue;
    const file = join(site, path);
    const error = originalRefused(readFileSync(file), facts);
    if (error) failed.push({ file, error });
  }
  if (failed.length)
    throw new ProblemsError(
      failed.map(({ file, error }): Problem => {
        const path = wanted.find((picture) => join(site, picture.path) === file)?.path ?? file;
        return { rule: error.rule, severity: 'error', file: path, line: 1, message: error.reason, hint: error.hint };
      }),
    );
}

/** Brings styles, fonts, renditions and public files; returns those that must go once no page needs them. */
export async function putAssets({
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
  report: Changes;
}): Promise<Asset[]> {
  const { db, sql } = desk();
  const stale: Asset[] = [];
  const digestOfAsset = (file: string) =>
    (sql('SELECT digest FROM asset WHERE file = ?').get(file) as { digest: string } | undefined)?.digest;
  const keep = (file: string, source: string, digest: string) =>
    sql('INSERT OR REPLACE INTO asset VALUES (?, ?, ?)').run(file, source, digest);

  if (meta('assets') !== bundle.version) {
    const files = [...filesOf(clientFolder(bundle))];
    await transaction(db, () => {
      for (const { file } of sql("SELECT file FROM asset WHERE source = 'templates'").all() as { file: string }[])
        if (!files.includes(file)) stale.push({ file, source: 'templates' });
      for (const file of files) {
        const bytes = readFileSync(join(clientFolder(bundle), file));
        const digest = digestOf(bytes);
        const known = digestOfAsset(file);
        if (known !== digest) note(report, file, putUnlessSame(dist, file, bytes, known === undefined));
        keep(file, 'templates', digest);
      }
      setMeta('assets', bundle.version);
    });
  }
  const wanted = wantedNow();
  const put = (file: string, from: string, source: string, digest: string) => {
    if (digestOfAsset(file) !== undefined) return void keep(file, source, digest);
    const isThere = existsSync(join(dist, file));
    copyFile(dist, file, from);
    report[isThere ? 'changed' : 'added'].push(file);
    keep(file, source, digest);
  };
  const needed = new Set<string>();
  for (let start = 0; start < wanted.length; start += batch)
    await transaction(db, () => {
      for (const { address, path, facts, renditions: files, original } of wanted.slice(start, start + batch)) {
        for (const { name } of files) {
          needed.add(pictureFile(name));
          put(pictureFile(name), join(renditions, name), address, name);
        }
        if (original === undefined) continue;
        const file = pictureFile(original);
        needed.add(file);
        if (digestOfAsset(file) !== undefined) {
          keep(file, address, original);
          continue;
        }
        const bytes = readFileSync(join(site, path));
        // Saved since it was checked: the next publish takes the new one in.
        if (originalRefused(bytes, facts)) throw new Error(`${path} was saved while the press ran; publish again`);
        note(report, file, putUnlessSame(dist, file, bytes, true));
        keep(file, address, original);
      }
    });
  // A lead that became a picture of the text needs less; another focus, other rights or recipe mean other files.
  for (const { address } of todoOf(Step.asset).filter(({ address }) => address.startsWith('picture:')))
    for (const { file } of sql('SELECT file FROM asset WHERE source = ?').all(address) as { file: string }[])
      if (!needed.has(file)) stale.push({ file, source: address });
  for (const { address } of todoOf(Step.asset)) {
    const source = copiedFile(address);
    if (!source) continue;
    const { path, file } = source;
    const bytes = readFileSync(join(site, path));
    const digest = digestOf(bytes);
    const known = digestOfAsset(file);
    if (known !== digest) note(report, file, putUnlessSame(dist, file, bytes, known === undefined));
    keep(file, address, digest);
  }
  sql('DELETE FROM todo WHERE step = ?').run(Step.asset);
  return stale;
}

/**
 * A file of the newsroom that goes to dist as it is: one of `public/`, or a document of a story.
 *
 * @param row of the journal
 * @returns its path in the newsroom and in dist; undefined for other rows
 */
function copiedFile(row: string): { path: string; file: string } | undefined {
  if (row.startsWith('public:')) {
    const path = row.slice('public:'.length);
    return { path, file: path.slice('public/'.length).normalize('NFC') };
  }
  if (!row.startsWith('document:')) return undefined;
  const address = row.slice('document:'.length);
  const found = desk().sql('SELECT path FROM document WHERE address = ?').get(address) as { path: string } | undefined;
  return found && { path: found.path, file: fileOfAddress(address) };
}
