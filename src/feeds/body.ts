import { attributesOf } from '../i18n/language.ts';
import type { Words } from '../i18n/vocabulary.ts';
import { plainPicture } from '../pictures/hrefs.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import type { Placeholder, ShownBody, ShownElement, ShownPart, StoryResult } from '../queries/results.ts';
import { escapeAttribute } from '../site/markup.ts';
import { absoluteHrefOf, baseOf, originOf, type Site } from '../site/site.ts';
import type { ShownTable } from '../story/table-file.ts';

/**
 * A complete story as self-contained HTML for feed readers: plain elements, complete addresses, no styles.
 *
 * @param words in the language of the story
 */
export function feedBody(site: Site, story: StoryResult, words: Words): string {
  const { card, warning, corrections } = story;
  const notice = noticeIn(words);
  const changes = corrections.map(({ type, text }) => notice(words.corrections[type], text));
  const isProminent = corrections.map(({ prominent }) => prominent);
  return [
    card.sponsor ? notice(words.paidBy, card.sponsor.name) : '',
    card.lead ? figure(site, card.lead) : story.leadPlaceholder ? unavailable(story.leadPlaceholder, words) : '',
    ...changes.filter((_, place) => isProminent[place]),
    warning ? notice(words.contentWarning, warning) : '',
    bodyHtml(story.body, {
      site,
      words,
      language: card.language ?? site.language,
      page: absoluteHrefOf(site, card.address),
    }),
    ...changes.filter((_, place) => !isProminent[place]),
    story.note ? notice(words.note, story.note) : '',
    story.source ? notice(words.source, story.source.name) : '',
  ].join('');
}

const noticeIn =
  ({ colon }: Words) =>
  (label: string, text: string): string =>
    `<p><b>${label}${colon.trimEnd()}</b> ${escapeAttribute(text)}</p>`;

interface Feeding {
  site: Site;
  words: Words;
  /** The language of the story, BCP 47. */
  language: string;
  /** The complete address of the story. */
  page: string;
}

const bodyHtml = (body: ShownBody, feeding: Feeding): string => body.map((part) => partHtml(part, feeding)).join('');

function partHtml(part: ShownPart, feeding: Feeding): string {
  const { site, page } = feeding;
  if (part.kind === 'html') return completeLinks(part.html, originOf(site), page);
  if (part.kind === 'picture') return figure(site, part.picture);
  if (part.kind === 'placeholder') return unavailable(part.placeholder, feeding.words);
  const shape = shapes[part.name] ?? box;
  return shape(part, bodyHtml(part.children, feeding), feeding);
}

type Shape = (part: ShownElement, inner: string, feeding: Feeding) => string;

/** An attribute of a component as escaped text, or '' if it has none. */
const said = ({ attributes }: ShownElement, name: string): string => {
  const value = attributes[name];
  return typeof value === 'string' ? escapeAttribute(value) : '';
};
const listed = ({ comma }: Words, ...parts: string[]): string => parts.filter(Boolean).join(comma);
const paragraph = (html: string): string => (html === '' ? '' : `<p>${html}</p>`);
const linked = (href: string, html: string): string => `<a href="${escapeAttribute(href)}">${html}</a>`;

const box: Shape = (part, inner) => {
  const title = said(part, 'title');
  return `<aside>${title ? `<h3>${title}</h3>` : ''}${inner}</aside>`;
};

const titled =
  (word: 'keyPoints' | 'timeline' | 'questions'): Shape =>
  (part, inner, { words }) =>
    `<aside><h3>${said(part, 'title') || words[word]}</h3>${inner}</aside>`;

const pictures: Shape = (part, inner) => inner + paragraph(said(part, 'caption'));

const shapes: Record<string, Shape> = {
  PullQuote: (part, inner, { words }) =>
    `<blockquote><p>${inner}</p>${paragraph(listed(words, said(part, 'by'), said(part, 'role')))}</blockquote>`,
  BlockQuote: (part, inner, { words }) =>
    `<blockquote>${inner}${paragraph(listed(words, said(part, 'by'), said(part, 'role'), said(part, 'source')))}</blockquote>`,
  KeyPoints: titled('keyPoints'),
  Timeline: titled('timeline'),
  Questions: titled('questions'),
  Gallery: pictures,
  Pair: pictures,
  Profile: (part, inner, { site, words }) => {
    const name = said(part, 'name') || escapeAttribute(part.author?.name ?? '');
    const role = said(part, 'role') || escapeAttribute(part.author?.role ?? '');
    const href = part.author?.href && originOf(site) + part.author.href;
    const face = part.picture ?? part.author?.picture;
    const bio = inner || paragraph(escapeAttribute(part.author?.bio ?? ''));
    return `<aside>${face ? figure(site, face) : ''}${paragraph(listed(words, href ? linked(href, name) : name, role))}${bio}</aside>`;
  },
  RichLink: (part, _, { site, words, language }) => {
    const { story } = part;
    const title = story ? escapeAttribute(story.headline) : said(part, 'title');
    const url = story?.href ?? (typeof part.attributes.url === 'string' ? part.attributes.url : undefined);
    if (title === '') return '';
    const href = url && /^\/(?!\/)/.test(url) ? originOf(site) + (story ? url : baseOf(site) + url) : url;
    const { lang, dir } = story ? attributesOf(story.language ?? site.language, language) : {};
    const spoken =
      lang === undefined ? title : `<span lang="${lang}"${dir === undefined ? '' : ` dir="${dir}"`}>${title}</span>`;
    return `<p><b>${words.readMore}${words.colon.trimEnd()}</b> ${href ? linked(href, spoken) : spoken}</p>`;
  },
  Table: (part, inner, { words }) => {
    const source = said(part, 'source');
    return `${part.table ? tableHtml(part.table, said(part, 'caption')) : inner}${source ? noticeIn(words)(words.source, String(part.attributes.source)) : ''}`;
  },
  Warning: (part, inner, { words }) => noticeIn(words)(words.contentWarning, String(part.attributes.text)) + inner,
  Embed: (part) =>
    paragraph(
      `${linked(String(part.attributes.url), said(part, 'title'))}${said(part, 'text') ? `: ${said(part, 'text')}` : ''}`,
    ),
};

function tableHtml({ columns, rows }: ShownTable, caption: string): string {
  const head = columns.map(({ head }) => `<th>${escapeAttribute(head)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeAttribute(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function figure(site: Site, { facts, alt, caption, credit }: ShownPicture): string {
  const { url, widthPx, heightPx } = plainPicture(site, facts, { use: 'text' });
  const words = [caption, credit].filter((text) => text !== undefined).map(escapeAttribute);
  const below = words.length > 0 ? `<figcaption>${words.join(' ')}</figcaption>` : '';
  return `<figure><img src="${escapeAttribute(url)}" width="${widthPx}" height="${heightPx}" alt="${escapeAttribute(alt)}">${below}</figure>`;
}

/** What readers get of a picture that the newsroom does not have. */
function unavailable({ caption, credit }: Placeholder, { pictureUnavailable, colon }: Words): string {
  const words = [caption, credit].filter((text) => text !== undefined).map(escapeAttribute);
  return words.length > 0
    ? `<p><b>${pictureUnavailable}${colon.trimEnd()}</b> ${words.join(' ')}</p>`
    : `<p><b>${pictureUnavailable}</b></p>`;
}

/**
 * Completes links within the site, to places on the page itself, and to files beside it.
 *
 * @param html as our serialiser writes it: attributes in double quotation marks, with `"` escaped
 */
export function completeLinks(html: string, origin: string, page: string): string {
  return html.replace(/<[a-z](?:[^>"]|"[^"]*")*>/gi, (tag) =>
    tag.replace(/ (href|src)="([^"]*)"/g, (whole, name: string, written: string) => {
      if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(written)) return whole;
      if (written.startsWith('/')) return ` ${name}="${origin}${written}"`;
      if (written.startsWith('#')) return ` ${name}="${page}${written}"`;
      return URL.canParse(written, page) ? ` ${name}="${new URL(written, page).href}"` : whole;
    }),
  );
}
