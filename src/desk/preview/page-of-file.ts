import type { IndexHandle } from '../../index/handle.ts';
import { getRecord } from '../../index/record-rows.ts';
import type { PageRecord, StoredRecord } from '../../index/records.ts';
import { seriesFile, siteFile, topicsFile } from '../../ingest/file-names.ts';
import { pageOfFile } from '../../queries/files.ts';
import { hasPage } from '../../queries/has-page.ts';
import { queryAddress } from '../../queries/query-address.ts';
import { type Address, listAddress, seriesAddress } from '../../site/address.ts';
import type { Card } from '../../story/card.ts';

/** The page that shows a file. */
export interface ShownPage {
  address: string;
  page: Address;
  /** The story, if readers cannot see it. */
  hidden?: string;
  /** The text on the page that comes from the file. */
  text?: { digest: string; language?: string };
}

/**
 * The page that shows a file best: the story, the front, the author's page; for the settings of the site, the front page.
 *
 * @param file newsroom-relative
 * @param entry the topic or series, in a file that has several. Defaults to the first one with a page
 * @returns undefined if there is none (yet), such as for an author without stories
 */
export function pageThatShows(index: IndexHandle, file: string, entry?: string): ShownPage | undefined {
  const { sql } = index;
  const story = sql('SELECT id, isPublic, card, record FROM story WHERE file = ?').get(file) as
    | { id: string; isPublic: number; card: string; record: string }
    | undefined;
  if (story) {
    const { address, language } = JSON.parse(story.card) as Card;
    const { fileDigest: digest } = JSON.parse(story.record) as StoredRecord;
    return {
      address,
      page: { kind: 'story', story: story.id },
      ...(story.isPublic === 1 ? {} : { hidden: story.id }),
      text: { digest, ...(language && { language }) },
    };
  }
  const address = file === siteFile ? '/' : (addressOfEntry(index, file, entry) ?? pageOfFile(index, file));
  const page = address === undefined ? undefined : queryAddress(index, address);
  if (address === undefined || !page || !hasPage(index, page)) return undefined;
  if (page.kind !== 'page') return { address, page };
  const record = getRecord<PageRecord>(index, `page/${page.page}`);
  const { fileDigest: digest, language } = record ?? { fileDigest: '' };
  return { address, page, text: { digest, ...(language && { language }) } };
}

/** The page of a topic or series. */
function addressOfEntry(index: IndexHandle, file: string, entry: string | undefined): string | undefined {
  if (file !== topicsFile && file !== seriesFile) return undefined;
  const ids =
    entry === undefined ? Object.keys(getRecord<Record<string, unknown>>(index, recordOf(file)) ?? {}) : [entry];
  const addresses = ids.map((id) => (file === topicsFile ? listAddress(`topic/${id}`) : seriesAddress(id)));
  return addresses.find((address) => {
    const page = queryAddress(index, address);
    return page !== undefined && hasPage(index, page);
  });
}

const recordOf = (file: string): string => (file === topicsFile ? 'topics' : 'series');
