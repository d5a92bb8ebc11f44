import { attributesOf } from '../../i18n/language.ts';
import type { Words } from '../../i18n/vocabulary.ts';
import type { ShownElement } from '../../queries/results.ts';
import { escapeAttribute } from '../../site/markup.ts';
import { baseOf, originOf } from '../../site/site.ts';
import type { ShownTable } from '../../story/table-file.ts';
import { figure, linked, notice, paragraph } from './parts.ts';
import type { Printing } from './printing.ts';

/** Prints a component. @param inner its content, already printed */
export type Shape = (part: ShownElement, inner: string, printing: Printing) => string;

/** An attribute of a component as escaped text, or '' if it has none. */
const said = ({ attributes }: ShownElement, name: string): string => {
  const value = attributes[name];
  return typeof value === 'string' ? escapeAttribute(value) : '';
};
const listed = ({ comma }: Words, ...parts: string[]): string => parts.filter(Boolean).join(comma);

const heading = ({ level = 3 }: ShownElement, title: string): string =>
  title === '' ? '' : `<h${level}>${title}</h${level}>`;

const titled =
  (word: 'keyPoints' | 'timeline' | 'questions'): Shape =>
  (part, inner, { words }) =>
    `<aside>${heading(part, said(part, 'title') || words[word])}${inner}</aside>`;

/** The class tells an importer that the pictures belong together. */
const pictures: Shape = (part, inner) => {
  if (inner === '') return '';
  const caption = said(part, 'caption');
  return caption === ''
    ? `<div class="gallery">${inner}</div>`
    : `<figure class="gallery">${inner}<figcaption>${caption}</figcaption></figure>`;
};

/** A quotation, and below it who said it. HTML wants that outside of the quotation. */
const quotation = (quotation: string, below: string, mark?: string): string => {
  const opening = mark === undefined ? '<figure>' : `<figure class="${mark}">`;
  return `${opening}${quotation}${below === '' ? '' : `<figcaption>${below}</figcaption>`}</figure>`;
};

/** Our own components. */
export const shapes: Readonly<Record<string, Shape>> = {
  PullQuote: (part, inner, { words }) =>
    quotation(
      `<blockquote><p>${inner}</p></blockquote>`,
      listed(words, said(part, 'by'), said(part, 'role')),
      'pull-quote',
    ),
  BlockQuote: (part, inner, { words }) => {
    const [url, source] = [said(part, 'url'), said(part, 'source')];
    const what = source || url;
    const from = what === '' ? '' : url === '' ? `<cite>${what}</cite>` : `<a href="${url}"><cite>${what}</cite></a>`;
    return quotation(
      `<blockquote${url === '' ? '' : ` cite="${url}"`}>${inner}</blockquote>`,
      listed(words, said(part, 'by'), said(part, 'role'), from),
    );
  },
  FactBox: (part, inner) => `<aside>${heading(part, said(part, 'title'))}${inner}</aside>`,
  KeyPoints: titled('keyPoints'),
  Timeline: titled('timeline'),
  Questions: titled('questions'),
  Gallery: pictures,
  Pair: pictures,
  ReadMore: (_, inner, { words }) => `<aside><p><b>${words.readMore}</b></p>${inner}</aside>`,
  Profile: (part, inner, printing) => {
    const { site, words } = printing;
    const name = said(part, 'name') || escapeAttribute(part.author?.name ?? '');
    const role = said(part, 'role') || escapeAttribute(part.author?.role ?? '');
    const href = part.author?.href && originOf(site) + part.author.href;
    const face = part.picture
      ? figure(part.picture, printing)
      : part.author?.picture
        ? figure(part.author.picture, printing, true)
        : '';
    const bio = inner || paragraph(escapeAttribute(part.author?.bio ?? ''));
    return `<aside>${face}${paragraph(listed(words, href ? linked(href, name) : name, role))}${bio}</aside>`;
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
  Table: (part, inner, printing) => {
    const source = part.attributes.source;
    const table = part.table ? tableHtml(part.table, said(part, 'caption')) : inner;
    return table + (typeof source === 'string' ? notice(printing.words.source, source, printing) : '');
  },
  Warning: (part, inner, printing) =>
    notice(printing.words.contentWarning, String(part.attributes.text), printing) + inner,
  Embed: (part) => {
    const text = said(part, 'text');
    return paragraph(`${linked(String(part.attributes.url), said(part, 'title'))}${text ? `: ${text}` : ''}`);
  },
};

/** What a text in an attribute can be called, whatever a component does with it. */
const titles = /^(?:title|heading|headline|label|name)$/;
/** What an attribute is that no reader is meant to read: an address, a file, a colour, or a class. */
const technical =
  /^(?:[a-z][a-z\d+.-]*:\S*|\/\S*|#\S+|\S+\.(?:jpe?g|png|gif|webp|avif|svg|csv|json|mp3|mp4|pdf)|true|false)$/i;
const technicalKeys =
  /^(?:id|src|href|url|class|style|size|align|width|height|colou?r|variant|theme|layout|lang|dir)$/i;

/**
 * A component of a theme. Nobody knows what it prints, so readers elsewhere get its texts: its title, the words in its
 * attributes, and its content. If it has none, they get nothing rather than an empty box.
 */
export const ofTheme: Shape = (part, inner) => {
  const texts = Object.entries(part.attributes).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' &&
      entry[1].trim() !== '' &&
      !technicalKeys.test(entry[0]) &&
      !technical.test(entry[1].trim()),
  );
  const title = texts.find(([key]) => titles.test(key));
  const others = texts.filter((entry) => entry !== title).map(([, text]) => paragraph(escapeAttribute(text)));
  const all = `${title ? heading(part, escapeAttribute(title[1])) : ''}${others.join('')}${inner}`;
  return all === '' ? '' : `<aside>${all}</aside>`;
};

function tableHtml({ columns, rows }: ShownTable, caption: string): string {
  const head = columns
    .map(({ head }) => (head === '' ? '<td></td>' : `<th scope="col">${escapeAttribute(head)}</th>`))
    .join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeAttribute(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
