import { lineOf, type Source } from '../story/source.ts';
import { claim } from './claim.ts';
import { desk } from './desk.ts';
import type { Report } from './taking.ts';

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
  { owner, file, own, source }: Aliased,
  aliases: string[],
  report: Report,
): Promise<string[]> {
  const { sql } = desk();
  const claimed: string[] = [];
  for (const [i, alias] of aliases.entries()) {
    const found = normaliseAlias(alias);
    const problem = async (message: string, hint: string) =>
      report([
        { rule: 'alias-taken', severity: 'error', file, line: await lineOf(source, ['aliases', i]), message, hint },
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
    } else if (found.address !== own) {
      const message = claim({ address: found.address, kind: 'alias', owner, file });
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

/**
 * An old address as the site can answer it.
 *
 * @returns an address; or one for the list of redirects only, which can tell `?p=1` from `?p=2` as no
 *   file can; or undefined when nothing is left of it or it climbs out of the site
 */
function normaliseAlias(alias: string): { address: string } | { listOnly: string } | undefined {
  const [withQuery = ''] = alias.split('#');
  if (withQuery.includes('?')) return { listOnly: withQuery };
  let path: string;
  try {
    path = decodeURI(withQuery).normalize('NFC');
  } catch {
    path = withQuery.normalize('NFC');
  }
  const segments = path.split('/').filter(Boolean);
  if (
    segments.length === 0 ||
    segments.some((segment) => segment === '.' || segment === '..' || /[\\\0\n]/.test(segment))
  )
    return undefined;
  const isFile = /\.x?html?$/i.test(segments.at(-1)!) && !path.endsWith('/');
  return { address: `/${segments.join('/')}${isFile ? '' : '/'}` };
}
