import type { IndexHandle } from '../index/handle.ts';
import type { PageRecord } from '../index/records.ts';
import { recordOf } from '../index/rows.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';
import { showBody } from './show-body.ts';
import type { ShownBody } from './shown.ts';
import { querySite } from './site.ts';
import { lookupsFor } from './stories.ts';

/** A standing page. */
export interface PageResult {
  id: string;
  address: string;
  headline: string;
  standfirst?: string;
  language?: string;
  body: ShownBody;
}

const page: Kind<[id: string], PageRecord | undefined> = {
  name: 'page',
  subject: (id) => `page:${id}`,
  resolve: (index, id) => recordOf<PageRecord>(index, `page/${id}`),
};

export function queryPage(index: IndexHandle, id: string): PageResult | undefined {
  const found = read(index, page, id);
  if (!found) return undefined;
  const { body } = showBody(index, found, querySite(index), lookupsFor(index, querySite(index)));
  return {
    id,
    address: found.address,
    headline: found.headline,
    standfirst: found.standfirst,
    language: found.language,
    body,
  };
}

export const pageFamily: Family = {
  kinds: [page],
  record: (key, { subjects }) => {
    if (key.startsWith('page/')) subjects.add(`page:${key.slice('page/'.length)}`);
  },
};
