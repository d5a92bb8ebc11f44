import { escapeText } from '../../site/markup.ts';
import type { NameFault } from '../problems/pictures.ts';
import type { LinkFault } from '../problems/text.ts';

/** What a link of a body leads to, or what is wrong with it. */
export type Link =
  | { kind: 'link'; href: string }
  | { kind: 'story'; target: string; fragment: string }
  | { kind: 'fragment'; id: string }
  | { kind: 'wrong'; fault: LinkFault; scheme?: string };

/**
 * Classifies a link as a browser would read it.
 *
 * Tabs and line endings inside, and control characters around it, are removed first, because browsers remove them too:
 * `java\nscript:` would run. Only schemes that make sense for readers of a newspaper are allowed.
 *
 * @param href decoded, without HTML entities
 * @param base the path of the site's address without a trailing slash, which is put before `/about/`
 * @see WHATWG URL Standard, basic URL parser
 */
export function judgeLink(href: string, base: string): Link {
  const address = inSmallScheme(href.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]+/g, ''));
  if (address === '') return { kind: 'wrong', fault: 'empty' };
  if (address.startsWith('#')) return { kind: 'fragment', id: decoded(address.slice(1)) };
  const scheme = /^([a-z][a-z0-9+.\-\0-\x20\x7f-\x9f]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'story') {
    const [target = '', ...fragment] = address.slice('story:'.length).split('#');
    if (target === '') return { kind: 'wrong', fault: 'no-story' };
    return { kind: 'story', target: decoded(target), fragment: fragment.length > 0 ? `#${fragment.join('#')}` : '' };
  }
  if (scheme !== undefined && !schemes.has(scheme)) return { kind: 'wrong', fault: 'scheme', scheme };
  if (scheme === 'http' || scheme === 'https' || address.startsWith('//')) {
    const tidied = tidy(address.startsWith('//') ? `https:${address}` : address);
    // `https:/host` is a path in one browser and a host in another.
    return URL.canParse(tidied) && /^https?:\/\/[^/]/i.test(tidied)
      ? { kind: 'link', href: tidied }
      : { kind: 'wrong', fault: 'broken' };
  }
  if (scheme === undefined && /^[^?#]*\.mdx?(?:[?#]|$)/i.test(address)) return { kind: 'wrong', fault: 'to-source' };
  // Browsers read a backslash as a slash: `/\host` would leave the site.
  if (/^[/\\]{2}/.test(address)) return { kind: 'wrong', fault: 'broken' };
  return { kind: 'link', href: tidy(address.startsWith('/') ? base + address : address) };
}

/** `HTTPS://` is the same to browsers, but not to every program that reads a page. */
export const inSmallScheme = (address: string): string =>
  /^[a-z\d+.-]*[A-Z]/.test(address)
    ? address.replace(/^[a-z][a-z\d+.-]*:/i, (scheme) => scheme.toLowerCase())
    : address;

const schemes = new Set(['http', 'https', 'mailto', 'tel', 'sms']);

/** Characters that a URL cannot contain are percent-encoded, so that the HTML checker does not report them. */
function tidy(address: string): string {
  if (!/[\s"<>\\^`{|}[\]\p{Cc}]|%(?![0-9a-f]{2})|#.*#/iu.test(address)) return address;
  const [path = '', ...fragment] = address.split('#');
  const own = /^https?:\/\/(?:[^/?@]*@)?\[[^\]]*\]/i.exec(path)?.[0] ?? '';
  const encoded = (text: string) =>
    text.replace(/[\s"<>\\^`{|}[\]\p{Cc}]|%(?![0-9a-f]{2})/giu, (sign) =>
      sign === '%' ? '%25' : encodeURIComponent(sign),
    );
  return own + encoded(path.slice(own.length)) + (fragment.length > 0 ? `#${encoded(fragment.join('%23'))}` : '');
}

/** Decodes `%20` and the like. Text that is not validly encoded stays as it is. */
export function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path of a picture, or why it is not beside the story. @param src with entities decoded */
export function judgePicture(src: string): { src: string } | { fault: NameFault } {
  const address = src.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]+/g, '');
  if (address === '') return { fault: 'none' };
  if (/^data:/i.test(address)) return { fault: 'pasted' };
  if (
    /^(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}/i.test(address) ||
    /^(?:https?|blob|ftp|javascript|vbscript|mailto|about):/i.test(address)
  )
    return { fault: 'remote' };
  if (/^(?:[/\\]|file:|[a-z]:[/\\])/i.test(address)) return { fault: 'absolute' };
  return { src: decoded(address) };
}

/**
 * Finds the lines of links by their text. Each further link with the same text gets its own line. Parsers do not report
 * where an address is, and only a few links are ever looked up.
 *
 * @param firstLine the line of the file on which the text begins
 * @returns a function that is called with each link as written, in order, and returns its line, or the first line if
 * the link was not written like that
 */
export function hrefLines(text: string, firstLine: number): (href: string) => number {
  const from = new Map<string, number>();
  // Counting continues from the last one, because links come in order and some texts have thousands of them.
  let [countedTo, line] = [0, firstLine];
  const lineAt = (at: number): number => {
    if (at < countedTo) [countedTo, line] = [0, firstLine];
    for (let end = text.indexOf('\n', countedTo); end >= 0 && end < at; end = text.indexOf('\n', countedTo)) {
      countedTo = end + 1;
      line++;
    }
    return line;
  };
  const isEnd = (sign: string | undefined) => sign === undefined || /[\s()<>"'=]/.test(sign);
  const findIn = (inText: string, written: string, start: number): number => {
    for (let at = inText.indexOf(written, start); at >= 0; at = inText.indexOf(written, at + 1))
      if (isEnd(text[at - 1]) && isEnd(text[at + written.length])) return at;
    return -1;
  };
  let small: string | undefined;
  const find = (written: string, start: number): number => {
    const found = findIn(text, written, start);
    if (found >= 0 || !/^[a-z]+:/.test(written)) return found;
    // A scheme in capitals was changed to lower case.
    small ??= text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    return findIn(small, written.toLowerCase(), start);
  };
  return (href) => {
    for (const written of new Set([href, escapeText(href), encodeURI(href)])) {
      const start = from.get(written) ?? 0;
      const found = find(written, start);
      const at = found < 0 && start > 0 ? find(written, 0) : found;
      if (at < 0) continue;
      from.set(written, at + 1);
      return lineAt(at);
    }
    return firstLine;
  };
}
