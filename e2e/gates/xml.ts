import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import { filesOf } from '../files.ts';
import type { Finding, Gate } from './gate.ts';

/**
 * Every XML file is well-formed. Sitemaps follow the schema and name pages that exist, and feeds contain what readers
 * need.
 */
export const xml: Gate = {
  name: 'XML',
  needs: ['xmllint'],
  async check({ folder, siteUrl }) {
    const files = await filesOf(folder, '.xml');
    const found = await Promise.all(files.map((file) => checkFile(folder, file, siteUrl)));
    return found.flat();
  },
};

async function checkFile(folder: string, page: string, siteUrl: string): Promise<Finding[]> {
  const path = join(folder, page);
  const broken = await xmllint('--noout', path);
  if (broken) return [{ rule: 'xml-well-formed', page, message: broken }];
  const tree = parser.parse(await readFile(path, 'utf8')) as Xml;
  if (tree.urlset !== undefined) return checkSitemap(folder, page, tree.urlset as Xml, siteUrl);
  if (tree.sitemapindex !== undefined) return checkLocations(folder, page, list(tree.sitemapindex, 'sitemap'), siteUrl);
  if (tree.rss !== undefined)
    return checkFeed(tree.rss as Xml, page.startsWith('corrections/')).map((message) => ({
      rule: 'rss',
      page,
      message,
    }));
  return [{ rule: 'xml-unknown', page, message: 'This is neither a feed nor a sitemap.' }];
}

async function checkSitemap(folder: string, page: string, urlset: Xml, siteUrl: string): Promise<Finding[]> {
  // Without any story of the last two days, the news sitemap is empty, which news search engines accept.
  if (page === 'news-sitemap.xml' && list(urlset, 'url').length === 0) return [];
  const schema = join(import.meta.dirname, 'schemas/sitemap-all.xsd');
  const invalid = await xmllint('--noout', '--schema', schema, join(folder, page));
  const findings = invalid ? [{ rule: 'sitemap-schema', page, message: invalid }] : [];
  return [...findings, ...(await checkLocations(folder, page, list(urlset, 'url'), siteUrl))];
}

async function checkLocations(folder: string, page: string, entries: Xml[], siteUrl: string): Promise<Finding[]> {
  const checks = entries.map(async ({ loc }) => {
    const url = String(loc);
    if (!url.startsWith(`${siteUrl}/`)) return `${url} is not on ${siteUrl}.`;
    const path = decodeURIComponent(url.slice(siteUrl.length + 1));
    const file = join(folder, path, path === '' || path.endsWith('/') ? 'index.html' : '');
    return access(file).then(
      () => undefined,
      () => `${url} names no file.`,
    );
  });
  const messages = (await Promise.all(checks)).filter((message) => message !== undefined);
  if (entries.length === 0) messages.push('It is empty.');
  return messages.map((message) => ({ rule: 'sitemap-location', page, message }));
}

/**
 * What RSS 2.0 requires, and what feed readers need to distinguish items.
 *
 * @param canBeEmpty whether it is normal that nothing is in the feed, as in one of corrections
 */
function checkFeed(rss: Xml, canBeEmpty: boolean): string[] {
  const channel = (rss.channel ?? {}) as Xml;
  const items = list(channel, 'item');
  const guids = items.map((item) => textOf(item.guid));
  return [
    ...(rss['@version'] === '2.0' ? [] : ['The version is not 2.0.']),
    ...['title', 'link', 'description']
      .filter((name) => !textOf(channel[name]))
      .map((name) => `The channel has no ${name}.`),
    ...(list(channel, 'link')
      .concat(list(channel, 'atom:link'))
      .some((link) => link['@rel'] === 'self')
      ? []
      : ['There is no atom:link to the feed itself.']),
    ...(items.length > 0 || canBeEmpty ? [] : ['There are no items.']),
    ...(new Set(guids).size === guids.length ? [] : ['Two items have one guid.']),
    ...items.flatMap((item) =>
      ['title', 'link', 'guid', 'pubDate']
        .filter((name) => !textOf(item[name]))
        .map((name) => `An item has no ${name}.`),
    ),
    ...items.flatMap(({ pubDate }) =>
      rfc822.test(textOf(pubDate)) ? [] : [`"${textOf(pubDate)}" is no RFC 822 date.`],
    ),
    ...items.flatMap(({ link }) =>
      /^https?:\/\//.test(textOf(link)) ? [] : [`The link "${textOf(link)}" is not absolute.`],
    ),
  ];
}

const rfc822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (GMT|[+-]\d{4})$/;

interface Xml {
  [name: string]: unknown;
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false });

/** The children with a given name, however many there are. */
function list(parent: unknown, name: string): Xml[] {
  const found = (parent as Xml)[name];
  return found === undefined ? [] : ([found].flat() as Xml[]);
}

const textOf = (value: unknown): string =>
  value === undefined ? '' : String(typeof value === 'object' ? ((value as Xml)['#text'] ?? '') : value).trim();

/** The errors that xmllint reports, or undefined. It never uses the network. */
async function xmllint(...args: string[]): Promise<string | undefined> {
  return promisify(execFile)('xmllint', ['--nonet', ...args]).then(
    () => undefined,
    (error: { stderr: string }) => error.stderr.split('\n')[0],
  );
}
