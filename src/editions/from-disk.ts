import { Tokenizer } from 'parse5';
import { fileOfAddress } from '../site/address.ts';
import { escapeAttribute } from '../site/markup.ts';
import { baseOf, originOf, type Site } from '../site/site.ts';
import { textModes } from '../site/text-modes.ts';
import { thinSrcset } from './srcset.ts';

/*
 * Changes a page so that it can be read from disk. No server turns `/world/` into `world/index.html` there, and
 * browsers forbid on `file:` what they allow on `https:`: modules, preloaded fonts, and styles or scripts with an
 * integrity digest.
 *
 * Only attributes that have to change are rewritten. Every other character of a page stays as it was.
 */

/** A site as stored on disk. */
export interface DiskSite {
  site: Pick<Site, 'url'>;
  /** The files of the edition, relative to its folder. They can include pictures that no page uses. */
  files: ReadonlySet<string>;
}

/** A file of the site, changed so that it can be read from disk. */
export interface DiskPage {
  text: string;
  /** Files that it loads or links to, relative to the edition's folder. */
  uses: Set<string>;
  /** What it would load but browsers refuse on a disk, so that it was left out: `module /app.js`. */
  leftOut: string[];
}

/**
 * An HTML page, changed so that it can be read from disk.
 *
 * Links within the site become relative and name `index.html`. Links to other sites stay complete, and so do canonical
 * links, feeds (which cannot be subscribed to on a disk), and links to files that are not in the edition. Of the
 * renditions of a picture, two widths in the best format are kept.
 *
 * @param file the page, relative to the site's folder, with forward slashes
 */
export function pageFromDisk(html: string, file: string, disk: DiskSite): DiskPage {
  const page: DiskPage = { text: '', uses: new Set(), leftOut: [] };
  const link = linker(file, disk, page.uses);
  const css = (text: string) => urlsOfCss(text, link);
  let done = 0;
  const replace = (start: number, end: number, text: string) => {
    page.text += html.slice(done, start) + text;
    done = end;
  };
  let hasBestFormat = false; // of the open <picture>
  let styleStart: number | undefined;
  const noop = () => {};
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (tag) => {
        tokenizer.state = textModes[tag.tagName] ?? tokenizer.state;
        const { location } = tag;
        if (!location) return;
        const attributes = new Map(tag.attrs.map(({ name, value }) => [name, value]));
        if (tag.tagName === 'picture') hasBestFormat = false;
        if (tag.tagName === 'style') styleStart = location.endOffset;
        const refused = refusedOnDisk(tag.tagName, attributes, hasBestFormat);
        if (refused !== undefined) {
          if (refused) page.leftOut.push(refused);
          replace(location.startOffset, location.endOffset, '');
          return;
        }
        for (const { name, value } of tag.attrs) {
          const place = location.attrs?.[name];
          const changed =
            place && attributeFromDisk(tag.tagName, name, value, attributes, { link, css, hasBestFormat });
          // The space before an attribute is removed with it.
          if (changed === null) replace(place!.startOffset - 1, place!.endOffset, '');
          else if (changed !== undefined && changed !== value)
            replace(place!.startOffset, place!.endOffset, `${name}="${escapeAttribute(changed)}"`);
        }
        if (tag.tagName === 'source' && attributes.get('type') === bestFormat) hasBestFormat = true;
      },
      onEndTag: (tag) => {
        if (tag.tagName === 'picture') hasBestFormat = false;
        if (tag.tagName !== 'style' || styleStart === undefined || !tag.location) return;
        const text = html.slice(styleStart, tag.location.startOffset);
        const changed = css(text);
        if (changed !== text) replace(styleStart, tag.location.startOffset, changed);
        styleStart = undefined;
      },
      onComment: noop,
      onDoctype: noop,
      onEof: noop,
      onCharacter: noop,
      onNullCharacter: noop,
      onWhitespaceCharacter: noop,
    },
  );
  tokenizer.write(html, true);
  page.text += html.slice(done);
  return page;
}

/** A style sheet, changed so that it can be read from disk. @param file relative to the site's folder */
export function cssFromDisk(text: string, file: string, disk: DiskSite): DiskPage {
  const uses = new Set<string>();
  return { text: urlsOfCss(text, linker(file, disk, uses)), uses, leftOut: [] };
}

const bestFormat = 'image/avif';

type Attributes = ReadonlyMap<string, string>;

/** Whether a tag has to be removed: undefined if it stays, otherwise what readers miss, or '' if they miss nothing. */
function refusedOnDisk(tag: string, attributes: Attributes, hasBestFormat: boolean): string | undefined {
  if (tag === 'source' && hasBestFormat && attributes.get('srcset') !== undefined) return '';
  if (
    tag === 'link' &&
    /\b(?:preload|modulepreload|prefetch|preconnect|dns-prefetch)\b/.test(attributes.get('rel') ?? '')
  )
    return '';
  if (tag === 'link' && /\bmanifest\b/.test(attributes.get('rel') ?? '')) return '';
  if (tag === 'script' && attributes.get('type') === 'module' && attributes.has('src'))
    return `module ${attributes.get('src')}`;
  return undefined;
}

interface Ways {
  link: (href: string, isFetched?: boolean) => string;
  css: (text: string) => string;
  hasBestFormat: boolean;
}

/** The new value of an attribute, null if it has to be removed, or undefined if it does not change. */
function attributeFromDisk(
  tag: string,
  name: string,
  value: string,
  attributes: Attributes,
  { link, css, hasBestFormat }: Ways,
): string | null | undefined {
  switch (name) {
    case 'integrity':
    case 'crossorigin':
      return null;
    case 'href':
      if (tag !== 'link') return link(value);
      if (/\bcanonical\b/.test(attributes.get('rel') ?? '')) return undefined;
      return link(value);
    case 'xlink:href':
    case 'src':
    case 'poster':
    case 'data':
    case 'action':
    case 'formaction':
      return name === 'data' && tag !== 'object' ? undefined : link(value);
    case 'srcset':
    case 'imagesrcset':
      return tag === 'img' && hasBestFormat ? null : thinSrcset(value, link);
    case 'sizes':
      return tag === 'img' && hasBestFormat ? null : undefined;
    case 'style':
      return css(value);
    case 'content': {
      if (attributes.get('http-equiv')?.toLowerCase() !== 'refresh') return undefined;
      return value.replace(/(url\s*=\s*)(.*)$/i, (_, before: string, href: string) => before + link(href));
    }
    default:
      return undefined;
  }
}

/** `url(…)` and `@import "…"` in a style sheet. Relative ones stay as they are. */
function urlsOfCss(text: string, link: (href: string) => string): string {
  const within = (quote: string, href: string) => `${quote}${link(href)}${quote}`;
  return text
    .replace(/url\(\s*(["']?)([^"'()\s]+)\1\s*\)/g, (_, quote: string, href: string) => `url(${within(quote, href)})`)
    .replace(
      /(@import\s+)(["'])([^"']+)\2/g,
      (_, before: string, quote: string, href: string) => `${before}${within(quote, href)}`,
    );
}

/** Converts the links of one file into links that work on disk, and records their targets. */
function linker(file: string, { site, files }: DiskSite, uses: Set<string>): (href: string) => string {
  const [origin, base] = [originOf(site), baseOf(site)];
  const address = file
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  const here = `${origin}${base}/${address}`;
  return (href) => {
    if (href === '' || href.startsWith('#')) return href;
    if (href.startsWith('//')) return `https:${href}`; // the page's own scheme would be `file:`
    if (/^[a-z][a-z0-9+.-]*:/i.test(href) || !URL.canParse(href, here)) return href;
    const url = new URL(href, here);
    const target =
      url.origin === origin && url.pathname.startsWith(`${base}/`)
        ? targetIn(files, url.pathname.slice(base.length))
        : undefined;
    // It is not in the edition, so the link leads to the published site.
    if (target === undefined) return url.href;
    uses.add(target);
    return relativeLink(file, target) + url.search + url.hash;
  };
}

/** The file for a path, as a host would find it. */
function targetIn(files: ReadonlySet<string>, pathname: string): string | undefined {
  const address = decoded(pathname).normalize('NFC');
  return [fileOfAddress(address), `${address.slice(1)}/index.html`].find((file) => files.has(file));
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The relative path from one file to another: `../../world/index.html`, percent-encoded. */
export function relativeLink(from: string, to: string): string {
  const [start, end] = [from.split('/').slice(0, -1), to.split('/')];
  let common = 0;
  while (common < start.length && common < end.length - 1 && start[common] === end[common]) common += 1;
  const way = [...start.slice(common).map(() => '..'), ...end.slice(common).map(encodeURIComponent)];
  return way.join('/');
}
