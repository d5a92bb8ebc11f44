import { existsSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What each type of structured data must have, by the documentation of Google Search and schema.org. A page claims
 * nothing else: an unknown type is a finding too.
 *
 * developers.google.com/search/docs/appearance/structured-data: article, breadcrumb, image-license-metadata,
 * organization, site-names
 */

type Json = Record<string, unknown>;

interface Rule {
  /** Properties that must be there. */
  needs: readonly string[];
  /** Properties that are complete addresses. */
  addresses?: readonly string[];
  /** Times with an offset, or days. */
  times?: readonly string[];
  more?: (node: Json) => string[];
}

const article: Rule = {
  needs: ['headline', 'datePublished', 'dateModified', 'author', 'publisher', 'mainEntityOfPage', 'inLanguage'],
  addresses: ['url'],
  times: ['datePublished', 'dateModified', 'coverageStartTime'],
  more: (node) => [
    ...(typeof node.isAccessibleForFree === 'boolean' ? [] : ['isAccessibleForFree is not true or false']),
    ...(many(node.author).every((author) => isNode(author)) ? [] : ['author is a text, not a Person']),
  ],
};

const policies = [
  ...['ethicsPolicy', 'correctionsPolicy', 'ownershipFundingInfo', 'unnamedSourcesPolicy', 'masthead'],
  ...['diversityPolicy', 'actionableFeedbackPolicy', 'verificationFactCheckingPolicy'],
  'missionCoveragePrioritiesPolicy',
];

const rules: Record<string, Rule> = {
  NewsArticle: article,
  AnalysisNewsArticle: article,
  BackgroundNewsArticle: article,
  OpinionNewsArticle: article,
  ReportageNewsArticle: article,
  ReviewNewsArticle: article,
  LiveBlogPosting: { ...article, needs: [...article.needs, 'coverageStartTime'] },
  BlogPosting: { needs: ['headline', 'articleBody', 'url'], addresses: ['url'], times: ['datePublished'] },
  Person: { needs: ['name'], addresses: ['url', 'image'] },
  Organization: { needs: ['name'], addresses: ['url'] },
  NewsMediaOrganization: { needs: ['name', 'url'], addresses: ['url', 'logo', ...policies] },
  WebSite: { needs: ['name', 'url', 'publisher'], addresses: ['url'] },
  CorrectionComment: { needs: ['text', 'datePublished'], times: ['datePublished'] },
  QuantitativeValue: {
    needs: ['value'],
    more: ({ value }) => (typeof value === 'number' && value > 0 ? [] : ['value is no number of pixels']),
  },
  ImageObject: {
    needs: ['url', 'contentUrl', 'width', 'height'],
    addresses: ['url', 'contentUrl', 'license', 'acquireLicensePage'],
    more: ({ digitalSourceType }) =>
      digitalSourceType === undefined || /^[A-Z]\w+DigitalSource$/.test(String(digitalSourceType))
        ? []
        : [`digitalSourceType "${digitalSourceType}" is no term of schema.org`],
  },
  BreadcrumbList: {
    needs: ['itemListElement'],
    more: ({ itemListElement }) => [
      ...(many(itemListElement).length >= 2 ? [] : ['a way has fewer than two steps']),
      ...(many(itemListElement).every((step, place) => (step as Json).position === place + 1)
        ? []
        : ['the steps are not counted from 1']),
    ],
  },
  ListItem: { needs: ['position', 'name', 'item'], addresses: ['item'] },
};

const many = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());
const isNode = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const time = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * The faults of a node and of every node in it.
 *
 * @param site the folder of the site and its address: what is named on it must exist
 */
export function faultsOfData(node: Json, site: { folder: string; siteUrl: string }): string[] {
  const found: string[] = [];
  const type = String(node['@type']);
  // A reference says nothing by itself.
  if (node['@type'] === undefined && typeof node['@id'] === 'string') return [];
  const rule = rules[type];
  if (!rule) return [`${type} is no type that our pages have`];
  const say = (fault: string) => found.push(`${type}: ${fault}`);
  for (const name of rule.needs) if (isBlank(node[name])) say(`${name} is missing`);
  for (const name of rule.times ?? [])
    for (const value of many(node[name])) if (!time.test(String(value))) say(`${name} "${value}" is no time`);
  for (const name of rule.addresses ?? [])
    for (const value of many(node[name])) for (const fault of faultsOfAddress(name, value, site)) say(fault);
  for (const fault of rule.more?.(node) ?? []) say(fault);
  for (const value of many(node.image))
    if (!isNode(value)) for (const fault of faultsOfAddress('image', value, site)) say(fault);
  for (const value of Object.values(node).flatMap(many)) if (isNode(value)) found.push(...faultsOfData(value, site));
  return [...new Set(found)];
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || String(value).trim() === '';

function faultsOfAddress(
  name: string,
  value: unknown,
  { folder, siteUrl }: { folder: string; siteUrl: string },
): string[] {
  const url = String(value);
  if (!URL.canParse(url) || !/^https?:/.test(url)) return [`${name} "${url}" is no complete address`];
  if (url !== siteUrl && !url.startsWith(`${siteUrl}/`)) return [];
  const path = decodeURIComponent(new URL(url).pathname.slice(new URL(siteUrl).pathname.replace(/\/$/, '').length + 1));
  const file = join(folder, path, path === '' || path.endsWith('/') ? 'index.html' : '');
  return existsSync(file) ? [] : [`${name} "${url}" names no file`];
}
