import type { Element, Nodes } from 'hast';

/** Whether an element is of a class. */
export const hasClass = (node: Element, name: string): boolean => {
  const { className } = node.properties;
  return Array.isArray(className) && className.includes(name);
};

/** The elements of one tag in an element, at any depth, in order; not those in one of their own. */
export function elementsOf(node: Element, tag: string): Element[] {
  return node.children.flatMap((child) =>
    child.type !== 'element' ? [] : child.tagName === tag ? [child] : elementsOf(child, tag),
  );
}

/** The text in a node. */
export const textIn = (node: Nodes): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(textIn).join('') : '';
