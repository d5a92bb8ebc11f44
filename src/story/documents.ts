import { dirname, join } from 'node:path/posix';
import { escapeAttribute } from '../site/markup.ts';
import type { Site } from '../site/site.ts';
import { baseOf } from '../site/site.ts';
import type { CompiledBody } from './body/compile.ts';
import { judgeLink } from './body/links.ts';
import type { Newsroom } from './newsroom.ts';
import { pictureFileOf, pictureKey } from './picture-file.ts';

/*
 * Documents beside a story. If a link in its text names one, the document is published and removed together with the
 * story.
 */

/**
 * Extensions of files that readers open or save and that browsers do not run. Pictures are not included, because they
 * use `original: publish`. Neither are files that could run as a page of this site, such as html, svg, and xml.
 */
export const documentEndings =
  'pdf doc docx odt rtf txt xls xlsx ods csv tsv ppt pptx odp epub zip ics gpx geojson json mp3 m4a ogg opus wav flac mp4 webm'.split(
    ' ',
  );

const endings = new Set(documentEndings);
const endingOf = (name: string): string => /\.([a-z\d]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** Whether a file with that name beside a story can be published. */
export const isDocument = (name: string): boolean =>
  endings.has(endingOf(name)) && !/(?:^|\/)[.~]/.test(name) && !/[\p{Cc}\\]/u.test(name);

/** A document that a story publishes. */
export interface StoryDocument {
  /** The link as it is in the compiled text. */
  href: string;
  /** The newsroom-relative path of the file. */
  path: string;
  /** Its address, below the address of the story. */
  address: string;
  bytes: number;
}

/**
 * The documents that the links of a text name.
 *
 * Only files in the story's own folder count, because a link must not publish a file that belongs to another story. The
 * documents of a story without a folder are beside it.
 *
 * @param file of the story, newsroom-relative
 * @param address of the story
 * @param dependencies collects what the story depends on, including files that do not exist
 */
export function documentsOf(
  file: string,
  { hrefs }: Pick<CompiledBody, 'hrefs'>,
  address: string,
  { site, document }: Pick<Newsroom, 'site' | 'document'>,
  dependencies: Set<string>,
): StoryDocument[] {
  const found = new Map<string, StoryDocument>();
  for (const written of hrefs) {
    const named = fileNamed(file, written, site);
    if (named === undefined || found.has(named.href)) continue;
    dependencies.add(`document:${pictureKey(named.path)}`);
    const there = document?.(named.path, dirname(file));
    if (!there) continue;
    const name = there.path.slice(dirname(file).length + 1).normalize('NFC');
    found.set(named.href, { href: named.href, ...there, address: `${address}${name}` });
  }
  return [...found.values()];
}

/** The document in the folder of the story that a link names, or undefined if it names none. */
function fileNamed(file: string, written: string, site: Site): { href: string; path: string } | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|[/#?])/i.test(written)) return undefined;
  const [name = ''] = written.split(/[?#]/);
  if (!endings.has(endingOf(decodedName(name)))) return undefined;
  const link = judgeLink(written, baseOf(site));
  if (link.kind !== 'link') return undefined;
  const path = pictureFileOf(file, decodedName(name));
  const folder = `${dirname(file)}/`;
  // The name is checked as a path in the folder, so that `./report.pdf` does not count as a hidden file.
  if (path === undefined || !path.startsWith(folder) || !isDocument(path.slice(folder.length))) return undefined;
  const isOwnFolder = /\/index\.mdx?$/i.test(file);
  return isOwnFolder || !path.slice(folder.length).includes('/') ? { href: link.href, path } : undefined;
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The file of any kind beside a story or page that a link would name, for hints. */
export const fileMeant = (file: string, written: string): string =>
  join(dirname(file), decodedName(written.split(/[?#]/)[0] ?? ''));

/**
 * Gives links to documents their addresses, and adds the kind and size of the file to their text.
 *
 * @param html as the printer of bodies writes it
 * @param hrefOfAddress the link to an address on the site
 * @param language BCP 47, of the text
 */
export function showDocuments(
  html: string,
  documents: readonly StoryDocument[],
  hrefOfAddress: (address: string) => string,
  language: string,
): string {
  if (!html.includes('<a ')) return html;
  return html.replace(
    /<a href="([^"]*)"([^>]*)>(?:((?:(?!<\/a>).)*)<\/a>)?/gs,
    (whole, hrefText: string, more: string, words?: string) => {
      const found = documents.find(({ href }) => escapeAttribute(href) === hrefText);
      if (!found) return whole;
      const fragment = /#.*$/.exec(found.href)?.[0] ?? '';
      const opening = `<a href="${escapeAttribute(hrefOfAddress(found.address) + fragment)}"${more}>`;
      // If the link contains a picture, its end and its text are in another part.
      if (words === undefined) return opening;
      return `${opening}${words}${isSaid(words, found) ? '' : ` (${kindAndSize(found, language)})`}</a>`;
    },
  );
}

/** Whether an editor already wrote it: `Report (PDF, 1.2 MB)`. */
const isSaid = (words: string, { path }: StoryDocument): boolean =>
  new RegExp(`[([][^)\\]]*\\b${endingOf(path)}\\b[^)\\]]*\\d[^)\\]]*[)\\]]`, 'i').test(words.replace(/<[^>]*>/g, ''));

/** `PDF, 1.2 MB` in the language of the reader. */
export function kindAndSize({ path, bytes }: Pick<StoryDocument, 'path' | 'bytes'>, language: string): string {
  const comma = /^(?:ar|fa|ur|ps|ckb)\b/.test(language) ? '، ' : /^(?:zh|ja)\b/.test(language) ? '、' : ', ';
  return `${endingOf(path).toUpperCase()}${comma}${sizeIn(bytes, language).replace(/ /g, '\u00a0')}`;
}

const units = [
  { unit: 'gigabyte', bytes: 1e9, digits: 1 },
  { unit: 'megabyte', bytes: 1e6, digits: 1 },
  { unit: 'kilobyte', bytes: 1e3, digits: 0 },
] as const;

function sizeIn(bytes: number, language: string): string {
  const unit = units.find((larger) => bytes >= larger.bytes * 0.9995) ?? units[2];
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit.unit, maximumFractionDigits: unit.digits }).format(
    // Less than a kilobyte is one; only an empty file has none.
    Math.max(bytes / unit.bytes, unit.digits === 0 && bytes > 0 ? 1 : 0),
  );
}
