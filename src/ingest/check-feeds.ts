import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import { periodsOf } from '../index/rows.ts';
import { listsOf, type PartnerFeed } from '../site/feed-settings.ts';
import { placeInSite } from './check-security.ts';
import { siteFile } from './file-names.ts';
import type { IngestRun } from './ingest-run.ts';
import { feedEmpty } from './problems.ts';

/** Warns of feeds for partners that have no story, whenever site.yaml was read. */
export async function checkFeeds(index: IndexHandle, { changed, report }: IngestRun): Promise<void> {
  if (!changed.has(siteFile)) return;
  for (const [i, feed] of (getRecord<PartnerFeed[]>(index, 'feeds') ?? []).entries()) {
    if (listsOf(feed).some((list) => periodsOf(index, list.normalize('NFC')).length > 0)) continue;
    const topics = index
      .sql("SELECT DISTINCT substr(list, 7) AS id FROM period WHERE list LIKE 'topic/%' AND length > 0")
      .all() as { id: string }[];
    const place = await placeInSite(index, ['feeds', i, 'id']);
    report([
      feedEmpty(
        place,
        feed.id,
        feed.topics ?? [],
        topics.map(({ id }) => id),
      ),
    ]);
  }
}
