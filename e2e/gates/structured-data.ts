import { attribute, elementsOf, isRedirect, metaOf, textOf } from './dom.ts';
import type { Finding, Gate } from './gate.ts';
import { faultsOfData } from './structured-rules.ts';

/** The JSON-LD of every page can be parsed. That of a story is a NewsArticle that matches what the page shows. */
export const structuredData: Gate = {
  name: 'structured data',
  needs: [],
  async check({ folder, siteUrl }, pages) {
    const found = await Promise.all(pages.map((page) => checkPage({ folder, siteUrl }, page)));
    return found.flat();
  },
};

async function checkPage(site: { folder: string; siteUrl: string }, page: string): Promise<Finding[]> {
  const { folder } = site;
  const elements = await elementsOf(folder, page);
  const blocks = elements.filter((element) => attribute(element, 'type') === 'application/ld+json').map(textOf);
  const parsed = blocks.map(parse);
  if (parsed.includes(undefined)) return [{ rule: 'json-ld', page, message: 'The JSON-LD does not parse.' }];
  const byType = parsed
    .flatMap(nodesOf)
    .flatMap((node) => faultsOfData(node, site))
    .map((message) => ({ rule: 'json-ld-type', page, message }));
  return [...byType, ...checkStory(page, elements, parsed)];
}

function checkStory(
  page: string,
  elements: Awaited<ReturnType<typeof elementsOf>>,
  parsed: (Json | Json[] | undefined)[],
): Finding[] {
  // Open Graph says which pages are stories. A page that only redirects readers is not one.
  if (metaOf(elements, 'og:type') !== 'article' || isRedirect(elements)) return [];
  const article = parsed.flatMap(nodesOf).find((node) => articleTypes.includes(String(node['@type'])));
  if (article === undefined) return [{ rule: 'news-article', page, message: 'A story has no NewsArticle.' }];
  const headline = elements.filter(({ tagName }) => tagName === 'h1').map(textOf)[0];
  const canonical = elements.find((element) => attribute(element, 'rel') === 'canonical');
  return faults(article, headline, canonical && attribute(canonical, 'href')).map((message) => ({
    rule: 'news-article',
    page,
    message,
  }));
}

/** NewsArticle, and the types that schema.org derives from it. */
const articleTypes = [
  ...['NewsArticle', 'AnalysisNewsArticle', 'AskPublicNewsArticle', 'BackgroundNewsArticle'],
  ...['OpinionNewsArticle', 'ReportageNewsArticle', 'ReviewNewsArticle', 'LiveBlogPosting'],
];

function faults(article: Json, headline: string | undefined, canonical: string | undefined): string[] {
  const authors = [article.author ?? []].flat() as Json[];
  const images = [article.image ?? []]
    .flat()
    .map((image) => String(typeof image === 'object' ? (image as Json).url : image));
  const claims: [boolean, string][] = [
    [article['@context'] === 'https://schema.org', '@context is not https://schema.org.'],
    [plain(article.headline) === plain(headline), `headline "${article.headline}" is not the page's "${headline}".`],
    [
      instant.test(String(article.datePublished)),
      `datePublished "${article.datePublished}" is no instant with an offset.`,
    ],
    [
      article.dateModified === undefined || instant.test(String(article.dateModified)),
      `dateModified "${article.dateModified}" is no instant with an offset.`,
    ],
    [
      article.dateModified === undefined ||
        Date.parse(String(article.dateModified)) >= Date.parse(String(article.datePublished)),
      'dateModified is before datePublished.',
    ],
    [authors.length > 0, 'author is missing.'],
    [
      authors.every((author) => ['Person', 'Organization'].includes(String(author['@type']))),
      'an author is neither Person nor Organization.',
    ],
    [authors.every((author) => Boolean(author.name)), 'an author has no name.'],
    [Boolean((article.publisher as Json | undefined)?.name), 'publisher has no name.'],
    [images.every((url) => /^https?:\/\//.test(url)), 'an image has no absolute address.'],
    [
      addressIn(article.mainEntityOfPage ?? article.url) === canonical,
      'mainEntityOfPage is not the canonical address.',
    ],
  ];
  return claims.filter(([holds]) => !holds).map(([, message]) => message);
}

type Json = Record<string, unknown>;

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const addressIn = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Json)['@id'] : value);

const plain = (value: unknown) => String(value).replace(/\s+/g, ' ').trim();

function parse(text: string): Json | Json[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const nodesOf = (value: Json | Json[] | undefined): Json[] =>
  [value ?? []]
    .flat()
    .flatMap((node) => [
      node,
      ...([node['@graph'] ?? []].flat() as Json[]).map((inner) => ({ '@context': node['@context'], ...inner })),
    ]);
