import type { IndexHandle } from '../index/handle.ts';
import { canBeListed, readAlias } from '../site/alias.ts';
import { lineOf, type Source } from '../yaml/source.ts';
import { addressMeasured, claim } from './claim.ts';
import type { Report } from './ingest-run.ts';

/** Who has aliases. */
interface Aliased {
  owner: string;
  file: string;
  /** Its address today. */
  own: string;
  source: Source;
}

/**
 * Claims the old addresses of a story or page, so that they lead to where it is today.
 *
 * @param aliases as written
 * @returns those that get a page; one with a query goes to the list of redirects alone, one that cannot be had is reported
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
    const problem = async (message: string, hint: string) =>
      report([{ rule: 'alias-taken', severity: 'error', file, line: await line(), message, hint }]);
    if (alias.includes('*'))
      report([
        {
          rule: 'alias-wildcard',
          severity: 'warning',
          file,
          line: await line(),
          message: `The alias "${alias}" leads on from that address alone: * stands for nothing else here.`,
          hint: 'Write each old address out. Redirects with wildcards belong into the settings of your host.',
        },
      ]);
    if (!found)
      await problem(
        `The alias "${alias}" is no old address of this site.`,
        'Write the path alone, such as /2014/05/old-name/ .',
      );
    else if ('listOnly' in found) {
      const other = sql('SELECT owner FROM redirect WHERE source = ? AND owner <> ?').get(found.listOnly, owner) as
        | { owner: string }
        | undefined;
      if (other) await problem(`The alias "${alias}" is also one of ${other.owner}.`, 'Keep it in one of the two.');
      sql('INSERT OR IGNORE INTO redirect VALUES (?, ?)').run(found.listOnly, owner);
      if (!canBeListed(found.listOnly))
        report([
          {
            rule: 'alias-not-listed',
            severity: 'warning',
            file,
            line: await line(),
            message: `The alias "${alias}" leads nowhere: in lists of redirects it would mean other addresses too.`,
            hint: 'A query is written as  ?key=value , without * and without a colon before a letter.',
          },
        ]);
    } else if (found.address !== own) {
      const measured = await addressMeasured(found.address, { file, line, hint: 'Shorten the alias, or take it out.' });
      // What Windows cannot hold is left out of editions: nobody follows an old address there.
      if (measured?.severity === 'error') {
        report([measured]);
        continue;
      }
      const message = claim(index, { address: found.address, kind: 'alias', owner, file });
      if (message)
        await problem(
          `The alias "${alias}" cannot be kept. ${message}`,
          'Remove the alias, or give the other another address.',
        );
      else claimed.push(found.address);
    }
  }
  return [...new Set(claimed)];
}
