import type { Site } from '../site/site.ts';

/** The address of a story by the pattern of the site, or undefined if the pattern needs a section and there is none. */
export function addressOf(
  site: Site,
  id: string,
  slug: string,
  day: string,
  section: string | undefined,
): string | undefined {
  const folder = /^(\d{4})\/(0[1-9]|1[0-2])\//.exec(`${id}/`);
  const parts: Record<string, string | undefined> = {
    yyyy: folder?.[1] ?? day.slice(0, 4),
    mm: folder?.[2] ?? day.slice(5, 7),
    dd: day.slice(8, 10),
    slug: slug.normalize('NFC'),
    section,
  };
  let isComplete = true;
  const address = site.permalink.replace(/\{(\w+)\}/g, (_, part: string) => {
    if (parts[part] === undefined) isComplete = false;
    return parts[part] ?? '';
  });
  return isComplete ? address : undefined;
}
