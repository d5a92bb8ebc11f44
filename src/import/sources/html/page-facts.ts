import { byName, elementsOf, firstByName, type ParentNode, parseHtml, wordsOf } from '../markup/tree.ts';

/** What a page says about its story for search engines and social networks. */
export interface PageFacts {
  headline?: string;
  standfirst?: string;
  section?: string;
  byline: string[];
  published?: string;
  updated?: string;
  topics: string[];
  picture?: { src: string; caption?: string; credit?: string };
  language?: string;
  canonical?: string;
  siteName?: string;
  /** The page says that it is an article. */
  isArticle: boolean;
  /** Why it must not be public. */
  draft?: string;
}

const articleTypes =
  /^(?:(?:NewsArticle|Article|ReportageNewsArticle|AnalysisNewsArticle|OpinionNewsArticle|ReviewNewsArticle|BackgroundNewsArticle|AskPublicNewsArticle|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|TechArticle|ScholarlyArticle|Review)$|.*\/(?:NewsArticle|Article|BlogPosting)$)/;

/** Reads JSON-LD first, because it is the most exact, then Open Graph and the other meta elements, and the HTML last. */
export function readPageFacts(root: ParentNode, html: string): PageFacts {
  const meta = readMeta(root);
  const first = (...names: string[]): string | undefined => names.map((name) => meta.get(name)?.[0]).find(Boolean);
  const article = findArticle(root);
  const types = article === undefined ? [] : typesOf(article);
  const siteName = first('og:site_name', 'application-name') ?? nameOf(article?.publisher);
  const image = imageOf(article?.image);
  const robots = first('robots', 'googlebot') ?? '';
  const published =
    stringOf(article?.datePublished) ??
    first(
      'article:published_time',
      'article:published',
      'parsely-pub-date',
      'sailthru.date',
      'dc.date.issued',
      'dc.date',
      'dcterms.created',
      'date',
      'pubdate',
      'publish-date',
      'publication_date',
      'cxenseparse:recs:publishtime',
      'vr:published_time',
      'last-modified-at',
    ) ??
    itemprop(root, 'datePublished') ??
    timeOf(root);
  const updated =
    stringOf(article?.dateModified) ??
    first('article:modified_time', 'og:updated_time', 'dcterms.modified', 'last-modified') ??
    itemprop(root, 'dateModified');
  const authors = namesOf(article?.author);
  const metaAuthors = (
    meta.get('author') ??
    meta.get('article:author') ??
    meta.get('parsely-author') ??
    meta.get('dc.creator') ??
    meta.get('sailthru.author') ??
    meta.get('byl') ??
    []
  ).filter((name) => !/^https?:/.test(name));
  const title = firstByName(root, 'title');
  const canonical =
    byName(root, 'link').find(({ attribs }) => /(?:^|\s)canonical(?:\s|$)/i.test(attribs.rel ?? ''))?.attribs.href ??
    first('og:url') ??
    savedFrom(html);
  const isPaid = article?.isAccessibleForFree === false || article?.isAccessibleForFree === 'False';
  const headline = stringOf(article?.headline) ?? first('og:title', 'twitter:title', 'dc.title') ?? undefined;
  return {
    ...optional({
      headline: cleanTitle(headline ?? (title && wordsOf(title)), siteName),
      standfirst:
        stringOf(article?.alternativeHeadline) ??
        stringOf(article?.description) ??
        first('og:description', 'description', 'twitter:description'),
      section: stringOf(firstOf(article?.articleSection)) ?? first('article:section', 'parsely-section', 'section'),
      published,
      updated,
      language:
        stringOf(article?.inLanguage) ??
        firstByName(root, 'html')?.attribs.lang ??
        first('og:locale')?.replace('_', '-'),
      canonical,
      siteName,
    }),
    byline: authors.length > 0 ? authors : metaAuthors.map((name) => name.replace(/^by\s+/i, '')),
    topics: [...new Set([...listOf(article?.keywords), ...(meta.get('article:tag') ?? [])])],
    ...(image
      ? { picture: image }
      : first('og:image', 'twitter:image')
        ? { picture: { src: first('og:image', 'twitter:image') ?? '' } }
        : {}),
    isArticle: types.some((type) => articleTypes.test(type)) || first('og:type') === 'article',
    ...(/\bnoindex\b/i.test(robots)
      ? { draft: 'the page asks search engines to leave it out (noindex)' }
      : isPaid
        ? { draft: 'the page was only for subscribers (isAccessibleForFree: false)' }
        : {}),
  };
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function findArticle(root: ParentNode): Json | undefined {
  const found: Json[] = [];
  for (const script of byName(root, 'script')) {
    if (!/^application\/ld\+json/i.test(script.attribs.type ?? '')) continue;
    const queue: unknown[] = [parseJson(script.children.map((node) => ('data' in node ? node.data : '')).join(''))];
    for (let steps = 0; queue.length > 0 && steps < 2000; steps++) {
      const value = queue.shift();
      if (Array.isArray(value)) queue.push(...value.slice(0, 200));
      else if (isObject(value)) {
        if (typesOf(value).some((type) => articleTypes.test(type))) found.push(value);
        queue.push(value['@graph'], value.mainEntity, value.mainEntityOfPage);
      }
    }
  }
  // A page of a list names several articles, and none of them is the page.
  return found.find(({ headline }) => typeof headline === 'string') ?? found[0];
}

/** Many systems write line breaks into JSON, or comments around it. */
function parseJson(text: string): unknown {
  const bare = text.replace(
    /^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/<!\[CDATA\[)|(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\]\]>)\s*$/g,
    '',
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has no place for them.
  for (const tried of [bare, bare.replace(/[\u0000-\u001f]+/g, ' '), bare.replace(/,\s*([}\]])/g, '$1')]) {
    try {
      return JSON.parse(tried);
    } catch {
      // The next form.
    }
  }
  return undefined;
}

const typesOf = (value: Json): string[] => listOf(value['@type']);
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const listOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : typeof value === 'string'
      ? value.split(/\s*,\s*/).filter(Boolean)
      : [];

function stringOf(value: unknown): string | undefined {
  const one = firstOf(value);
  if (typeof one !== 'string') return undefined;
  // It can contain entities and elements.
  const words = wordsOf(parseHtml(one));
  return words === '' ? undefined : words;
}

const nameOf = (value: unknown): string | undefined => {
  const one = firstOf(value);
  return isObject(one) ? stringOf(one.name) : undefined;
};

const namesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value])
    .map((each) => (isObject(each) ? stringOf(each.name) : stringOf(each)))
    .filter((name): name is string => name !== undefined && !/^https?:/.test(name));

function imageOf(value: unknown): PageFacts['picture'] {
  const one = firstOf(value);
  if (typeof one === 'string') return { src: one };
  if (!isObject(one)) return undefined;
  const src = stringOf(one.url) ?? stringOf(one.contentUrl) ?? stringOf(one['@id']);
  if (src === undefined) return undefined;
  return {
    src,
    ...optional({
      caption: stringOf(one.caption),
      credit: stringOf(one.creditText) ?? nameOf(one.creator) ?? nameOf(one.author) ?? stringOf(one.copyrightNotice),
    }),
  };
}

function readMeta(root: ParentNode): Map<string, string[]> {
  const meta = new Map<string, string[]>();
  for (const { attribs } of byName(root, 'meta')) {
    const name = (attribs.property ?? attribs.name ?? attribs['http-equiv'] ?? '').toLowerCase();
    const content = attribs.content?.replace(/\s+/g, ' ').trim();
    if (name !== '' && content) meta.set(name, [...(meta.get(name) ?? []), content]);
  }
  return meta;
}

const itemprop = (root: ParentNode, name: string): string | undefined => {
  const found = elementsOf(root).find(({ attribs }) => attribs.itemprop === name);
  return found && (found.attribs.content ?? found.attribs.datetime ?? wordsOf(found));
};

const timeOf = (root: ParentNode): string | undefined =>
  byName(root, 'time').find(
    ({ attribs }) => attribs.pubdate !== undefined || /publish|entry-date|date/i.test(attribs.class ?? ''),
  )?.attribs.datetime ?? byName(root, 'time').find(({ attribs }) => attribs.datetime)?.attribs.datetime;

/** Browsers and SingleFile write where a page was saved from. */
const savedFrom = (html: string): string | undefined =>
  /<!--\s*saved from url=\(\d+\)(https?:\S+)\s*-->/.exec(html.slice(0, 2000))?.[1] ??
  /<!--[\s\S]{0,200}?url:\s*(https?:\S+)/.exec(html.slice(0, 2000))?.[1];

/** "Harbour reopens | The Post" without the name of the site. */
function cleanTitle(title: string | undefined, site: string | undefined): string | undefined {
  if (title === undefined) return undefined;
  const words = title.replace(/\s+/g, ' ').trim();
  const parts = words.split(/\s+[|·•»–—-]\s+/);
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return words === '' ? undefined : words;
  const isSite = site !== undefined && last.toLowerCase().includes(site.toLowerCase());
  return isSite || /\s\|\s[^|]{2,40}$/.test(words)
    ? words.slice(0, words.length - last.length).replace(/\s+[|·•»–—-]\s+$/, '')
    : words;
}

const optional = <T extends Record<string, string | undefined>>(values: T): Partial<Record<keyof T, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as Partial<
    Record<keyof T, string>
  >;
