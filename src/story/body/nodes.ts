import type { Element, Nodes } from 'hast';

/** Whether an element has a class. */
export const hasClass = (node: Element, name: string): boolean => {
  const { className } = node.properties;
  return Array.isArray(className) && className.includes(name);
};

/** All elements with a tag inside an element, at any depth, in order, without those nested in each other. */
export function elementsOf(node: Element, tag: string): Element[] {
  return node.children.flatMap((child) =>
    child.type !== 'element' ? [] : child.tagName === tag ? [child] : elementsOf(child, tag),
  );
}

/** The text inside a node. */
export const textIn = (node: Nodes): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(textIn).join('') : '';
