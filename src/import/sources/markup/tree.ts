import { type ChildNode, DomHandler, Element, isTag, isText, type ParentNode, Text } from 'domhandler';
import { DomUtils, Parser, parseDocument } from 'htmlparser2';

/*
 * Trees of HTML and XML that other programs wrote. The parser never expands entities that a file defines, never opens
 * another file, and reads to the end whatever is wrong. The functions here use no recursion, or are only called after
 * `flatten`, because a file can nest as deep as it likes.
 */

/** Nobody writes deeper. A saved page has up to 40 levels. */
const depthMax = 200;

export const parseHtml = (html: string): ParentNode => flatten(parseDocument(html));

/**
 * The same for HTML from anywhere. The parser's time grows with the square of the depth.
 *
 * @throws RangeError if elements are nested deeper than `nestingMax`
 */
export function parseShallowHtml(html: string, nestingMax: number): ParentNode {
  const handler = new (class extends DomHandler {
    override onopentag(name: string, attributes: Record<string, string>): void {
      super.onopentag(name, attributes);
      if (this.tagStack.length > nestingMax) throw new RangeError(`HTML nested more than ${nestingMax} deep`);
    }
  })();
  new Parser(handler).end(html);
  return flatten(handler.root);
}

export const parseXml = (xml: string): ParentNode => flatten(parseDocument(xml, { xmlMode: true }));

/** So many levels above a text stay, whatever is around them: without its paragraph and its run, Word's text is none. */
const innerMax = 20;

/** Elements between the limit and the last levels above a text are replaced by their content, so no word is lost. */
function flatten(root: ParentNode): ParentNode {
  const queue: { node: ParentNode; depth: number }[] = [{ node: root, depth: 0 }];
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    const { node, depth } = entry;
    if (depth >= depthMax - innerMax) {
      setChildren(node, innerChildren(node));
      continue;
    }
    for (const child of node.children) if ('children' in child) queue.push({ node: child, depth: depth + 1 });
  }
  return root;
}

/** What is below an element, without the elements that have too many levels below them. */
function innerChildren(root: ParentNode): ChildNode[] {
  const all: ParentNode[] = [root];
  for (let at = 0; at < all.length; at++)
    for (const child of all[at]?.children ?? []) if ('children' in child) all.push(child);
  const heights = new Map<ParentNode, number>();
  for (const node of all.reverse())
    heights.set(
      node,
      node.children.reduce((most, child) => Math.max(most, 'children' in child ? 1 + (heights.get(child) ?? 0) : 0), 0),
    );
  const kept: ChildNode[] = [];
  const stack: ChildNode[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('children' in node && (heights.get(node) ?? 0) >= innerMax)
      for (const child of [...node.children].reverse()) stack.push(child);
    else kept.push(node);
  }
  return kept;
}

/** Every element in a tree, in the order of the text. The tree may be changed while it is walked. */
export function elementsOf(root: ParentNode): Element[] {
  const found: Element[] = [];
  const stack: ChildNode[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isTag(node)) found.push(node);
    if ('children' in node)
      for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as ChildNode);
  }
  return found;
}

export const byName = (root: ParentNode, ...names: string[]): Element[] =>
  elementsOf(root).filter(({ name }) => names.includes(name));

export const firstByName = (root: ParentNode, ...names: string[]): Element | undefined => byName(root, ...names)[0];

export const childrenByName = (parent: ParentNode, ...names: string[]): Element[] =>
  parent.children.filter((child): child is Element => isTag(child) && names.includes(child.name));

export const child = (parent: ParentNode | undefined, name: string): Element | undefined =>
  parent === undefined ? undefined : childrenByName(parent, name)[0];

/** The words of a tree, on one line. Blocks and line breaks are spaces. */
export function wordsOf(root: ParentNode | ChildNode, isLeftOut?: (node: ChildNode) => boolean): string {
  const words: string[] = [];
  const stack: (ChildNode | string)[] = ['children' in root ? [...root.children].reverse() : [root]].flat();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') words.push(node);
    else if (isLeftOut?.(node)) continue;
    else if (isText(node)) words.push(node.data);
    else if ('children' in node) {
      const isBlock = isTag(node) && blockNames.has(node.name);
      if (isBlock) {
        words.push(' ');
        stack.push(' ');
      }
      for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as ChildNode);
    }
  }
  return words.join('').replace(/\s+/g, ' ').trim();
}

const blockNames = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

export const outerHtml = (node: ChildNode | ParentNode): string =>
  DomUtils.getOuterHTML(node, { encodeEntities: 'utf8' });
export const innerHtml = (node: ChildNode): string => DomUtils.getInnerHTML(node, { encodeEntities: 'utf8' });
export const xmlText = (root: ParentNode): string =>
  DomUtils.getOuterHTML(root, { xmlMode: true, encodeEntities: 'utf8' });

/** Puts nodes in the place of one. */
export function replace(node: ChildNode, by: readonly ChildNode[]): void {
  const parent = node.parent;
  if (parent === null) return;
  const at = parent.children.indexOf(node);
  parent.children.splice(at, 1, ...by);
  for (const each of by) each.parent = parent;
  node.parent = null;
  link(parent);
}

/**
 * Puts nodes in the place of many elements, in one step for each parent. An element comes after those inside it.
 *
 * @param by what replaces an element. It stays if this is undefined.
 */
export function replaceEach(root: ParentNode, by: (element: Element) => readonly ChildNode[] | undefined): void {
  for (const parent of [root, ...elementsOf(root)].reverse()) {
    let isChanged = false;
    const children = parent.children.flatMap((each) => {
      const replaced = isTag(each) ? by(each) : undefined;
      if (replaced) isChanged = true;
      return replaced ?? each;
    });
    if (isChanged) setChildren(parent, children);
  }
}

export const remove = (node: ChildNode): void => replace(node, []);

export const unwrap = (element: Element): void => replace(element, element.children);

export function insertAfter(node: ChildNode, added: readonly ChildNode[]): void {
  replace(node, [node, ...added]);
}

export function setChildren(parent: ParentNode, children: ChildNode[]): void {
  parent.children = children;
  for (const each of children) each.parent = parent;
  link(parent);
}

function link(parent: ParentNode): void {
  for (const [index, each] of parent.children.entries()) {
    each.prev = parent.children[index - 1] ?? null;
    each.next = parent.children[index + 1] ?? null;
  }
}

export const element = (name: string, attributes: Record<string, string>, children: ChildNode[] = []): Element => {
  const made = new Element(name, attributes, children);
  for (const each of children) each.parent = made;
  link(made);
  return made;
};

export const text = (words: string): Text => new Text(words);

export const classesOf = (node: Element): string[] => (node.attribs.class ?? '').split(/\s+/).filter(Boolean);

/** Whether an element is inside another one of that name, up to `within`. */
export function closest(node: ChildNode, name: string, within?: ParentNode): Element | undefined {
  for (let parent = node.parent; parent !== null && parent !== within; parent = parent.parent)
    if (isTag(parent) && parent.name === name) return parent;
  return undefined;
}

export type { ChildNode, Element, ParentNode };
export { isTag, isText };
