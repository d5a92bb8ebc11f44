import type { Definition, Nodes, Root } from 'mdast';
import { type Tag, tagsOf } from '../html.ts';
import { decodePath } from '../old-address.ts';
import { textOfHtml } from '../plain-words.ts';
import { hasPosition, locateNodes } from './positions.ts';

/** A tag of raw HTML in a Markdown body. */
export interface BodyTag extends Tag {
  /** It is in a Markdown link. */
  inLink: boolean;
  /** It is the only content of its run of HTML. */
  isAlone: boolean;
}

/** The parts of a body that refer to each other. */
export interface BodyParts {
  tree: Root;
  /** In the order of the text. */
  tags: BodyTag[];
  /** By identifier. If two have the same identifier, the first applies. */
  definitions: Map<string, Definition>;
  /** Identifiers. */
  usedByLinks: Set<string>;
  usedByPictures: Set<string>;
}

/** @param text the text that `tree` was parsed from */
export function partsOf(tree: Root, text: string): BodyParts {
  const parts: BodyParts = {
    tree,
    tags: [],
    definitions: new Map(),
    usedByLinks: new Set(),
    usedByPictures: new Set(),
  };
  const { tags, definitions, usedByLinks, usedByPictures } = parts;
  locateNodes(tree, text);
  (function walk(node: Nodes, inLink: boolean): void {
    if (node.type === 'definition') definitions.set(node.identifier, definitions.get(node.identifier) ?? node);
    if (node.type === 'linkReference') usedByLinks.add(node.identifier);
    if (node.type === 'imageReference') usedByPictures.add(node.identifier);
    if (node.type === 'html' && hasPosition(node)) {
      const [start, end] = span(node);
      const found = tagsOf(text.slice(start, end), start);
      for (const tag of found) tags.push({ ...tag, inLink, isAlone: tag.start === start && tag.end === end });
    }
    if ('children' in node)
      for (const child of node.children) walk(child, inLink || node.type === 'link' || node.type === 'linkReference');
  })(tree, false);
  return parts;
}

/** The position of a node in its text. The caller has made sure that it has one (`hasPosition`). */
export function span(node: Nodes): [start: number, end: number] {
  const { position } = node;
  if (position?.start.offset === undefined || position.end.offset === undefined)
    throw new Error(`no position on a ${node.type}`);
  return [position.start.offset, position.end.offset];
}

/** The address of a raw picture. */
export const sourceOf = (tag: BodyTag): string => tag.attributes.get('src') ?? tag.attributes.get('data-src') ?? '';

/** The text printed below a raw picture: the `<figcaption>` of its figure, or its `title`. */
export function captionOf(tag: BodyTag, tags: readonly BodyTag[], text: string): string | undefined {
  return figcaptionOf(tag, tags, text)?.words || tag.attributes.get('title') || undefined;
}

/** The `<figcaption>` of the figure that contains a raw picture. */
export const figcaptionOf = (tag: BodyTag, tags: readonly BodyTag[], text: string): Figcaption | undefined =>
  figcaptionAt(tag.start, tags, text);

export interface Figcaption {
  start: number;
  end: number;
  words: string;
}

/** The `<figcaption>` of the figure that contains a position. */
export function figcaptionAt(offset: number, tags: readonly BodyTag[], text: string): Figcaption | undefined {
  const from = tags.findLastIndex(({ name, start }) => name === 'figure' && start < offset);
  const before = tags[from];
  if (!before || before.isClose) return undefined;
  const figureEnd = tags.findIndex((other, at) => at > from && other.name === 'figure');
  const inside = tags
    .slice(from, figureEnd === -1 ? undefined : figureEnd)
    .filter((other) => other.name === 'figcaption');
  const open = inside.find((other) => !other.isClose);
  const close = inside.find((other) => other.isClose && open !== undefined && other.start > open.start);
  if (!open || !close) return undefined;
  const words = textOfHtml(text.slice(open.end, close.start)).replace(/\s+/g, ' ').trim();
  return { start: open.start, end: close.end, words };
}

/** What the link around a picture without words is for: the name of what it leads to. */
export function purposeOf(url: string, title: string | null | undefined): string {
  const said = title?.trim();
  if (said) return said;
  const path = url.replace(/[?#].*$/s, '');
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  const host = /^(?:https?:)?\/\/([^/?#]+)/i.exec(url)?.[1]?.replace(/^www\./, '');
  if (last === '' || last === host || `www.${host}` === last) return host ?? '';
  return decodePath(last)
    .replace(/\.[a-z0-9]{2,5}$/i, '')
    .replace(/[-_+]+/g, ' ')
    .trim();
}
