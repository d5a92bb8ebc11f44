import { newsSitemapAddress, sitemapAddress } from '../site/address.ts';
import { aiCrawlers } from '../site/ai-crawlers.ts';
import type { Crawlers } from '../site/crawlers.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';

/**
 * robots.txt: every crawler may read everything, except those that site.yaml refuses. The sitemaps are named.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9309
 */
export function robotsOf(site: Pick<Site, 'url'>, crawlers?: Crawlers): string {
  const refused = refusedBy(crawlers);
  const groups = [
    ...(refused.length > 0 ? [`${refused.map((name) => `User-agent: ${name}\n`).join('')}Disallow: /\n`] : []),
    'User-agent: *\nAllow: /\n',
    [sitemapAddress(), newsSitemapAddress].map((address) => `Sitemap: ${absoluteHrefOf(site, address)}\n`).join(''),
  ];
  return groups.join('\n');
}

/** The names of the crawlers that a policy refuses. Upper and lower case are the same name. */
export function refusedBy(policy: Crawlers | undefined): string[] {
  if (!policy) return [];
  const names = [
    ...(['training', 'answers'] as const).flatMap((purpose) =>
      policy[purpose] === 'refuse' ? aiCrawlers[purpose] : [],
    ),
    ...policy.refuse,
  ];
  const allowed = new Set(policy.allow.map((name) => name.toLowerCase()));
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...byName].filter(([folded]) => !allowed.has(folded)).map(([, name]) => name);
}
