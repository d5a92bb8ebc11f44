import type { Body, BodyPicture } from '../body/body.ts';
import { wordsOfPicture } from '../body/body.ts';

/**
 * The texts of a body that readers get, in order: those of its HTML, the titles of links, captions, alt texts, and the
 * attributes of components.
 */
export function printedTexts(body: Body): string[] {
  const texts: string[] = [];
  for (const part of body) {
    if (part.kind === 'html') texts.push(...textsOfHtml(part.html));
    else if (part.kind === 'picture') texts.push(...textsOfPicture(part));
    else if (part.kind === 'link') texts.push(part.title ?? '', ...printedTexts(part.children));
    else {
      texts.push(
        ...Object.values(part.attributes).filter((value) => typeof value === 'string'),
        ...printedTexts(part.children),
      );
    }
  }
  return texts;
}

const textsOfPicture = (picture: BodyPicture): string[] => [
  picture.src,
  ...Object.values(wordsOfPicture(picture)),
  picture.size ?? '',
];

function* textsOfHtml(html: string): Iterable<string> {
  for (const [, key, value] of html.matchAll(/ (title|datetime|start|value)="([^"]*)"/g))
    if (key) yield decoded(value!);
  if (html.includes('"mailto:'))
    for (const [, address = '', rest = ''] of html.matchAll(addressAndRest)) yield decoded(address + rest);
  yield decoded(
    html.replace(/<(?:"[^"]*"|[^">])*>/g, (tag) =>
      /^<\/?(?:p|h\d|li|t[dhr]|br|div|d[td])\b/.test(tag) ? '\n' : '\u200b',
    ),
  );
}

/** An address of e-mail that GFM linked, with the letters directly after it, which are one word in the source. */
const addressAndRest = /<a href="mailto:[^"]*">([^<]*)<\/a>([\p{L}\p{N}]+)/gu;

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
export const decoded = (html: string): string =>
  html.includes('&') ? html.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => signs[name] ?? '') : html;
