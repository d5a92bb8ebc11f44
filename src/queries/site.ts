import type { IndexHandle } from '../index/handle.ts';
import { recordOf } from '../index/rows.ts';
import { markAddress, searchAddress, searchScriptAddress, securityAddress } from '../site/address.ts';
import type { Site, Trust } from '../site/site.ts';
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

const trust: Kind<[], Trust | undefined> = {
  name: 'trust',
  subject: () => 'trust',
  resolve: (index) => recordOf<Trust>(index, 'trust'),
};

/** How anyone can check the site, and report a vulnerability. */
export const queryTrust = (index: IndexHandle): Trust => readOften(index, trust) ?? { manifest: true };

export const siteFamily: Family = {
  kinds: [site, trust],
  record: (key, { subjects }) => {
    if (key === 'site' || key === 'trust') subjects.add(key);
  },
  fixed: ['/', '/404.html', searchAddress],
  optional: (index) => [
    // A newsroom can have its own file at these addresses.
    ['/robots.txt', !index.sql("SELECT 1 FROM address WHERE fold = 'robots.txt'").get()],
    [markAddress, !querySite(index).icon],
    [searchScriptAddress, querySite(index).search === true],
    [securityAddress, queryTrust(index).security !== undefined],
  ],
};
