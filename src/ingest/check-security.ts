import { readContent } from '../index/content-files.ts';
import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import type { Place } from '../problems/problem.ts';
import { securityAddress } from '../site/address.ts';
import { expiresSoonMs, expiryOf } from '../site/security.ts';
import type { Site, Trust } from '../site/site.ts';
import { linesOf, readYamlFile } from '../yaml/source.ts';
import { siteFile } from './file-names.ts';
import type { IngestRun } from './ingest-run.ts';
import { addressTaken, securityExpires, takenBecause } from './problems.ts';

/**
 * Checks what depends on the time or on other files: whether the information for researchers is about to expire, and
 * whether `public/` contains the same file. It is checked in every publish that ingests something, because site.yaml
 * does not change on the day on which the information expires.
 */
export async function checkSecurity(index: IndexHandle, { now, report }: IngestRun, site: Site): Promise<void> {
  const security = getRecord<Trust>(index, 'trust')?.security;
  if (!security) return;
  const taken = index
    .sql("SELECT file FROM address WHERE fold = ? AND kind = 'public'")
    .get(securityAddress.slice(1)) as { file: string } | undefined;
  if (taken)
    report([
      addressTaken(
        { file: taken.file, line: 1 },
        takenBecause.site(securityAddress),
        'Broadsheet writes this file from  security  in content/site.yaml. Delete this file, or that key.',
      ),
    ]);
  const expires = expiryOf(security, site.timeZone);
  if (now < expires - expiresSoonMs) return;
  report([securityExpires(await placeInSite(index, ['security', 'expires']), security.expires, now >= expires)]);
}

/** Where a key is in site.yaml. The file is read again, because it may not be part of what is ingested. */
export async function placeInSite(index: IndexHandle, path: (string | number)[]): Promise<Place> {
  const source = readYamlFile(siteFile, readContent(index, siteFile));
  return { file: siteFile, line: 'problems' in source ? 1 : (await linesOf(source))(path) };
}
