import type { IndexHandle } from '../index/handle.ts';
import type { Bundle } from './bundle.ts';
import { isNoSearchIndex } from './known-pages.ts';
import { isManifestDone } from './manifest-state.ts';
import { meta, setMeta } from './meta.ts';
import type { Signer } from './publish-options.ts';
import type { Changes, Report } from './report.ts';

/** Whether anything has to be written or removed with a bundle, in a known dist. */
export const hasWork = (index: IndexHandle, bundle: Bundle, signer: Signer | undefined): boolean =>
  meta(index, 'assets') !== bundle.version ||
  index.sql('SELECT 1 FROM todo LIMIT 1').get() !== undefined ||
  !isManifestDone(index, signer);

/** What the site has now. It is counted again only if something was added or removed. */
export function countsOf(
  index: IndexHandle,
  { added, removed }: Changes,
): Pick<Report, 'pages' | 'pictures' | 'renditions' | 'publish'> {
  const isAsCounted = added.length + removed.length === 0;
  const counted = (key: string, text: string): number => {
    const known = isAsCounted ? meta(index, key) : undefined;
    if (known !== undefined) return Number(known);
    const { count } = index.sql(text).get() as { count: number };
    setMeta(index, key, String(count));
    return count;
  };
  return {
    pages: counted('pages', `SELECT count(*) AS count FROM page WHERE ${isNoSearchIndex}`),
    pictures: counted(
      'pictures',
      "SELECT count(DISTINCT source) AS count FROM asset WHERE source > 'picture:' AND source < 'picture;'",
    ),
    renditions: Number(meta(index, 'renditionsMade') ?? 0),
    publish: meta(index, 'publish') || null,
  };
}
