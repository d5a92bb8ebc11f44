import { getLiveEntry } from 'astro:content';
import type { About } from '../feeds/feed.ts';
import { wordsOf } from '../i18n/words.ts';
import type { ListKey } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import { ask } from './_ask.ts';

/** What the feed of a list is about, in the words of the front of the list. */
export async function aboutList(site: Site, list: ListKey): Promise<About | undefined> {
  const words = wordsOf(site.language);
  const id = list.slice(list.indexOf('/') + 1);
  if (list === 'site') return undefined;
  if (list === 'corrections') return { title: words.correctionsTitle, description: words.correctionsLead };
  if (list.startsWith('section/')) {
    const { title, description } = site.sections.find((section) => section.id === id)!;
    return { title, description };
  }
  if (list.startsWith('topic/')) {
    const { title, description } = await ask(getLiveEntry('topics', id));
    return { title, description: description ?? words.storiesAbout(title) };
  }
  const { name, bio } = await ask(getLiveEntry('authors', id));
  return { title: name, description: bio ?? words.storiesBy(name) };
}
