import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { desk, transaction } from '../index/desk.ts';
import { fileOfAddress } from '../site/address.ts';
import type { Asset } from './assets.ts';
import { todoOf } from './journal.ts';
import { Step } from './plan.ts';
import { forgetPage } from './record.ts';
import type { Changes } from './report.ts';
import { filesOf, removeFile } from './write.ts';

/** Removes pages that are no more, and files that no page needs. */
export async function removeStale(dist: string, stale: Asset[], report: Changes): Promise<void> {
  const { db, sql } = desk();
  const gone = todoOf(Step.remove);
  const remove = (file: string) => {
    if (existsSync(join(dist, file))) report.removed.push(file);
    removeFile(dist, file);
  };
  await transaction(db, () => {
    for (const { address } of gone) {
      if (!address.startsWith('/')) {
        for (const { file } of sql('SELECT file FROM asset WHERE source = ?').all(address) as { file: string }[])
          stale.push({ file, source: address });
        continue;
      }
      remove(fileOfAddress(address));
      forgetPage(address);
    }
    for (const { file, source } of stale) {
      sql('DELETE FROM asset WHERE file = ? AND source = ?').run(file, source);
      if (!sql('SELECT 1 FROM asset WHERE file = ?').get(file)) remove(file);
    }
    sql('DELETE FROM todo WHERE step = ?').run(Step.remove);
  });
}

/** Without a record of what lay in a marked dist, everything that this publish did not produce goes. */
export function sweep(dist: string, report: Changes): void {
  const { sql } = desk();
  const pages = sql('SELECT address FROM page').all() as { address: string }[];
  const assets = sql('SELECT file FROM asset').all() as { file: string }[];
  const ours = new Set([...pages.map(({ address }) => fileOfAddress(address)), ...assets.map(({ file }) => file)]);
  for (const file of [...filesOf(dist)]) {
    if (ours.has(file)) continue;
    removeFile(dist, file);
    report.removed.push(file);
  }
}
