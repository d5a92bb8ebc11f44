import { aliasOf, aliasTargets } from '../index/alias-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { whole } from '../index/rows.ts';
import { canBeListed } from '../site/alias.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';

/** Every alias of everything public, with its target. */
function redirectsOf(index: IndexHandle): { from: string; to: string }[] {
  const rows = index.sql(`${aliasTargets} ORDER BY alias.source`).all() as { source: string; target: string }[];
  return rows.map(({ source, target }) => ({ from: source, to: target }));
}

/**
 * Whether a list of redirects would have any lines. It stops at the first one, because a site can have ten thousand old
 * addresses.
 */
function hasRedirects(index: IndexHandle): boolean {
  const isPublic = (owner: string) =>
    `LEFT JOIN story ON story.id = substr(${owner}, 7) WHERE (${owner} NOT LIKE 'story/%' OR story.isPublic = 1)`;
  const queries = [
    `SELECT alias.address AS source FROM address AS alias ${isPublic('alias.owner')} AND alias.kind = 'alias'`,
    `SELECT source FROM redirect ${isPublic('redirect.owner')}`,
  ];
  for (const query of queries)
    for (const { source } of index.sql(query).iterate() as Iterable<{ source: string }>)
      if (canBeListed(source)) return true;
  return false;
}

const redirects: Kind<[], { from: string; to: string }[]> = {
  name: 'redirects',
  subject: () => 'redirects',
  resolve: (index) => whole(redirectsOf(index)),
};

const alias: Kind<[address: string], string | undefined> = {
  name: 'alias',
  subject: (address) => `alias:${address}`,
  resolve: (index, address) => whole(aliasOf(index, address)),
};

/** Every alias with its target. */
export const queryRedirects = (index: IndexHandle): { from: string; to: string }[] => read(index, redirects);

/** The target of an old address. */
export const queryAlias = (index: IndexHandle, address: string): string | undefined => read(index, alias, address);

export const redirectFamily: Family = {
  kinds: [redirects, alias],
  record: (key, { subjects }) => {
    if (key === 'site' || key.startsWith('page/')) subjects.add('redirects');
    if (key.startsWith('alias/')) subjects.add(`alias:${key.slice('alias'.length)}`);
  },
  story: (_, { before, after }, { subjects }) => {
    for (const story of [before, after]) for (const address of story?.aliases ?? []) subjects.add(`alias:${address}`);
    if (
      before?.address !== after?.address ||
      before?.isPublic !== after?.isPublic ||
      String(before?.aliases) !== String(after?.aliases) ||
      String(before?.redirects) !== String(after?.redirects)
    )
      subjects.add('redirects');
  },
  optional: (index) => [['/_redirects', hasRedirects(index)]],
};
