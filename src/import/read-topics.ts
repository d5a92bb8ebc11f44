import type { Site } from '../site/site.ts';
import { slugify } from '../site/slug.ts';
import { fold } from '../yaml/field-keys.ts';
import { wordsOf } from './field-values.ts';
import { plainWords } from './plain-words.ts';
import type { FieldLog } from './receipt.ts';
import type { StoryFields, Take } from './story-fields.ts';

/** Tags from which Eleventy builds its lists. They mean nothing to readers. */
const collectionNames = new Set(['post', 'posts', 'all', 'nav', 'page', 'pages', 'blog']);

/** Reads categories and tags: the first category that is a section of the newsroom is the section, others are topics. */
export function readTopics(fields: StoryFields, take: Take, site: Site, log: FieldLog): void {
  const known = new Set<string>();
  const addTopic = (word: string): boolean => {
    const id = slugify(word);
    if (id === '' || known.has(id)) return false;
    known.add(id);
    fields.topics.push(word);
    return true;
  };
  for (const { key, value } of take('section')) {
    let became = '';
    for (const word of wordsOf(value).map(plainWords)) {
      fields.category ??= word;
      fields.categories?.push(word);
      const section = sectionOf(word, site);
      if (section !== undefined && fields.section === undefined) {
        fields.section = section;
        became = became === 'topics' ? 'section, topics' : 'section';
      } else if (section !== fields.section || section === undefined) {
        if (addTopic(word)) became = became.startsWith('section') ? 'section, topics' : 'topics';
      }
    }
    if (became) log.add('mapped', key, became, value);
    else log.add('dropped', key, '', value, 'repeats another field');
  }
  for (const { key, value } of take('topics')) {
    const isTags = fold(key) === 'tags' || fold(key) === 'tag';
    const words = wordsOf(value, isTags)
      .map(plainWords)
      .filter((word) => !isTags || !collectionNames.has(word.toLowerCase()));
    const added = words.filter(addTopic);
    if (added.length > 0) log.add('mapped', key, 'topics', value);
    else log.add('dropped', key, '', value, words.length > 0 ? 'repeats another field' : 'does not name a topic');
  }
}

/** The id of the section that a category means, by id or title. */
export function sectionOf(word: string, site: Site): string | undefined {
  const id = slugify(word);
  return site.sections.find((section) => section.id === word || section.id === id || slugify(section.title) === id)?.id;
}
