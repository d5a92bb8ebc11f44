import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemsError } from '../problems/problem.ts';
import { type Contents, isManifestFile, manifestFile, readManifest, readRoot } from '../site/manifest.ts';

/**
 * Files of the built site that are no longer in its folder, because somebody emptied a part of it. A deploy would delete
 * them at the target, too.
 *
 * The manifest of the site says how many files there are. Only if there are fewer, all of it is read.
 */
export async function missingFrom(dist: string, contents: Contents): Promise<string[]> {
  const read = async (path: string) => (contents.has(path) ? await readFile(join(dist, path), 'utf8') : undefined);
  try {
    const root = await read(manifestFile);
    if (root === undefined) return contents.has('index.html') ? [] : ['index.html'];
    const count = [...contents.keys()].filter((path) => !isManifestFile(path)).length;
    if (count >= readRoot(root).files) return [];
    const listed = await readManifest(read);
    return [...(listed?.keys() ?? [])].filter((path) => !contents.has(path)).sort();
  } catch (error) {
    // Somebody changed the manifest, or a build is replacing it, which a deploy notices by itself.
    if (error instanceof ProblemsError || (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
