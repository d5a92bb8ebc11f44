import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, isOurs } from '../press/write.ts';
import type { Contents, FileDigest } from '../site/manifest.ts';

/** Reads every file of a site. @returns empty if there is no site in the folder */
export async function contentsOfSite({ dist }: { site: string; dist: string; cache: string }): Promise<Contents> {
  const contents = new Map<string, FileDigest>();
  if (!statSync(dist, { throwIfNoEntry: false })?.isDirectory() || !isOurs(dist)) return contents;
  for (const path of filesOf(dist)) {
    const digest = createHash('sha256');
    let size = 0;
    for await (const part of createReadStream(join(dist, path)) as AsyncIterable<Buffer>) {
      digest.update(part);
      size += part.length;
    }
    contents.set(path, { sha256: digest.digest('hex'), size });
  }
  return contents;
}
