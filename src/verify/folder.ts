import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentsOfFolder } from '../press/contents-of-dist.ts';
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
    compare: async (published, onProgress) => ({
      ...compareContents(published, await contentsOfFolder(folder, onProgress)),
      isListed: true,
      reasons: new Map(),
      unserved: [],
      redirected: [],
    }),
  };
}
