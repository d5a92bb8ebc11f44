import {
  byName,
  classesOf,
  closest,
  type Element,
  element,
  elementsOf,
  innerHtml,
  isTag,
  remove,
  replace,
  text,
  wordsOf,
} from '../markup/tree.ts';
import { idIn, type MediumPost } from './read-post.ts';

/**
 * The text of a post of Medium without its title and subtitle, with galleries, cards, and code in forms that every
 * story knows.
 *
 * @param ids of the posts in this archive, whose links lead to stories
 */
export function bodyHtml(post: MediumPost, ids: ReadonlySet<string>): string {
  const { body, titleElement, subtitleElement, isSubtitleWritten } = post;
  if (titleElement !== undefined) remove(titleElement);
  if (subtitleElement !== undefined && isSubtitleWritten) remove(subtitleElement);
  // Every section begins with a line, also the first one.
  const divider = elementsOf(body).find((each) => classesOf(each).includes('section-divider'));
  if (divider !== undefined && isFirst(divider, body)) remove(divider);
  for (const each of elementsOf(body)) {
    if (each.parent === null) continue;
    const classes = classesOf(each);
    if (classes.includes('graf--mixtapeEmbed')) replace(each, [mixtape(each)]);
    else if (each.name === 'script') gist(each);
    else if (each.name === 'pre') code(each);
    else if (each.name === 'a') each.attribs.href = target(each.attribs.href ?? '', ids);
    else if (each.name === 'iframe') frame(each);
    else if (classes.some((name) => /^sectionLayout--outsetRow/.test(name))) gallery(each);
  }
  return innerHtml(body);
}

function isFirst(node: Element, body: Element): boolean {
  for (const each of elementsOf(body)) {
    if (each === node) return true;
    if (/^(?:h[1-6]|p|blockquote|li|pre|figure|img|iframe)$/.test(each.name)) return false;
  }
  return false;
}

/** A card for another page: its title is bold, its description in italics, and its site comes after them. */
function mixtape(node: Element): Element {
  const links = byName(node, 'a');
  const link = links.find((each) => wordsOf(each) !== '') ?? links[0];
  const strong = firstWords(node, 'strong', 'b');
  const emphasis = firstWords(node, 'em', 'i');
  const all = link ? wordsOf(link) : wordsOf(node);
  const rest = all.replace(strong, '').replace(emphasis, '').trim();
  return element('div', {
    class: 'bs-card',
    'data-url': link?.attribs.href ?? '',
    'data-title': strong || all,
    // What Medium shows where an author has not written a description.
    'data-text': emphasis === 'Edit description' ? '' : emphasis,
    'data-provider': /^[\w.-]+\.[a-z]{2,}$/i.test(rest) ? rest : '',
  });
}

function firstWords(node: Element, ...names: string[]): string {
  const found = byName(node, ...names)[0];
  return found ? wordsOf(found) : '';
}

/** Code that GitHub shows is embedded as a script. */
function gist(node: Element): void {
  const url = /^(https:\/\/gist\.github\.com\/[\w-]+\/[\da-f]+)(?:\.js)?(?:\?file=([^&]+))?/i.exec(
    node.attribs.src ?? '',
  );
  if (!url?.[1]) return;
  replace(node, [
    element('div', {
      class: 'bs-card',
      'data-url': url[1],
      'data-title': decoded(url[2] ?? ''),
      'data-text': '',
      'data-provider': 'GitHub Gist',
    }),
  ]);
}

/** The language of code is an attribute. Its lines end with `<br>`. */
function code(node: Element): void {
  const language = node.attribs['data-code-block-lang'];
  const words: string[] = [];
  for (const each of textNodesIn(node)) words.push(each);
  const inner = element('code', language ? { class: `language-${language}` } : {}, [text(words.join(''))]);
  replace(node, [element('pre', {}, [inner])]);
}

function textNodesIn(node: Element): string[] {
  return node.children.flatMap((child) =>
    isTag(child) ? (child.name === 'br' ? ['\n'] : textNodesIn(child)) : 'data' in child ? [child.data] : [],
  );
}

/** Where a link leads without Medium's own redirect. A link to a post of the archive has its short address. */
function target(href: string, ids: ReadonlySet<string>): string {
  const redirect = /^https?:\/\/(?:www\.)?medium\.com\/r\/?\?(?:.*&)?url=([^&#]+)/i.exec(href)?.[1];
  if (redirect !== undefined) return decoded(redirect);
  if (!/^https?:\/\//i.test(href)) return href;
  const id = idIn(href.replace(/[?#].*$/s, ''));
  return id !== undefined && ids.has(id) ? `/p/${id}` : href;
}

/** Medium's own frame around a frame of another site does not say which one. Its address redirects there. */
function frame(node: Element): void {
  const figure = closest(node, 'figure');
  const src = node.attribs.src ?? '';
  const title = figure ? firstWords(figure, 'figcaption') : '';
  if (title !== '' && !node.attribs.title) node.attribs.title = title;
  const caption = figure && byName(figure, 'figcaption')[0];
  if (caption && node.attribs.title === title) remove(caption);
  if (/^https?:\/\/(?:www\.)?medium\.com\/media\//i.test(src)) node.attribs.src = src.replace(/\/href$/, '');
}

/** A row of pictures. One of them has its caption. */
function gallery(node: Element): void {
  const figures = node.children.filter(isTag);
  if (figures.length < 2 || !figures.every(({ name }) => name === 'figure')) return;
  const captions = figures.flatMap((each) => byName(each, 'figcaption'));
  node.attribs.class = 'gallery';
  const [only] = captions;
  if (captions.length !== 1 || only === undefined) return;
  remove(only);
  node.children.push(only);
  only.parent = node;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
