import type { IndexHandle } from '../index/handle.ts';
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

/** The owner of aliases. */
interface Aliased {
  owner: string;
  file: string;
  /** Its current address. */
  own: string;
  source: Source;
}

/**
 * Claims the old addresses of a story or page, so that they redirect to its current address.
 *
 * @param aliases as written
 * @returns those that get a page. One with a query is only in the list of redirects, and one that cannot be claimed
 *   is
 * reported
 */
export async function claimAliases(
  index: IndexHandle,
  { owner, file, own, source }: Aliased,
  aliases: string[],
  report: Report,
): Promise<string[]> {
  const { sql } = index;
  const claimed: string[] = [];
  for (const [i, alias] of aliases.entries()) {
    const found = readAlias(alias);
    const line = () => lineOf(source, ['aliases', i]);
    const place = async () => ({ file, line: await line() });
    if (alias.includes('*')) report([aliasWildcard(await place(), alias)]);
    else if (found && 'address' in found && !canBeListed(found.address))
      report([aliasLeftOut(await place(), alias, /:[a-z_]\w*/i.exec(found.address)?.[0] ?? ':')]);
    if (!found) report([aliasOfNothing(await place(), alias)]);
    else if ('listOnly' in found) {
      const other = sql('SELECT owner FROM redirect WHERE source = ? AND owner <> ?').get(found.listOnly, owner) as
        | { owner: string }
        | undefined;
      if (other) report([aliasOfTwo(await place(), alias, other.owner)]);
      sql('INSERT OR IGNORE INTO redirect VALUES (?, ?)').run(found.listOnly, owner);
      if (!canBeListed(found.listOnly)) report([aliasNotListed(await place(), alias)]);
    } else if (found.address !== own) {
      const measured = await addressMeasured(found.address, { file, line, hint: 'Shorten the alias, or delete it.' });
      // Editions leave out what Windows cannot store: nobody follows an old address there.
      if (measured) report([measured.severity === 'error' ? measured : aliasForWindows(await place(), alias)]);
      if (measured?.severity === 'error') continue;
      const message = claim(index, { address: found.address, kind: 'alias', owner, file });
      if (message) report([aliasTaken(await place(), alias, message)]);
      else claimed.push(found.address);
    }
  }
  return [...new Set(claimed)];
}
