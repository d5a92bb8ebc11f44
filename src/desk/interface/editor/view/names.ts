import type { Node } from '@milkdown/kit/prose/model';
import type { ComponentAttribute } from '../markdown/schema.ts';
import { words } from '../words.ts';

/** The name of a component, as people read it: `PullQuote` is “Pull quote”. */
export const readableName = (name: string): string => {
  const spaced = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** What a block is called. */
export function nameOf(node: Node): string {
  switch (node.type.name) {
    case 'component':
    case 'component_leaf':
      return readableName(node.attrs.name);
    case 'picture':
      return words.picture;
    case 'note':
      return words.note;
    case 'footnote':
      return words.footnoteNamed(node.attrs.label);
    default:
      return words.source;
  }
}

/** The value of a component's attribute that is text. */
export const attributeOf = (node: Node, name: string): string | undefined => {
  const found = (node.attrs.attributes as ComponentAttribute[] | undefined)?.find(
    (attribute) => attribute.name === name,
  );
  return typeof found?.value === 'string' ? found.value : undefined;
};
