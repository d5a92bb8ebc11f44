import type { CorrectionComment, NewsArticle, Person, WithContext } from 'schema-dts';
import { datesOf } from '../../i18n/dates.ts';
import type { StoryAnswer } from '../../index/answers.ts';
import { plainPicture } from '../../pictures/hrefs.ts';
import { authorAddress } from '../../site/address.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import type { BylineEntry } from '../../story/card.ts';
import { sectionTitle } from '../hue.ts';
import { hrefToUrl } from '../link.ts';

/**
 * A story for search engines.
 *
 * @see https://schema.org/NewsArticle
 */
export function newsArticle(site: Site, story: StoryAnswer): WithContext<NewsArticle> {
  const { card } = story;
  const { iso } = datesOf(site.language, site.timeZone);
  const url = absoluteHrefOf(site, card.address);
  const corrections = story.corrections.filter(({ type }) => type === 'correction' || type === 'clarification');
  const picture = card.lead && plainPicture(site, card.lead.facts, widestPx);
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: card.headline,
    description: story.summary ?? card.standfirst,
    url,
    mainEntityOfPage: url,
    datePublished: iso(card.published),
    dateModified: iso(card.updated ?? card.published),
    author: card.byline.map((entry) => person(site, entry)),
    image: picture && [picture.url],
    publisher: publisherOf(site),
    articleSection: sectionTitle(site, card.section),
    keywords: story.topics.length > 0 ? story.topics.map(({ title }) => title) : undefined,
    inLanguage: card.language ?? site.language,
    isAccessibleForFree: true,
    wordCount: story.words,
    dateline: story.dateline,
    correction:
      corrections.length > 0
        ? corrections.map(
            ({ date, text }): CorrectionComment => ({ '@type': 'CorrectionComment', datePublished: iso(date), text }),
          )
        : undefined,
    sponsor: card.sponsor && { '@type': 'Organization', name: card.sponsor.name, url: card.sponsor.url },
  };
}

const widestPx = 1920;

function person(site: Site, { name, role, organisation, author }: BylineEntry): Person {
  return {
    '@type': 'Person',
    name,
    jobTitle: role,
    worksFor: organisation ? { '@type': 'Organization', name: organisation } : undefined,
    url: author && absoluteHrefOf(site, authorAddress(author)),
  };
}

function publisherOf(site: Site): NewsArticle['publisher'] {
  const { publisher } = site;
  return {
    '@type': 'NewsMediaOrganization',
    name: publisher?.name ?? site.name,
    url: publisher?.url ? hrefToUrl(site, publisher.url) : absoluteHrefOf(site, '/'),
    logo: publisher?.logo && hrefToUrl(site, publisher.logo),
  };
}
