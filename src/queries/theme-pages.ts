import type { IndexHandle } from '../index/handle.ts';
import type { ThemePageRecord } from '../index/records.ts';
import { recordOf } from '../index/rows.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';

/** A page in `theme/pages/`: what its front matter says. Everything is absent for an `.astro` page. */
export type ThemePageResult = Omit<ThemePageRecord, 'fileDigest'>;

const themePage: Kind<[id: string], ThemePageRecord | undefined> = {
  name: 'themePage',
  subject: (id) => `themePage:${id}`,
  resolve: (index, id) => recordOf<ThemePageRecord>(index, `themePage/${id}`),
};

export function queryThemePage(index: IndexHandle, id: string): ThemePageResult | undefined {
  const found = read(index, themePage, id);
  if (!found) return undefined;
  const { fileDigest: _, ...page } = found;
  return page;
}

export const themePageFamily: Family = {
  kinds: [themePage],
  record: (key, { subjects }) => {
    if (key.startsWith('themePage/')) subjects.add(`themePage:${key.slice('themePage/'.length)}`);
  },
};
