import type { IndexHandle } from '../index/handle.ts';
import { searchFolder } from '../site/address.ts';

/** The condition in SQL that a row of `page` is a page that readers open. The indexes of the search are rows too. */
export const isNoSearchIndex = `address NOT BETWEEN '/${searchFolder}/' AND '/${searchFolder}0'`;

/** Every page of dist that a publish recorded, in order of addresses. */
export const pagesOf = ({ sql }: IndexHandle): string[] =>
  (sql(`SELECT address FROM page WHERE ${isNoSearchIndex} ORDER BY address`).all() as { address: string }[]).map(
    ({ address }) => address,
  );

/** A page of each kind, and the public stories with their files, the latest first. Nothing needs to be published for it. */
export function pagesToTry({ sql }: IndexHandle): {
  addresses: string[];
  stories: { address: string; file: string }[];
} {
  const addresses = ['/', '/404.html', '/corrections/', '/search/'];
  const some = (text: string) => (sql(text).all() as { address: string }[]).map(({ address }) => address);
  addresses.push(...some("SELECT address FROM address WHERE kind IN ('section', 'page') ORDER BY address LIMIT 20"));
  addresses.push(...some("SELECT address FROM address WHERE kind = 'themePage' ORDER BY address"));
  const lists = sql(
    'SELECT list, max(period) AS period FROM period WHERE length > 0 GROUP BY substr(list, 1, 3)',
  ).all() as { list: string; period: string }[];
  for (const { list, period } of lists) {
    const [kind, id] = list.split('/');
    if (kind === 'topic' || kind === 'author') addresses.push(`/${kind}s/${id}/`);
    if (kind === 'site') addresses.push(`/${period.replace('-', '/')}/`);
  }
  const stories = sql(
    "SELECT address.address, story.file FROM story JOIN address ON owner = 'story/' || story.id AND kind = 'story' WHERE isPublic = 1 ORDER BY day DESC, story.id",
  ).all() as { address: string; file: string }[];
  return { addresses, stories };
}
