import { aliasOf, aliasTargets } from '../index/alias-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import { whole } from '../index/rows.ts';
import { pageWithin } from '../index/within.ts';
import { type Hosting, type Redirect, redirectOf } from '../site/hosting.ts';
import type { Family, StoryEdit } from './family.ts';
import { type Kind, read } from './kind.ts';

/** Every alias of everything public, with its target, and then the redirects of site.yaml. */
function redirectsOf(index: IndexHandle): Redirect[] {
  const rows = index.sql(`${aliasTargets} ORDER BY alias.source`).all() as {
    source: string;
    target: string;
    hasPage: number;
  }[];
  return [
    ...rows.map(({ source, target, hasPage }): Redirect => {
      const [from = '', query] = source.split(/\?(.*)/s);
      return {
        from,
        ...(query === undefined ? {} : { query }),
        to: target,
        status: 301,
        ...(hasPage ? { hasPage: true } : {}),
      };
    }),
    ...siteRedirects(index).map((one) =>
      one.isFolder && pageWithin(index, one.from) !== undefined ? { ...one, isOverPages: true } : one,
    ),
  ];
}

const siteRedirects = (index: IndexHandle): Redirect[] =>
  (getRecord<Hosting>(index, 'hosting')?.redirects ?? []).map(redirectOf);

const redirects: Kind<[], Redirect[]> = {
  name: 'redirects',
  subject: () => 'redirects',
  resolve: (index) => whole(redirectsOf(index)),
};

const alias: Kind<[address: string], string | undefined> = {
  name: 'alias',
  subject: (address) => `alias:${address}`,
  resolve: (index, address) => whole(aliasOf(index, address)),
};

/** Every old address with its target. */
export const queryRedirects = (index: IndexHandle): Redirect[] => read(index, redirects);

/** The target of an old address. */
export const queryAlias = (index: IndexHandle, address: string): string | undefined => read(index, alias, address);

export const redirectFamily: Family = {
  kinds: [redirects, alias],
  record: (key, { subjects }) => {
    if (key === 'site' || key === 'hosting' || key.startsWith('page/')) subjects.add('redirects');
    if (key.startsWith('alias/')) subjects.add(`alias:${key.slice('alias'.length)}`);
  },
  story: (index, edit, { subjects }) => {
    const { before, after } = edit;
    for (const story of [before, after]) for (const address of story?.aliases ?? []) subjects.add(`alias:${address}`);
    if (isSameOutside(edit)) return;
    // A list of a hundred thousand old addresses is read only if one of them may have changed.
    const hasOld = [before, after].some((story) => (story?.aliases.length ?? 0) + (story?.redirects.length ?? 0) > 0);
    if (hasOld || siteRedirects(index).some(({ isFolder }) => isFolder)) subjects.add('redirects');
  },
};

const isSameOutside = ({ before, after }: StoryEdit): boolean =>
  before?.address === after?.address &&
  before?.isPublic === after?.isPublic &&
  String(before?.aliases) === String(after?.aliases) &&
  String(before?.redirects) === String(after?.redirects);
