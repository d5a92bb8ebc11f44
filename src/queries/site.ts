import type { IndexHandle } from '../index/handle.ts';
import { recordOf } from '../index/rows.ts';
import { markAddress, searchAddress, securityAddress } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import type { Family } from './family.ts';
import { type Kind, readOften } from './kind.ts';
import { setSite } from './set-words.ts';

const site: Kind<[], Site | undefined> = {
  name: 'site',
  subject: () => 'site',
  resolve: (index) => recordOf<Site>(index, 'site'),
};

/** The settings of the site. @throws if no site.yaml has been ingested */
export function querySite(index: IndexHandle): Site {
  const found = readOften(index, site);
  if (!found) throw new Error('the index holds no site');
  return setSite(found);
}

export const siteFamily: Family = {
  kinds: [site],
  record: (key, { subjects }) => {
    if (key === 'site') subjects.add('site');
  },
  fixed: ['/', '/404.html', searchAddress],
  optional: (index) => [
    // A newsroom can have its own file at these addresses.
    ['/robots.txt', !index.sql("SELECT 1 FROM address WHERE fold = 'robots.txt'").get()],
    [markAddress, !querySite(index).icon],
    [securityAddress, querySite(index).security !== undefined],
  ],
};
