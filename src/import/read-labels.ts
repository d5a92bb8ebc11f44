import { slugify } from '../site/slug.ts';
import { type FieldContext, type StoryFields, sectionOf } from './fields.ts';

/**
 * Labels of a system that has only one kind of them: the first that is a section of the newsroom becomes the section,
 * the others become topics, unless `--category` says otherwise.
 *
 * @param from the key in the receipt
 */
export function readLabels(
  labels: readonly string[],
  fields: StoryFields,
  { site, log, categories }: FieldContext,
  from: string,
): void {
  const seen = new Set<string>();
  for (const label of labels) {
    const id = slugify(label);
    if (id === '' || seen.has(id)) continue;
    seen.add(id);
    fields.category ??= label;
    const meaning = categories?.get(id);
    if (meaning === 'none') {
      log.add('dropped', from, '', label, 'by --category');
      continue;
    }
    const section = meaning === 'topic' ? undefined : (meaning ?? sectionOf(label, site));
    if (section === undefined || (fields.section !== undefined && fields.section !== section)) {
      fields.topics.push(label);
      log.add('mapped', from, 'topics', label);
    } else {
      fields.section = section;
      log.add('mapped', from, 'section', label);
    }
  }
}
