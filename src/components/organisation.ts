import type { NewsMediaOrganization, WebSite, WithContext } from 'schema-dts';
import { correctionsAddress } from '../site/address.ts';
import { type PolicyKey, policyProperties } from '../site/policies.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';
import { hrefToUrl } from './link.ts';

/**
 * The publisher in the structured data of every story. The front page says more about it, under the same `@id`.
 *
 * @see https://schema.org/NewsMediaOrganization
 */
export function publisherOf(site: Site): Exclude<NewsMediaOrganization, string> {
  const { publisher } = site;
  return {
    '@type': 'NewsMediaOrganization',
    '@id': publisherId(site),
    name: publisher?.name ?? site.name,
    url: publisher?.url ? hrefToUrl(site, publisher.url) : absoluteHrefOf(site, '/'),
    logo: publisher?.logo && hrefToUrl(site, publisher.logo),
  };
}

const publisherId = (site: Site): string => `${absoluteHrefOf(site, '/')}#publisher`;

/** The publisher with the pages on which it says how it works, for the front page. */
export function organisation(site: Site): WithContext<NewsMediaOrganization> {
  const policies = { corrections: correctionsAddress, ...site.policies };
  const pages = Object.entries(policies).map(([key, page]) => [
    policyProperties[key as PolicyKey],
    page && hrefToUrl(site, page),
  ]);
  return { '@context': 'https://schema.org', ...publisherOf(site), ...Object.fromEntries(pages) };
}

/** @see https://schema.org/WebSite */
export const webSite = (site: Site): WithContext<WebSite> => ({
  '@context': 'https://schema.org',
  '@type': 'WebSite',
  '@id': `${absoluteHrefOf(site, '/')}#site`,
  name: site.name,
  url: absoluteHrefOf(site, '/'),
  description: site.description,
  inLanguage: site.language,
  publisher: { '@id': publisherId(site) },
});
