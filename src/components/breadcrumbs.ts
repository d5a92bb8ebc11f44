import type { BreadcrumbList, WithContext } from 'schema-dts';
import { sectionAddress } from '../site/address.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';
import { sectionTitle } from './hue.ts';

/**
 * The way from the front page to a page, for search results.
 *
 * @param page the last step. A page without an address of its own is not linked
 * @param section the id of the section between them
 * @see https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
 */
export function breadcrumbs(
  site: Site,
  page: { name: string; address: string },
  section?: string,
): WithContext<BreadcrumbList> {
  const title = sectionTitle(site, section);
  const steps = [
    { name: site.name, address: '/' },
    ...(section !== undefined && title !== undefined ? [{ name: title, address: sectionAddress(section) }] : []),
    page,
  ];
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, address }, place) => ({
      '@type': 'ListItem' as const,
      position: place + 1,
      name,
      item: absoluteHrefOf(site, address),
    })),
  };
}
