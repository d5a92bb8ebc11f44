import { escapeText } from '../../site/markup.ts';
import { stripped } from '../../story/body/sanitise.ts';
import { printTag } from '../html.ts';
import { escapeMarkdown, fileNameOf, formatUrl, pictureName } from '../markdown-words.ts';
import { textOfHtml } from '../plain-words.ts';
import type { ChangeKind } from '../receipt.ts';
import type { BodyContext, PictureAnswer } from './context.ts';
import { type Draft, kindOf } from './draft.ts';
import { type BodyTag, captionOf, figcaptionOf, purposeOf, sourceOf } from './parts.ts';
import { type BodyPictures, noteFit } from './pictures.ts';

/** Converts the raw HTML in a body, tag by tag. @param tags all of them, in the order of the text */
export function convertTags(
  tags: readonly BodyTag[],
  pictures: BodyPictures,
  draft: Draft,
  context: BodyContext,
): void {
  const { text, edit, note } = draft;
  let openAnchors = 0;
  let purpose = '';
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
    if (raw.endsWith('/>') && !voidElements.has(name) && !isClosed(place, tags)) {
      // In HTML, the slash does not close the element, so it would contain the rest of the text.
      edit(end, end, `</${name}>`);
      note('html-changed', start, raw, `${raw}</${name}>`);
    }
    if (name === 'video' || name === 'audio' || name === 'object' || name === 'embed') {
      place = convertMedia(place, tags, openAnchors > 0, draft, context);
      continue;
    }
    if (unprinted.has(name)) {
      place = convertUnprinted(place, tags, draft);
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
    if (name === 'a') {
      openAnchors++;
      const next = tags[place + 1];
      const isOnlyPicture = next?.name === 'img' && text.slice(end, next.start).trim() === '';
      purpose = isOnlyPicture ? purposeOf(tag.attributes.get('href') ?? '', tag.attributes.get('title')) : '';
    }
    if (name === 'img') {
      convertPicture(
        tag,
        tags,
        { inLink: openAnchors > 0 || tag.inLink, purpose: openAnchors > 0 ? purpose : '' },
        pictures,
        draft,
        context,
      );
      continue;
    }
    convertAddresses(tag, draft, context);
  }
}

function convertPicture(
  tag: BodyTag,
  tags: readonly BodyTag[],
  { inLink, purpose }: { inLink: boolean; purpose: string },
  pictures: BodyPictures,
  draft: Draft,
  context: BodyContext,
): void {
  const { text, edit, note } = draft;
  const { start, end, attributes } = tag;
  const raw = text.slice(start, end);
  const src = sourceOf(tag);
  const answer: PictureAnswer = src === '' ? { kind: 'away' } : context.picture(src);
  if (answer.kind === 'away' && answer.name !== undefined) {
    const figcaption = figcaptionOf(tag, tags, text);
    const words = pictures.wantedFor(
      answer.name,
      answer.url ?? src,
      attributes.get('alt') || (figcaption ? '' : purpose),
      captionOf(tag, tags, text),
    );
    const kept = new Map([['src', formatUrl(answer.name)]]);
    if (words.alt !== '') kept.set('alt', words.alt);
    if (!figcaption && words.caption !== undefined) kept.set('title', words.caption);
    const changed = printTag('img', kept);
    edit(start, end, changed);
    note('picture-wanted', start, raw, changed);
    return;
  }
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
  const figcaption = figcaptionOf(tag, tags, text);
  const caption = captionOf(tag, tags, text);
  const fitted = pictures.wordsFor(
    answer.name,
    answer.facts,
    attributes.get('alt') || (caption ? '' : purpose),
    caption,
  );
  const kept = new Map([['src', formatUrl(answer.name)]]);
  if (fitted.alt !== '') kept.set('alt', fitted.alt);
  if (!figcaption && fitted.caption !== undefined) kept.set('title', fitted.caption);
  for (const key of ['width', 'height'])
    if (/^\d+$/.test(attributes.get(key) ?? '')) kept.set(key, attributes.get(key) ?? '');
  if (figcaption && fitted.caption === undefined) edit(figcaption.start, figcaption.end, '');
  noteFit(draft, start, { raw, name: answer.name, fitted, caption });
  const changed = printTag('img', kept);
  edit(start, end, changed);
  note('picture-copied', start, raw, changed);
}

/** Converts a video, a sound, or an object into a link. @returns the index of the last tag that belongs to it */
function convertMedia(
  place: number,
  tags: readonly BodyTag[],
  inLink: boolean,
  { text, edit, note }: Draft,
  context: BodyContext,
): number {
  const { name, isClose, start, end, attributes } = tags[place]!;
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
  // An <object> in release notes is a word in angle brackets, not an element.
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
  const isComplete = url !== undefined && (answer.kind === 'document' || /^(?:https?:|\/(?!\/))/i.test(url)) && !inLink;
  const changed = isComplete
    ? `${printTag('a', new Map([['href', url ?? '']]))}${escapeText(words)}</a>`
    : escapeText(words);
  edit(start, until, changed);
  note('media-linked', start, text.slice(start, until), changed);
  return close === -1 ? place : close;
}

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

const isClosed = (place: number, tags: readonly BodyTag[]): boolean =>
  tags.some((other, at) => at > place && other.isClose && other.name === tags[place]!.name);

/** What a build removes with its content, besides code and media. */
const unprinted = new Set(stripped.filter((name) => !['script', 'style', 'object', 'embed'].includes(name)));

/** @returns the index of the last tag that was removed */
function convertUnprinted(place: number, tags: readonly BodyTag[], { text, edit, note }: Draft): number {
  const { name, isClose, start, end } = tags[place]!;
  const close = isClose ? -1 : tags.findIndex((other, at) => at > place && other.isClose && other.name === name);
  const inside = close === -1 ? [] : tags.slice(place + 1, close);
  const until = close === -1 ? end : (tags[close]?.end ?? end);
  if (name === 'noscript') {
    // A picture for browsers without scripts often repeats the one before it.
    const before = tags.slice(0, place).findLast((other) => other.name !== 'a');
    const isRepeated =
      before?.name === 'img' && inside.some((other) => other.name === 'img') && isGap(text.slice(before.end, start));
    const removed = isRepeated ? until : end;
    edit(start, removed, '');
    if (!isClose) note('html-changed', start, text.slice(start, removed), '');
    return isRepeated && close !== -1 ? close : place;
  }
  if (close === -1 && !isClose && !['base', 'link', 'meta'].includes(name)) {
    // A <select> that nothing closes is a word in angle brackets, not an element.
    edit(start, start + 1, escapeText('<'));
    note('html-changed', start, text.slice(start, end), escapeText('<') + text.slice(start + 1, end));
    return place;
  }
  // If there are words inside, the whole text is converted in another way, which keeps them.
  if (textOfHtml(text.slice(end, close === -1 ? end : tags[close]!.start)).trim() !== '') return close;
  edit(start, until, '');
  note('html-changed', start, text.slice(start, until), '');
  return close === -1 ? place : close;
}

const isGap = (between: string): boolean => /^(?:\s|<\/a\s*>)*$/i.test(between);

const addressAttributes = [
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'poster',
  'xlink:href',
  'srcset',
  'cite',
];

function convertAddresses(tag: BodyTag, { text, edit, note }: Draft, context: BodyContext): void {
  const { name, start, end, attributes } = tag;
  const raw = text.slice(start, end);
  const changed = new Map(attributes);
  let kind: ChangeKind | undefined;
  for (const [key, value] of attributes) {
    if (!addressAttributes.includes(key)) continue;
    if (name === 'iframe' && key === 'src' && value.startsWith('//')) {
      changed.set(key, `https:${value}`);
      kind ??= 'html-changed';
      continue;
    }
    const answer = context.link(value);
    if (answer.kind === 'keep' || (answer.kind === 'document' && answer.url === value)) continue;
    if ('url' in answer && !(answer.kind === 'story' && name !== 'a')) changed.set(key, answer.url);
    else changed.delete(key);
    kind = kindOf(answer);
  }
  if (kind === undefined) return;
  const replaced = printTag(name, changed);
  edit(start, end, replaced);
  note(kind, start, raw, replaced);
}
