import { copyFileSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../../fault.ts';
import { readFields } from '../../fields.ts';
import { dayInPath, type FileName, readFileName } from '../../old-address.ts';
import type { BrokenItem, ItemBody, Source, SourceFacts, SourceItem, SourceOptions } from '../../source.ts';
import { findSources, type SourceFolder } from '../../source-folder.ts';
import type { StoryFields } from '../../story-fields.ts';
import { type AuthorList, readAuthors } from './authors.ts';
import { folderDefaults } from './folder-defaults.ts';
import { type OldSite, readOldSite } from './generator.ts';
import { includedFiles } from './included.ts';
import { meaningOfIndex } from './index-texts.ts';
import { type FileLanguage, readLanguages } from './languages.ts';
import { mapKeys } from './map-keys.ts';
import { oldPlace } from './old-permalinks.ts';
import { kindOfFile } from './other-files.ts';
import { emptyFile, readBody, readSourceFile, type SourceText, startOf, type TextStart } from './read-source-file.ts';
import { readRedirects } from './redirects.ts';

/** A folder of Markdown files with front matter, as Jekyll, Hugo, Eleventy, Astro, and others have them. */
export function markdownSource(options: SourceOptions): Source {
  const { source: folder, except } = options;
  const site = readOldSite(folder);
  const authors = readAuthors(folder, site.root, site.config);
  const context = {
    ...options.context,
    people: authors,
    originHosts: options.context.originHosts ?? (site.origin === undefined ? undefined : [new URL(site.origin).host]),
  };
  const defaults = folderDefaults(folder, site);
  const read = readRedirects([folder, site.root]);
  const redirects = [...read.redirects];
  const notes: { file: string; note: string }[] = read.patterns.map((pattern) => ({
    file: '_redirects',
    note: `a redirect with a pattern stands for many addresses and was not kept: ${pattern}`,
  }));
  let found: SourceFolder | undefined;
  const posts = new Set<string>();
  const included = includedFiles(join(site.root, '_includes'));
  /** Where the texts begin, so that the front matter need not be parsed a second time. */
  const starts = new Map<string, TextStart>();
  /** Markdown files that are no texts of their own. */
  const generator = new Set<string>();

  return {
    kind: 'markdown',
    folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      found = findSources(folder, except, site.root === folder && site.generator !== 'unknown');
      const files = found.files.filter((file) => !authors.files.has(file));
      const indexes = found.indexes.filter((file) => !authors.files.has(file));
      const languages = readLanguages([...files, ...indexes, ...found.pages], site);
      const bundles = bundlesOf(site, files);
      // An author's page of Hugo is read as an author.
      for (const { file, reason } of found.skipped)
        if (!authors.files.has(file)) yield { key: file, where: file, reason };
      for (const file of [...files, ...indexes, ...found.pages]) {
        try {
          const item = itemOf(file, languages.get(file) ?? { stem: file, isOriginal: true }, bundles);
          if (item) yield item;
        } catch (error) {
          yield { key: file, where: file, reason: faultOf(error) };
        }
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      for (const file of wanted) {
        const text = readBody(folder, file, starts.get(file));
        if ('reason' in text)
          yield { key: file, kind: 'broken', reason: `it changed while it was imported: ${text.reason}` };
        else
          yield {
            key: file,
            kind: 'markdown',
            text: text.text,
            bodyStart: text.bodyStart,
            isMdx: /\.mdx$/i.test(file),
            isHtml: isHtml(file),
            siteWords: site.config,
            included: site.generator === 'jekyll' ? included : undefined,
          };
      }
    },
    async keep(file, to) {
      const path = join(folder, file);
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return false;
      copyFileSync(path, to);
      return true;
    },
    pictureFiles: (url) => {
      // Obsidian names a picture without its folder.
      if (/[/:?#]/.test(url)) return [];
      const named = (found?.others ?? []).filter((file) => file === url || file.endsWith(`/${url}`));
      return named.length === 1 ? named.map((file) => join(folder, file)) : [];
    },
    facts: () => ({
      ...factsOf(site, authors),
      redirects,
      notes: [...notes, ...(found?.notes ?? [])],
      files: otherFiles(),
      left: found?.left.lines() ?? [],
    }),
  };

  function itemOf(
    file: string,
    language: FileLanguage,
    bundles: ReadonlySet<string>,
  ): SourceItem | BrokenItem | undefined {
    const text = readSourceFile(folder, file);
    const isIndex = found?.indexes.includes(file) === true;
    if ('reason' in text && isIndex && text.reason === emptyFile) {
      generator.add(file);
      return undefined;
    }
    if ('reason' in text) return isHtml(file) ? undefined : { key: file, where: file, reason: text.reason };
    const name = readFileName(file);
    // An HTML file is a post if it has a date, and otherwise a template or a page that was built.
    if (
      isHtml(file) &&
      (text.data.size === 0 || (name.date === undefined && !hasDate(text.data) && !/(?:^|\/)_posts\//.test(file)))
    )
      return undefined;
    if (isIndex && !isPageOfItsOwn(file, text, language)) return undefined;
    posts.add(file);
    starts.set(file, startOf(text));
    const data = new Map([...defaults(file), ...text.data]);
    const fields = readFields(mapKeys(data, options.map), context);
    const stem = isIndex ? withoutMark(language.stem) : language.stem;
    const place = oldPlace({ ...language, stem }, fields, { site, folder });
    fields.draft ??= place.isHidden ?? hiddenPlace(file, bundles);
    setLanguage(fields, language);
    if (site.generator === 'zola') {
      fields.addresses = fields.addresses.map((address) => (/^(?:\/|https?:)/.test(address) ? address : `/${address}`));
    }
    const pattern = place.pattern;
    if (fields.redirectTo !== undefined) {
      readRedirect(fields);
      posts.delete(file);
      generator.add(file);
      return undefined;
    }
    const heading = fields.headline === undefined ? headingOf(text.text.slice(text.bodyStart)) : undefined;
    return {
      key: file,
      where: file,
      fields: { ...fields, pattern },
      name: withDay(place.name, file, fields),
      heading,
      isPage: isIndex || isPage(file, text.data, fields),
      notes: [...text.notes, ...(fields.notes ?? [])],
    };
  }

  /** A file that only leads elsewhere is no story. */
  function readRedirect(fields: StoryFields): void {
    const to = fields.redirectTo ?? '';
    for (const from of [fields.address, ...fields.addresses])
      if (from !== undefined && !from.includes('{')) redirects.push({ from, to });
  }

  /** Whether the text of a list page becomes a standing page. If not, a note says where it belongs. */
  function isPageOfItsOwn(file: string, { text, data, bodyStart }: SourceText, language: FileLanguage): boolean {
    const stem = withoutMark(language.stem);
    const { name } = oldPlace({ ...language, stem }, { topics: [], byline: [], addresses: [] }, { site, folder });
    const title = data.get('title');
    const headline = typeof title === 'string' ? title : undefined;
    const meaning = meaningOfIndex({ name, headline, body: text.slice(bodyStart) }, options.context.site);
    if (meaning.kind === 'page') return true;
    generator.add(file);
    if (meaning.note !== undefined) notes.push({ file, note: meaning.note });
    return false;
  }

  function otherFiles(): SourceFacts['files'] {
    const pages = (found?.pages ?? []).filter((file) => !posts.has(file));
    return [
      ...pages.map((file) => ({ file, kind: kindOfFile(file) })),
      ...(found?.others ?? []).map((file) => ({ file, kind: kindOfFile(file) })),
      ...[...generator, ...(found?.generator ?? [])].map((file) => ({ file, kind: 'generator' as const })),
      ...[...authors.files]
        .filter((file) => /\.(?:md|mdx|markdown)$/.test(file) && !file.startsWith('..'))
        .map((file) => ({ file, kind: 'generator' as const })),
    ];
  }
}

/** The place of `blog/_index.md` is that of `blog/index.md`. */
const withoutMark = (file: string): string => file.replace(/(^|\/)_index\./i, '$1index.');
const isHtml = (file: string): boolean => /\.html?$/i.test(file);
const hasDate = (data: ReadonlyMap<string, unknown>): boolean =>
  [...data.keys()].some((key) => /^(?:date|published|pubdate|publishdate|created|posted)(?:_?at|_?date)?$/i.test(key));

/** Hugo publishes the files of each language's folder, and of its static folders, from the root. */
function rootsOf({ generator, languageFolders, config }: OldSite): string[] {
  if (generator !== 'hugo') return [];
  const named = [config.staticDir, config.staticdir].flat().filter((folder) => typeof folder === 'string');
  return [...languageFolders.values(), ...named].filter((folder) => !folder.startsWith('..'));
}

function factsOf(site: OldSite, authors: AuthorList): SourceFacts {
  return {
    origin: site.origin === undefined ? undefined : site.origin + site.base,
    timeZone: site.timeZone,
    authors: authors.used(),
    roots: rootsOf(site),
  };
}

/** A story without a date gets the day in its old address or in the path of its file. */
function withDay(name: FileName, file: string, { published, address }: StoryFields): FileName {
  if (published !== undefined || name.date !== undefined) return name;
  const inAddress = address === undefined ? undefined : dayInPath(address);
  if (inAddress !== undefined) return { ...name, date: inAddress, dateFrom: 'from the old address' };
  const inPath = dayInPath(file);
  return inPath === undefined ? name : { ...name, date: inPath, dateFrom: 'from the path of the file' };
}

/** Hugo: in a folder with `index.md`, other Markdown files are resources of that page. */
function bundlesOf({ generator }: OldSite, files: readonly string[]): ReadonlySet<string> {
  if (generator !== 'hugo') return new Set();
  return new Set(
    files
      .filter((file) => /\/index(?:\.[a-z-]{2,5})?\.(?:md|html)$/i.test(file))
      .map((file) => file.replace(/\/[^/]*$/, '')),
  );
}

/** Why a file was not public because of its place or name. */
function hiddenPlace(file: string, bundles: ReadonlySet<string>): string | undefined {
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  if (/^_(?!index\.)/.test(name)) return 'its name begins with _, so it was not public';
  if (!/^index\./i.test(name))
    for (let length = 1; length < parts.length; length++)
      if (bundles.has(parts.slice(0, length).join('/'))) return 'a resource of a page in the same folder, not a page';
  return undefined;
}

function setLanguage(fields: StoryFields, { code, stem, isOriginal }: FileLanguage): void {
  if (code !== undefined && fields.language === undefined) fields.language = Intl.getCanonicalLocales(code)[0];
  // A key in the front matter says nothing about which version is the original.
  if (fields.translationKey !== undefined) return;
  fields.translationKey = `file:${stem.replace(/\.[^./]+$/, '')}`;
  fields.isOriginal = isOriginal;
}

const pageLayouts = /^(?:page|pages|about|contact|static|default|single-page|default-page)$/i;

/** A page such as /about/: it has no date, and its layout says so. */
function isPage(file: string, data: ReadonlyMap<string, unknown>, { published }: StoryFields): boolean {
  if (published !== undefined || readFileName(file).date !== undefined || /(?:^|\/)_(?:posts|drafts)\//.test(file))
    return false;
  return ['layout', 'type', 'template'].some((key) => {
    const value = data.get(key);
    return typeof value === 'string' && pageLayouts.test(value.replace(/\.\w+$/, ''));
  });
}

/** If the front matter has no headline, the first heading is the headline. */
function headingOf(body: string): string | undefined {
  const found = /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(\S[^\n]*)\n(?:=+|-{2,})[ \t]*$/m.exec(
    body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, ''),
  );
  const words = (found?.[1] ?? found?.[2])
    ?.replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/<[^<>]*>|[*`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : words?.normalize('NFC');
}
