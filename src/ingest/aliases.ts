import type { IndexHandle } from '../index/handle.ts';
import type { Place } from '../problems/problem.ts';
import { foldAddress } from '../site/address.ts';
import { measureListed } from '../site/address-limits.ts';
import { canBeListed, readAlias } from '../site/alias.ts';
import { lineOf } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { addressMeasured, claim } from './claim.ts';
import type { Report } from './ingest-run.ts';
import {
  aliasForWindows,
  aliasLeftOut,
  aliasNotListed,
  aliasOfNothing,
  aliasOfTwo,
  aliasTaken,
  aliasWildcard,
} from './problems.ts';

const shortenAlias = 'Shorten the alias, or delete it.';

/** The owner of aliases. */
interface Aliased {
  owner: string;
  file: string;
  /** Its current address. */
  own: string;
  source: Source;
}

/** The old addresses that a story or page has claimed. */
export interface ClaimedAliases {
  /** They get a page that redirects. */
  withPage: string[];
  /** They are only in the lists of redirects for hosts. */
  listOnly: string[];
}

/**
 * Claims the old addresses of a story or page, so that they redirect to its current address. One that cannot be claimed
 * is reported.
 *
 * @param aliases as written
 */
export async function claimAliases(
  index: IndexHandle,
  { owner, file, own, source }: Aliased,
  aliases: string[],
  report: Report,
): Promise<ClaimedAliases> {
  const { sql } = index;
  const claimed: ClaimedAliases = { withPage: [], listOnly: [] };
  const list = async (address: string, alias: string, place: () => Promise<Place>) => {
    const other = sql('SELECT owner FROM redirect WHERE source = ? AND owner <> ?').get(address, owner) as
      | { owner: string }
      | undefined;
    if (other) report([aliasOfTwo(await place(), alias, other.owner)]);
    const long = measureListed(address);
    if (long) report([{ ...long, ...(await place()), hint: shortenAlias }]);
    sql('INSERT OR IGNORE INTO redirect VALUES (?, ?)').run(address, owner);
    if (!canBeListed(address)) report([aliasNotListed(await place(), alias)]);
    claimed.listOnly.push(address);
  };
  for (const [i, alias] of aliases.entries()) {
    const found = readAlias(alias);
    const line = () => lineOf(source, ['aliases', i]);
    const place = async () => ({ file, line: await line() });
    if (alias.includes('*')) report([aliasWildcard(await place(), alias)]);
    else if (found && 'address' in found && !canBeListed(found.address))
      report([aliasLeftOut(await place(), alias, /:[a-z_]\w*/i.exec(found.address)?.[0] ?? ':')]);
    if (!found) report([aliasOfNothing(await place(), alias)]);
    else if ('listOnly' in found) await list(found.listOnly, alias, place);
    else if (found.address !== own) {
      const measured = await addressMeasured(found.address, { file, line, hint: shortenAlias });
      // Editions leave out what Windows cannot store: nobody follows an old address there.
      if (measured) report([measured.severity === 'error' ? measured : aliasForWindows(await place(), alias)]);
      if (measured?.severity === 'error') continue;
      const beside = ownerBeside(index, found.address, owner);
      if (beside === owner) {
        await list(found.address, alias, place);
        continue;
      }
      const message = claim(index, { address: found.address, kind: 'alias', owner, file });
      if (message) report([aliasTaken(await place(), alias, message, beside !== undefined)]);
      else claimed.withPage.push(found.address);
    }
  }
  return { withPage: [...new Set(claimed.withPage)], listOnly: [...new Set(claimed.listOnly)] };
}

/**
 * The owner of a file that a file for an old address would be in the place of: `/2026/11/Harbour-Opens/` of
 * `/2026/11/harbour-opens/`, `/old/index.html` of `/old/`, or `/old.html/2/` beside `/old.html`. Only lists of redirects
 * can have both. If it is somebody else's, the alias is reported, so that the outcome never depends on which of the two
 * was ingested first.
 */
function ownerBeside(index: IndexHandle, address: string, owner: string): string | undefined {
  const fold = foldAddress(address);
  const at = (place: string) =>
    index.sql('SELECT address, owner FROM address WHERE fold = ?').get(place) as
      | { address: string; owner: string }
      | undefined;
  const there = at(fold);
  if (there) return there.address === address ? undefined : there.owner;
  for (let slash = fold.indexOf('/'); slash > 0; slash = fold.indexOf('/', slash + 1))
    if (at(fold.slice(0, slash))?.owner === owner) return owner;
  return undefined;
}
