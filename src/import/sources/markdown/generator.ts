import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { languageOf } from '../../field-values.ts';
import { isRecord } from '../../front-matter.ts';
import { readRecord, textAt } from './config-files.ts';

/** The tool that made the old site. */
export type Generator =
  | 'jekyll'
  | 'hugo'
  | 'zola'
  | 'hexo'
  | 'eleventy'
  | 'astro'
  | 'gatsby'
  | 'docusaurus'
  | 'obsidian'
  | 'unknown';

/** What the configuration of the old site says. */
export interface OldSite {
  generator: Generator;
  /** The folder with the configuration. The archive is this folder or one in it. */
  root: string;
  config: Readonly<Record<string, unknown>>;
  /** `https://old.example`, without a path. */
  origin?: string;
  /** The path below which the site was, such as `/blog`, or ''. */
  base: string;
  timeZone?: string;
  /** The language of files that name none, and all languages, in the form of the site: `pt-br`. */
  language?: string;
  languages: readonly string[];
  /** Hugo: the folder of a language, if it has one, relative to the archive. */
  languageFolders: ReadonlyMap<string, string>;
}

const parentsMax = 3;

const marks: [RegExp, Generator][] = [
  [/^_config\.(?:ya?ml|toml)$/, 'jekyll'],
  [/^(?:hugo|config)\.(?:toml|ya?ml|json)$/, 'hugo'],
  [/^zola\.toml$/, 'zola'],
  [/^(?:\.eleventy|eleventy\.config)\.[cm]?[jt]s$/, 'eleventy'],
  [/^astro\.config\.[cm]?[jt]s$/, 'astro'],
  [/^gatsby-config\.[cm]?[jt]s$/, 'gatsby'],
  [/^docusaurus\.config\.[cm]?[jt]s$/, 'docusaurus'],
  [/^(?:quartz\.config\.ts|\.obsidian)$/, 'obsidian'],
];

/** Reads the configuration in a folder or, if it has none, in one of the folders around it. */
export function readOldSite(folder: string): OldSite {
  for (let at = folder, steps = 0; steps <= parentsMax; at = dirname(at), steps++) {
    const names = namesIn(at);
    for (const [pattern, generator] of marks) {
      const name = names.find((each) => pattern.test(each));
      if (name === undefined) continue;
      const config = (statSync(join(at, name)).isFile() && readRecord(join(at, name))) || {};
      return siteOf(kindOf(generator, config, at), at, withFolderConfig(config, at), folder);
    }
    if (existsSync(join(at, 'config/_default'))) return siteOf('hugo', at, withFolderConfig({}, at), folder);
    if (dirname(at) === at || names.includes('.git')) break;
  }
  const generator = namesIn(folder).includes('_posts') ? 'jekyll' : 'unknown';
  return { generator, root: folder, config: {}, base: '', languages: [], languageFolders: new Map() };
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

/** Hexo and Jekyll, and Zola and Hugo, use the same names of files. */
function kindOf(generator: Generator, config: Readonly<Record<string, unknown>>, root: string): Generator {
  if (generator === 'jekyll')
    return 'skip_render' in config || 'new_post_name' in config || existsSync(join(root, 'source/_posts'))
      ? 'hexo'
      : 'jekyll';
  if (generator === 'hugo') return 'base_url' in config || 'compile_sass' in config ? 'zola' : 'hugo';
  return generator;
}

/** Hugo's `config/_default/*.toml`: each file is a key, except `hugo` and `config`. */
function withFolderConfig(config: Readonly<Record<string, unknown>>, root: string): Record<string, unknown> {
  const all: Record<string, unknown> = { ...config };
  const folder = join(root, 'config/_default');
  for (const name of namesIn(folder)) {
    const found = /^([\w-]+?)(?:\.([a-z]{2}(?:-[a-z]{2,4})?))?\.(?:toml|ya?ml|json)$/i.exec(name);
    const data = found && readRecord(join(folder, name));
    if (!data) continue;
    const key = found[1] as string;
    if (key === 'hugo' || key === 'config') Object.assign(all, data);
    else if (key === 'languages' && found[2] !== undefined)
      all.languages = { ...(isRecord(all.languages) ? all.languages : {}), [found[2]]: data };
    else if (found[2] === undefined) all[key] = isRecord(all[key]) ? { ...all[key], ...data } : data;
  }
  return all;
}

function siteOf(generator: Generator, root: string, config: Record<string, unknown>, folder: string): OldSite {
  const url =
    textAt(config, 'url') ??
    textAt(config, 'baseURL') ??
    textAt(config, 'baseurl') ??
    textAt(config, 'base_url') ??
    textAt(config, 'site') ??
    textAt(config, 'siteUrl');
  const complete = url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  const isLocal =
    complete !== undefined && /^(?:localhost|127\.|0\.0\.0\.0|example\.(?:com|org)$|yoursite)/.test(complete.hostname);
  const path = [
    complete?.pathname,
    textAt(config, 'baseurl'),
    textAt(config, 'root'),
    textAt(config, 'baseUrl'),
    textAt(config, 'base'),
    textAt(config, 'pathPrefix'),
  ]
    .map((each) => each?.replace(/\/+$/, ''))
    .find((each) => each !== undefined && each !== '' && each.startsWith('/'));
  const { language, languages, languageFolders } = languagesOf(generator, config, root, folder);
  return {
    generator,
    root,
    config,
    ...(complete && !isLocal ? { origin: complete.origin } : {}),
    base: path ?? '',
    timeZone: zoneOf(config),
    language,
    languages,
    languageFolders,
  };
}

function zoneOf(config: Record<string, unknown>): string | undefined {
  const zone = textAt(config, 'timezone') ?? textAt(config, 'timeZone');
  if (zone === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function languagesOf(
  generator: Generator,
  config: Record<string, unknown>,
  root: string,
  folder: string,
): Pick<OldSite, 'language' | 'languages' | 'languageFolders'> {
  const folders = new Map<string, string>();
  const codes: string[] = [];
  const { languages, locales } = config;
  if (isRecord(languages))
    for (const [code, each] of Object.entries(languages)) {
      if (languageOf(code) === undefined) continue;
      codes.push(code.toLowerCase());
      const own = textAt(each, 'contentDir') ?? textAt(each, 'contentdir');
      if (own !== undefined) folders.set(code.toLowerCase(), relative(folder, join(root, own)).replaceAll('\\', '/'));
    }
  else if (Array.isArray(languages) || Array.isArray(locales))
    for (const code of (Array.isArray(languages) ? languages : locales) as unknown[])
      if (typeof code === 'string' && languageOf(code) !== undefined) codes.push(code.toLowerCase());
  const named =
    textAt(config, 'defaultContentLanguage') ??
    textAt(config, 'defaultcontentlanguage') ??
    textAt(config, 'default_language') ??
    textAt(config, 'defaultLocale') ??
    textAt(config, 'languageCode') ??
    textAt(config, 'lang') ??
    textAt(config, 'language') ??
    textAt(config, 'locale');
  const language = languageOf(named) === undefined ? undefined : named?.toLowerCase();
  if (generator === 'hugo' && codes.length > 0 && language === undefined)
    return { language: 'en', languages: codes, languageFolders: folders };
  return { language, languages: codes, languageFolders: folders };
}
