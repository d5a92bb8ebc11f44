import type { IndexHandle } from '../index/handle.ts';
import { hrefLines } from '../story/body/links.ts';
import type { StoryDocument } from '../story/documents.ts';
import type { Source } from '../yaml/source-type.ts';
import { addressMeasured, claim } from './claim.ts';
import type { Report } from './ingest-run.ts';
import { addressTaken } from './problems.ts';

/**
 * Claims the addresses of the documents of a story or page, even while a story is scheduled, so that there is no conflict
 * on the day it is published.
 */
export async function claimDocuments(
  index: IndexHandle,
  documents: readonly StoryDocument[],
  { owner, file, source }: { owner: string; file: string; source: Source },
  report: Report,
): Promise<void> {
  if (documents.length === 0) return;
  const lineOfLink = hrefLines(source.body, source.bodyLine);
  for (const { address, href } of documents) {
    const line = lineOfLink(href);
    const measured = await addressMeasured(address, {
      file,
      line: () => line,
      hint: 'Give the document a shorter name.',
    });
    if (measured) report([measured]);
    const message = claim(index, { address, kind: 'document', owner, file });
    if (message) report([addressTaken({ file, line }, message, 'Give the document another name.')]);
  }
}
