import { absoluteHrefOf, hrefOf, type Site } from '../site/site.ts';
import type { Focus } from './focus.ts';
import type { PictureFacts, Rendition } from './picture.ts';
import { fallbackRendition, renditionKey, renditionSets, structuredRenditions, type Want } from './renditions.ts';

export const renditionAddress = (name: string): string => `/assets/pictures/${name}`;

/** The greatest width of a picture that search engines are given. */
export const searchWidthPxMax = 1920;

/** Maps the name of a rendition to its link, for `pictureSources`. */
export function renditionHref(site: Pick<Site, 'url'>): (name: string) => string {
  const folder = hrefOf(site, renditionAddress(''));
  return (name) => folder + name;
}

/** A picture as one file for clients that do not support `<picture>`: feeds, link previews, and search engines. */
export interface PlainPicture {
  /** A complete address. */
  url: string;
  widthPx: number;
  heightPx: number;
}

/**
 * @param want how the page that it represents uses the picture: only files that are created for that use are linked
 * @param widthPxMax the greatest useful width. 1280 is what link previews expect
 */
export function plainPicture(
  site: Pick<Site, 'url'>,
  facts: PictureFacts,
  want: Want = { use: 'lead' },
  widthPxMax = 1280,
): PlainPicture {
  return plainOf(site, fallbackRendition(renditionSets(facts, want).whole, widthPxMax));
}

/** A lead for search engines, in the shapes that they recommend: 1:1, 4:3, and 16:9. */
export function structuredPictures(
  site: Pick<Site, 'url'>,
  facts: PictureFacts,
  focus: Focus | undefined,
): PlainPicture[] {
  return structuredRenditions(facts, focus).map((rendition) => plainOf(site, rendition));
}

/** The animated file, or undefined if the picture is not an animation. */
export function movingHref(site: Pick<Site, 'url'>, facts: PictureFacts): string | undefined {
  const [moving] = renditionSets(facts, { use: 'text' }).moving;
  return moving && renditionHref(site)(moving.name);
}

/** The original, byte for byte. It exists only if an editor asked for it (`original: publish`). */
export const originalHref = (site: Pick<Site, 'url'>, facts: PictureFacts): string =>
  renditionHref(site)(originalName(facts));

/** A name like those of renditions, which reveals nothing about the newsroom's files. */
export const originalName = (facts: PictureFacts): string =>
  `${renditionKey(facts)}-original.${facts.format === 'jpeg' ? 'jpg' : facts.format}`;

function plainOf(site: Pick<Site, 'url'>, { name, widthPx, heightPx }: Rendition): PlainPicture {
  return { url: absoluteHrefOf(site, renditionAddress(name)), widthPx, heightPx };
}
