import type { CorrectionComment, ImageObject, LiveBlogPosting, NewsArticle, Person, WithContext } from 'schema-dts';
import { datesOf } from '../../i18n/dates.ts';
import { plainPicture, searchWidthPxMax, structuredPictures } from '../../pictures/hrefs.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import type { Want } from '../../pictures/renditions.ts';
import type { ShownBody, StoryResult } from '../../queries/results.ts';
import { authorAddress } from '../../site/address.ts';
import { isSitePath, isWebAddress } from '../../site/link-address.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import { type BylineEntry, modifiedOf, type StoryType } from '../../story/card.ts';
import { sectionTitle } from '../hue.ts';
import { hrefToUrl } from '../link.ts';
import { publisherOf } from '../organisation.ts';
import { liveUpdates } from './live-updates.ts';

/**
 * A story for search engines.
 *
 * @see https://schema.org/NewsArticle
 */
export function newsArticle(site: Site, story: StoryResult): WithContext<NewsArticle | LiveBlogPosting> {
  const { card } = story;
  const { isoWhen } = datesOf(site.language, site.timeZone);
  const url = absoluteHrefOf(site, card.address);
  const corrections = story.corrections.filter(({ type }) => type === 'correction' || type === 'clarification');
  const modified = modifiedOf(card, story.corrections);
  const others = picturesOf(story.body);
  const type = articleTypes[card.type];
  const facts = {
    '@context': 'https://schema.org' as const,
    headline: card.headline,
    description: story.summary ?? card.standfirst,
    url,
    mainEntityOfPage: url,
    datePublished: isoWhen(card.published, card.publishedIsDay),
    dateModified: isoWhen(modified.instant, modified.isDay),
    author: card.byline.map((entry) => person(site, entry)),
    image: card.lead && imagesOf(site, card.lead),
    associatedMedia:
      others.length > 0 ? others.map((picture) => imageObject(site, picture, { use: 'text' })) : undefined,
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
            ({ date, isDay, text }): CorrectionComment => ({
              '@type': 'CorrectionComment',
              datePublished: isoWhen(date, isDay),
              text,
            }),
          )
        : undefined,
    sponsor: card.sponsor && { '@type': 'Organization' as const, name: card.sponsor.name, url: card.sponsor.url },
  };
  if (type === 'LiveBlogPosting') {
    // A live story is a blog, which has no dateline.
    const { dateline: _, ...rest } = facts;
    const updates = liveUpdates(site, story);
    return {
      '@type': type,
      ...rest,
      coverageStartTime: facts.datePublished,
      ...(updates.length > 0 && { liveBlogUpdate: updates }),
    };
  }
  return { '@type': type, ...facts } as WithContext<NewsArticle>;
}

/** The type of schema.org for each type of story. */
const articleTypes = {
  news: 'NewsArticle',
  analysis: 'AnalysisNewsArticle',
  opinion: 'OpinionNewsArticle',
  explainer: 'BackgroundNewsArticle',
  feature: 'ReportageNewsArticle',
  interview: 'ReportageNewsArticle',
  review: 'ReviewNewsArticle',
  obituary: 'NewsArticle',
  live: 'LiveBlogPosting',
  'photo-essay': 'ReportageNewsArticle',
} as const satisfies Record<StoryType, string>;

/**
 * A picture with the information that search engines show: who made it, the credit, the owner, and the terms of use.
 *
 * @see https://schema.org/ImageObject
 */
export function imageObject(site: Site, picture: ShownPicture, want: Want = { use: 'lead' }): ImageObject {
  const { facts, caption, credit, copyright, licence, reuse, sourceType } = picture;
  const { url, widthPx, heightPx } = plainPicture(site, facts, want, searchWidthPxMax);
  const creators = facts.rights?.creators ?? [];
  // A licence that is only a name has no address.
  const license =
    licence !== undefined && (isWebAddress(licence) || isSitePath(licence)) ? hrefToUrl(site, licence) : undefined;
  return {
    '@type': 'ImageObject',
    url,
    contentUrl: url,
    width: { '@type': 'QuantitativeValue', value: widthPx, unitCode: 'E37' },
    height: { '@type': 'QuantitativeValue', value: heightPx, unitCode: 'E37' },
    caption,
    description: picture.description,
    creditText: credit,
    copyrightNotice: copyright,
    license,
    acquireLicensePage: reuse,
    creator: creators.length > 0 ? creators.map((name): Person => ({ '@type': 'Person', name })) : undefined,
    digitalSourceType: sourceType === undefined ? undefined : sourceTypes[sourceType],
  };
}

/** The lead with all its metadata, then the shapes that search engines recommend, as addresses. */
function imagesOf(site: Site, lead: ShownPicture): [ImageObject, ...string[]] {
  const whole = imageObject(site, lead);
  const shapes = structuredPictures(site, lead.facts, lead.focus).map(({ url }) => url);
  return [whole, ...shapes.filter((url) => url !== whole.url)];
}

/** The schema.org terms for the IPTC vocabulary. */
const sourceTypes: Record<string, ImageObject['digitalSourceType']> = {
  trainedAlgorithmicMedia: 'TrainedAlgorithmicMediaDigitalSource',
  compositeWithTrainedAlgorithmicMedia: 'CompositeWithTrainedAlgorithmicMediaDigitalSource',
  compositeSynthetic: 'CompositeSyntheticDigitalSource',
  composite: 'CompositeDigitalSource',
  compositeCapture: 'CompositeCaptureDigitalSource',
  digitalArt: 'DigitalArtDigitalSource',
  digitalCreation: 'DigitalArtDigitalSource',
  softwareImage: 'DigitalArtDigitalSource',
  algorithmicMedia: 'AlgorithmicMediaDigitalSource',
  algorithmicallyEnhanced: 'AlgorithmicallyEnhancedDigitalSource',
  dataDrivenMedia: 'DataDrivenMediaDigitalSource',
  screenCapture: 'ScreenCaptureDigitalSource',
  virtualRecording: 'VirtualRecordingDigitalSource',
  digitalCapture: 'DigitalCaptureDigitalSource',
  computationalCapture: 'MultiFrameComputationalCaptureDigitalSource',
  minorHumanEdits: 'MinorHumanEditsDigitalSource',
  humanEdits: 'MinorHumanEditsDigitalSource',
  negativeFilm: 'NegativeFilmDigitalSource',
  positiveFilm: 'PositiveFilmDigitalSource',
  print: 'PrintDigitalSource',
};

function picturesOf(body: ShownBody): ShownPicture[] {
  return body.flatMap((part) =>
    part.kind === 'picture' ? [part.picture] : part.kind === 'element' ? picturesOf(part.children) : [],
  );
}

function person(site: Site, { name, role, organisation, author, portrait }: BylineEntry): Person {
  return {
    '@type': 'Person',
    name,
    jobTitle: role,
    worksFor: organisation ? { '@type': 'Organization', name: organisation } : undefined,
    url: author && absoluteHrefOf(site, authorAddress(author)),
    image: portrait && plainPicture(site, portrait.facts, { use: 'portrait', focus: portrait.focus }).url,
  };
}
