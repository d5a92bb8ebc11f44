import type { IndexHandle } from '../index/handle.ts';
import { isSearchIndex, pageFileAddresses } from '../site/address.ts';
import { forgetFileInDist, recordFile } from './dist-record.ts';
import { distrustManifest, manifestSource } from './manifest-state.ts';
import { setMeta } from './meta.ts';
import { newStepOf, pageSteps, Step, todo, todoToo } from './plan.ts';
import type { DistScan } from './scan-dist.ts';

/**
 * Plans the corrections of dist where it is not as the press left it. Call it inside the transaction that plans, after
 * the plan, so that anything that the plan removes stays removed.
 */
export function planRepairs(index: IndexHandle, { missing, changed, touched }: DistScan): void {
  const { sql } = index;
  for (const { file, stat } of touched) {
    const row = sql('SELECT digest FROM distFile WHERE file = ?').get(file) as { digest: string } | undefined;
    if (row) recordFile(index, file, row.digest, stat);
  }
  for (const file of [...missing, ...changed]) {
    forgetFileInDist(index, file);
    for (const { source } of sql('SELECT source FROM asset WHERE file = ?').all(file) as { source: string }[])
      if (source === 'templates') setMeta(index, 'assets', '');
      else if (source === manifestSource) distrustManifest(index);
      else if (isSearchIndex(source)) todoAgain(index, source);
      else todoToo(index, source, Step.asset);
    for (const address of pageFileAddresses(file))
      if (sql('SELECT 1 FROM page WHERE address = ?').get(address)) todoAgain(index, address);
  }
}

/** A missing page is like a new one: it is written before the pages that link to it. */
function todoAgain(index: IndexHandle, address: string): void {
  const row = index.sql('SELECT step FROM todo WHERE address = ?').get(address) as { step: Step } | undefined;
  if (!row || pageSteps.includes(row.step)) todo(index, address, newStepOf(index, address));
}
