import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { type Site, siteSchema } from '../site/site.ts';
import { slugify } from '../site/slug.ts';
import { isAuthorId } from '../story/derive.ts';
import { type AuthorFile, authorSchema, type PageFile, pageSchema, type TopicsFile, topicsSchema } from '../story/schema.ts';
import { checkData, linesOf, readSource, readYamlFile, type Source } from '../story/source.ts';
import { desk } from './desk.ts';
import { digestOf } from './digest.ts';

/** Reads and checks the files around the stories: site.yaml, topics.yaml, authors, standing pages. */

type Read<T> = { data: T; source: Source; fileDigest: string } | { problems: Problem[] };

export const siteFile = 'content/site.yaml';
export const topicsFile = 'content/topics.yaml';
export const authorFile = /^content\/authors\/([^/]+)\.ya?ml$/;
export const pageFile = /^content\/pages\/([^/]+)\.mdx?$/;
export const storyFile = /^content\/stories\/.+\.mdx?$/i;

const bytesOf = (file: string): Buffer => readFileSync(join(desk().root, file));

/** `content/site.yaml`, its sections in the order of the navigation. */
export async function readSite(): Promise<Read<Site>> {
  const source = readYamlFile(siteFile, bytesOf(siteFile));
  if ('problems' in source) return source;
  const checked = await checkData(siteSchema, source, siteFile, 'site.yaml');
  if ('problems' in checked) return checked;
  const site = checked.data;
  const lines = await linesOf(source);
  const problems: Problem[] = [];
  site.sections.forEach(({ id }, i) => {
    if (site.sections.findIndex((other) => other.id === id) < i)
      problems.push({
        rule: 'section-twice',
        severity: 'error',
        file: siteFile,
        line: lines(['sections', i]),
        message: `There are two sections with the id "${id}".`,
        hint: 'Give one of them another id.',
      });
  });
  site.navigation.forEach(({ url }, i) => {
    if (!/^(https?:\/\/|mailto:|\/(?!\/))/.test(url))
      problems.push({
        rule: 'link-scheme',
        severity: 'error',
        file: siteFile,
        line: lines(['navigation', i, 'url']),
        message: `"${url}" is no address that readers may be sent to.`,
        hint: 'Write a path that begins with / , or a complete address that begins with https:// .',
      });
  });
  if (problems.length) return { problems };
  const place = (order: number | undefined, i: number) => order ?? 1000 + i;
  const sections = site.sections
    .map((section, i) => ({ section, at: place(section.order, i), i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ section }) => section);
  return { data: { ...site, url: new URL(site.url).href, sections }, source, fileDigest: '' };
}

/** What `content/topics.yaml` says, and which id each spelling stands for. */
export interface Topics {
  entries: Record<string, { title?: string; description?: string }>;
  /** From a spelling's slug to the id of its topic. */
  ids: Record<string, string>;
}

export async function readTopics(): Promise<Read<Topics>> {
  const source = readYamlFile(topicsFile, bytesOf(topicsFile));
  if ('problems' in source) return source;
  const checked = await checkData<TopicsFile>(topicsSchema, source, topicsFile, 'topics.yaml');
  if ('problems' in checked) return checked;
  const topics: Topics = { entries: {}, ids: {} };
  const problems: Problem[] = [];
  const lines = await linesOf(source);
  const problem = (id: string, rule: string, message: string, hint: string) =>
    problems.push({ rule, severity: 'error', file: topicsFile, line: lines([id]), message, hint });
  for (const id of Object.keys(checked.data)) {
    if (slugify(id) !== id)
      problem(id, 'topic-id', `"${id}" cannot stand in an address.`, `Write  ${slugify(id) || '…'}:  and give  title: ${JSON.stringify(id)} .`);
    topics.ids[id] = id;
  }
  for (const [id, entry] of Object.entries(checked.data)) {
    topics.entries[id] = { title: entry?.title, description: entry?.description };
    for (const spelling of [...(entry?.title ? [entry.title] : []), ...(entry?.aliases ?? [])]) {
      const slug = slugify(spelling);
      const other = topics.ids[slug];
      if (other !== undefined && other !== id)
        problem(id, 'topic-twice', `"${spelling}" stands for the topic "${id}" and for "${other}".`, 'Take it out of one of the two.');
      if (slug) topics.ids[slug] = id;
    }
  }
  return problems.length ? { problems } : { data: topics, source, fileDigest: '' };
}

export async function readAuthor(file: string): Promise<Read<AuthorFile>> {
  const source = readYamlFile(file, bytesOf(file));
  if ('problems' in source) return source;
  const checked = await checkData(authorSchema, source, file, 'an author');
  const id = basename(file).replace(/\.ya?ml$/, '');
  const problems = 'problems' in checked ? checked.problems : [];
  if (!isAuthorId(id))
    problems.push({
      rule: 'author-id',
      severity: 'error',
      file,
      line: 1,
      message: `"${id}" cannot be an author's id: it stands in bylines and addresses.`,
      hint: `Name the file ${slugify(id) || 'first-last'}.yaml.`,
    });
  if ('data' in checked)
    for (const [i, { url }] of (checked.data.links ?? []).entries())
      if (!/^(https?:\/\/|mailto:|tel:|\/(?!\/))/.test(url))
        problems.push({
          rule: 'link-scheme',
          severity: 'error',
          file,
          line: (await linesOf(source))(['links', i, 'url']),
          message: `"${url}" is no address that readers may be sent to.`,
          hint: 'Write a complete address that begins with https:// , or mailto: and an e-mail address.',
        });
  return problems.length || 'problems' in checked ? { problems } : { data: checked.data, source, fileDigest: '' };
}

export async function readPage(file: string): Promise<Read<PageFile>> {
  const bytes = bytesOf(file);
  const source = readSource(file, bytes);
  if ('problems' in source) return source;
  const checked = await checkData<PageFile>(pageSchema, source, file, 'a page');
  return 'problems' in checked ? checked : { data: checked.data, source, fileDigest: digestOf(bytes) };
}

/** Says so when a file of `content/` was probably meant to be another. */
export function strayFile(file: string): Problem | undefined {
  const known = [siteFile, topicsFile];
  if (!/^content\/[^/]+\.ya?ml$/.test(file) || known.includes(file)) return undefined;
  const meant = nearest(file, known);
  if (!meant) return undefined;
  return { rule: 'stray-file', severity: 'warning', file, line: 1, message: 'Nothing reads this file.', hint: `Did you mean ${meant} ?` };
}
