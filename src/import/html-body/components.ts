import type { Nodes, PhrasingContent } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import type { Flow } from './context.ts';

type Attributes = Record<string, string | true | undefined>;

const attributesOf = (attributes: Attributes): MdxJsxFlowElement['attributes'] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined || value === ''
      ? []
      : [{ type: 'mdxJsxAttribute' as const, name, value: value === true ? null : oneLine(value) }],
  );

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A story component, or an HTML element that Markdown has no sign for. */
export const block = (name: string, attributes: Attributes, children: Flow[] = []): MdxJsxFlowElement => ({
  type: 'mdxJsxFlowElement',
  name,
  attributes: attributesOf(attributes),
  children,
});

/** The same in running text. */
export const inline = (name: string, attributes: Attributes, children: PhrasingContent[] = []): MdxJsxTextElement => ({
  type: 'mdxJsxTextElement',
  name,
  attributes: attributesOf(attributes),
  children,
});

/** Whether a tree needs the format with components. */
export function hasComponents(node: Nodes): boolean {
  if (node.type === 'mdxJsxFlowElement') return true;
  if (node.type === 'mdxJsxTextElement' && /^[A-Z]/.test(node.name ?? '')) return true;
  return 'children' in node && node.children.some(hasComponents);
}
