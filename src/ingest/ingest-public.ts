import type { IndexHandle } from '../index/handle.ts';
import { addressMeasured, claim, releaseClaims } from './claim.ts';
import type { IngestRun } from './ingest-run.ts';
import { addressTaken } from './problems.ts';
import { isThere } from './scan.ts';

/**
 * Files in `public/` that changed or were deleted, or whose address a new section may need, release their addresses.
 */
export function releasePublicFiles(index: IndexHandle, { files, changes }: IngestRun): void {
  for (const file of [...changes.publicFiles.gone, ...changes.publicFiles.changed, ...files.publicFiles])
    releaseClaims(index, file);
}

/** Files in `public/` claim the addresses that they are copied to. */
export async function ingestPublicFiles(index: IndexHandle, { files, changes, report }: IngestRun): Promise<void> {
  for (const file of [...new Set([...files.publicFiles, ...changes.publicFiles.changed])].sort()) {
    if (!isThere(index, file) || index.leftOut?.has(file)) continue;
    const address = `/${file.slice('public/'.length)}`.normalize('NFC');
    const measured = await addressMeasured(address, { file, line: () => 1, hint: 'Rename the file.' });
    if (measured) report([measured]);
    const message = claim(index, { address, kind: 'public', owner: file, file });
    const hint = address === '/_redirects' ? 'Write them into  redirects:  in content/site.yaml.' : 'Rename the file.';
    if (message) report([addressTaken({ file, line: 1 }, message, hint)]);
  }
}
