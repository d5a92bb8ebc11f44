import type { IndexHandle } from '../index/handle.ts';
import { canBeListed, readAlias } from '../site/alias.ts';
import { lineOf, type Source } from '../yaml/source.ts';
import { addressMeasured, claim } from './claim.ts';
import type { Report } from './ingest-run.ts';

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
    const problem = async (message: string, hint: string) =>
      report([{ rule: 'alias-taken', severity: 'error', file, line: await line(), message, hint }]);
    if (alias.includes('*'))
      report([
        {
          rule: 'alias-wildcard',
          severity: 'warning',
          file,
          line: await line(),
          message: `The alias "${alias}" redirects only from exactly that address, because * is not a wildcard here.`,
          hint: 'Write each old address in full. Configure redirects with wildcards in the settings of your host.',
        },
      ]);
    else if (found && 'address' in found && !canBeListed(found.address))
      report([
        {
          rule: 'alias-wildcard',
          severity: 'warning',
          file,
          line: await line(),
          message: `The alias "${alias}" is left out of the list of redirects (_redirects), because  ${/:[a-z_]\w*/i.exec(found.address)?.[0] ?? ':'}  stands for any name in such a list. A page leads readers on instead.`,
          hint: 'Nothing has to be done, unless your host answers from the list alone. Then add this redirect to the settings of the host.',
        },
      ]);
    if (!found)
      await problem(
        `The alias "${alias}" cannot be an old address of this site.`,
        'Write only the path, such as /2014/05/old-name/ .',
      );
    else if ('listOnly' in found) {
      const other = sql('SELECT owner FROM redirect WHERE source = ? AND owner <> ?').get(found.listOnly, owner) as
        | { owner: string }
        | undefined;
      if (other)
        await problem(`The alias "${alias}" is also one of ${other.owner}.`, 'Keep it in only one of the two.');
      sql('INSERT OR IGNORE INTO redirect VALUES (?, ?)').run(found.listOnly, owner);
      if (!canBeListed(found.listOnly))
        report([
          {
            rule: 'alias-not-listed',
            severity: 'warning',
            file,
            line: await line(),
            message: `The alias "${alias}" cannot be used, because in a list of redirects it would match other addresses too.`,
            hint: 'Write a query as  ?key=value , without * and without a colon before a letter.',
          },
        ]);
    } else if (found.address !== own) {
      const measured = await addressMeasured(found.address, { file, line, hint: 'Shorten the alias, or delete it.' });
      // Editions leave out what Windows cannot hold: nobody follows an old address there.
      if (measured)
        report([
          measured.severity === 'error'
            ? measured
            : {
                ...measured,
                message: measured.message.replace(
                  /, so readers on Windows.*$/,
                  ', so a site that is built or stored on Windows has no page at this alias.',
                ),
                hint: 'Nothing has to be done on other systems. On Windows, add this redirect to the settings of the host and remove the alias.',
              },
        ]);
      if (measured?.severity === 'error') continue;
      const message = claim(index, { address: found.address, kind: 'alias', owner, file });
      if (message)
        await problem(
          `The alias "${alias}" cannot be kept. ${message}`,
          'Delete the alias, or give the other file a different address.',
        );
      else claimed.push(found.address);
    }
  }
  return [...new Set(claimed)];
}
