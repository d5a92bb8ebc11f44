import type { Site } from '../site/site.ts';
import { instantOf } from '../site/zone.ts';
import { nameOf } from '../story/names.ts';
import { frontMatterSchema } from '../story/schema.ts';
import { readSource, readYamlFile } from '../yaml/source.ts';
import { type Fields, writeFrontMatter, writeYaml, type YamlValue } from '../yaml/write/front-matter.ts';
import { withoutComments } from './comments.ts';
import { withoutLinksTo } from './hidden-links.ts';

/** What decides which parts of a story are public. */
export interface PublicView {
  site: Site;
  now: number;
  /** The names of stories whose text readers cannot read. */
  hiddenNames: ReadonlySet<string>;
  /** The names of stories that are left out, because they have no page. */
  namesWithoutPage: ReadonlySet<string>;
}

/** All that the page of a withdrawn story shows, and what its address needs. */
const keysOfWithdrawn = ['headline', 'section', 'published', 'slug', 'id', 'aliases', 'language', 'withdrawn'];

/**
 * The text of a public story or page without what readers cannot see: comments, corrections, updates, and a withdrawal
 * with a later date, related stories that are hidden, and the whole text of a withdrawn story.
 */
export function publicText(file: string, bytes: Uint8Array, isWithdrawn: boolean, view: PublicView): string {
  const read = readSource(file, bytes);
  if (!('data' in read)) throw new Error(`${file} cannot be read, although it was ingested`);
  const fields = publicFields(read.data as Record<string, YamlValue>, isWithdrawn, view);
  if (isWithdrawn) return writeFrontMatter(fields as Fields, frontMatterSchema);
  const body = withoutComments(read.body);
  return (
    writeFrontMatter(fields as Fields) +
    withoutLinksTo(body, /\.mdx$/i.test(file) ? 'mdx' : 'md', view.namesWithoutPage)
  );
}

/** The front matter of a public story without what readers cannot see. */
export function publicFields(
  data: Record<string, YamlValue>,
  isWithdrawn: boolean,
  view: PublicView,
): Record<string, YamlValue | undefined> {
  const isLater = (date: unknown) => (instantOf(String(date), view.site.timeZone) ?? 0) > view.now;
  const fields: Record<string, YamlValue | undefined> = { ...data };
  if (isWithdrawn) {
    for (const key of Object.keys(fields)) if (!keysOfWithdrawn.includes(key)) fields[key] = undefined;
    return fields;
  }
  if (isLater(data.updated)) fields.updated = undefined;
  if (isLater((data.withdrawn as { date?: unknown } | undefined)?.date)) fields.withdrawn = undefined;
  const listOf = (key: string) => (Array.isArray(data[key]) ? (data[key] as YamlValue[]) : []);
  const corrections = listOf('corrections').filter((one) => !isLater((one as { date?: unknown } | null)?.date));
  if (data.corrections !== undefined) fields.corrections = corrections.length > 0 ? corrections : undefined;
  const related = listOf('related').filter((one) => !(typeof one === 'string' && view.hiddenNames.has(nameOf(one))));
  if (data.related !== undefined) fields.related = related.length > 0 ? related : undefined;
  if (typeof data.translationOf === 'string' && view.hiddenNames.has(nameOf(data.translationOf)))
    fields.translationOf = undefined;
  return fields;
}

/** A YAML file without its comments. */
export function publicYaml(file: string, bytes: Uint8Array): string {
  const read = readYamlFile(file, bytes);
  if (!('data' in read)) throw new Error(`${file} cannot be read, although it was ingested`);
  return writeYaml(read.data as Fields);
}
