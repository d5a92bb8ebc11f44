import { absoluteHrefOf, hrefOf, type Site } from '../site/site.ts';

/** A link as an editor wrote it in site.yaml or an author file: an address on this site, or a complete one. */
export const linkHref = (site: Pick<Site, 'url'>, url: string): string =>
  /^\/(?!\/)/.test(url) ? hrefOf(site, url) : url;

/** The same as a complete address, for programs that read the page elsewhere. */
export const hrefToUrl = (site: Pick<Site, 'url'>, url: string): string =>
  /^\/(?!\/)/.test(url) ? absoluteHrefOf(site, url) : url;
