import { join, relative } from 'node:path';
import { isRecord } from '../../front-matter.ts';
import { type FileName, readFileName } from '../../old-address.ts';
import type { StoryFields } from '../../story-fields.ts';
import { textAt } from './config-files.ts';
import type { OldSite } from './generator.ts';
import type { FileLanguage } from './languages.ts';

/** Folders that generators leave out of addresses. */
const contentRoots: Partial<Record<OldSite['generator'], RegExp>> = {
  hugo: /^(?:.*?\/)??content\//,
  zola: /^(?:.*?\/)??content\//,
  hexo: /^(?:.*?\/)??source\//,
  astro: /^(?:.*?\/)??src\/(?:content|pages)\//,
  gatsby: /^(?:.*?\/)??(?:content\/(?:blog|posts)|content|src\/pages)\//,
  eleventy: /^(?:src\/content|src\/site|src|content|site)\//,
  obsidian: /^content\//,
};

/**
 * What the name of a file says about its old address, and the pattern by which its generator made that address.
 *
 * @param folder the archive
 */
export function oldPlace(
  language: FileLanguage,
  fields: StoryFields,
  { site, folder }: { site: OldSite; folder: string },
): { name: FileName; pattern?: string; isHidden?: string } {
  const { generator, root, base, config } = site;
  const own = relative(root, join(folder, language.stem)).replaceAll('\\', '/');
  const path = (generator === 'unknown' ? language.stem : own).replace(contentRoots[generator] ?? /^$/, '');
  const read = readFileName(path);
  const name: FileName = generator === 'hugo' ? lowered(read) : read;
  const at = (pattern: string): { name: FileName; pattern: string } => ({
    name,
    pattern: `${base}${prefixOf(language, site)}${pattern.startsWith('/') ? pattern : `/${pattern}`}`,
  });
  switch (generator) {
    case 'jekyll':
      return ofJekyll(own, name, config, at);
    case 'hexo': {
      const pattern = textAt(config, 'permalink') ?? ':year/:month/:day/:title/';
      return /(?:^|\/)_(?:posts|drafts)\//.test(own) ? at(pattern) : at('/{path}/');
    }
    case 'hugo':
      return at(ofHugo(name, config, fields));
    case 'zola':
      return at(name.folders.length > 0 ? '/:sections/{slug}/' : '/{slug}/');
    case 'docusaurus':
      return ofDocusaurus(name, fields, config, at) ?? { name };
    case 'eleventy':
      return at(name.folders.length > 0 ? '/:sections/{slug}/' : '/{slug}/');
    case 'astro':
    case 'gatsby':
    case 'obsidian':
      return fields.slug === undefined || name.folders.length === 0 ? at('/{path}/') : at('/:sections/{slug}/');
    default:
      return { name };
  }
}

/** Hugo and others put every language but their own below its code. */
function prefixOf({ code, isOriginal }: FileLanguage, { generator, config, language }: OldSite): string {
  const inFolder = config.defaultContentLanguageInSubdir === true;
  if (generator === 'hugo' && inFolder) return `/${code ?? language ?? 'en'}`;
  return code === undefined || isOriginal || code === language ? '' : `/${code}`;
}

const lowered = (name: FileName): FileName => {
  const lower = (text: string): string => text.toLowerCase().replace(/\s+/g, '-');
  return {
    ...name,
    path: lower(name.path),
    name: lower(name.name),
    slug: lower(name.slug),
    folders: name.folders.map(lower),
  };
};

type At = (pattern: string) => { name: FileName; pattern: string };

function ofJekyll(own: string, name: FileName, config: OldSite['config'], at: At): ReturnType<typeof oldPlace> {
  const style = textAt(config, 'permalink') ?? 'date';
  if (/(?:^|\/)_(?:posts|drafts)\//.test(own)) return at(styles[style] ?? style);
  const collection = /^(?:[^/]+\/)?_([^/]+)\//.exec(own)?.[1];
  const known = collection === undefined || !isRecord(config.collections) ? undefined : config.collections[collection];
  if (collection !== undefined && isRecord(known)) {
    if (known.output === false || known.output === undefined)
      return { name, isHidden: `the collection ${collection} was not published` };
    const ofCollection = {
      ...name,
      path: name.path.replace(/^(?:[^/]+\/)?_[^/]+\//, ''),
      folders: [collection, ...name.folders.slice(1)],
    };
    const pattern = textAt(known, 'permalink') ?? '/:collection/:path.html';
    return { ...at(pattern), name: ofCollection };
  }
  return at(style === 'pretty' || /\/$/.test(style) ? '/{path}/' : '/{path}.html');
}

const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  weekdate: '/:categories/:year/W:week/:short_day/:title.html',
  none: '/:categories/:title.html',
};

function ofHugo(name: FileName, config: OldSite['config'], fields: StoryFields): string {
  const permalinks = isRecord(config.permalinks) ? config.permalinks : {};
  const pages = isRecord(permalinks.page) ? permalinks.page : permalinks;
  const section = name.folders[0];
  const pattern = section === undefined ? undefined : pages[section];
  const ends = config.uglyURLs === true || config.uglyurls === true ? '.html' : '/';
  // Hugo's own default keeps a date in the name of the file.
  if (typeof pattern !== 'string')
    return fields.slug === undefined
      ? `/{path}${ends}`
      : `${name.folders.length > 0 ? '/:sections' : ''}/{slug}${ends}`;
  // In Hugo, `:title` is the title and `:slug` is the slug or the title.
  return pattern
    .replace(/:title\b/g, ':post_title')
    .replace(/:slug\b(?!or)/g, fields.slug === undefined ? ':post_title' : ':slug');
}

function ofDocusaurus(
  name: FileName,
  fields: StoryFields,
  config: OldSite['config'],
  at: At,
): ReturnType<typeof oldPlace> | undefined {
  if (!/^blog/.test(name.folders[0] ?? '')) return undefined;
  const base = `/${(textAt(config, 'routeBasePath') ?? name.folders[0] ?? 'blog').replace(/^\/|\/$/g, '')}`;
  if (fields.slug !== undefined) return at(`${base}/${fields.slug.replace(/^\//, '')}`);
  return at(name.date === undefined ? `${base}/{slug}` : `${base}/:year/:month/:day/{slug}`);
}
