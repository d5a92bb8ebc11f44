import { unmarked } from '../i18n/borrowed.ts';
import { wordsOf } from '../i18n/words.ts';
import { directionOf } from '../site/direction.ts';
import type { Site } from '../site/site.ts';

/**
 * How a feed looks to people who open it in a browser: what it is, and a list of its stories. It is plain CSS, because
 * browsers are removing XSLT.
 */
export const feedStyleOf = ({ language }: Pick<Site, 'language'>): string => `/* RSS and Atom */
rss, feed {
  display: block;
  max-width: 42rem;
  margin: 2rem auto;
  padding: 0 1rem;
  color-scheme: light dark;
  direction: ${directionOf(language)};
  font: 1.0625rem/1.5 Georgia, 'Times New Roman', serif;
}
rss::before, feed::before {
  content: ${cssString(unmarked(wordsOf(language).feedExplained))};
  display: block;
  margin-block-end: 2rem;
  padding: 0.75rem 1rem;
  border: 1px solid;
  font: 1rem/1.5 system-ui, sans-serif;
}
rss *, feed * { display: none; }
channel, item, entry { display: block; }
item, entry { padding-block: 1rem; border-block-start: 1px solid; }
channel > title, channel > description, feed > title, feed > subtitle,
item > title, item > description, item > pubDate, entry > title, entry > summary, entry > published { display: block; }
channel > title, feed > title { font-size: 1.75rem; font-weight: bold; line-height: 1.2; }
channel > description, feed > subtitle { margin-block-end: 2rem; }
item > title, entry > title { font-size: 1.25rem; font-weight: bold; line-height: 1.25; }
item > pubDate, entry > published { font: 0.875rem/1.5 system-ui, sans-serif; }
`;

/** In a text of one line, JSON and CSS escape the same two characters in the same way. */
const cssString = (text: string): string => JSON.stringify(text);
