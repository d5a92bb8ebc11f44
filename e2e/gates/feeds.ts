import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { filesOf } from '../files.ts';
import type { Finding, Gate } from './gate.ts';
import jsonFeedSchema from './schemas/json-feed.schema.json' with { type: 'json' };

/**
 * Feeds are valid, and feed readers understand them: Atom follows the grammar of RFC 4287, JSON Feed its schema, and
 * feedparser reads RSS and Atom without complaint. The formats of a feed have the same items. Whatever an item names
 * exists.
 */
export const feeds: Gate = {
  name: 'feeds',
  needs: ['xmllint', 'feedparser'],
  async check({ folder, siteUrl }) {
    const found = await Promise.all(
      ['feed.xml', 'feed.atom', 'feed.json'].map(async (name) =>
        (await filesOf(folder, name)).filter((file) => /(?:^|\/)feed\.\w+$/.test(file)),
      ),
    );
    const [rss = [], atom = [], json = []] = found;
    const parsed = new Map<string, Parsed>();
    const xml = [...rss, ...atom];
    for (const [at, one] of (await readAll(xml.map((file) => join(folder, file)))).entries()) parsed.set(xml[at]!, one);
    const findings: Finding[] = [];
    const say = (rule: string, page: string) => (message: string | undefined) =>
      message !== undefined && findings.push({ rule, page, message });
    for (const page of atom) say('atom-grammar', page)(await atomFault(join(folder, page)));
    for (const page of json) {
      const feed = JSON.parse(await readFile(join(folder, page), 'utf8')) as JsonFeed;
      if (!isJsonFeed(feed)) {
        const [fault] = isJsonFeed.errors ?? [];
        say('json-feed-schema', page)(`${fault?.instancePath} ${fault?.message}`);
      } else parsed.set(page, fromJson(feed));
    }
    for (const [page, feed] of parsed) for (const message of faultsOf(feed)) say('feed', page)(message);
    for (const page of rss) {
      const guids =
        (await readFile(join(folder, page), 'utf8')).match(/<guid(?! isPermaLink="false")[^>]*>[^<]*/g) ?? [];
      for (const guid of guids) say('feed-identity', page)(`${guid} is said to be a link.`);
      for (const message of differences(page, parsed)) say('feed-formats', page)(message);
    }
    for (const [page, { entries }] of parsed)
      for (const url of new Set(entries.flatMap(named))) say('feed-dead', page)(await missing(folder, siteUrl, url));
    return findings;
  },
};

interface Parsed {
  version: string;
  /** What feedparser complains about. */
  broken: string;
  title: string;
  entries: Entry[];
}

interface Entry {
  id: string;
  title: string;
  link: string;
  published: boolean;
  updated: boolean;
  html: string;
  pictures: string[];
  recordings: string[];
}

interface JsonFeed {
  title: string;
  items: {
    id: string;
    title: string;
    url: string;
    content_html?: string;
    date_modified?: string;
    image?: string;
    attachments?: { url: string }[];
  }[];
}

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);
const isJsonFeed = ajv.compile<JsonFeed>(jsonFeedSchema);

async function readAll(paths: string[]): Promise<Parsed[]> {
  const running = promisify(execFile)('/usr/bin/python3', [join(import.meta.dirname, 'read-feeds.py')], {
    maxBuffer: 1 << 28,
  });
  running.child.stdin?.end(paths.join('\n'));
  const { stdout } = await running;
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Parsed);
}

const fromJson = ({ title, items }: JsonFeed): Parsed => ({
  version: 'json',
  broken: '',
  title,
  entries: items.map(({ id, title: headline, url, content_html, date_modified, image, attachments = [] }) => ({
    ...{ id, title: headline, link: url, published: true, updated: date_modified !== undefined },
    html: content_html ?? '',
    pictures: image === undefined ? [] : [image],
    recordings: attachments.map((attachment) => attachment.url),
  })),
});

async function atomFault(path: string): Promise<string | undefined> {
  const schema = join(import.meta.dirname, 'schemas/atom.rng');
  return promisify(execFile)('xmllint', ['--nonet', '--noout', '--relaxng', schema, path]).then(
    () => undefined,
    (error: { stderr: string }) => error.stderr.split('\n')[0],
  );
}

function faultsOf({ broken, title, entries }: Parsed): string[] {
  const ids = entries.map(({ id }) => id);
  return [
    ...(broken === '' ? [] : [`feedparser: ${broken}`]),
    ...(title === '' ? ['The feed has no title.'] : []),
    ...(new Set(ids).size < ids.length ? ['Two items have the same identity.'] : []),
    ...entries.flatMap(({ id, title: headline, published, updated, html }) => [
      ...(/^tag:[^,]+,\d{4}(?:-\d\d){0,2}:\S+$/.test(id) ? [] : [`"${id}" is no tag URI.`]),
      ...(headline === '' ? [`"${id}" has no title.`] : []),
      ...(published && updated ? [] : [`"${id}" lacks a time.`]),
      ...[...html.matchAll(/ (?:href|src|cite)="(?![a-z][a-z\d+.-]*:|\/\/)([^"]*)"/gi)].map(
        ([, url]) => `The address "${url}" in "${id}" is not complete.`,
      ),
      ...[...html.matchAll(/<(script|style|aside|figure)\b[^>]*>(?:\s*<\/\1>)|<script/gi)].map(
        ([found]) => `"${id}" contains ${found}.`,
      ),
    ]),
  ];
}

/** What the formats of one feed do not have in common. */
function differences(rss: string, parsed: ReadonlyMap<string, Parsed>): string[] {
  const itemsOf = (page: string) =>
    parsed.get(page)?.entries.map(({ id, title, link, html }) => [id, title, link, html.trim()]);
  const expected = JSON.stringify(itemsOf(rss));
  return ['atom', 'json'].flatMap((ending) => {
    const other = rss.replace(/xml$/, ending);
    const items = itemsOf(other);
    if (items === undefined) return [`There is no ${other}.`];
    return JSON.stringify(items) === expected ? [] : [`${other} has other items.`];
  });
}

const named = ({ link, html, pictures, recordings }: Entry): string[] => [
  link,
  ...pictures,
  ...recordings,
  ...[...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, url]) => url!.replaceAll('&amp;', '&')),
];

async function missing(folder: string, siteUrl: string, url: string): Promise<string | undefined> {
  if (!url.startsWith(`${siteUrl}/`)) return undefined;
  const path = decodeURIComponent(url.slice(siteUrl.length + 1).replace(/[?#].*/s, ''));
  const file = join(folder, path, path === '' || path.endsWith('/') ? 'index.html' : '');
  return access(file).then(
    () => undefined,
    () => `${url} names no file.`,
  );
}
