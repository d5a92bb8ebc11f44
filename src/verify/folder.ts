import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { contentsOfFolder } from '../press/contents-of-dist.ts';
import { fileOfForm } from '../site/compressed-form.ts';
import { compareContents } from '../site/manifest.ts';
import type { PublishedSite } from './verify.ts';

/**
 * A site in a folder.
 *
 * @param folder absolute
 * @param name as the user wrote it
 */
export function siteInFolder(folder: string, name = folder): PublishedSite {
  return {
    name,
    read: async (path) => {
      const file = join(folder, path);
      return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
    },
    async compare(published, onProgress) {
      const differences = compareContents(published, await contentsOfFolder(folder, onProgress));
      const reasons = new Map<string, string>();
      const added: string[] = [];
      const changed = [...differences.changed];
      for (const path of differences.added) {
        const digest = published.get(fileOfForm(path) ?? '')?.sha256;
        if (digest === undefined) added.push(path);
        // A web server would send it in place of the file.
        else if (!(await isFormOf(join(folder, path), digest))) {
          changed.push(path);
          reasons.set(path, `readers whose browser accepts it get other bytes than those of ${fileOfForm(path)}`);
        }
      }
      return { ...differences, added, changed: changed.sort(), isListed: true, reasons, unserved: [], redirected: [] };
    },
  };
}

/** Whether a compressed file contains these bytes, and nothing else. */
async function isFormOf(file: string, sha256: string): Promise<boolean> {
  const digest = createHash('sha256');
  try {
    const unpack = file.endsWith('.br') ? createBrotliDecompress() : createGunzip();
    await pipeline(createReadStream(file), unpack, digest);
  } catch {
    return false;
  }
  return digest.digest('hex') === sha256;
}
