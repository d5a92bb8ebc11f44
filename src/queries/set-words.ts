import type { Site } from '../site/site.ts';
import { setText, setWords } from '../story/punctuation.ts';

/*
 * The paper's own texts, as pages print them. Their punctuation is set when they are queried and not when they are
 * ingested, because the language of the site can change without a change of their file.
 */

/** Names and sentences in site.yaml. Addresses, ids, and what forms send stay as they are. */
export function setSite(site: Site): Site {
  let set = known.get(site);
  if (!set) {
    const { language, publisher, search, support, newsletter, tips } = site;
    const words = <Text extends string | undefined>(text: Text): Text => setWords(text, language);
    const appeal = <Appeal extends { title: string; text: string; button: string }>(ask: Appeal | undefined) =>
      ask && { ...ask, title: words(ask.title), text: words(ask.text), button: words(ask.button) };
    set = {
      ...site,
      name: words(site.name),
      description: words(site.description),
      sections: site.sections.map((section) => ({
        ...section,
        title: words(section.title),
        description: words(section.description),
      })),
      navigation: site.navigation.map((link) => ({ ...link, title: words(link.title) })),
      publisher: publisher && { ...publisher, name: words(publisher.name) },
      search: typeof search === 'object' ? { ...search, by: words(search.by) } : search,
      support: appeal(support),
      newsletter: appeal(newsletter),
      tips: appeal(tips),
    };
    known.set(site, set);
  }
  return set;
}

// The same object is returned until the index changes.
const known = new WeakMap<Site, Site>();

/** A topic or a series. */
export const setTitled = <Titled extends { title: string; description?: string }>(
  titled: Titled | undefined,
  { language }: Site,
): Titled | undefined =>
  titled && {
    ...titled,
    title: setText(titled.title, language),
    description: setWords(titled.description, language),
  };
