import { getRssString } from '@astrojs/rss';
import { unmarked } from '../i18n/borrowed.ts';
import { datesOf } from '../i18n/dates.ts';
import { attributesOf } from '../i18n/language.ts';
import { markBorrowedText } from '../i18n/mark-borrowed.ts';
import { hasWords, wordsOf } from '../i18n/words.ts';
import type { StoryResult } from '../queries/results.ts';
import { feedAddress, listAddress } from '../site/address.ts';
import { escapeAttribute, escapeXml, withoutXmlControls } from '../site/markup.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';
import { feedBody } from './body.ts';

/**
 * The news feed of the site or of a section: complete stories, newest first.
 *
 * No date in it comes from the clock, so the same stories produce the same bytes.
 *
 * @param stories newest first
 * @param section its id, or undefined for the whole site
 * @returns RSS 2.0
 */
export async function feedOf(site: Site, stories: StoryResult[], section?: string): Promise<string> {
  const about = site.sections.find(({ id }) => id === section);
  const changed = Math.max(...stories.map(({ card }) => card.updated ?? card.published));
  return getRssString({
    title: about ? site.name + wordsOf(site.language).colon + about.title : site.name,
    description: unmarked(
      (about ? about.description : site.description) ?? wordsOf(site.language).feedOf(about?.title ?? site.name),
    ),
    site: absoluteHrefOf(site, about ? listAddress(`section/${about.id}`) : '/'),
    xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
    customData: [
      `<language>${site.language}</language>`,
      stories.length > 0 ? `<lastBuildDate>${momentIn(site, changed, isDayOf(stories, changed))}</lastBuildDate>` : '',
      `<atom:link href="${escapeAttribute(absoluteHrefOf(site, feedAddress(section)))}" rel="self" type="application/rss+xml"/>`,
    ].join(''),
    items: stories.map((story) => itemOf(site, story)),
  });
}

function itemOf(site: Site, story: StoryResult) {
  const { card } = story;
  const language = card.language ?? site.language;
  const words = wordsOf(hasWords(language) ? language : site.language);
  return {
    title: withoutXmlControls(card.headline),
    link: absoluteHrefOf(site, card.address),
    description: withoutXmlControls(story.summary ?? card.standfirst ?? ''),
    content: withoutXmlControls(
      inLanguage(markBorrowedText(feedBody(site, story, words), site.language), card.language, site),
    ),
    categories: story.topics.map(({ title }) => withoutXmlControls(title)),
    customData: [
      `<pubDate>${momentIn(site, card.published, card.publishedIsDay)}</pubDate>`,
      ...card.byline.map(({ name }) => `<dc:creator>${escapeXml(name)}</dc:creator>`),
      ...(card.language === undefined ? [] : [`<dc:language>${card.language}</dc:language>`]),
    ].join(''),
  };
}

/** A time in a feed. For a day without a time, it is the beginning of the day, in the time zone of the site. */
const momentIn = ({ language, timeZone }: Site, instant: number, isDay = false): string =>
  isDay ? datesOf(language, timeZone).rfc822(instant) : new Date(instant).toUTCString();

const isDayOf = (stories: StoryResult[], changed: number): boolean =>
  stories.some(({ card: { published, publishedIsDay, updated, updatedIsDay } }) =>
    updated === undefined ? published === changed && publishedIsDay : updated === changed && updatedIsDay,
  );

/**
 * A story in another language than the feed's is marked as such, for feed readers that read aloud or set the text
 * direction.
 */
function inLanguage(html: string, language: string | undefined, site: Site): string {
  const { lang, dir } = attributesOf(language, site.language);
  return lang === undefined ? html : `<div lang="${lang}"${dir === undefined ? '' : ` dir="${dir}"`}>${html}</div>`;
}
