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
  let signs = 0;
  for (const part of body) {
    if (part.kind !== 'html') {
      if (part.kind !== 'picture') words += countWords(part.children);
      continue;
    }
    const { html } = part;
    let inTag = false;
    let inWord = false;
    for (let at = 0; at < html.length; at++) {
      const code = html.charCodeAt(at);
      if (inTag) inTag = code !== 0x3e;
      else if (code === 0x3c) inTag = true;
      else if (code === 0x26)
        at = Math.max(at, html.indexOf(';', at)); // a sign that was escaped is no word
      else if (code <= 0x20 || code === 0xa0 || (code >= 0x2000 && code <= 0x206f)) inWord &&= code === 0x2019;
      else if (code >= 0x3040 && code <= 0x9fff) {
        signs++;
        inWord = false;
      } else if (!inWord && (code >= 0xc0 || isLetterOrDigit(code))) {
        inWord = true;
        words++;
      }
    }
  }
  return words + Math.ceil(signs / 2);
}

const isLetterOrDigit = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
