import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import type { StoredRecord } from '../index/records.ts';
import { periodsOf, recordOf, whole } from '../index/rows.ts';
import type { StorySeen } from '../index/story-rows.ts';
import { type Hosting, hostFiles } from '../site/hosting.ts';
import type { Card } from '../story/card.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';

/** What the files for hosts need to know of the newsroom, besides its redirects. */
export interface HostingResult extends Pick<Hosting, 'hosts' | 'headers'> {
  /** Files in `public/`, by their addresses. They can need other headers than our pages, styles, and fonts. */
  ownFiles: string[];
  /** A page in `theme/pages/` can have forms that nobody else knows of. */
  hasThemePages: boolean;
  /** The years in which there are stories. */
  years: string[];
  /** The addresses of standing pages and of pages in `theme/pages/`. */
  pages: string[];
  /** Addresses of stories that were public and then withdrawn. */
  withdrawn: string[];
}

const hosting: Kind<[], Hosting | undefined> = {
  name: 'hosting',
  subject: () => 'hosting',
  resolve: (index) => recordOf<Hosting>(index, 'hosting'),
};

const ownFiles: Kind<[], string[]> = {
  name: 'ownFiles',
  subject: () => 'publicFiles',
  resolve: (index) => whole(ownFilesOf(index)),
};

const ownFilesOf = (index: IndexHandle): string[] =>
  (
    index.sql("SELECT path FROM file WHERE path > 'public/' AND path < 'public0' ORDER BY path").all() as {
      path: string;
    }[]
  )
    .map(({ path }) => path.slice('public'.length).normalize('NFC'))
    .filter((address) => isOfInterest.test(address));

/** Documents, programs, and manifests; and what is beside our own files. Others need no headers of their own. */
const isOfInterest = /\.(?:x?html?|m?js|webmanifest)$|^\/manifest\.json$|^\/assets\//i;

const themePages: Kind<[], boolean> = {
  name: 'hasThemePages',
  subject: () => 'themePages',
  resolve: (index) =>
    whole(
      index.sql("SELECT 1 FROM record WHERE key > 'themePage/' AND key < 'themePage0' LIMIT 1").get() !== undefined,
    ),
};

const years: Kind<[], string[]> = {
  name: 'years',
  subject: () => 'years',
  resolve: (index) => whole([...new Set(periodsOf(index, 'site').map((period) => period.slice(0, 4)))].sort()),
};

const pages: Kind<[], string[]> = {
  name: 'pageAddresses',
  subject: () => 'pageAddresses',
  resolve: ({ sql }) =>
    whole(
      (
        sql(
          "SELECT address FROM address WHERE owner > 'page/' AND owner < 'page0' AND kind = 'page' UNION SELECT address FROM address WHERE owner > 'themePage/' AND owner < 'themePage0' ORDER BY address",
        ).all() as {
          address: string;
        }[]
      ).map(({ address }) => address),
    ),
};

const withdrawn: Kind<[], string[]> = {
  name: 'withdrawn',
  subject: () => 'withdrawn',
  resolve: (index) => whole(withdrawnOf(index)),
};

/** A story that was withdrawn before its date was never public, so its address is not gone: nothing was there. */
function withdrawnOf(index: IndexHandle): string[] {
  const rows = index
    .sql("SELECT published, card, record FROM story WHERE state = 'withdrawn' AND isPublic = 1 ORDER BY id")
    .all() as { published: number; card: string; record: string }[];
  return rows.flatMap(({ published, card, record }) => {
    const { withdrawn } = (JSON.parse(record) as StoredRecord).detail;
    // The date can be a day, and the story can be from the same day.
    return withdrawn && withdrawn.date + oneDay > published ? [(JSON.parse(card) as Card).address] : [];
  });
}

const oneDay = 86_400_000;

/** Everything that the files for hosts need to know, besides redirects. */
export const queryHosting = (index: IndexHandle): HostingResult => {
  const { hosts, headers } = read(index, hosting) ?? {};
  return {
    hosts,
    headers,
    ownFiles: read(index, ownFiles),
    hasThemePages: read(index, themePages),
    years: read(index, years),
    pages: read(index, pages),
    withdrawn: read(index, withdrawn),
  };
};

const isWithdrawn = (story: StorySeen | undefined): boolean => story?.isPublic === true && !story.isListed;

export const hostingFamily: Family = {
  kinds: [hosting, ownFiles, themePages, years, pages, withdrawn],
  record: (key, { subjects }) => {
    if (key === 'hosting') subjects.add('hosting');
    if (key.startsWith('themePage/')) subjects.add('themePages');
    if (/^(?:themePage|page)\//.test(key)) subjects.add('pageAddresses');
  },
  story: (_, { before, after }, { subjects }) => {
    if (isWithdrawn(before) || isWithdrawn(after)) subjects.add('withdrawn');
  },
  period: (_, { list, before, after }, { subjects }) => {
    if (list === 'site' && before > 0 !== after > 0) subjects.add('years');
  },
  optional: (index) => {
    const { hosts = [] } = getRecord<Hosting>(index, 'hosting') ?? {};
    // A newsroom can have its own file at these addresses.
    const isOwn = (name: string) =>
      index.sql('SELECT 1 FROM address WHERE fold = ?').get(name.toLowerCase()) !== undefined;
    return hostFiles.map((file) => [
      `/${file.name}`,
      (!('host' in file) || hosts.includes(file.host)) && !isOwn(file.name),
    ]);
  },
};
