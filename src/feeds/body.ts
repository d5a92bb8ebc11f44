import type { Words } from '../i18n/vocabulary.ts';
import type { ShownBody, ShownPart, StoryAnswer } from '../index/answers.ts';
import { plainPicture } from '../pictures/hrefs.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import { absoluteHrefOf, originOf, type Site } from '../site/site.ts';

/**
 * A whole story as HTML that stands by itself in a reader of feeds: plain elements, every address
 * complete, no styles.
 *
 * @param words in the language of the story
 */
export function feedBody(site: Site, story: StoryAnswer, words: Words): string {
  const { card, warning, corrections } = story;
  const changes = corrections.map(({ type, text }) => notice(words.corrections[type], text));
  const isProminent = corrections.map(({ prominent }) => prominent);
  return [
    card.sponsor ? notice(words.paidBy, card.sponsor.name) : '',
    card.lead ? figure(site, card.lead) : '',
    ...changes.filter((_, place) => isProminent[place]),
    warning ? notice(words.contentWarning, warning) : '',
    bodyHtml(site, story.body, absoluteHrefOf(site, card.address)),
    ...changes.filter((_, place) => !isProminent[place]),
    story.note ? notice(words.note, story.note) : '',
    story.source ? notice(words.source, story.source.name) : '',
  ].join('');
}

export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

const notice = (label: string, text: string): string => `<p><b>${label}:</b> ${escapeText(text)}</p>`;

const bodyHtml = (site: Site, body: ShownBody, page: string): string =>
  body.map((part) => partHtml(site, part, page)).join('');

function partHtml(site: Site, part: ShownPart, page: string): string {
  if (part.kind === 'html') return completeLinks(part.html, originOf(site), page);
  if (part.kind === 'picture') return figure(site, part.picture);
  const inner = bodyHtml(site, part.children, page);
  const { title, by, role } = part.attributes;
  if (part.name === 'PullQuote') {
    const who = [by, role].filter((text) => typeof text === 'string').join(', ');
    return `<blockquote><p>${inner}</p>${who ? `<p>${escapeText(who)}</p>` : ''}</blockquote>`;
  }
  return `<aside>${typeof title === 'string' ? `<h3>${escapeText(title)}</h3>` : ''}${inner}</aside>`;
}

function figure(site: Site, { facts, alt, caption, credit }: ShownPicture): string {
  const { url, widthPx, heightPx } = plainPicture(site, facts, { use: 'text' });
  const words = [caption, credit].filter((text) => text !== undefined).map(escapeText);
  const below = words.length > 0 ? `<figcaption>${words.join(' ')}</figcaption>` : '';
  return `<figure><img src="${escapeText(url)}" width="${widthPx}" height="${heightPx}" alt="${escapeText(alt)}">${below}</figure>`;
}

/**
 * Links of this site and to places on the page itself become complete.
 *
 * @param html as our serialiser writes it: attributes in double quotes, `"` in them escaped
 */
export function completeLinks(html: string, origin: string, page: string): string {
  return html.replace(/<[a-z](?:[^>"]|"[^"]*")*>/gi, (tag) =>
    tag.replace(
      / (href|src)="(\/(?!\/)|#)/g,
      (_, name, start) => ` ${name}="${start === '#' ? `${page}#` : `${origin}/`}`,
    ),
  );
}
