import { absoluteHrefOf, hrefOf, type Site } from '../site/site.ts';

/** What an editor wrote as a link in site.yaml or an author's file: an address of this site, or a complete one. */
export const linkHref = (site: Pick<Site, 'url'>, url: string): string =>
  /^\/(?!\/)/.test(url) ? hrefOf(site, url) : url;

/** The same as a complete address, for machines that read the page elsewhere. */
export const hrefToUrl = (site: Pick<Site, 'url'>, url: string): string =>
  /^\/(?!\/)/.test(url) ? absoluteHrefOf(site, url) : url;
