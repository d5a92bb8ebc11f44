import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressLinkRow } from '../index/address-link-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { idOfName, lengthOf, partLength } from '../index/rows.ts';
import { periodOf, type StorySeen } from '../index/story-rows.ts';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import {
  correctionsAddress,
  feedAddress,
  foldAddress,
  type ListKey,
  listAddress,
  searchAddress,
  seriesAddress,
} from '../site/address.ts';
import { deadEndOf } from '../site/dead-end.ts';
import { meantBy } from '../site/link-target.ts';
import { baseOf, type Site } from '../site/site.ts';
import { documentEndings, fileMeant, isDocument } from '../story/documents.ts';
import { pictureSpellings } from '../story/picture-file.ts';
import { anchorsOf } from './anchors.ts';
import type { IngestRun } from './ingest-run.ts';
import {
  linkDead,
  linkDeadEnd,
  linkEmptyList,
  linkMoved,
  linkNearly,
  linkToFile,
  linkWaiting,
  missingHeading,
  type UnpublishedFile,
} from './link-problems.ts';
import { filesBeside } from './newsroom.ts';
import { isThere } from './scan.ts';
import { addressesOfPeriod, type Standing, standingOf } from './standing.ts';

/**
 * Reports links to addresses on this site at which readers find nothing, or not what was meant. The whole newsroom is
 * known at this point, so a link is reported whichever file broke it: its own, or that of its target.
 *
 * @param isAll whether every link has to be checked, because the outcome for each story was not recorded
 */
export function checkAddresses(index: IndexHandle, run: IngestRun, site: Site, isAll: boolean): void {
  const checked = new Check(index, site);
  for (const link of isAll ? allLinks(index) : linksToCheck(index, run)) {
    const problem = checked.problemOf(link);
    if (problem) run.report([problem]);
  }
}

const allLinks = (index: IndexHandle): Iterable<AddressLinkRow> =>
  index.sql('SELECT * FROM addressLink').iterate() as unknown as Iterable<AddressLinkRow>;

/** Links of what was ingested, and links of others to addresses and headings that may have disappeared. */
function linksToCheck(index: IndexHandle, run: IngestRun): AddressLinkRow[] {
  const { sql } = index;
  const links = new Map<string, AddressLinkRow>();
  const add = (rows: unknown[]) => {
    for (const link of rows as AddressLinkRow[]) links.set(`${link.owner}\n${link.line}\n${link.written}`, link);
  };
  for (const owner of run.owners) add(sql('SELECT * FROM addressLink WHERE owner = ?').all(owner));
  const { addresses, texts, parts } = mayBeGone(index, run);
  for (const address of addresses) {
    add(sql('SELECT * FROM addressLink WHERE address = ?').all(address));
    if (address.endsWith('/')) add(sql('SELECT * FROM addressLink WHERE address = ?').all(`${address}index.html`));
  }
  for (const address of texts) add(sql("SELECT * FROM addressLink WHERE address = ? AND fragment <> ''").all(address));
  for (const start of parts)
    add(sql('SELECT * FROM addressLink WHERE address >= ? AND address < ?').all(`${start}part-`, `${start}part.`));
  return [...links.values()];
}

/**
 * What readers may no longer find: addresses, headings of texts that changed, and further parts of lists that became
 * shorter.
 */
function mayBeGone(
  index: IndexHandle,
  { changes }: IngestRun,
): { addresses: Set<string>; texts: Set<string>; parts: Set<string> } {
  const addresses = new Set<string>();
  const texts = new Set<string>();
  const parts = new Set<string>();
  const own = (story: StorySeen | undefined) => (story?.isPublic ? [story.address, ...story.aliases] : []);
  for (const { before, after } of changes.stories) {
    if (!before) continue;
    const still = new Set(own(after));
    for (const address of own(before)) if (!still.has(address)) addresses.add(address);
    if (before.digest !== after?.digest)
      for (const address of [before.address, ...before.aliases, ...before.names.map((name) => `story:${name}`)])
        texts.add(address);
    if (!before.isListed) continue;
    for (const list of before.lists as ListKey[]) {
      const period = periodOf(list, before.day);
      if (after?.isListed && after.lists.includes(list) && periodOf(list, after.day) === period) continue;
      if (list !== 'site') addresses.add(listAddress(list));
      for (const address of addressesOfPeriod(list, period)) addresses.add(address);
      if (lengthOf(index, list, period) % partLength === 0) parts.add(addressesOfPeriod(list, period)[0]!);
    }
    for (const { period } of before.corrected) addresses.add(`${correctionsAddress}${period}/`);
    if (before.series && !(after?.isListed && after.series?.id === before.series.id)) {
      addresses.add(seriesAddress(before.series.id));
      parts.add(seriesAddress(before.series.id));
    }
  }
  const pagesAfter = new Set(changes.pages.after.keys());
  for (const address of changes.pages.before.keys()) if (!pagesAfter.has(address)) addresses.add(address);
  for (const address of pagesAfter) texts.add(address);
  const still = new Set(changes.documents.after);
  for (const address of changes.documents.before) if (!still.has(address)) addresses.add(address);
  for (const file of changes.publicFiles.gone) addresses.add(`/${file.slice('public/'.length)}`.normalize('NFC'));
  return { addresses, texts, parts };
}

/**
 * The most broken links of a run for which a suggestion is searched among all addresses, because an archive can have
 * thousands.
 */
const suggestionsMax = 200;

/** The check of many links, which caches what it finds out about an address or a text. */
class Check {
  readonly #index: IndexHandle;
  readonly #site: Site;
  readonly #standings = new Map<string, Standing>();
  readonly #anchors = new Map<string, Set<string> | undefined>();
  #known: { all: string[]; bySlug: Map<string, string[]> } | undefined;
  #suggestions = 0;

  constructor(index: IndexHandle, site: Site) {
    this.#index = index;
    this.#site = site;
  }

  /** What is wrong with a link, if anything. */
  problemOf(link: AddressLinkRow): Problem | undefined {
    const { address, file, line, written, isNavigation } = link;
    const place = { file, line };
    if (address.startsWith('story:'))
      return this.#missingHeading(link, `story/${idOfName(this.#index, address.slice(6)) ?? ''}`);
    if (!address.startsWith('/')) {
      const end = deadEndOf(address);
      return end && linkDeadEnd(place, written, end, isNavigation === 1);
    }
    const standing = this.#standing(address);
    const meant = meantBy(link);
    switch (standing.kind) {
      case 'there':
        return this.#missingHeading(link, ownerOf(this.#index, address));
      case 'waiting':
        // A story is public whenever its own documents are.
        return standing.owner === link.owner ? undefined : linkWaiting(place, written, address);
      case 'moved':
        return linkMoved(place, written, standing.to);
      case 'nearly':
        return linkNearly(place, written, standing.address);
      case 'empty':
        return linkEmptyList(place, written);
      case 'nothing': {
        const about = unpublishedFile(this.#index, link, meant);
        if (about) return linkToFile(place, written, about, isNavigation === 1);
        const suggestion = meant === undefined ? this.#suggestion(address) : undefined;
        return linkDead(place, { written, address }, { meant, suggestion }, isNavigation === 1);
      }
    }
  }

  #standing(address: string): Standing {
    let standing = this.#standings.get(address);
    if (!standing) {
      standing = standingOf(this.#index, address);
      this.#standings.set(address, standing);
    }
    return standing;
  }

  /** A link with a fragment to a text that has no such id. */
  #missingHeading({ fragment, file, line, written }: AddressLinkRow, owner: string | undefined): Problem | undefined {
    if (fragment === '' || owner === undefined || !/^(?:story|page)\//.test(owner)) return undefined;
    if (!this.#anchors.has(owner)) this.#anchors.set(owner, anchorsOf(this.#index, owner, this.#site));
    const anchors = this.#anchors.get(owner);
    if (!anchors || anchors.has(fragment) || anchors.has(`text-${fragment}`) || fragment.startsWith(':~:'))
      return undefined;
    return missingHeading({ file, line }, written, fragment, [...anchors].filter(Boolean));
  }

  /** The address that was probably meant. One with the same last part comes first, because stories move. */
  #suggestion(address: string): string | undefined {
    const base = baseOf(this.#site);
    const inside = base !== '' && address.startsWith(`${base}/`) ? address.slice(base.length) : undefined;
    if (inside !== undefined && this.#standing(inside).kind === 'there') return inside;
    this.#known ??= knownAddresses(this.#index);
    const namesakes = this.#known.bySlug.get(slugOf(address)) ?? [];
    if (namesakes.length > 0) return nearest(address, namesakes) ?? namesakes[0];
    if (++this.#suggestions > suggestionsMax) return undefined;
    return nearest(address, this.#known.all);
  }
}

const slugOf = (address: string): string =>
  foldAddress(address)
    .replace(/(?:^|\/)index\.html$/, '')
    .replace(/\.x?html?$/, '')
    .split('/')
    .at(-1) ?? '';

function ownerOf(index: IndexHandle, address: string): string | undefined {
  const row = index.sql('SELECT owner, kind FROM address WHERE fold = ?').get(foldAddress(address)) as
    | { owner: string; kind: string }
    | undefined;
  return row && /^(?:story|page)$/.test(row.kind) ? row.owner : undefined;
}

/** Every address at which readers find something, except archive pages. */
function knownAddresses(index: IndexHandle) {
  const { sql } = index;
  const rows = sql(
    `SELECT address FROM address LEFT JOIN story ON story.id = substr(owner, 7) AND owner LIKE 'story/%'
      WHERE kind <> 'alias' AND (story.id IS NULL OR story.isPublic = 1)`,
  ).all() as { address: string }[];
  const lists = sql(
    "SELECT DISTINCT list FROM period WHERE length > 0 AND (list LIKE 'topic/%' OR list LIKE 'author/%')",
  ).all() as { list: ListKey }[];
  const ofLists = lists.map(({ list }) => listAddress(list));
  const all = [
    '/',
    correctionsAddress,
    searchAddress,
    feedAddress(),
    ...rows.map(({ address }) => address),
    ...ofLists,
  ];
  // A story before a topic with its name, because it is the story that moves.
  const bySlug = new Map<string, string[]>();
  for (const { address } of rows) {
    const slug = slugOf(address);
    const namesakes = bySlug.get(slug);
    if (namesakes) namesakes.push(address);
    else bySlug.set(slug, [address]);
  }
  for (const address of ofLists) if (!bySlug.has(slugOf(address))) bySlug.set(slugOf(address), [address]);
  return { all, bySlug };
}

/**
 * Why a link that names a file of `content/`, or nearly one, leads to nothing.
 *
 * @param meant what the link looks like otherwise. `setup.exe` is a host only if there is no such file
 */
function unpublishedFile(
  index: IndexHandle,
  { owner, file, written }: AddressLinkRow,
  meant: string | undefined,
): UnpublishedFile | undefined {
  if (!/^(?:story|page)\//.test(owner) || !/^[^/#?]/.test(written) || /^[a-z][a-z\d+.-]*:/i.test(written))
    return undefined;
  const path = fileMeant(file, written);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const known = pictureSpellings(path).find((spelling) => isThere(index, spelling));
  if (known === undefined) {
    // The scan leaves out only hidden and temporary files.
    if (existsSync(join(index.root, path))) return { kind: 'hidden' };
    if (meant !== undefined || !isDocument(path)) return undefined;
    const similar = nearest(path.slice(folder.length), filesBeside(index, file).filter(isDocument));
    return { kind: 'missing', similar, beside: owner.startsWith('page/') ? 'page' : 'story' };
  }
  if (/\.(?:jpe?g|png|webp|avif|gif|tiff?|svg)$/i.test(known)) return { kind: 'picture' };
  return isDocument(known) ? { kind: 'elsewhere' } : { kind: 'not-a-document', endings: documentEndings };
}
