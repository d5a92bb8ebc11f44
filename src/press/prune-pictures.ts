import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { removeRenditions } from '../pictures/ledger.ts';

/** Nothing says which renditions are used: no site was built with this cache. */
export class NothingBuiltError extends Error {
  constructor() {
    super(
      'Nothing has been built with this cache yet, so it is not known which pictures are used. Run  broadsheet build  first.',
    );
    this.name = 'NothingBuiltError';
  }
}

export interface Pruned {
  files: number;
  bytes: number;
}

/**
 * Removes the renditions that no site built from this cache shows. What an index remembers of its dist decides;
 * there is one for each dist, so a preview beside the site keeps its own.
 *
 * Must not run beside a publish.
 *
 * @throws NothingBuiltError when there is no index: then everything would count as unused
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
      const rows = db.prepare("SELECT file FROM asset WHERE source LIKE 'picture:%'").all() as { file: string }[];
      for (const row of rows) used.add(row.file.slice(row.file.lastIndexOf('/') + 1));
      if (db.prepare("SELECT 1 FROM meta WHERE key = 'dist'").get()) sites += 1;
    } catch {
      // Of another version of Broadsheet; the next build throws it away.
    } finally {
      db.close();
    }
  }
  if (sites === 0) throw new NothingBuiltError();
  const sizes = new Map(
    (existsSync(folder) ? readdirSync(folder) : []).map((name) => [name, statSync(join(folder, name)).size]),
  );
  const removed = await removeRenditions(folder, (name) => !used.has(name));
  return { files: removed.length, bytes: removed.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) };
}
