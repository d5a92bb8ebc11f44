import type { Site } from '../site/site.ts';

const huesMax = 7;

/**
 * The class that gives a section its colour. The colours are assigned in the order of the sections. '' without a
 * section.
 */
export function hueOf(site: Pick<Site, 'sections'>, section: string | undefined): string {
  const place = site.sections.findIndex(({ id }) => id === section);
  return place < 0 ? '' : `hue-${(place % huesMax) + 1}`;
}

/** The name of a section, or undefined without one. */
export const sectionTitle = (site: Pick<Site, 'sections'>, section: string | undefined): string | undefined =>
  site.sections.find(({ id }) => id === section)?.title;
