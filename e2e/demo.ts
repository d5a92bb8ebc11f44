import { filesOf } from './files.ts';
import { elementsOf, isRedirect, metaOf } from './gates/dom.ts';
import type { BuiltSite } from './gates/gate.ts';

/** The demo newsroom as `prepare.ts` built it. */
export function demo(): BuiltSite {
  const site = process.env.BROADSHEET_SITE;
  if (site === undefined) throw new Error('The demo newsroom was not built: see the first lines of this run.');
  return JSON.parse(site) as BuiltSite;
}

/** One page of each kind, by its kind. The story is the one with the most pictures. */
export async function pagesByKind(folder = demo().folder): Promise<Record<string, string>> {
  const pages = await filesOf(folder, '.html');
  const first = (pattern: RegExp) => pages.find((page) => pattern.test(page));
  const [story] = await storiesWithMostPictures(folder);
  const kinds = {
    front: 'index.html',
    story,
    year: first(/^\d{4}\/index\.html$/),
    month: first(/^\d{4}\/\d{2}\/index\.html$/),
    topic: first(/^topics\/[^/]+\/index\.html$/),
    author: first(/^authors\/[^/]+\/index\.html$/),
    section: first(/^world\/index\.html$/) ?? first(/^(?!\d|topics|authors)[^/]+\/index\.html$/),
    standing: first(/^about\/index\.html$/),
    'not found': '404.html',
  };
  return Object.fromEntries(Object.entries(kinds).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The pages of stories: those with the most captioned pictures first, then by address. */
export async function storiesWithMostPictures(folder = demo().folder): Promise<string[]> {
  const candidates = (await filesOf(folder, 'index.html')).filter((page) => /^\d{4}\/\d{2}\/[^/]+\/index/.test(page));
  const counted = await Promise.all(
    candidates.map(async (page) => {
      const elements = await elementsOf(folder, page);
      const isStory = !isRedirect(elements) && metaOf(elements, 'og:type') === 'article';
      const captions = elements.filter(({ tagName }) => tagName === 'figcaption').length;
      return isStory ? [{ page, captions }] : [];
    }),
  );
  return counted
    .flat()
    .sort((a, b) => b.captions - a.captions)
    .map(({ page }) => page);
}
