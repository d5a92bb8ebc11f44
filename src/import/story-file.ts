import { writeFrontMatter, writeYaml } from '../yaml/write/front-matter.ts';
import type { PlannedStory } from './plan.ts';
import type { SourceAuthor } from './source.ts';

export interface Lead {
  src?: string;
  /** The address of a picture that is not there yet. */
  wanted?: string;
  alt?: string;
  caption?: string;
  credit?: string;
  decorative?: true;
}

/**
 * The file of a story: front matter with only the documented keys, in the order of the documentation, an empty line,
 * and the body.
 */
export function printStory(
  planned: PlannedStory,
  extra: { body: string; lead?: Lead; decorative: readonly string[] },
): string {
  const { fields } = planned;
  const frontMatter = writeFrontMatter({
    headline: planned.headline,
    standfirst: fields.standfirst,
    kicker: fields.kicker,
    section: fields.section,
    topics: written(fields.topics),
    byline: written(fields.byline.map(({ id, name, role, organisation }) => id ?? { name, role, organisation })),
    dateline: fields.dateline,
    published: fields.published?.text,
    updated: fields.updated?.text,
    embargo: fields.embargo?.text,
    type: fields.type,
    lead: extra.lead && { ...extra.lead },
    pictures: decorativePictures(extra.decorative),
    summary: fields.summary,
    series: fields.series,
    source: fields.source && { ...fields.source },
    language: fields.language,
    aliases: written(planned.aliases),
    draft: planned.draft === undefined ? undefined : true,
    ...fields.own,
  });
  return frontMatter + bodyBelow(extra.body);
}

/** The file of a standing page, which has fewer keys. */
export function printPage(planned: PlannedStory, extra: { body: string; decorative: readonly string[] }): string {
  const frontMatter = writeFrontMatter({
    headline: planned.headline,
    standfirst: planned.fields.standfirst,
    language: planned.fields.language,
    draft: planned.draft === undefined ? undefined : true,
    aliases: written(planned.aliases),
    pictures: decorativePictures(extra.decorative),
  });
  return frontMatter + bodyBelow(extra.body);
}

/** The file of an author. */
export const printAuthor = ({ name, role, bio, links = [] }: SourceAuthor): string =>
  writeYaml({ name, role, bio, links: written(links.map((link) => ({ ...link }))) });

/** An empty list is not written. */
const written = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

const decorativePictures = (names: readonly string[]) =>
  names.length > 0 ? Object.fromEntries(names.map((name) => [name, { decorative: true }])) : undefined;

function bodyBelow(text: string): string {
  const body = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return body === '' ? '' : `\n${body}\n`;
}
