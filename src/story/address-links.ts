import { isSitePath } from '../site/link-address.ts';
import { targetOf } from '../site/link-target.ts';
import type { Site } from '../site/site.ts';
import { linesOf } from '../yaml/source.ts';
import type { CompiledBody } from './body/compile.ts';
import { decoded, hrefLines } from './body/links.ts';
import { hrefsOfCaption } from './caption.ts';
import type { ParsedStory } from './parse.ts';
import type { AddressLink } from './record.ts';

/** What the links in a text are resolved against. */
interface Standing {
  site: Site;
  language: string;
  /** The address of its page. */
  address: string;
}

/** The links of a story within the site, in its text and in its front matter. */
export async function linksOfStory(
  { body, source, frontMatter }: ParsedStory,
  standing: Standing,
): Promise<AddressLink[]> {
  const { related = [], source: origin, sponsor, lead, pictures = {} } = frontMatter;
  const names = Object.keys(pictures);
  const written: { href: string | undefined; at: (string | number)[] }[] = [
    ...related.map((entry, i) => ({
      href: typeof entry === 'object' ? entry.url : undefined,
      at: ['related', i, 'url'],
    })),
    { href: origin?.url, at: ['source', 'url'] },
    { href: sponsor?.url, at: ['sponsor', 'url'] },
    ...hrefsOfCaption(lead?.caption, standing).map((href) => ({ href, at: ['lead', 'caption'] })),
    ...[lead, ...Object.values(pictures)].map((words, i) => ({
      href:
        words?.licence !== undefined && (isSitePath(words.licence) || /^https?:/i.test(words.licence))
          ? words.licence
          : undefined,
      at: i === 0 ? ['lead', 'licence'] : ['pictures', names[i - 1]!, 'licence'],
    })),
    ...Object.entries(pictures).flatMap(([name, { caption }]) =>
      hrefsOfCaption(caption, standing).map((href) => ({ href, at: ['pictures', name, 'caption'] })),
    ),
  ];
  const inside = written.flatMap(({ href, at }) => {
    const target = href === undefined ? undefined : targetOf(href, standing.site, standing.address);
    return target ? [{ target, at }] : [];
  });
  // Finding the lines requires another pass over the YAML, and most links in front matter lead to other sites.
  const lines = inside.length > 0 ? await linesOf(source) : () => 1;
  return [...linksOfBody(body, source, standing), ...inside.map(({ target, at }) => ({ ...target, line: lines(at) }))];
}

/**
 * The links of a compiled text within the site, including captions. @param source the text, and its first line in the
 * file
 */
export function linksOfBody(
  { hrefs, links, pictures }: Pick<CompiledBody, 'hrefs' | 'links' | 'pictures'>,
  source: { body: string; bodyLine: number },
  { site, language, address }: Standing,
): AddressLink[] {
  const found: AddressLink[] = [];
  const lineOf = hrefs.length > 0 ? hrefLines(source.body, source.bodyLine) : () => source.bodyLine;
  for (const href of hrefs) {
    const target = targetOf(href, site, address);
    if (target) found.push({ ...target, line: lineOf(href) });
  }
  for (const { caption, line } of pictures) found.push(...linksOfCaption(caption, line, { site, language, address }));
  for (const { target, fragment, line } of links)
    if (fragment.length > 1) {
      const name = target.normalize('NFC');
      const id = decoded(fragment.slice(1));
      found.push({ address: `story:${name}`, fragment: id, written: `story:${name}#${id}`, line });
    }
  return found;
}

/** The links of a caption within the site. */
export function linksOfCaption(
  caption: string | undefined,
  line: number,
  { site, language, address }: Standing,
): AddressLink[] {
  return hrefsOfCaption(caption, { language }).flatMap((href) => {
    const target = targetOf(href, site, address);
    return target ? [{ ...target, line }] : [];
  });
}
