import { readFileSync } from 'node:fs';
import type { IndexHandle } from '../index/handle.ts';
import { manifestOf } from './installed-packages.ts';
import { type RenderWay, rendererOf, type Templates } from './render.ts';
import { engineFile } from './template-folder.ts';

/*
 * The fast path of rendering uses members of Astro that Astro itself declares unstable. With a tested version of Astro,
 * it is used. With any other version, a few pages are first rendered both ways, and if they differ, all pages are
 * rendered by Astro itself.
 */

/** The version of Astro that `oracle.test.ts` compared with the fast path. Raise it together with the dependency. */
export const testedAstro = '7.3.5';

export interface ChosenWay {
  way: RenderWay;
  /** A message for the build if the slow path was not requested. */
  notice?: string;
}

/**
 * Decides how pages are rendered.
 *
 * @param index which already contains the pages
 * @param asked the way that was requested
 * @param astro the version of Astro in the bundle
 */
export async function chooseWay(
  index: IndexHandle,
  templates: Templates,
  asked?: RenderWay,
  astro: string | undefined = installedAstro(),
): Promise<ChosenWay> {
  if (asked !== undefined) return { way: asked };
  const missing = templates.missingMember();
  if (missing === undefined && astro === testedAstro) return { way: 'fast' };
  const fault = missing ?? (await differingPage(index, templates));
  if (fault === undefined) return { way: 'fast' };
  return {
    way: 'astro',
    notice: `The fast path for rendering does not work with Astro ${astro ?? 'in this version'} (${fault}), so Astro itself renders every page. The site is the same, but the build takes longer. Update Broadsheet to fix this.`,
  };
}

/**
 * A page that differs between the two ways, also the second time, because what Astro keeps between pages shows only
 * then.
 */
async function differingPage(index: IndexHandle, templates: Templates): Promise<string | undefined> {
  const [slow, fast] = (['astro', 'fast'] as const).map((way) => rendererOf(index, templates, way));
  const story = index.sql("SELECT address FROM address WHERE kind = 'story' LIMIT 1").get() as
    | { address: string }
    | undefined;
  for (const address of ['/404.html', '/', ...(story ? [story.address] : [])]) {
    const expected = await slow!.render(address).catch(() => undefined);
    if (!expected) continue; // a theme that fails here is reported when the page is rendered
    for (let time = 0; time < 2; time++) {
      const found = await fast!.render(address).catch(() => undefined);
      if (found?.digest !== expected.digest || JSON.stringify(found.reads) !== JSON.stringify(expected.reads))
        return address;
    }
  }
  return undefined;
}

function installedAstro(): string | undefined {
  const file = manifestOf('astro', engineFile('press/adapter.ts'));
  return file && (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
