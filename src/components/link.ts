import { hrefOf, type Site } from '../site/site.ts';

/** What an editor wrote as a link in site.yaml or an author's file: an address of this site, or a complete one. */
export const linkHref = (site: Pick<Site, 'url'>, url: string): string => (/^\/(?!\/)/.test(url) ? hrefOf(site, url) : url);
