import type { Body } from './body.ts';

/** The words of a body without markup, blocks parted by line ends; captions are not part of it. */
export function plainText(body: Body): string {
  return markup(body)
    .replace(
      /<\/?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|div|table|tr|br|hr|section|figure|figcaption|details|summary)\b[^>]*>/g,
      '\n',
    )
    .replace(/<(?:"[^"]*"|[^">])*>/g, '')
    .replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => signs[name] ?? '')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
}

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

const markup = (body: Body): string =>
  body
    .map((part) => {
      if (part.kind === 'html') return part.html;
      if (part.kind === 'link') return markup(part.children);
      return part.kind === 'element' ? `\n${markup(part.children)}\n` : '\n';
    })
    .join('');

/** Words of a body, for the time it takes to read; where no spaces are written, two signs are a word. */
export function countWords(body: Body): number {
  let words = 0;
  for (const part of body) {
    if (part.kind === 'html') words += wordsOfHtml(part.html);
    else if (part.kind !== 'picture') words += countWords(part.children);
  }
  return words;
}

/**
 * Sign by sign, because it is done for every story. A tag or an escaped sign is skipped whole; a word
 * begins with a letter or digit and ends with a space, an apostrophe does not part it.
 */
function wordsOfHtml(html: string): number {
  const end = html.length;
  let words = 0;
  let signs = 0;
  let isInWord = 0;
  for (let at = 0; at < end; at++) {
    const code = html.charCodeAt(at);
    if (code === 0x3c) {
      while (at < end && html.charCodeAt(at) !== 0x3e) at++;
    } else if (code === 0x26) {
      while (at < end && html.charCodeAt(at) !== 0x3b) at++;
    } else if (code <= 0x20 || code === 0xa0) isInWord = 0;
    else if (code < 0x80) {
      if (isInWord === 0 && isLetterOrDigit[code] === 1) {
        isInWord = 1;
        words++;
      }
    } else if (code >= 0x3040 && code <= 0x9fff) {
      signs++;
      isInWord = 0;
    } else if (code >= 0x2000 && code <= 0x206f) {
      if (code !== 0x2019) isInWord = 0;
    } else if (isInWord === 0 && code >= 0xc0) {
      isInWord = 1;
      words++;
    }
  }
  return words + Math.ceil(signs / 2);
}

const isLetterOrDigit = new Uint8Array(0x80);
for (const sign of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  isLetterOrDigit[sign.charCodeAt(0)] = 1;
