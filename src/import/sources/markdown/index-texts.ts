import type { Site } from '../../../site/site.ts';
import type { FileName } from '../../old-address.ts';

/** The text of a list page of Hugo or Zola, `_index.md`. */
export interface IndexText {
  /** Where the list page was. */
  name: FileName;
  headline?: string;
  /** Markdown, without front matter. */
  body: string;
}

/**
 * What becomes of the text of a list page: a standing page, or a note for what Broadsheet keeps in another place.
 *
 * @returns `page`, or `generator` if there are no words or the note says where they belong
 */
export function meaningOfIndex(
  { name, headline, body }: IndexText,
  site: Site,
): { kind: 'page' } | { kind: 'generator'; note?: string } {
  const words = wordsOf(body);
  if (!/\p{L}{2}/u.test(words)) return { kind: 'generator' };
  const said = `“${words.length > wordsMax ? `${words.slice(0, wordsMax)}…` : words}”`;
  const slug = name.slug.toLowerCase();
  if (slug === '')
    return {
      kind: 'generator',
      note: `the text of the old home page was not imported, because a front has none: ${said}`,
    };
  const section = name.folders.length === 0 ? site.sections.find(({ id }) => id.toLowerCase() === slug) : undefined;
  if (section)
    return {
      kind: 'generator',
      note: `the text of the old list page was not imported. The front of this section prints the description of the section "${section.id}" in site.yaml: ${said}`,
    };
  if (taxonomies.test(name.folders[0] ?? name.slug))
    return {
      kind: 'generator',
      note: `the text of the old list page ${headline === undefined ? '' : `“${headline}” `}was not imported. The page of a topic or series prints its description in topics.yaml or series.yaml: ${said}`,
    };
  return { kind: 'page' };
}

const wordsMax = 200;
const taxonomies = /^(?:tags?|categor(?:y|ies)|topics?|series|keywords|authors?|people|contributors?)$/i;

/** The words of a text, without template tags and HTML. */
const wordsOf = (body: string): string =>
  body
    .replace(/\{\{[\s\S]{0,4000}?\}\}|\{%[\s\S]{0,4000}?%\}/g, ' ')
    .replace(/<!--[\s\S]*?-->|<[^<>]{0,2000}>/g, ' ')
    .replace(/[#*_`>]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
