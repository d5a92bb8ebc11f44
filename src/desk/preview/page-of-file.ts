import type { IndexHandle } from '../../index/handle.ts';
import { getRecord } from '../../index/record-rows.ts';
import type { PageRecord } from '../../index/records.ts';
import { seriesFile, siteFile, topicsFile } from '../../ingest/file-names.ts';
import { pageOfFile, storyOfFile } from '../../queries/files.ts';
import { hasPage } from '../../queries/has-page.ts';
import { queryAddress } from '../../queries/query-address.ts';
import { type Address, listAddress, seriesAddress } from '../../site/address.ts';

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
  const story = storyOfFile(index, file);
  if (story) {
    const { id, isPublic, card, fileDigest: digest } = story;
    const text = { digest, ...(card.language && { language: card.language }) };
    return { address: card.address, page: { kind: 'story', story: id }, ...(isPublic ? {} : { hidden: id }), text };
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
