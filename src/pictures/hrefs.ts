import { absoluteHrefOf, hrefOf, type Site } from '../site/site.ts';
import type { PictureFacts } from './picture.ts';
import { fallbackRendition, renditionsOf } from './renditions.ts';

export const renditionAddress = (name: string): string => `/assets/pictures/${name}`;

/** From the name of a rendition to its link, for `pictureSources`. */
export function renditionHref(site: Pick<Site, 'url'>): (name: string) => string {
  const folder = hrefOf(site, renditionAddress(''));
  return (name) => folder + name;
}

/** A picture as one file for readers that know no `<picture>`: feeds, previews of links, search engines. */
export interface PlainPicture {
  /** Complete. */
  url: string;
  widthPx: number;
  heightPx: number;
}

/** @param widthPxMax the widest that makes sense there; 1280 is what previews ask for */
export function plainPicture(site: Pick<Site, 'url'>, facts: PictureFacts, widthPxMax = 1280): PlainPicture {
  const { name, widthPx, heightPx } = fallbackRendition(renditionsOf(facts), widthPxMax);
  return { url: absoluteHrefOf(site, renditionAddress(name)), widthPx, heightPx };
}
