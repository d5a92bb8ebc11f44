import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import type { Problem } from '../problems/problem.ts';
import {
  feedStyleAddress,
  fileOfAddress,
  foldAddress,
  isForHosts,
  markAddress,
  reservedSegments,
  searchScriptAddress,
} from '../site/address.ts';
import { measureAddress } from '../site/address-limits.ts';
import { isManifestFile } from '../site/manifest.ts';
import type { Site } from '../site/site.ts';
import { takenBecause } from './problems.ts';

/** The owner of an address. */
export interface Claim {
  address: string;
  kind: 'story' | 'page' | 'themePage' | 'section' | 'feed' | 'alias' | 'public' | 'document';
  owner: string;
  file: string;
}

/**
 * Claims an address for an owner.
 *
 * @returns undefined if the owner now has the address, otherwise why it cannot have it, as a sentence for an editor
 */
export function claim(index: IndexHandle, { address, kind, owner, file }: Claim): string | undefined {
  const { sql } = index;
  if (kind !== 'public' && isForHosts(address)) return takenBecause.hosts(address);
  if (kind !== 'feed' && isReserved(index, address, kind)) return takenBecause.site(address);
  const fold = foldAddress(address);
  const taken = sql('SELECT address, owner, file FROM address WHERE fold = ?').get(fold) as
    | { address: string; owner: string; file: string }
    | undefined;
  if (taken) {
    if (taken.owner === owner && taken.address === address) return undefined;
    // Sections come first, as in a clean build. The previous owner is ingested again, and the problem is reported
    // there.
    if (owner.startsWith('section/') && !taken.owner.startsWith('section/')) {
      sql('UPDATE address SET address = ?, kind = ?, owner = ?, file = ? WHERE fold = ?').run(
        address,
        kind,
        owner,
        file,
        fold,
      );
      return undefined;
    }
    const same = taken.address === address || kind === 'public';
    return same ? takenBecause.same(address, taken.file) : takenBecause.nearly(address, taken.address, taken.file);
  }
  const within = fileWithin(index, fold);
  if (within) return takenBecause.below(address, within);
  sql('INSERT INTO address VALUES (?, ?, ?, ?, ?)').run(fold, address, kind, owner, file);
  return undefined;
}

/** A file cannot also be a folder: `/a.html` and `/a.html/b/` cannot both exist. */
function fileWithin(index: IndexHandle, fold: string): string | undefined {
  const { sql } = index;
  for (let slash = fold.indexOf('/'); slash > 0; slash = fold.indexOf('/', slash + 1)) {
    const found = sql('SELECT file FROM address WHERE fold = ?').get(fold.slice(0, slash)) as
      | { file: string }
      | undefined;
    if (found) return found.file;
  }
  if (fold.endsWith('/index.html')) return undefined;
  return (
    sql('SELECT file FROM address WHERE fold >= ? AND fold < ? LIMIT 1').get(`${fold}/`, `${fold}0`) as
      | { file: string }
      | undefined
  )?.file;
}

/**
 * Archive pages appear and disappear with the stories, so an address that could be one is never given to anything else.
 */
const archiveFeed = /^(?:[^/]+\/)?\d{4}\/\d{2}\/(?:part-\d+\/)?feed\.atom(?:\/|$)/;
const archive = /^(?:[^/]+\/)?\d{4}\/(?:\d{2}\/)?(?:part-\d+\/)?index\.html$/;

/** Files of the wire, and files with the names of their folders. */
const wire =
  /^wire(?:\/\d{4}(?:\/\d{2})?)?$|^wire\/(?:index|\d{4}\/\d{2}\/\d{2})\.json(?:\/|$)|\/index\.ninjs\.json(?:\/|$)/;

function isReserved(index: IndexHandle, address: string, kind: Claim['kind']): boolean {
  const file = fileOfAddress(address).normalize('NFC').toLowerCase();
  if (wire.test(file) && getRecord<Site>(index, 'site')?.wire) return true;
  const [first = '', second] = file.split('/');
  if ((archive.test(file) || archiveFeed.test(file)) && kind !== 'section') return isArchiveOf(index, file);
  if (/^sitemap(-[^/]*)?\.xml$/.test(first)) return true;
  if (kind === 'public') {
    if (isManifestFile(file)) return true;
    // A newsroom can have its own robots.txt, and its own files beside ours under /assets/.
    if (first === 'robots.txt') return false;
    if (first === 'assets')
      return second === 'pictures' || [markAddress, feedStyleAddress, searchScriptAddress].includes(`/${file}`);
    // Or files that its own search needs, beside the page with the form.
    if (['series', 'corrections', 'search'].includes(first))
      return /(?:^|\/)index\.html$|^corrections\/feed\.\w+$/.test(file) || second === undefined;
    return reservedSegments.includes(first) || (/^\d{4}$/.test(first) === true && second === undefined);
  }
  return reservedSegments.includes(first) || (!['story', 'alias', 'document'].includes(kind) && /^\d{4}$/.test(first));
}

/**
 * A four-digit folder of a section or of the site, but not `docs/2024/index.html` in a folder that is not a section.
 */
function isArchiveOf(index: IndexHandle, file: string): boolean {
  const [first = ''] = file.split('/');
  if (/^\d{4}$/.test(first)) return true;
  return (
    index.sql("SELECT 1 FROM address WHERE fold = ? AND kind = 'section'").get(`${first}/index.html`) !== undefined
  );
}

/** Releases everything that an owner has. */
export function releaseClaims(index: IndexHandle, owner: string): void {
  index.sql('DELETE FROM address WHERE owner = ?').run(owner);
}

/**
 * The problem for an address that no file system, or not every file system, can store. @param line called only if there
 * is a problem
 */
export async function addressMeasured(
  address: string,
  { file, line, hint }: { file: string; line: () => number | Promise<number>; hint: string },
): Promise<Problem | undefined> {
  const found = measureAddress(address);
  return found && { ...found, file, line: await line(), hint };
}
