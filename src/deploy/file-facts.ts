import { lookup } from 'mrmime';
import { brief, feedTypes, immutable } from '../hosts/model.ts';
import { assetPattern } from '../hosts/patterns.ts';

/* How a host serves a file, by its path. */

/** Everything that is text is UTF-8. */
const isText = (type: string): boolean => /^text\/|[/+](?:json|xml)$|^image\/svg/.test(type);

/** The value of Content-Type. Feeds have types of their own, although their names end in `.xml` and `.json`. */
export function typeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const feed = feedTypes.find(([file]) => file === name);
  if (feed) return feed[1];
  const type = name.includes('.') ? lookup(name) : undefined;
  // Lists for hosts and the files of certificate authorities have no ending.
  if (type === undefined) return name.lastIndexOf('.') <= 0 ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  return isText(type) ? `${type}; charset=utf-8` : type;
}

const isNamedByDigest = new RegExp(`^${assetPattern}|^/assets/[^/]+\\.[\\w-]{8}\\.js$`);

/**
 * The value of Cache-Control. The name of a style, font, or rendition under `assets/`, and of a file of a search index,
 * contains a digest of its bytes, so browsers can keep it. Anything else may change, and browsers ask again after a
 * minute (ETag). A file that a newsroom puts into `public/assets/` has a name of its own choice.
 */
export const cacheControlOf = (path: string): string => (isNamedByDigest.test(`/${path}`) ? immutable : brief);
