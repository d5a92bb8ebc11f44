import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import { nearest } from '../problems/nearest.ts';
import type { Place, Problem } from '../problems/problem.ts';
import { addressByForm } from '../site/address-form.ts';
import { type Allow, hostIn, hostKinds, hostMistake, pageKindOf, pageKinds, pagesIn } from '../site/allow.ts';
import type { Site } from '../site/site.ts';
import { allowHost, allowHostTwice, allowPage, allowPageMissing } from './allow-problems.ts';
import { placeInSite } from './check-security.ts';
import { siteFile } from './file-names.ts';
import type { IngestRun } from './ingest-run.ts';

/** What is wrong with `allow` in site.yaml, by itself. @param at the place of a key or value in site.yaml */
export function allowProblems(allow: Allow | undefined, at: (path: (string | number)[]) => Place): Problem[] {
  if (!allow) return [];
  return hostKinds.flatMap((kind) => {
    const entries = allow[kind] ?? [];
    return entries.flatMap((entry, i): Problem[] => {
      const here = (...more: (string | number)[]) => at(['allow', kind, i, ...more]);
      const written = typeof entry === 'string' ? entry : entry.host;
      const mistake = hostMistake(written, kind);
      if (mistake) return [allowHost(here(), written, mistake.why, mistake.hint)];
      const host = hostIn(entry);
      const first = entries.slice(0, i).find((other) => hostIn(other) === host);
      if (first) return [allowHostTwice(here(), host, kind, pagesIn(first) === undefined)];
      return (pagesIn(entry) ?? []).flatMap((page, j) =>
        page.startsWith('/') || (pageKinds as readonly string[]).includes(page)
          ? []
          : [allowPage(here('on', j), page, nearest(page, pageKinds), pageKinds)],
      );
    });
  });
}

/** Warns of a host that is allowed only on a page that does not exist, whenever site.yaml was read. */
export async function checkAllow(index: IndexHandle, { changed, report }: IngestRun): Promise<void> {
  const allow = getRecord<Site>(index, 'site')?.allow;
  if (!allow || !changed.has(siteFile)) return;
  const isThere = (address: string) =>
    index.sql('SELECT 1 FROM address WHERE address = ?').get(address.normalize('NFC')) !== undefined;
  for (const kind of hostKinds)
    for (const [i, entry] of (allow[kind] ?? []).entries())
      for (const [j, page] of (pagesIn(entry) ?? []).entries()) {
        if (!page.startsWith('/') || isThere(page)) continue;
        const slashed = `${page.replace(/\/*$/, '')}/`;
        report([
          allowPageMissing(await placeInSite(index, ['allow', kind, i, 'on', j]), page, {
            // Lists have no rows of their own.
            kind: pageKindOf(addressByForm(page)),
            meant: slashed !== page && isThere(slashed) ? slashed : undefined,
          }),
        ]);
      }
}
