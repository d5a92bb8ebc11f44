/**
 * Addresses are a contract. This file alone decides which page is at which address. An address begins with `/`, is NFC
 * and decoded, and does not include the path of the site's url.
 */

import type { HostFile } from './hosting.ts';

/** A list of stories: the whole site, or those of a section, topic, or author. `corrections` lists corrections. */
export type ListKey = 'site' | 'corrections' | `section/${string}` | `topic/${string}` | `author/${string}`;

/** What the page at an address shows. */
export type Address =
  | { kind: 'home' }
  | { kind: 'section'; section: string }
  | { kind: 'topic'; topic: string }
  | { kind: 'author'; author: string }
  /** The stories of a series in their order. Long series are split into parts, counted from 1. */
  | { kind: 'series'; series: string; part: number }
  /** Without `period`, the latest. Otherwise those of a year. */
  | { kind: 'corrections'; period?: string; part: number }
  | { kind: 'search' }
  /** `period` is `2026` or `2026-03`. Parts are counted from 1. */
  | { kind: 'period'; list: ListKey; period: string; part: number }
  /** The months of a year of the whole site. */
  | { kind: 'year'; year: string }
  | { kind: 'story'; story: string }
  | { kind: 'page'; page: string }
  /** A file in `theme/pages/`: its path there, without the ending. */
  | { kind: 'themePage'; page: string }
  | { kind: 'alias'; to: string }
  | { kind: 'feed'; list: ListKey; format: FeedFormat }
  /** An archive document of a feed: the stories of a month. */
  | { kind: 'feedArchive'; list: ListKey; period: string; part: number }
  /** A feed that site.yaml defines for a partner. */
  | { kind: 'partnerFeed'; feed: string; format: FeedFormat }
  /** How a feed looks in a browser. */
  | { kind: 'feedStyle' }
  /** Without `part`: the whole sitemap, or the list of its parts. */
  | { kind: 'sitemap'; part?: string }
  | { kind: 'newsSitemap' }
  /** A story as data for other newsrooms, the stories of a day, and the newest days. */
  | { kind: 'wire'; story: string }
  | { kind: 'wireDay'; day: string }
  | { kind: 'wireIndex' }
  | { kind: 'robots' }
  | { kind: 'mark' }
  | { kind: 'searchScript' }
  | { kind: 'hostFile'; name: HostFile }
  | { kind: 'security' }
  | { kind: 'notFound' };

export const topicAddress = (id: string): string => `/topics/${id}/`;
export const authorAddress = (id: string): string => `/authors/${id}/`;
/** @param part counted from 1. The first part has the address of the series itself */
export const seriesAddress = (id: string, part = 1): string =>
  part === 1 ? `/series/${id}/` : `/series/${id}/part-${part}/`;
export const correctionsAddress = '/corrections/';
export const searchAddress = '/search/';
/** The folder of everything that the search in the browser loads. */
export const searchFolder = 'pagefind';
/** What the search index of a year contains. It is written after the files that it names. */
export const searchIndexAddress = (year: string): string => `/${searchFolder}/${year}/index.json`;
/** Whether an address is that of a search index. The press makes it without a template. */
export const isSearchIndex = (address: string): boolean => address.startsWith(`/${searchFolder}/`);
/** Where to report a vulnerability, if site.yaml says so. */
export const securityAddress = '/.well-known/security.txt';
/** The icon in the browser tab, if the newsroom has no `icon`. */
export const markAddress = '/assets/mark.svg';
/** The script of the search page, if the search is the paper's own. */
export const searchScriptAddress = '/assets/search.js';
export const sectionAddress = (id: string): string => `/${id}/`;
export const pageAddress = (id: string): string => `/${id}/`;
/** The stories of the last two days, for news search engines. */
export const newsSitemapAddress = '/news-sitemap.xml';
/** RSS 2.0, Atom 1.0, and JSON Feed 1.1, by the ending of their files. */
export const feedFormats = ['xml', 'atom', 'json'] as const;
export type FeedFormat = (typeof feedFormats)[number];
/** The feed of a list, beside its front. */
export const feedAddress = (list: ListKey = 'site', format: FeedFormat = 'xml'): string =>
  `${listAddress(list)}feed.${format}`;
/** The archive document of a feed beside the archive page for a period. */
export const feedArchiveAddress = (list: ListKey, period: string, part = 1): string =>
  `${periodAddress(list, period, part)}feed.atom`;
export const partnerFeedAddress = (feed: string, format: FeedFormat = 'xml'): string => `/feeds/${feed}/feed.${format}`;
export const feedStyleAddress = '/assets/feed.css';
export const sitemapAddress = (part?: string): string => (part ? `/sitemap-${part}.xml` : '/sitemap.xml');
/** A story as data for other newsrooms, beside its page. @param address of the page */
export const wireAddress = (address: string): string => `${address}${wireName}`;
export const wireName = 'index.ninjs.json';
/** The list of the stories of a day. @param day `2025-02-12` */
export const wireDayAddress = (day: string): string => `/wire/${day.replaceAll('-', '/')}.json`;
export const wireIndexAddress = '/wire/index.json';
/** Whether an address is that of a list of the wire: of a day, or of the newest days. */
export const isWireList = (address: string): boolean => /^\/wire\/(?:index|\d{4}\/\d{2}\/\d{2})\.json$/.test(address);
/** Whether an address is that of a story for other newsrooms. */
export const isWireAddress = (address: string): boolean => address.endsWith(`/${wireName}`);
export const yearAddress = (year: string): string => `/${year}/`;

/** The front of a list: the page with its latest stories. */
export function listAddress(list: ListKey): string {
  if (list === 'site') return '/';
  if (list === 'corrections') return correctionsAddress;
  const slash = list.indexOf('/');
  const id = list.slice(slash + 1);
  if (list.startsWith('section/')) return sectionAddress(id);
  return list.startsWith('topic/') ? topicAddress(id) : authorAddress(id);
}

/**
 * Lists of the site and of sections have one page for each month. Lists of topics, authors, and corrections have one
 * for each year.
 */
export const isMonthly = (list: ListKey): boolean => list === 'site' || list.startsWith('section/');

/**
 * The archive page of a list for a period.
 *
 * @param period `2026-03` for lists by month, `2026` for others
 * @param part counted from 1. The first part has the address of the period itself
 */
export function periodAddress(list: ListKey, period: string, part = 1): string {
  const base = `${listAddress(list)}${period.replace('-', '/')}/`;
  return part === 1 ? base : `${base}part-${part}/`;
}

/** The file under `dist/` for an address: for `/world/` it is `world/index.html`. */
export const fileOfAddress = (address: string): string =>
  (address.endsWith('/') ? `${address}index.html` : address).slice(1);

/** The addresses of pages that would be stored in this file of `dist/`. */
export const pageFileAddresses = (file: string): string[] =>
  /(?:^|\/)index\.html$/.test(file) ? [`/${file.slice(0, -'index.html'.length)}`, `/${file}`] : [`/${file}`];

/** Two addresses with the same fold are the same on some file system or host: case and Unicode form do not count. */
export const foldAddress = (address: string): string =>
  fileOfAddress(address).normalize('NFC').toLowerCase().normalize('NFC');

/**
 * Whether hosts interpret the file at an address: a list of headers or redirects, a program, or their own services. A
 * newsroom can add such a file in `public/`, where it is intentional. Nothing else can have such an address.
 */
export function isForHosts(address: string): boolean {
  const [first = ''] = address.slice(1).normalize('NFC').toLowerCase().split('/');
  return first.startsWith('.') || hostSegments.has(first);
}

const hostSegments = new Set([
  // Netlify, Cloudflare Pages, GitLab Pages, Render
  '_headers',
  '_redirects',
  '_worker.js',
  '_worker.bundle',
  '_routes.json',
  'functions',
  'cdn-cgi',
  'netlify.toml',
  'wrangler.toml',
  'wrangler.json',
  'wrangler.jsonc',
  // GitHub Pages, Surge
  'cname',
  '_config.yml',
  '200.html',
  'router',
  // Vercel, Azure, Firebase
  'vercel.json',
  '_vercel',
  'staticwebapp.config.json',
  '__',
  // Servers that read their settings from the folder of the pages
  'web.config',
  'cgi-bin',
]);

/** First segments that are reserved for the site itself. No section, page, or story can use them. */
export const reservedSegments: readonly string[] = [
  'topics',
  'authors',
  'series',
  'corrections',
  'search',
  searchFolder,
  'assets',
  'feed.xml',
  'feed.atom',
  'feed.json',
  'sitemap.xml',
  'news-sitemap.xml',
  'robots.txt',
  '404.html',
  '404',
  'index.html',
  '_redirects',
  '.broadsheet',
  '.broadsheet-edition',
  '.broadsheet-part',
];
