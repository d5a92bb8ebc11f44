import { aliasOf } from '../index/alias-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import { lengthOf, partsOf } from '../index/rows.ts';
import { type Address, foldAddress, isWireAddress, type ListKey, periodAddress, wireName } from '../site/address.ts';
import { addressByForm } from '../site/address-form.ts';
import type { Site } from '../site/site.ts';

/** What readers find at an address. */
export type Standing =
  | { kind: 'there' }
  /** A story that is not public yet, or a document of one. `owner` is its key in the index. */
  | { kind: 'waiting'; owner: string }
  /** An old address. `to` is its target. */
  | { kind: 'moved'; to: string }
  /**
   * There is a page at a nearly identical address: with other letter case, another Unicode form, or without the final
   * slash.
   */
  | { kind: 'nearly'; address: string }
  /** A list that exists as soon as it has a story: of a topic, an author, or a period. */
  | { kind: 'empty' }
  | { kind: 'nothing' };

/** What readers find at an address on this site, once all changes have been ingested. */
export function standingOf(index: IndexHandle, address: string): Standing {
  const row = index.sql('SELECT address, kind, owner FROM address WHERE fold = ?').get(foldAddress(address)) as
    | { address: string; kind: string; owner: string }
    | undefined;
  if (row) {
    if (row.address !== address && `${row.address}index.html` !== address)
      return { kind: 'nearly', address: row.address };
    if (!isPublic(index, row.owner)) return { kind: 'waiting', owner: row.owner };
    const to = row.kind === 'alias' ? aliasOf(index, row.address) : undefined;
    return to === undefined ? { kind: 'there' } : { kind: 'moved', to };
  }
  // The names of styles, fonts, and pictures depend on their bytes, so they are not known before they are created.
  if (address.startsWith('/assets/')) return { kind: 'there' };
  if (isWireAddress(address)) return wireStanding(index, address);
  const listed = listStanding(index, addressByForm(address));
  if (listed.kind !== 'nothing') return listed;
  const other = address.endsWith('/') ? address.slice(0, -1) : `${address}/`;
  const nearly = other === '' ? undefined : isAnything(index, other);
  return nearly ?? draftAt(index, address) ?? listed;
}

/** Whether there is a page at the address with a final slash added or removed. */
function isAnything(index: IndexHandle, address: string): Standing | undefined {
  const row = index.sql('SELECT address FROM address WHERE fold = ?').get(foldAddress(address)) as
    | { address: string }
    | undefined;
  if (row) return { kind: 'nearly', address: row.address };
  return listStanding(index, addressByForm(address)).kind === 'there' ? { kind: 'nearly', address } : undefined;
}

function isPublic(index: IndexHandle, owner: string): boolean {
  if (!owner.startsWith('story/')) return true;
  const row = index.sql('SELECT isPublic FROM story WHERE id = ?').get(owner.slice('story/'.length)) as
    | { isPublic: number }
    | undefined;
  return row?.isPublic === 1;
}

function listStanding(index: IndexHandle, found: Address | undefined): Standing {
  const when = (isThere: boolean): Standing => ({ kind: isThere ? 'there' : 'empty' });
  switch (found?.kind) {
    case undefined:
    case 'section': // it would have its own row
      return { kind: 'nothing' };
    case 'topic':
      return when(hasStories(index, `topic/${found.topic}`));
    case 'author':
      return when(hasStories(index, `author/${found.author}`));
    case 'feed':
      return /^(?:topic|author)\//.test(found.list) ? when(hasStories(index, found.list)) : { kind: 'there' };
    case 'feedArchive':
      return when(isPart(index, found.list, found.period, found.part));
    case 'partnerFeed': // it would have its own row
      return { kind: 'nothing' };
    case 'wireIndex':
      return hasWire(index) ? { kind: 'there' } : { kind: 'nothing' };
    case 'wireDay':
      return hasWire(index) ? when(isWireDay(index, found.day)) : { kind: 'nothing' };
    case 'series': {
      const { count } = index.sql('SELECT count(*) AS count FROM series WHERE series = ?').get(found.series) as {
        count: number;
      };
      return when(count > 0 && found.part <= partsOf(count));
    }
    case 'year':
      return when(hasYear(index, found.year));
    case 'period':
      return when(isPart(index, found.list, found.period, found.part));
    case 'corrections':
      return found.period === undefined
        ? { kind: 'there' }
        : when(isPart(index, 'corrections', found.period, found.part));
    default:
      return { kind: 'there' };
  }
}

const isPart = (index: IndexHandle, list: string, period: string, part: number): boolean => {
  const length = lengthOf(index, list, period);
  return length > 0 && part <= partsOf(length);
};

const hasStories = (index: IndexHandle, list: string): boolean =>
  index.sql('SELECT 1 FROM period WHERE list = ? AND length > 0 LIMIT 1').get(list) !== undefined;

const hasYear = (index: IndexHandle, year: string): boolean =>
  index
    .sql("SELECT 1 FROM period WHERE list = 'site' AND period >= ? AND period < ? AND length > 0 LIMIT 1")
    .get(`${year}-`, `${year}.`) !== undefined;

const hasWire = (index: IndexHandle): boolean => getRecord<Site>(index, 'site')?.wire === true;

const isOnWire = "json_extract(story.record, '$.detail.isOnWire') = 1";

const isWireDay = (index: IndexHandle, day: string): boolean =>
  index
    .sql(
      `SELECT 1 FROM listing JOIN story USING (id) WHERE list = 'site' AND period = ? AND day = ? AND ${isOnWire} LIMIT 1`,
    )
    .get(day.slice(0, 7), day) !== undefined;

/** The file of a story for other newsrooms, beside its page. */
function wireStanding(index: IndexHandle, address: string): Standing {
  const row = index
    .sql(
      `SELECT story.id, isPublic FROM address JOIN story ON owner = 'story/' || story.id AND kind = 'story'
        WHERE fold = ? AND ${isOnWire}`,
    )
    .get(foldAddress(address.slice(0, -wireName.length))) as { id: string; isPublic: number } | undefined;
  if (!row) return { kind: 'nothing' };
  return row.isPublic === 1 ? { kind: 'there' } : { kind: 'waiting', owner: `story/${row.id}` };
}

/** A draft claims no address, so it is looked up by its name, which is part of the address of most stories. */
function draftAt(index: IndexHandle, address: string): Standing | undefined {
  const id = /^\/(.+?)\/?$/.exec(address)?.[1];
  if (id === undefined) return undefined;
  const row = index.sql('SELECT state FROM story WHERE id = ?').get(id) as { state: string } | undefined;
  return row?.state === 'draft' ? { kind: 'waiting', owner: `story/${id}` } : undefined;
}

/** The addresses of lists that may disappear with a story: those that contained it, without their further parts. */
export const addressesOfPeriod = (list: string, period: string): string[] => [
  periodAddress(list as ListKey, period),
  ...(list === 'site' ? [`/${period.slice(0, 4)}/`] : []),
];
