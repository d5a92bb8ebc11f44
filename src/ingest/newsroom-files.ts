import { basename } from 'node:path';
import { readContent } from '../index/content-files.ts';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { deployFile } from '../newsroom/deploy-file.ts';
import {
  type AuthorFile,
  authorSchema,
  type PageFile,
  pageSchema,
  type SeriesFile,
  seriesSchema,
  sidecarSchema,
  type TopicsFile,
  topicsSchema,
} from '../newsroom/schema.ts';
import type { PictureText } from '../pictures/words.ts';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { seriesAddress, topicAddress } from '../site/address.ts';
import { measureAddress } from '../site/address-limits.ts';
import type { PartnerFeed } from '../site/feed-settings.ts';
import { type FrontFile, frontSchema } from '../site/front.ts';
import type { Hosting } from '../site/hosting.ts';
import { addressMistake } from '../site/link-address.ts';
import { baseOf, type Site, siteSchema, type Trust } from '../site/site.ts';
import { idOfTitle, signsOfTitle } from '../site/slug.ts';
import { linksOfCaption } from '../story/address-links.ts';
import { captionOf } from '../story/caption.ts';
import { isAuthorId } from '../story/names.ts';
import { unknownSection, wrongAddress } from '../story/problems/front-matter.ts';
import { captionNotALine } from '../story/problems/pictures.ts';
import type { AddressLink } from '../story/record.ts';
import type { PictureWordsFile } from '../story/schema.ts';
import { pictureTextOf } from '../story/show-picture.ts';
import { checkData, usableData } from '../yaml/check-data.ts';
import { formatVersion } from '../yaml/renamed-keys.ts';
import { linesOf, readSource, readYamlFile } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { allowProblems } from './check-allow.ts';
import { frontFile, seriesFile, siteFile, topicsFile } from './file-names.ts';
import {
  authorId,
  feedTwice,
  newerFormat,
  sectionTwice,
  seriesId,
  strayFile,
  strayHints,
  topicId,
  topicTwice,
  unknownFront,
} from './problems.ts';

/** Reads and checks the files around the stories: site.yaml, topics.yaml, authors, and standing pages. */

type Read<T> =
  | { data: T; source: Source; fileDigest: string }
  | ({ problems: Problem[] } & Partial<Pick<Source, 'body' | 'bodyLine'>>);

/** `content/site.yaml`, with its sections in the order of the navigation. */
export async function readSite(
  index: IndexHandle,
): Promise<
  | { data: Site; hosting: Hosting; trust: Trust; feeds: PartnerFeed[]; source: Source }
  | { problems: Problem[]; usable?: Site }
> {
  const source = readYamlFile(siteFile, readContent(index, siteFile));
  if ('problems' in source) return source;
  const checked = await checkData(siteSchema, source, siteFile, 'site.yaml');
  if ('problems' in checked) return { problems: checked.problems, usable: usableSite(source.data) };
  // The format version of the files does not affect any page, so pages must not depend on it.
  const { broadsheet: format = 1, theme: _, ...rest } = checked.data;
  const { redirects, hosts, headers, security, publicKey, manifest, crawlers, feeds, ...site } = rest;
  const lines = await linesOf(source);
  const problems: Problem[] = [];
  if (format > formatVersion)
    problems.push(newerFormat({ file: siteFile, line: lines(['broadsheet']) }, format, formatVersion));
  site.sections.forEach(({ id }, i) => {
    if (site.sections.findIndex((other) => other.id === id) < i)
      problems.push(sectionTwice({ file: siteFile, line: lines(['sections', i]) }, id));
  });
  feeds.forEach((feed, i) => {
    const at = (...more: (string | number)[]) => ({ file: siteFile, line: lines(['feeds', i, ...more]) });
    if (feeds.findIndex(({ id }) => id === feed.id) < i) problems.push(feedTwice(at('id'), feed.id));
    feed.sections?.forEach((id, j) => {
      const known = site.sections.map((section) => section.id);
      if (!known.includes(id.normalize('NFC'))) problems.push(unknownSection(at('sections', j), id, known));
    });
  });
  problems.push(...allowProblems(site.allow, (path) => ({ file: siteFile, line: lines(path) })));
  site.navigation.forEach(({ url }, i) => {
    problems.push(...checkAddress(siteFile, () => lines(['navigation', i, 'url']), url));
  });
  for (const key of ['url', 'logo'] as const) {
    const address = site.publisher?.[key];
    if (address !== undefined) problems.push(...checkAddress(siteFile, () => lines(['publisher', key]), address));
  }
  if (problems.length) return { problems, usable: site };
  const place = (order: number | undefined, i: number) => order ?? 1000 + i;
  const sections = site.sections
    .map((section, i) => ({ section, at: place(section.order, i), i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ section }) => section);
  return {
    data: { ...site, url: new URL(site.url).href, sections },
    hosting: { redirects, hosts, headers },
    trust: { security, publicKey, manifest, crawlers },
    feeds,
    source,
  };
}

/** A fragment alone works only on one page. */
function checkAddress(file: string, line: () => number, url: string): Problem[] {
  const mistake = addressMistake(url.startsWith('#') ? `./${url}` : url);
  return mistake ? [wrongAddress({ file, line: line() }, undefined, mistake)] : [];
}

/** A placeholder site for finding further mistakes although the site's own file has some. */
function usableSite(data: unknown): Site | undefined {
  const listed = (data as { sections?: unknown } | null)?.sections;
  const ids = (Array.isArray(listed) ? listed : []).flatMap((section: { id?: unknown } | null) =>
    typeof section?.id === 'string' ? [section.id.normalize('NFC')] : [],
  );
  // Without a list of sections, it is not known whether one is missing from it.
  if (ids.length === 0) return undefined;
  const usable = usableData(siteSchema, data, { name: '?', url: 'https://site.invalid/' });
  return siteSchema.safeParse({ ...usable, sections: ids.map((id) => ({ id, title: id })) }).data;
}

/** The contents of `content/topics.yaml`, and the id for each spelling. */
export interface Topics {
  entries: Record<string, { title?: string; description?: string }>;
  /** From `keyOfTopic` or `idOfTitle` of a spelling to the id of its topic. */
  ids: Record<string, string>;
}

/**
 * The key by which a title in topics.yaml is found. "AC/DC" and "AC DC" share their address, but two topics can have
 * these titles.
 */
export const keyOfTopic = (spelling: string, slug: string): string => `${slug}:${signsOfTitle(spelling)}`;

/** @param language of the site */
export async function readTopics(index: IndexHandle, language: string): Promise<Read<Topics>> {
  const source = readYamlFile(topicsFile, readContent(index, topicsFile));
  if ('problems' in source) return source;
  const checked = await checkData<TopicsFile>(topicsSchema, source, topicsFile, 'topics.yaml');
  if ('problems' in checked) return checked;
  const topics: Topics = { entries: {}, ids: {} };
  const idOf = (slug: string) => (Object.hasOwn(topics.ids, slug) ? topics.ids[slug] : undefined);
  const problems: Problem[] = [];
  const lines = await linesOf(source);
  const at = (id: string) => ({ file: topicsFile, line: lines([id]) });
  for (const written of Object.keys(checked.data)) {
    const id = written.normalize('NFC');
    const suggested = idOfTitle(id, language);
    if (suggested !== id) problems.push(topicId(at(id), id, suggested));
    const unholdable = measureAddress(topicAddress(id));
    if (unholdable?.severity === 'error')
      problems.push({ ...unholdable, ...at(id), hint: 'Write a shorter id, and give the name as its  title .' });
    topics.ids[id] = id;
  }
  for (const [written, entry] of Object.entries(checked.data)) {
    const id = written.normalize('NFC');
    topics.entries[id] = { title: entry?.title, description: entry?.description };
    for (const spelling of [...(entry?.title ? [entry.title] : []), ...(entry?.aliases ?? [])]) {
      const slug = idOfTitle(spelling, language);
      const key = keyOfTopic(spelling, slug);
      // Without a title, an id is its own title.
      const other = idOf(key) ?? (checked.data[slug]?.title === undefined && idOf(slug) === slug ? slug : undefined);
      if (other !== undefined && other !== id) problems.push(topicTwice(at(id), spelling, id, other));
      topics.ids[key] = id;
      if (slug && idOf(slug) === undefined) topics.ids[slug] = id;
    }
  }
  return problems.length ? { problems } : { data: topics, source, fileDigest: '' };
}

export async function readAuthor(index: IndexHandle, file: string): Promise<Read<AuthorFile>> {
  const source = readYamlFile(file, readContent(index, file));
  if ('problems' in source) return source;
  const checked = await checkData(authorSchema, source, file, 'an author');
  const id = basename(file).replace(/\.ya?ml$/, '');
  const problems = 'problems' in checked ? checked.problems : [];
  if (!isAuthorId(id)) problems.push(authorId(file, id));
  if ('data' in checked && checked.data.links) {
    const lines = await linesOf(source);
    for (const [i, { url }] of checked.data.links.entries())
      problems.push(...checkAddress(file, () => lines(['links', i, 'url']), url));
  }
  return problems.length || 'problems' in checked ? { problems } : { data: checked.data, source, fileDigest: '' };
}

/** `content/series.yaml`: the description of each series, by id. */
export async function readSeries(
  index: IndexHandle,
  language: string,
): Promise<Read<Record<string, { title?: string; description?: string }>>> {
  const source = readYamlFile(seriesFile, readContent(index, seriesFile));
  if ('problems' in source) return source;
  const checked = await checkData<SeriesFile>(seriesSchema, source, seriesFile, 'series.yaml');
  if ('problems' in checked) return checked;
  const lines = await linesOf(source);
  const problems: Problem[] = [];
  const entries: Record<string, { title?: string; description?: string }> = {};
  for (const [written, entry] of Object.entries(checked.data)) {
    const id = written.normalize('NFC');
    const suggested = idOfTitle(id, language);
    if (suggested !== id) problems.push(seriesId({ file: seriesFile, line: lines([written]) }, id, suggested));
    const unholdable = measureAddress(seriesAddress(id));
    if (unholdable?.severity === 'error')
      problems.push({ ...unholdable, file: seriesFile, line: lines([written]), hint: 'Write a shorter id.' });
    entries[id] = { title: entry?.title, description: entry?.description };
  }
  return problems.length ? { problems } : { data: entries, source, fileDigest: '' };
}

/** A file in `content/fronts/`, checked by itself. Whether its stories exist is checked for the whole newsroom. */
export async function readFront(index: IndexHandle, file: string, site: Site): Promise<Read<FrontFile>> {
  const source = readYamlFile(file, readContent(index, file));
  if ('problems' in source) return source;
  const checked = await checkData<FrontFile>(frontSchema, source, file, 'a front');
  const problems = 'problems' in checked ? checked.problems : [];
  const id = (frontFile.exec(file)?.[1] ?? '').normalize('NFC');
  const fronts = ['home', ...site.sections.map((section) => section.id)];
  if (!fronts.includes(id)) problems.push(unknownFront(file, id, fronts));
  return problems.length || 'problems' in checked ? { problems } : { data: checked.data, source, fileDigest: '' };
}

/** The texts in a sidecar file, `photo.jpg.yaml`, with the caption in both its forms. */
export async function readSidecar(
  index: IndexHandle,
  file: string,
  site: Site,
): Promise<{ words: PictureText; warnings: Problem[]; links: AddressLink[] } | { problems: Problem[] }> {
  const source = readYamlFile(file, readContent(index, file));
  if ('problems' in source) return source;
  const checked = await checkData<PictureWordsFile>(sidecarSchema, source, file, 'a sidecar');
  if ('problems' in checked) return checked;
  const words = pictureTextOf(checked.data);
  const caption = words.caption && captionOf(words.caption, { language: site.language, base: baseOf(site) });
  const { warnings } = source;
  const line = async () => (await linesOf(source))(['caption']);
  if (!caption) return { words, warnings, links: [] };
  if (!('reason' in caption)) {
    const hasLinks = caption.captionHtml?.includes('href=') === true;
    const standing = { site, language: site.language, address: '/' };
    const links = hasLinks ? linksOfCaption(words.caption, await line(), standing) : [];
    return { words: { ...words, ...caption }, warnings, links };
  }
  return { problems: [{ ...captionNotALine(caption.reason), file, line: await line() }] };
}

export async function readPage(index: IndexHandle, file: string): Promise<Read<PageFile>> {
  const bytes = readContent(index, file);
  const source = readSource(file, bytes);
  if ('problems' in source) return source;
  const checked = await checkData<PageFile>(pageSchema, source, file, 'a page');
  return 'problems' in checked
    ? { ...checked, body: source.body, bodyLine: source.bodyLine }
    : { data: checked.data, source, fileDigest: digestOf(bytes) };
}

/** Reports a file in `content/` that was probably meant to be another one. */
export function misplacedFile(file: string): Problem | undefined {
  if (/\.mdx?$/i.test(file)) return strayFile(file, strayHints.text);
  if (/^content\/authors\/.+\.ya?ml$/i.test(file)) return strayFile(file, strayHints.author);
  if (/^content\/fronts\/.+\.ya?ml$/i.test(file)) return strayFile(file, strayHints.front);
  const known = [siteFile, topicsFile, seriesFile, deployFile];
  if (!/^content\/[^/]+\.ya?ml$/i.test(file) || known.includes(file)) return undefined;
  const meant = nearest(file, known);
  return meant ? strayFile(file, `Did you mean  ${meant} ?`) : undefined;
}
