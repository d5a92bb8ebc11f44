import { LinkChecker, LinkState } from 'linkinator';
import { addressOf } from '../files.ts';
import type { Gate } from './gate.ts';

/**
 * Every address that a page names on its own site exists, and every fragment names something: links, pictures in all
 * their sizes, styles and what they load, canonical addresses, and JSON-LD. No requests are sent to other hosts.
 */
export const links: Gate = {
  name: 'links and fragments',
  needs: [],
  async check({ origin, siteUrl }, pages) {
    const { links } = await new LinkChecker().check({
      path: pages.map((page) => origin + addressOf(page)),
      recurse: true,
      checkFragments: true,
      checkCss: true,
      concurrency: 8,
      urlRewriteExpressions: [{ pattern: new RegExp(`^${RegExp.escape(siteUrl)}(?=/|$)`), replacement: origin }],
      linksToSkip: async (link) => !link.startsWith(origin) && !link.startsWith(siteUrl),
    });
    return links
      .filter(({ state }) => state === LinkState.BROKEN)
      .map(({ url, status, parent }) => ({
        rule: 'dead-link',
        page: pageOf(parent, origin),
        message: `${url.replace(origin, '')} does not answer (${status ?? 'no status'}).`,
      }));
  },
};

const pageOf = (url = '', origin: string): string => {
  const path = decodeURIComponent(url.replace(origin, '')).replace(/^\//, '');
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
};
