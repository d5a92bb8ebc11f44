import { writeFrontMatter, writeYaml, type Fields as YamlFields } from '../yaml/write/front-matter.ts';
import type { PictureEntry } from './body/context.ts';
import type { ConvertedStory } from './converted.ts';
import type { OwnFields } from './own-fields.ts';
import type { PlannedStory } from './plan.ts';
import type { SourceAuthor } from './source.ts';

/**
 * The file of a story: front matter with only the documented keys, in the order of the documentation, an empty line,
 * and the body.
 */
export function printStory(
  planned: PlannedStory,
  extra: Pick<ConvertedStory, 'body' | 'lead' | 'decorative' | 'entries' | 'related'>,
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
    pictures: picturesOf(extra),
    summary: fields.summary,
    series: fields.series,
    source: fields.source && { ...fields.source },
    language: fields.language,
    translationOf: planned.translationOf,
    aliases: written(planned.aliases),
    draft: planned.draft === undefined ? undefined : true,
    ...ownFields(fields.own),
    related: extra.related && written(extra.related.map((entry) => (typeof entry === 'string' ? entry : { ...entry }))),
  });
  return frontMatter + bodyBelow(extra.body);
}

/** Keys that only Broadsheet has. Pictures and related stories have been resolved. */
function ownFields({ pictures: _, related: __, ...own }: OwnFields = {}): YamlFields {
  return own as YamlFields;
}

/** The file of a standing page, which has fewer keys. */
export function printPage(
  planned: PlannedStory,
  extra: Pick<ConvertedStory, 'body' | 'decorative' | 'entries'>,
): string {
  const frontMatter = writeFrontMatter({
    headline: planned.headline,
    standfirst: planned.fields.standfirst,
    language: planned.fields.language,
    draft: planned.draft === undefined ? undefined : true,
    aliases: written(planned.aliases),
    pictures: picturesOf(extra),
  });
  return frontMatter + bodyBelow(extra.body);
}

/** The file of an author. */
export const printAuthor = ({ name, role, bio, links = [] }: SourceAuthor): string =>
  writeYaml({ name, role, bio, links: written(links.map((link) => ({ ...link }))) });

/** An empty list is not written. */
const written = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

function picturesOf({ decorative, entries }: Pick<ConvertedStory, 'decorative' | 'entries'>) {
  const all = new Map<string, PictureEntry>(decorative.map((name) => [name, { decorative: true }]));
  for (const [name, entry] of entries ?? []) all.set(name, { ...entry, ...all.get(name) });
  return all.size > 0 ? Object.fromEntries([...all].map(([name, entry]) => [name, { ...entry }])) : undefined;
}

function bodyBelow(text: string): string {
  const body = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return body === '' ? '' : `\n${body}\n`;
}
