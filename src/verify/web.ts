import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';
import { isForHosts } from '../site/address.ts';
import type { FileDigest } from '../site/manifest.ts';
import { siteUnreachable } from './problems.ts';
import { type Answer, RequestError, type RequestOptions, requestFile } from './requests.ts';
import type { Compared, PublishedSite } from './verify.ts';

/** So many files are requested at the same time. */
export const requestsAtOnce = 8;
/** A root of 4,000 parts has 300 KB, and a part of 100,000 files has 12 MB. */
const manifestBytesMax = 64_000_000;

/**
 * A site at an address. Every file that the manifest names is requested as a reader would. A file that the manifest does
 * not name cannot be found in this way.
 *
 * @param address of the site, with or without a slash at the end. A query and a fragment are ignored
 */
export function siteOnTheWeb(address: string, options: Pick<RequestOptions, 'pauseMs'> = {}): PublishedSite {
  const base = baseOfSite(address);
  let fallback: Promise<Answer | undefined> | undefined;
  /** What the host sends instead of a file that does not exist, if it then says 200. */
  const insteadOfMissing = () => {
    fallback ??= requestFile(new URL(`${randomBytes(12).toString('hex')}.json`, base), {
      ...options,
      bytesMax: manifestBytesMax,
    }).then(
      (answer) => (answer.status === 200 ? answer : undefined),
      () => undefined,
    );
    return fallback;
  };
  return {
    name: base.href,
    read: async (path) => {
      const [url = base] = urlsOf(base, path);
      const answer = await requestFile(url, { ...options, bytesMax: manifestBytesMax, isText: true }).catch((error) => {
        throw error instanceof RequestError ? siteUnreachable(url.href, error.message) : error;
      });
      if (answer.status >= 500 || answer.status === 401 || answer.status === 429)
        throw siteUnreachable(url.href, `The host answered with status ${answer.status}.`);
      if (answer.status !== 200 || answer.isCut) return undefined;
      // A host that sends a page for everything does not have this file.
      if ((await insteadOfMissing())?.sha256 === answer.sha256) return undefined;
      return answer.text;
    },
    compare: async (published, onProgress) => {
      const found: Compared = {
        changed: [],
        missing: [],
        added: [],
        isListed: false,
        reasons: new Map(),
        unserved: [],
        redirected: [],
      };
      const instead = (await insteadOfMissing())?.sha256;
      const byDigest = new Map([...published].map(([path, { sha256 }]) => [sha256, path]));
      const limit = pLimit(requestsAtOnce);
      let done = 0;
      await Promise.all(
        [...published].map(([path, file]) =>
          limit(async () => {
            await compareFile(base, path, file, { options, instead, byDigest, found });
            onProgress(++done, published.size);
          }),
        ),
      );
      for (const list of [found.changed, found.missing, found.unserved]) list.sort();
      found.redirected.sort((a, b) => (a.from < b.from ? -1 : 1));
      return found;
    },
  };
}

interface Comparison {
  options: Pick<RequestOptions, 'pauseMs'>;
  /** The digest of what the host sends for a missing file. */
  instead: string | undefined;
  /** A file of the site with these bytes. */
  byDigest: ReadonlyMap<string, string>;
  found: Compared;
}

async function compareFile(
  base: URL,
  path: string,
  file: FileDigest,
  { options, instead, byDigest, found }: Comparison,
): Promise<void> {
  const differs = (list: 'changed' | 'missing', reason: string) => {
    found[list].push(path);
    found.reasons.set(path, reason);
  };
  let isSame = false;
  let answer: Answer | undefined;
  try {
    for (const url of urlsOf(base, path)) {
      const next = await requestFile(url, { ...options, bytesMax: file.size + 1_000_000 });
      answer ??= next;
      // A withdrawn story has status 410, and the page 404.html may have 404. What counts is what readers see.
      isSame = next.sha256 === file.sha256 || next.sent === file.sha256;
      if (isSame || !isGone(next, instead)) break;
    }
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return differs('changed', error.message);
  }
  if (isSame || !answer) return undefined;
  if (isGone(answer, instead)) {
    if (isForHosts(`/${path}`) && !path.startsWith('.well-known/')) found.unserved.push(path);
    else
      differs(
        'missing',
        answer.status === 200 ? 'the host sends the same as for a file that does not exist' : `status ${answer.status}`,
      );
    return undefined;
  }
  const to = byDigest.get(answer.sha256);
  if (answer.isRedirected && answer.status === 200 && to !== undefined) {
    found.redirected.push({ from: path, to });
    return undefined;
  }
  if (answer.status !== 200) return differs('changed', `status ${answer.status}`);
  return differs('changed', answer.isCut ? 'much longer' : sizeReason(answer.size, file.size));
}

const isGone = ({ status, sha256 }: Answer, instead: string | undefined): boolean =>
  [403, 404, 410].includes(status) || (instead !== undefined && sha256 === instead);

const sizeReason = (now: number, before: number): string =>
  now === before ? 'other bytes, same size' : `${now} bytes instead of ${before}`;

/** The folder of a site's address. */
function baseOfSite(address: string): URL {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  if (/\/index\.html$/i.test(url.pathname)) url.pathname = url.pathname.replace(/[^/]*$/, '');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/**
 * The addresses of a file: the one that readers use, because many hosts redirect `/a/index.html` to `/a/`, and then the
 * one of the file itself.
 */
export function urlsOf(base: URL, path: string): URL[] {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const forReaders = encoded.replace(/(^|\/)index\.html$/, '$1');
  return [...new Set([forReaders, encoded])].map((address) => new URL(address, base));
}
