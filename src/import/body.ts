import type { Definition, Image, ImageReference, Link, LinkReference, Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { PictureFacts } from '../pictures/picture.ts';
import { decodeEntities, escapeText, printTag, type Tag, tagsOf } from './html.ts';
import { type FittedWords, fitWords } from './picture-words.ts';
import type { Change, ChangeKind } from './receipt.ts';
import { type Edit, type Spliced, splice } from './splice.ts';
import { isUntouched } from './untouched.ts';

/** What becomes of an address in a link. */
export type LinkAnswer =
  | { kind: 'keep' }
  | { kind: 'story'; url: string }
  | { kind: 'old-site'; url: string }
  /** Written without a scheme; another site all the same. */
  | { kind: 'complete'; url: string }
  /** The words remain. */
  | { kind: 'dead' | 'unsafe' | 'scheme' };

/** What stands behind a picture's address. */
export type PictureAnswer =
  /** Copied beside the story under that name. */
  | { kind: 'local'; name: string; facts: PictureFacts }
  /** Remote, missing or not to be used; `url` is where a reader may see it. */
  | { kind: 'away'; url?: string };

export interface BodyContext {
  /** For the receipt. */
  file: string;
  /** Counts lines of the source file, which the body is a part of. */
  lineOf(offset: number): number;
  headline: string;
  link(url: string): LinkAnswer;
  picture(url: string): PictureAnswer;
}

export interface ConvertedBody {
  text: string;
  changes: Change[];
  /** Entries for `pictures` in the front matter. */
  decorative: string[];
  /** Alt texts by the name of the copied file. */
  alts: Map<string, string>;
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** The tree of a Markdown text, with GFM. */
export const parseMarkdown = (text: string): Root => parser.parse(text);

/**
 * Turns a Markdown body into one that a newsroom may hold: links lead to stories or to the old site,
 * pictures lie beside the story, nothing runs code. Only the ranges that must change are replaced.
 *
 * @param source the body, perhaps spliced before; its `origin` counts in the source file
 */
export function convertBody(source: Spliced, context: BodyContext): ConvertedBody {
  const { text } = source;
  if (isUntouched(text, context.link)) return { text, changes: [], decorative: [], alts: new Map() };
  const tree = parseMarkdown(text);
  const edits: Edit[] = [];
  const changes: Change[] = [];
  const decorative = new Set<string>();
  const alts = new Map<string, string>();
  const tags: (Tag & { inLink: boolean; isAlone: boolean })[] = [];
  const definitions = new Map<string, Definition>();
  const definitionAnswers = new Map<Definition, LinkAnswer>();
  const usedByLinks = new Set<string>();
  const usedByPictures = new Set<string>();

  const note = (kind: ChangeKind, start: number, before: string, after: string) =>
    changes.push({
      file: context.file,
      line: context.lineOf(source.origin(start)),
      kind,
      before: short(before),
      after: short(after),
    });
  const edit = (start: number, end: number, replacement: string) => edits.push({ start, end, text: replacement });

  function walk(node: Nodes, inLink: boolean): void {
    if (node.type === 'definition') definitions.set(node.identifier, definitions.get(node.identifier) ?? node);
    if (node.type === 'linkReference') usedByLinks.add(node.identifier);
    if (node.type === 'imageReference') usedByPictures.add(node.identifier);
    if (node.type === 'html') {
      const [start, end] = span(node);
      const found = tagsOf(text.slice(start, end), start);
      for (const tag of found) tags.push({ ...tag, inLink, isAlone: tag.start === start && tag.end === end });
    }
    if ('children' in node)
      for (const child of node.children) walk(child, inLink || node.type === 'link' || node.type === 'linkReference');
  }
  walk(tree, false);

  // The headline is printed above the body: a first heading that says it again would be a second.
  const [first] = tree.children;
  if (first?.type === 'heading' && first.depth === 1 && sameWords(wordsOf(first), context.headline)) {
    const [start, end] = span(first);
    note('heading-dropped', start, text.slice(start, end), '');
    edit(start, end + (/^\n+/.exec(text.slice(end))?.[0].length ?? 0), '');
  }

  // One file has one entry in the front matter, so what is decided for one use of it holds for all.
  const uses: { name: string; facts: PictureFacts; alt: string; caption?: string }[] = [];
  (function collect(node: Nodes): void {
    if (node.type === 'image') use(node.url, node.alt, node.title);
    else if (node.type === 'imageReference') {
      const definition = definitions.get(node.identifier);
      if (definition) use(definition.url, node.alt, definition.title);
    }
    if ('children' in node) for (const child of node.children) collect(child);
  })(tree);
  tags.forEach((tag, place) => {
    if (tag.name === 'img' && !tag.isClose) use(sourceOf(tag), tag.attributes.get('alt'), captionOf(tag, place));
  });
  for (const { name, alt } of uses) if (alt !== '' && !alts.has(name)) alts.set(name, alt);
  for (const { name, facts, alt, caption } of uses)
    if (fitWords({ alt: alt || alts.get(name), caption }, facts).decorative) decorative.add(name);

  function use(url: string, alt: string | null | undefined, caption: string | null | undefined): void {
    const answer = url === '' ? undefined : context.picture(url);
    if (answer?.kind === 'local')
      uses.push({
        name: answer.name,
        facts: answer.facts,
        alt: alt?.trim() ?? '',
        caption: caption?.trim() || undefined,
      });
  }

  function sourceOf(tag: Tag): string {
    return tag.attributes.get('src') ?? tag.attributes.get('data-src') ?? '';
  }

  /** What is printed under a raw picture: the `<figcaption>` of its figure, else its `title`. */
  function captionOf(tag: Tag, place: number): string | undefined {
    const figcaption = figcaptionOf(place);
    return figcaption?.words || tag.attributes.get('title') || undefined;
  }

  function figcaptionOf(place: number): { start: number; end: number; words: string } | undefined {
    const before = tags.slice(0, place).findLast((other) => other.name === 'figure');
    if (!before || before.isClose) return undefined;
    const figureEnd = tags.findIndex((other, at) => at > place && other.name === 'figure');
    const from = tags.indexOf(before);
    const inside = tags
      .slice(from, figureEnd === -1 ? undefined : figureEnd)
      .filter((other) => other.name === 'figcaption');
    const open = inside.find((other) => !other.isClose);
    const close = inside.find((other) => other.isClose && open !== undefined && other.start > open.start);
    if (!open || !close) return undefined;
    return {
      start: open.start,
      end: close.end,
      words: decodeEntities(text.slice(open.end, close.start).replace(/<[^<>]*>/g, '')),
    };
  }

  function wordsFor(
    name: string,
    facts: PictureFacts,
    alt: string | null | undefined,
    caption: string | null | undefined,
  ): FittedWords {
    const wanted = { alt: alt?.trim() || alts.get(name), caption: caption?.trim() || undefined };
    const fitted = fitWords(wanted, facts);
    return decorative.has(name) && !fitted.decorative ? { alt: '', caption: wanted.caption, decorative: true } : fitted;
  }

  function visit(node: Nodes, inLink: boolean): void {
    let isInLink = inLink;
    if (node.type === 'link') isInLink = link(node) || inLink;
    else if (node.type === 'linkReference') isInLink = linkReference(node) || inLink;
    else if (node.type === 'image') image(node, node.url, node.title, inLink);
    else if (node.type === 'imageReference') {
      const definition = definitions.get(node.identifier);
      if (definition) image(node, definition.url, definition.title, inLink);
    }
    if ('children' in node) for (const child of node.children) visit(child, isInLink);
  }

  /** @returns whether it is still a link */
  function link(node: Link): boolean {
    const [start, end] = span(node);
    const raw = text.slice(start, end);
    const answer = context.link(node.url);
    if (answer.kind === 'keep') return true;
    const isBracketed = raw.startsWith('[');
    const close = tailOf(node, start, end);
    if ('url' in answer) {
      const tail = `](${formatUrl(answer.url)}${formatTitle(node.title)})`;
      const changed = isBracketed ? raw.slice(0, close - start) + tail : `[${escapeMarkdown(wordsOf(node))}${tail}`;
      if (isBracketed) edit(close, end, tail);
      else edit(start, end, changed);
      note(kindOf(answer), start, raw, changed);
      return true;
    }
    if (isBracketed) {
      edit(start, start + 1, '');
      protect(node, start + 1);
      edit(close, end, '');
    } else edit(start, end, escapeMarkdown(wordsOf(node)));
    note(kindOf(answer), start, raw, isBracketed ? text.slice(start + 1, close) : wordsOf(node));
    return false;
  }

  function linkReference(node: LinkReference): boolean {
    const definition = definitions.get(node.identifier);
    if (!definition) return true;
    const answer = answerOf(definition);
    if (answer.kind === 'keep' || 'url' in answer) return true;
    const [start, end] = span(node);
    const close = tailOf(node, start, end);
    edit(start, start + 1, '');
    edit(close, end, '');
    note(kindOf(answer), start, `${text.slice(start, end)} ${definition.url}`, text.slice(start + 1, close));
    return false;
  }

  /** Words at the beginning of a line that would become a list, a quotation or a heading once the bracket is gone. */
  function protect(node: Link, at: number): void {
    const number = /^\d+(?=[.)](?:\s|$))/.exec(text.slice(at, at + 20))?.[0];
    if (node.position?.start.column !== 1 || (number === undefined && !/^[-+#>=]/.test(text.slice(at)))) return;
    const place = at + (number?.length ?? 0);
    edit(place, place, '\\');
  }

  function answerOf(definition: Definition): LinkAnswer {
    let answer = definitionAnswers.get(definition);
    if (!answer) {
      answer = context.link(definition.url);
      definitionAnswers.set(definition, answer);
    }
    return answer;
  }

  function tailOf(node: Link | LinkReference, start: number, end: number): number {
    const last = node.children.at(-1);
    const from = last ? span(last)[1] : start + 1;
    const close = text.indexOf(']', from);
    return close === -1 || close >= end ? end : close;
  }

  function image(node: Image | ImageReference, url: string, title: string | null | undefined, inLink: boolean): void {
    const [start, end] = span(node);
    const raw = text.slice(start, end);
    const answer = context.picture(url);
    if (answer.kind === 'away') {
      const name = pictureName(node.alt, title, url);
      const isLink = answer.url !== undefined && !inLink;
      const changed = isLink ? `[${escapeMarkdown(name)}](${formatUrl(answer.url ?? '')})` : escapeMarkdown(name);
      edit(start, end, changed);
      note(
        answer.url === undefined ? 'picture-named' : 'picture-linked',
        start,
        node.type === 'image' ? raw : `${raw} ${url}`,
        changed,
      );
      return;
    }
    const fitted = wordsFor(answer.name, answer.facts, node.alt, title);
    const changed = `![${escapeMarkdown(fitted.alt)}](${formatUrl(answer.name)}${formatTitle(fitted.caption)})`;
    noteFit(start, raw, answer.name, fitted, title);
    note('picture-copied', start, raw, changed);
    if (
      node.type === 'imageReference' ||
      url !== answer.name ||
      fitted.alt !== (node.alt ?? '') ||
      fitted.caption !== (title?.trim() || undefined)
    )
      edit(start, end, changed);
  }

  function noteFit(
    start: number,
    raw: string,
    name: string,
    fitted: FittedWords,
    caption: string | null | undefined,
  ): void {
    if (fitted.decorative) note('picture-decorative', start, raw, `pictures: { ${name}: { decorative: true } }`);
    if (!fitted.decorative && caption?.trim() && fitted.caption === undefined)
      note('caption-dropped', start, raw, fitted.alt);
  }

  visit(tree, false);

  for (const definition of definitions.values()) {
    const [start, end] = span(definition);
    const id = definition.identifier;
    const answer = answerOf(definition);
    const raw = text.slice(start, end);
    // Whoever showed the picture by this definition now names it directly.
    if (usedByPictures.has(id) && !usedByLinks.has(id)) edit(start, end, '');
    else if ('url' in answer) {
      const label = /^\[(?:\\[\s\S]|[^\]\\])*\]:/.exec(raw)?.[0];
      const changed = `${label} ${formatUrl(answer.url)}${formatTitle(definition.title)}`;
      if (label) edit(start, end, changed);
      note(kindOf(answer), start, raw, changed);
    } else if (answer.kind !== 'keep') edit(start, end, '');
  }

  convertTags();

  const spliced = splice({ text, origin: (offset) => offset }, edits);
  changes.sort((a, b) => a.line - b.line);
  return { text: spliced.text, changes, decorative: [...decorative], alts };

  function convertTags(): void {
    let openAnchors = 0;
    for (let place = 0; place < tags.length; place++) {
      const tag = tags[place];
      if (!tag) continue;
      const { name, isClose, start, end } = tag;
      const raw = text.slice(start, end);
      if (name === 'script' || name === 'style') {
        const close = isClose ? -1 : tags.findIndex((other, at) => at > place && other.isClose && other.name === name);
        const until = close === -1 ? end : (tags[close]?.end ?? end);
        edit(start, until, '');
        note('code-dropped', start, text.slice(start, until), '');
        if (close !== -1) place = close;
        continue;
      }
      if (name === 'video' || name === 'audio' || name === 'object' || name === 'embed') {
        place = media(tag, place, openAnchors > 0);
        continue;
      }
      if (name === 'source' || name === 'track' || name === 'picture') {
        edit(start, end, '');
        note('html-changed', start, raw, '');
        continue;
      }
      if (isClose) {
        if (name === 'a') openAnchors = Math.max(0, openAnchors - 1);
        continue;
      }
      if (name === 'a') openAnchors++;
      if (name === 'img') {
        imgTag(tag, place, openAnchors > 0 || tag.inLink);
        continue;
      }
      cleanTag(tag);
    }
  }

  function imgTag(tag: (typeof tags)[number], place: number, inLink: boolean): void {
    const { start, end, attributes } = tag;
    const raw = text.slice(start, end);
    const src = sourceOf(tag);
    const answer: PictureAnswer = src === '' ? { kind: 'away' } : context.picture(src);
    if (answer.kind === 'away') {
      const name = pictureName(attributes.get('alt'), attributes.get('title'), src);
      const url = inLink ? undefined : answer.url;
      const changed = tag.isAlone
        ? url === undefined
          ? escapeMarkdown(name)
          : `[${escapeMarkdown(name)}](${formatUrl(url)})`
        : url === undefined
          ? escapeText(name)
          : `${printTag('a', new Map([['href', url]]))}${escapeText(name)}</a>`;
      edit(start, end, changed);
      note(answer.url === undefined ? 'picture-named' : 'picture-linked', start, raw, changed);
      return;
    }
    const figcaption = figcaptionOf(place);
    const fitted = wordsFor(answer.name, answer.facts, attributes.get('alt'), captionOf(tag, place));
    const kept = new Map([['src', formatUrl(answer.name)]]);
    if (fitted.alt !== '') kept.set('alt', fitted.alt);
    if (!figcaption && fitted.caption !== undefined) kept.set('title', fitted.caption);
    for (const key of ['width', 'height'])
      if (/^\d+$/.test(attributes.get(key) ?? '')) kept.set(key, attributes.get(key) ?? '');
    if (figcaption && fitted.caption === undefined) edit(figcaption.start, figcaption.end, '');
    noteFit(start, raw, answer.name, fitted, captionOf(tag, place));
    const changed = printTag('img', kept);
    edit(start, end, changed);
    note('picture-copied', start, raw, changed);
  }

  /** @returns the place of the last tag that belongs to it */
  function media(tag: (typeof tags)[number], place: number, inLink: boolean): number {
    const { name, isClose, start, end, attributes } = tag;
    if (isClose) {
      edit(start, end, '');
      return place;
    }
    const close =
      name === 'embed' ? -1 : tags.findIndex((other, at) => at > place && other.isClose && other.name === name);
    const inside = close === -1 ? [] : tags.slice(place + 1, close);
    const src = [
      attributes.get('src'),
      attributes.get('data'),
      ...inside.map((other) => other.attributes.get('src') ?? other.attributes.get('href')),
    ].find(Boolean);
    const until = close === -1 ? end : (tags[close]?.end ?? end);
    // An <object> of a release note is a word in angle brackets, not an element.
    if (src === undefined) {
      if (close !== -1 || name === 'embed') {
        edit(start, end, '');
        note('html-changed', start, text.slice(start, end), '');
      }
      return place;
    }
    const words = `${name === 'audio' ? 'Sound' : name === 'video' ? 'Video' : 'Object'}: ${attributes.get('title') ?? fileNameOf(src)}`;
    const answer = context.link(src);
    const url = answer.kind === 'keep' ? src : 'url' in answer ? answer.url : undefined;
    const isComplete = url !== undefined && /^https?:/i.test(url) && !inLink;
    const changed = isComplete
      ? `${printTag('a', new Map([['href', url ?? '']]))}${escapeText(words)}</a>`
      : escapeText(words);
    edit(start, until, changed);
    note('media-linked', start, text.slice(start, until), changed);
    return close === -1 ? place : close;
  }

  function cleanTag(tag: (typeof tags)[number]): void {
    const { name, start, end, attributes } = tag;
    const raw = text.slice(start, end);
    const changed = new Map(attributes);
    let kind: ChangeKind | undefined;
    for (const [key, value] of attributes) {
      if (
        !['href', 'src', 'action', 'formaction', 'background', 'poster', 'xlink:href', 'srcset', 'cite'].includes(key)
      )
        continue;
      if (name === 'iframe' && key === 'src' && value.startsWith('//')) {
        changed.set(key, `https:${value}`);
        kind ??= 'html-changed';
        continue;
      }
      const answer = context.link(value);
      if (answer.kind === 'keep') continue;
      if ('url' in answer && !(answer.kind === 'story' && name !== 'a')) changed.set(key, answer.url);
      else changed.delete(key);
      kind = kindOf(answer);
    }
    if (kind === undefined) return;
    const replaced = printTag(name, changed);
    edit(start, end, replaced);
    note(kind, start, raw, replaced);
  }
}

function kindOf(answer: Exclude<LinkAnswer, { kind: 'keep' }>): ChangeKind {
  if (answer.kind === 'story') return 'link-to-story';
  if (answer.kind === 'old-site') return 'link-to-old-site';
  return `link-${answer.kind}`;
}

function span(node: Nodes): [number, number] {
  const { position } = node;
  if (position?.start.offset === undefined || position.end.offset === undefined)
    throw new Error(`no position on a ${node.type}`);
  return [position.start.offset, position.end.offset];
}

/** The plain words of a node. */
export function wordsOf(node: Nodes): string {
  if ('alt' in node && typeof node.alt === 'string') return node.alt;
  if (node.type === 'html') return '';
  if ('value' in node && typeof node.value === 'string') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

const foldWords = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
const sameWords = (one: string, other: string): boolean => foldWords(one) === foldWords(other);

/** What a picture is called where it cannot be shown. */
export function pictureName(alt: string | null | undefined, title: string | null | undefined, url: string): string {
  return `Picture: ${alt?.trim() || title?.trim() || fileNameOf(url)}`;
}

function fileNameOf(url: string): string {
  if (url.startsWith('data:')) return 'without a name';
  const name =
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .filter(Boolean)
      .at(-1) ?? '';
  try {
    return decodeURIComponent(name) || 'without a name';
  } catch {
    return name || 'without a name';
  }
}

/** Words that stay words in Markdown. */
export const escapeMarkdown = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/:\/\//g, ':\\//')
    .replace(/(^|\W)www\./gi, '$1www\\.')
    .replace(/(\w)@(?=\w)/g, '$1\\@');

/** An address as the target of a Markdown link. */
export const formatUrl = (url: string): string =>
  url
    .replace(/[\p{Cc} ()<>\\|"`{}^]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(/&(?=#?\w+;)/g, '&amp;');

const formatTitle = (title: string | null | undefined): string =>
  title
    ? ` "${title
        .replace(/\s+/g, ' ')
        .replace(/[\\"]/g, '\\$&')
        .replace(/&(?=#?\w+;)/g, '&amp;')}"`
    : '';

const charsMax = 300;
const short = (text: string): string => (text.length > charsMax ? `${text.slice(0, charsMax)}…` : text);
