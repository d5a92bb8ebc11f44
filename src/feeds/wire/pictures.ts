import { renditionHref } from '../../pictures/hrefs.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import { renditionSets } from '../../pictures/renditions.ts';
import type { ShownBody } from '../../queries/results.ts';
import { originOf, type Site } from '../../site/site.ts';
import { picturesIn } from '../item.ts';
import type { WirePicture, WireRendition } from './ninjs.ts';

/**
 * The lead and the pictures of a text, each once.
 *
 * @param fileOf the file of a picture, newsroom-relative. One without a file is left out
 * @param original the original of a picture, if its receiver gets it
 */
export function wirePictures(
  site: Site,
  { lead, body }: { lead?: ShownPicture | undefined; body: ShownBody },
  fileOf: (picture: ShownPicture) => string | undefined,
  original: (file: string, picture: ShownPicture) => WireRendition[] = () => [],
): WirePicture[] {
  const seen = new Set<string>();
  return [...(lead ? [lead] : []), ...picturesIn(body)].flatMap((picture): WirePicture[] => {
    const file = fileOf(picture);
    const { facts: _, focus: __, ...texts } = picture;
    const key = JSON.stringify([file, texts]);
    if (file === undefined || seen.has(key)) return [];
    seen.add(key);
    return [
      {
        id: `pictures/${file.replace(/^content\/(?:stories\/)?/, '')}`,
        isLead: picture === lead,
        ...texts,
        renditions: [...original(file, picture), ...onSite(site, picture, picture === lead)],
      },
    ];
  });
}

/** The renditions on the site, in the format that every system reads, the widest first. */
function onSite(site: Site, { facts }: ShownPicture, isLead: boolean): WireRendition[] {
  const href = renditionHref(site);
  return renditionSets(facts, { use: isLead ? 'lead' : 'text' })
    .whole.filter(({ format }) => format === 'jpeg' || format === 'png')
    .sort((a, b) => b.widthPx - a.widthPx)
    .map(({ name, format, widthPx, heightPx }) => ({
      name: `web-${widthPx}`,
      ...{ href: originOf(site) + href(name), mime: `image/${format}`, widthPx, heightPx },
    }));
}
