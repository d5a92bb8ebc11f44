import type { Definition, Image, ImageReference, Link, LinkReference, Nodes } from 'mdast';
import { escapeMarkdown, formatTitle, formatUrl, pictureName, wordsOf } from '../markdown-words.ts';
import type { BodyContext, LinkAnswer } from './context.ts';
import { type Draft, kindOf } from './draft.ts';
import { type BodyParts, figcaptionAt, purposeOf, span } from './parts.ts';
import { type BodyPictures, noteFit } from './pictures.ts';
import { hasPosition } from './positions.ts';

/** Converts the Markdown links and pictures in a body, and the definitions that they refer to. */
export function convertNodes(
  { tree, tags, definitions, usedByLinks, usedByPictures }: BodyParts,
  pictures: BodyPictures,
  draft: Draft,
  context: BodyContext,
): void {
  const { text, edit, note } = draft;
  const definitionAnswers = new Map<Definition, LinkAnswer>();

  visit(tree, undefined);
  for (const definition of definitions.values()) {
    if (!hasPosition(definition)) continue;
    const [start, end] = span(definition);
    const id = definition.identifier;
    const answer = answerOf(definition);
    const raw = text.slice(start, end);
    // A picture that used this definition now names its file directly.
    if (usedByPictures.has(id) && !usedByLinks.has(id)) edit(start, end, '');
    else if (isSame(answer, definition.url)) continue;
    else if ('url' in answer) {
      const label = /^\[(?:\\[\s\S]|[^\]\\])*\]:/.exec(raw)?.[0];
      const changed = `${label} ${formatUrl(answer.url)}${formatTitle(definition.title)}`;
      if (label) edit(start, end, changed);
      note(kindOf(answer), start, raw, changed);
    } else if (answer.kind !== 'keep') edit(start, end, '');
  }

  /** @param around what the link around the node is for, or undefined if there is none */
  function visit(node: Nodes, around: string | undefined): void {
    let inside = around;
    if (!hasPosition(node)) return;
    if (node.type === 'link') inside = link(node) ? purposeOf(node.url, node.title) : around;
    else if (node.type === 'linkReference') {
      const definition = definitions.get(node.identifier);
      if (linkReference(node)) inside = definition ? purposeOf(definition.url, definition.title) : '';
    } else if (node.type === 'image') image(node, node.url, node.title, around);
    else if (node.type === 'imageReference') {
      const definition = definitions.get(node.identifier);
      if (definition) image(node, definition.url, definition.title, around);
    }
    if (!('children' in node)) return;
    const isOnlyPicture = node.children.every(({ type }) => type === 'image' || type === 'imageReference');
    for (const child of node.children) visit(child, inside === undefined || isOnlyPicture ? inside : '');
  }

  /** @returns whether it is still a link */
  function link(node: Link): boolean {
    const [start, end] = span(node);
    const raw = text.slice(start, end);
    const answer = context.link(node.url);
    if (answer.kind === 'keep' || isSame(answer, node.url)) return true;
    const isBracketed = raw.startsWith('[');
    const close = tailOf(node, start, end, text);
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
      protect(node, start + 1, draft);
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
    const close = tailOf(node, start, end, text);
    edit(start, start + 1, '');
    edit(close, end, '');
    note(kindOf(answer), start, `${text.slice(start, end)} ${definition.url}`, text.slice(start + 1, close));
    return false;
  }

  function answerOf(definition: Definition): LinkAnswer {
    let answer = definitionAnswers.get(definition);
    if (!answer) {
      answer = context.link(definition.url);
      definitionAnswers.set(definition, answer);
    }
    return answer;
  }

  function image(
    node: Image | ImageReference,
    url: string,
    title: string | null | undefined,
    around: string | undefined,
  ): void {
    const [start, end] = span(node);
    const raw = text.slice(start, end);
    const answer = context.picture(url);
    const inLink = around !== undefined;
    // In a figure, the caption is printed from there.
    const figcaption = figcaptionAt(start, tags, text)?.words || undefined;
    const caption = figcaption ?? title;
    const alt = node.alt?.trim() || (caption?.trim() ? '' : around) || '';
    if (answer.kind === 'away' && answer.name !== undefined) {
      const words = pictures.wantedFor(answer.name, answer.url ?? url, alt, caption);
      const changed = `![${escapeMarkdown(words.alt)}](${formatUrl(answer.name)}${formatTitle(figcaption === undefined ? words.caption : undefined)})`;
      edit(start, end, changed);
      note('picture-wanted', start, node.type === 'image' ? raw : `${raw} ${url}`, changed);
      return;
    }
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
    const fitted = pictures.wordsFor(answer.name, answer.facts, alt, caption);
    const printed = figcaption === undefined ? fitted.caption : undefined;
    const changed = `![${escapeMarkdown(fitted.alt)}](${formatUrl(answer.name)}${formatTitle(printed)})`;
    noteFit(draft, start, { raw, name: answer.name, fitted, caption });
    note('picture-copied', start, raw, changed);
    if (
      node.type === 'imageReference' ||
      url !== answer.name ||
      fitted.alt !== (node.alt ?? '') ||
      printed !== (title?.trim() || undefined)
    )
      edit(start, end, changed);
  }
}

/** A document can have the address that its link names already. */
const isSame = (answer: LinkAnswer, url: string): boolean => answer.kind === 'document' && answer.url === url;

/** Text at the beginning of a line that would become a list, a quotation, or a heading once the bracket is removed. */
function protect(node: Link, at: number, { text, edit }: Draft): void {
  const number = /^\d+(?=[.)](?:\s|$))/.exec(text.slice(at, at + 20))?.[0];
  if (node.position?.start.column !== 1 || (number === undefined && !/^[-+#>=]/.test(text.slice(at)))) return;
  const place = at + (number?.length ?? 0);
  edit(place, place, '\\');
}

/** Where the text of a link ends and its address begins. */
function tailOf(node: Link | LinkReference, start: number, end: number, text: string): number {
  const last = node.children.findLast(hasPosition);
  const from = last ? span(last)[1] : start + 1;
  const close = text.indexOf(']', from);
  return close === -1 || close >= end ? end : close;
}
