import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../decode.ts';
import { decodeEntities } from '../html.ts';
import { compare } from '../receipt.ts';
import { ImportError } from '../source.ts';
import { isWithin } from '../source-folder.ts';
import { pageText, wordsOf } from './page-text.ts';
import { KnownWords } from './passages.ts';

export interface CompareOptions {
  /** A list of old addresses (a text file or a sitemap), or the folder of the old site as it was published. */
  old: string;
  /** The folder of the new site, as it was built. */
  dist: string;
  /** The folder under which the new site is published, such as `/paper`. */
  base?: string;
  onProgress?(phase: 'reading' | 'comparing', done: number, total: number): void;
}

/** What became of an old address. */
export interface ComparedPage {
  address: string;
  /** `page` and `redirect` answer. `nothing` does not. `query` depends on a query, which no static host reads. */
  answer: 'page' | 'redirect' | 'nothing' | 'query';
  /** The address of the new page, if it is another one. */
  to?: string;
  /** Words of the old page, and how many of them are not on the new page. Only if the old page is at hand. */
  words?: number;
  missing?: number;
  /** The passages that are not on the new page, the longest first. */
  passages?: string[];
}

export interface Comparison {
  addresses: number;
  answered: number;
  /** Pages whose words were compared, and those that have all of them. */
  compared: number;
  complete: number;
  /** Pages that do not answer, or miss words, those with the most missing words first. */
  open: ComparedPage[];
}

const passagesMax = 5;
const redirectsMax = 5;
const pageBytesMax = 20_000_000;
/** A block on this share of the old pages is a part of the layout. Below so many pages nothing can be said. */
const layoutShare = 0.1;
const layoutPagesMin = 4;

/**
 * Checks that every address of an old site answers on the new one, and that its words are on the page that answers.
 * That is how an archive is signed off after an import.
 *
 * @throws {ImportError} the list or a folder is missing, or contains no address
 */
export function compareSites({ old, dist, base = '', onProgress }: CompareOptions): Comparison {
  for (const path of [old, dist]) if (!existsSync(path)) throw new ImportError(`There is no file or folder ${path}.`);
  if (!statSync(dist).isDirectory()) throw new ImportError(`${dist} is not a folder. Name the folder of the new site.`);
  const isFolder = statSync(old).isDirectory();
  const pages = isFolder
    ? pagesOf(old)
    : addressesIn(readFileSync(old)).map((address) => ({ address, file: undefined }));
  if (pages.length === 0)
    throw new ImportError(isFolder ? `${old} contains no HTML pages.` : `${old} contains no addresses.`);

  const textOf = (file: string) => pageText(readPage(file));
  const pagesWithBlock = new Map<string, number>();
  for (const [index, { file }] of pages.entries()) {
    if (file === undefined) break;
    onProgress?.('reading', index + 1, pages.length);
    for (const block of new Set(textOf(file).blocks)) pagesWithBlock.set(block, (pagesWithBlock.get(block) ?? 0) + 1);
  }
  const layoutPages = Math.max(layoutPagesMin, pages.length * layoutShare);
  const isLayout = (block: string): boolean => (pagesWithBlock.get(block) ?? 0) >= layoutPages;

  const comparison: Comparison = { addresses: 0, answered: 0, compared: 0, complete: 0, open: [] };
  for (const [index, { address, file }] of pages.entries()) {
    onProgress?.('comparing', index + 1, pages.length);
    const oldText = file === undefined ? undefined : textOf(file);
    // What the old site itself only redirected has no words, but its address must answer.
    const page = comparePage(address, oldText?.redirect === undefined ? oldText?.blocks : undefined);
    comparison.addresses++;
    if (page.answer === 'page' || page.answer === 'redirect') comparison.answered++;
    if (page.words !== undefined) {
      comparison.compared++;
      if (page.missing === 0) comparison.complete++;
    }
    if (page.answer === 'nothing' || page.answer === 'query' || (page.missing ?? 0) > 0) comparison.open.push(page);
  }
  comparison.open.sort(
    (a, b) =>
      Number(b.words === undefined) - Number(a.words === undefined) ||
      (b.missing ?? 0) - (a.missing ?? 0) ||
      compare(a.address, b.address),
  );
  return comparison;

  function comparePage(address: string, blocks: string[] | undefined): ComparedPage {
    const found = answerOf(address);
    if (found.file === undefined || blocks === undefined) return found.page;
    const known = new KnownWords(pageText(readPage(found.file), true).blocks.map(wordsOf));
    const page = { ...found.page, words: 0, missing: 0 };
    const passages: string[] = [];
    for (const block of blocks) {
      if (isLayout(block)) continue;
      const result = known.missing(wordsOf(block));
      page.words += result.words;
      page.missing += result.missing;
      passages.push(...result.passages);
    }
    passages.sort((a, b) => b.length - a.length);
    return passages.length === 0 ? page : { ...page, passages: passages.slice(0, passagesMax) };
  }

  /** The file that a static host sends for an address, after redirects. */
  function answerOf(address: string): { page: ComparedPage; file?: string } {
    const { path, query } = partsOf(address);
    // A query of a campaign changes nothing, but WordPress's `?p=12` is the address itself.
    if (/^(?:.*&)?(?:p|page_id|attachment_id|cat|m|post|id)=/.test(query) && /^\/(?:index\.php)?$/.test(path))
      return { page: { address, answer: 'query' } };
    let file = fileFor(path);
    let to: string | undefined;
    for (let step = 0; file !== undefined && /\.html?$/i.test(file) && step < redirectsMax; step++) {
      const { redirect } = pageText(readPage(file));
      if (redirect === undefined) break;
      to = partsOf(new URL(redirect, `https://site.invalid${base}${path}`).href).path;
      file = fileFor(to.startsWith(`${base}/`) ? to.slice(base.length) : to);
    }
    if (file === undefined) return { page: { address, answer: 'nothing', ...(to === undefined ? {} : { to }) } };
    const isText = /\.html?$/i.test(file);
    return {
      page: { address, answer: to === undefined ? 'page' : 'redirect', ...(to === undefined ? {} : { to }) },
      ...(isText ? { file } : {}),
    };
  }

  function fileFor(path: string): string | undefined {
    const clean = path.replace(/^\/+/, '');
    const candidates =
      clean === '' || clean.endsWith('/')
        ? [`${clean}index.html`, `${clean.replace(/\/+$/, '')}.html`]
        : [clean, `${clean}.html`, `${clean}/index.html`];
    return candidates
      .map((candidate) => join(dist, candidate))
      .find((candidate) => isFile(candidate) && isWithin(candidate, dist));
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function readPage(file: string): string {
  if (statSync(file).size > pageBytesMax) return '';
  return decode(readFileSync(file))?.text ?? '';
}

/** The decoded path and the query of an address, with or without a host. */
function partsOf(address: string): { path: string; query: string } {
  const { pathname, search } = new URL(address, 'https://site.invalid/');
  let path = pathname;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // A percent sign that is no escape stays as it is.
  }
  return { path: path.normalize('NFC'), query: search.slice(1) };
}

/** The addresses in a text, one a line, or in a sitemap. */
export function addressesIn(bytes: Uint8Array): string[] {
  const text = decode(bytes)?.text ?? '';
  const lines = /<urlset|<sitemapindex/.test(text)
    ? [...text.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)].map((match) => decodeEntities(match[1] ?? ''))
    : text.split('\n').map((line) => line.trim().split(/[\s,;]+/)[0] ?? '');
  const isAddress = (line: string): boolean =>
    (line.startsWith('/') || /^https?:\/\//i.test(line)) && URL.canParse(line, 'https://site.invalid/');
  return [...new Set(lines.filter(isAddress))];
}

/** The pages of a site in a folder, with the address of each. */
function pagesOf(folder: string): { address: string; file: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.html?$/i.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const relative = file.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/');
      const address = encodeURI(relative.replace(/\/index\.html?$/i, '/')).replace(/[?#]/g, encodeURIComponent);
      return { address, file };
    })
    .filter(({ address }) => !/^\/404\.html?$|^\/404\/$/.test(address))
    .sort((a, b) => compare(a.address, b.address));
}

const openMax = 40;

/** The comparison for an editor. */
export function comparisonWords(comparison: Comparison): string {
  const { addresses, answered, compared, complete, open } = comparison;
  const lines = [`${answered} of ${addresses} old addresses answer.`];
  if (compared > 0) lines.push(`${complete} of ${compared} pages have all the words of the old page.`);
  const silent = open.filter(({ answer }) => answer === 'nothing' || answer === 'query');
  const short = open.filter(({ missing }) => (missing ?? 0) > 0);
  const list = (title: string, entries: string[]): void => {
    if (entries.length === 0) return;
    lines.push('', title, ...entries.slice(0, openMax));
    if (entries.length > openMax) lines.push(`  … and ${entries.length - openMax} more`);
  };
  list(
    'Addresses that do not answer',
    silent.map(({ address, answer, to }) =>
      answer === 'query'
        ? `  ${address}: a query, which a static host does not read. Redirect it on the host`
        : `  ${address}${to === undefined ? '' : `: redirects to ${to}, which does not exist`}`,
    ),
  );
  list(
    'Pages with missing words',
    short.flatMap(({ address, to, words, missing, passages }) => [
      `  ${address}${to === undefined ? '' : ` → ${to}`}: ${missing} of ${words} words`,
      ...(passages ?? []).slice(0, 2).map((passage) => `    “${shortened(passage)}”`),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

const passageCharsMax = 120;
const shortened = (passage: string): string =>
  passage.length > passageCharsMax ? `${passage.slice(0, passageCharsMax)}…` : passage;
