import { type ChildNode, type Element, isTag, isText } from 'domhandler';

/*
 * Reads a tree of XML without recursion, because a file can be nested more deeply than the stack allows.
 */

/** Every node below an element, in the order of the document. */
export function* nodesOf(element: Element): Generator<ChildNode> {
  const open: ChildNode[] = [...element.children].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (isTag(node)) for (let index = node.children.length; index-- > 0; ) open.push(node.children[index] as ChildNode);
  }
}

/** Every element with a name below another. Empty if there is no other. */
export const all = (element: Element | undefined, name: string): Element[] =>
  element === undefined ? [] : [...nodesOf(element)].filter(isTag).filter((each) => each.name === name);

/** The first element with a name below another. */
export function first(element: Element | undefined, name: string): Element | undefined {
  if (element !== undefined) for (const node of nodesOf(element)) if (isTag(node) && node.name === name) return node;
  return undefined;
}

export const attribute = (element: Element | undefined, name: string): string | undefined => element?.attribs[name];

/** The text of an element as one line, or undefined if it has none. */
export function textOf(element: Element | undefined): string | undefined {
  if (element === undefined) return undefined;
  const text = [...nodesOf(element)]
    .map((node) => (isText(node) ? node.data : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : text;
}

/** `nar:newsItem` becomes `newsItem`. Agencies choose the prefix, and the names are unique without it. */
export function dropPrefixes(root: Element): void {
  const drop = (element: Element): void => {
    element.name = element.name.replace(/^[^:]*:/, '');
  };
  drop(root);
  for (const node of nodesOf(root)) if (isTag(node)) drop(node);
}
