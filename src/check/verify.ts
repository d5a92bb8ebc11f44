import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeDesk, desk, openDesk } from '../index/desk.ts';
import { digestOf } from '../index/digest.ts';
import { ensureBundle, serverEntry } from '../press/bundle.ts';
import { lockPress } from '../press/lock.ts';
import { indexFile } from '../press/publish.ts';
import { openTemplates, rendererOf } from '../press/render.ts';
import { ProblemsError } from '../problems/problem.ts';
import { fileOfAddress } from '../site/address.ts';

/** About as many as a second renders. */
const sampleLength = 200;

/**
 * Makes a sample of the pages of dist again and compares: the promise that a page kept unrendered is
 * the page that a clean build would write. The sample is spread evenly over all addresses, from
 * another place each minute of the clock.
 *
 * @throws ProblemsError naming every page that came out otherwise
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
}): Promise<{ compared: number }> {
  const release = await lockPress(cache, new Date(clock), () => {});
  try {
    openDesk(site, indexFile(cache, dist));
    const pages = desk().sql('SELECT address, digest FROM page ORDER BY address').all() as {
      address: string;
      digest: string;
    }[];
    const step = Math.max(1, Math.floor(pages.length / sampleLength));
    const sample = pages.filter((_, i) => i % step === Math.floor(clock / 6e4) % step);
    const renderer = rendererOf(await openTemplates(serverEntry(await ensureBundle(site, cache))));
    const different: string[] = [];
    for (const { address, digest } of sample) {
      const again = await renderer.render(address);
      if (again.digest !== digest || digestOfFile(join(dist, fileOfAddress(address))) !== digest)
        different.push(fileOfAddress(address));
    }
    if (different.length)
      throw new ProblemsError(
        different.map((file) => ({
          rule: 'page-differs',
          severity: 'error',
          file,
          line: 1,
          message: 'This page of the site is not what the newsroom makes of it now.',
          hint: 'Somebody changed the file, or Broadsheet missed a change; run  broadsheet build --clean , and please report it.',
        })),
      );
    return { compared: sample.length };
  } finally {
    closeDesk();
    release();
  }
}

function digestOfFile(path: string): string | undefined {
  try {
    return digestOf(readFileSync(path));
  } catch {
    return undefined;
  }
}
