import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { removeRenditions } from '../pictures/ledger.ts';
import { nothingBuilt } from './problems.ts';

export interface Pruned {
  files: number;
  bytes: number;
}

/**
 * Deletes the renditions that no site built from this cache shows. The index of each dist says what it shows. A preview
 * has its own index, so its renditions are kept.
 *
 * It must not run at the same time as a publish.
 *
 * @throws SetupError if there is no index, because everything would then count as unused
 */
export async function prunePictures(cache: string): Promise<Pruned> {
  const folder = join(cache, 'renditions');
  const indexes = join(cache, 'index');
  const files = existsSync(indexes) ? readdirSync(indexes).filter((name) => name.endsWith('.db')) : [];
  const used = new Set<string>();
  let sites = 0;
  for (const file of files) {
    const db = new DatabaseSync(join(indexes, file), { readOnly: true });
    try {
      const rows = db
        .prepare("SELECT file FROM asset WHERE source LIKE 'picture:%' OR source LIKE 'social:%'")
        .all() as { file: string }[];
      for (const row of rows) used.add(row.file.slice(row.file.lastIndexOf('/') + 1));
      if (db.prepare("SELECT 1 FROM meta WHERE key = 'dist'").get()) sites += 1;
    } catch {
      // An index of another version of Broadsheet, which the next build deletes.
    } finally {
      db.close();
    }
  }
  if (sites === 0) throw nothingBuilt();
  const sizes = new Map(
    (existsSync(folder) ? readdirSync(folder) : []).map((name) => [name, statSync(join(folder, name)).size]),
  );
  const removed = await removeRenditions(folder, (name) => !used.has(name));
  return { files: removed.length, bytes: removed.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) };
}
