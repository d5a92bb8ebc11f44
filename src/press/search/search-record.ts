import type { FoundCard } from '../../components/search/found-card.ts';
import { printingOf, wholeText } from '../../feeds/body.ts';
import { plainText } from '../../feeds/plain/plain-text.ts';
import { unmarked } from '../../i18n/borrowed.ts';
import { datesOf } from '../../i18n/dates.ts';
import { attributesOf } from '../../i18n/language.ts';
import { paidLine } from '../../i18n/paid-line.ts';
import { searchable, searchLanguage } from '../../i18n/search-text.ts';
import { wordsOf } from '../../i18n/words.ts';
import type { IndexHandle } from '../../index/handle.ts';
import { renditionHref } from '../../pictures/hrefs.ts';
import { pictureSources } from '../../pictures/picture-sources.ts';
import { slots } from '../../pictures/slots.ts';
import { querySite, queryStory } from '../../queries/queries.ts';
import { hrefOf, type Site } from '../../site/site.ts';
import type { Card } from '../../story/card.ts';

/** A story as the search index has it. */
export interface SearchRecord {
  url: string;
  content: string;
  language: string;
  meta: { title: string };
  filters: Record<string, string[]>;
  sort: { date: string };
}

/** Of a longer story, only the beginning is searched: with each result, readers load its whole text. */
const charsMax = 100_000;

/**
 * The record of a listed story: the text that readers see, as its page prints it, under the story's own language.
 *
 * @returns undefined if readers cannot find the story
 */
export function searchRecord(index: IndexHandle, id: string): SearchRecord | undefined {
  const site = querySite(index);
  const story = queryStory(index, id);
  if (!story || story.withdrawn) return undefined;
  const { card } = story;
  const language = card.language ?? site.language;
  const words = wordsOf(language);
  const text = unmarked(plainText(wholeText(story, printingOf(site, story, words))));
  const content = searchable([card.standfirst ?? '', text].join('\n').replace(/\s+/g, ' ').trim());
  const section = site.sections.find(({ id: one }) => one === card.section)?.title;
  const filters = {
    ...(section === undefined ? {} : { section: [section] }),
    ...listOf(
      'topic',
      story.topics.map(({ title }) => title),
    ),
    ...listOf(
      'author',
      card.byline.map(({ name }) => name),
    ),
  };
  return {
    // Pagefind indexes every other field, and the words of a picture's address would be found.
    url: `${hrefOf({ url: 'https://x.invalid/' }, card.address)}#${encodeURIComponent(JSON.stringify(foundCard(site, card, section)))}`,
    content: beginning(content),
    language: searchLanguage(language),
    meta: { title: searchable(card.headline).toWellFormed() },
    filters,
    sort: { date: String(card.published) },
  };
}

/** Ends at a whole character: half of an emoji is not text in UTF-8, and Pagefind refuses it. */
const beginning = (text: string): string =>
  text
    .slice(0, charsMax)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed();

const listOf = (name: string, values: string[]): Record<string, string[]> =>
  values.length === 0 ? {} : { [name]: [...new Set(values)] };

/** What a result shows besides its headline and its text. */
function foundCard(site: Site, card: Card, section: string | undefined): FoundCard {
  const dates = datesOf(site.language, site.timeZone);
  const { lang, dir } = attributesOf(card.language ?? site.language, site.language);
  const { lead } = card;
  const sources =
    lead && pictureSources(lead.facts, slots.teaser, lead.focus, renditionHref({ url: 'https://x.invalid/' }));
  return {
    date: dates.day(card.published),
    iso: dates.isoWhen(card.published, card.publishedIsDay),
    ...(section === undefined ? {} : { section }),
    ...(lang === undefined ? {} : { lang }),
    ...(dir === undefined ? {} : { dir }),
    ...(card.sponsor ? { paid: paidLine(card.sponsor, wordsOf(site.language)) } : {}),
    ...(sources
      ? {
          picture: {
            src: sources.src,
            widthPx: sources.widthPx,
            heightPx: sources.heightPx,
            ...(sources.sources[0] ? { avif: sources.sources[0].srcset } : {}),
          },
        }
      : {}),
  };
}
