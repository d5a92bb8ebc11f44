import { absoluteHrefOf, hrefOf, type Site } from '../site/site.ts';
import type { Focus, PictureFacts, Rendition } from './picture.ts';
import { fallbackRendition, renditionKey, renditionSets, structuredRenditions, type Want } from './renditions.ts';

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

/**
 * @param want what the picture is on the page that it stands for: only files that are made for it are linked
 * @param widthPxMax the widest that makes sense there; 1280 is what previews ask for
 */
export function plainPicture(
  site: Pick<Site, 'url'>,
  facts: PictureFacts,
  want: Want = { use: 'lead' },
  widthPxMax = 1280,
): PlainPicture {
  return plainOf(site, fallbackRendition(renditionSets(facts, want).whole, widthPxMax));
}

/** A lead for search engines, in the shapes that they ask for: 1:1, 4:3 and 16:9. */
export function structuredPictures(
  site: Pick<Site, 'url'>,
  facts: PictureFacts,
  focus: Focus | undefined,
): PlainPicture[] {
  return structuredRenditions(facts, focus).map((rendition) => plainOf(site, rendition));
}

/** The file that plays an animation; undefined when nothing moves. */
export function movingHref(site: Pick<Site, 'url'>, facts: PictureFacts): string | undefined {
  const [moving] = renditionSets(facts, { use: 'text' }).moving;
  return moving && renditionHref(site)(moving.name);
}

/** The original, byte for byte; it is there only where an editor asked for it (`original: publish`). */
export const originalHref = (site: Pick<Site, 'url'>, facts: PictureFacts): string =>
  renditionHref(site)(originalName(facts));

/** A name like those of renditions, which says nothing of the newsroom's files. */
export const originalName = (facts: PictureFacts): string =>
  `${renditionKey(facts)}-original.${facts.format === 'jpeg' ? 'jpg' : facts.format}`;

function plainOf(site: Pick<Site, 'url'>, { name, widthPx, heightPx }: Rendition): PlainPicture {
  return { url: absoluteHrefOf(site, renditionAddress(name)), widthPx, heightPx };
}
