import type { IndexHandle } from '../index/handle.ts';
import { periodsOf, whole } from '../index/rows.ts';
import { searchFolder, searchIndexAddress } from '../site/address.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';
import { querySite } from './site.ts';

/*
 * The search in the browser has one index for each year. The press makes each index like a page: it records what it
 * queried, and makes the index again only if a result has changed. So what belongs to a year is what its stories query.
 */

/** The listed stories of a year by id, newest first. */
const searchYear: Kind<[year: string], string[]> = {
  name: 'searchYear',
  subject: (year) => `searchYear:${year}`,
  resolve: ({ sql }, year) =>
    whole(
      (
        sql(
          "SELECT id FROM listing WHERE list = 'site' AND period >= ? AND period < ? ORDER BY published DESC, id",
        ).all(`${year}-`, `${year}.`) as { id: string }[]
      ).map(({ id }) => id),
    ),
};

/** The stories of a search index, newest first. */
export const querySearchYear = (index: IndexHandle, year: string): string[] => read(index, searchYear, year);

/** The years in which there are stories, newest first. */
const yearsOf = (index: IndexHandle): string[] => [
  ...new Set(periodsOf(index, 'site').map((period) => period.slice(0, 4))),
];

export const searchIndexFamily: Family = {
  kinds: [searchYear],
  period: (_, { list, period }, { subjects }) => {
    if (list === 'site') subjects.add(`searchYear:${period.slice(0, 4)}`);
  },
  optional: (index) => {
    const wanted = new Set(querySite(index).search === true ? yearsOf(index).map(searchIndexAddress) : []);
    const there = index
      .sql('SELECT address FROM page WHERE address > ? AND address < ?')
      .all(`/${searchFolder}/`, `/${searchFolder}0`) as { address: string }[];
    return [...new Set([...wanted, ...there.map(({ address }) => address)])].map((address) => [
      address,
      wanted.has(address),
    ]);
  },
};
