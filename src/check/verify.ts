import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { countOf } from '../index/rows.ts';
import { ensureBundle, serverEntry } from '../press/bundle.ts';
import { indexFile, realFolder } from '../press/index-file.ts';
import { pagesOf } from '../press/known-pages.ts';
import { lockPress } from '../press/lock.ts';
import { openTemplates, rendererOf } from '../press/render.ts';
import { chooseWay } from '../press/render-way.ts';
import { ProblemsError } from '../problems/problem.ts';
import { fileOfAddress } from '../site/address.ts';
import { sha256Of } from '../site/manifest.ts';
import { pageDiffers } from './problems.ts';

/** About as many as can be rendered in a second. */
const sampleLength = 200;

/**
 * Renders a sample of the pages again and compares them. This tests the promise that a page that was not rendered is
 * the page that a clean build would write. The sample is spread evenly over all addresses, with another starting point
 * each minute. Call it after a publish that compared all bytes of dist with its record.
 *
 * @throws ProblemsError that names every page that differs
 */
export async function verify({
  site,
  dist,
  cache,
  clock,
}: {
  site: string;
  dist: string;
  cache: string;
  clock: number;
}): Promise<{ files: number; compared: number }> {
  const release = await lockPress(cache, new Date(clock), () => {});
  let index: IndexHandle | undefined;
  try {
    index = openIndexHandle(site, indexFile(cache, realFolder(dist)));
    const pages = pagesOf(index);
    const files = countOf(index, 'distFile');
    const step = Math.max(1, Math.floor(pages.length / sampleLength));
    const sample = pages.filter((_, i) => i % step === Math.floor(clock / 6e4) % step);
    const templates = await openTemplates(serverEntry(await ensureBundle(site, cache)));
    const renderer = rendererOf(index, templates, (await chooseWay(index, templates)).way);
    const different: string[] = [];
    for (const address of sample) {
      const again = await renderer.render(address);
      if (digestOfFile(join(dist, fileOfAddress(address))) !== again.digest) different.push(fileOfAddress(address));
    }
    if (different.length > 0) throw new ProblemsError(different.map(pageDiffers));
    return { files, compared: sample.length };
  } finally {
    if (index) closeIndexHandle(index);
    release();
  }
}

function digestOfFile(path: string): string | undefined {
  try {
    return sha256Of(readFileSync(path));
  } catch {
    return undefined;
  }
}
