import { parse } from '@astrojs/compiler-rs';
import { type MdastNode, mdxToMdast } from 'satteri';

/* The tags of a template, read from its own text: of an Astro component, or of an MDX page. */

/** A tag as written. */
export interface Tag {
  name: string;
  /** By name. A value in braces is undefined, and an attribute without a value is ''. */
  attributes: Map<string, string | undefined>;
  /** In the file, counted from 1. */
  line: number;
}

/** The tags of an Astro component that can be parsed. */
export function tagsOfAstro(text: string): Tag[] {
  const found: Tag[] = [];
  const lineAt = (at: number) => text.slice(0, at).split('\n').length;
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    const { type, name, attributes, start } = node as AstroNode;
    if (type === 'JSXOpeningElement')
      found.push({
        name: nameOf(name),
        attributes: new Map(
          (attributes ?? [])
            .filter((one) => one.type === 'JSXAttribute')
            .map((one) => [nameOf(one.name), one.value == null ? '' : literalOf(one.value)]),
        ),
        line: lineAt(start ?? 0),
      });
    for (const inside of Object.values(node)) visit(inside);
  };
  visit((parse(text) as { ast: unknown }).ast);
  return found;
}

interface AstroNode {
  type?: string;
  name?: AstroName;
  attributes?: { type: string; name: AstroName; value?: { type: string; value?: unknown } | null }[];
  start?: number;
}
type AstroName =
  | string
  | { name?: AstroName; namespace?: AstroName; object?: AstroName; property?: AstroName }
  | undefined;

const nameOf = (name: AstroName): string => {
  if (name === undefined || typeof name === 'string') return name ?? '';
  if (name.namespace !== undefined) return `${nameOf(name.namespace)}:${nameOf(name.name)}`;
  return name.object === undefined ? nameOf(name.name) : `${nameOf(name.object)}.${nameOf(name.property)}`;
};

const literalOf = ({ type, value }: { type: string; value?: unknown }): string | undefined =>
  type === 'Literal' && typeof value === 'string' ? value : undefined;

/** What an MDX text consists of, as far as it can be wrong. */
export interface MdxParts {
  tags: Tag[];
  /** The text with everything blank except its imports and exports. */
  modules: string;
  images: { url: string; line: number }[];
}

/**
 * The parts of the body of an MDX page.
 *
 * @param firstLine the line of the file on which the body begins
 * @throws the parser's error, whose message begins with the place
 */
export function partsOfMdx(body: string, firstLine: number): MdxParts {
  const tags: Tag[] = [];
  const images: MdxParts['images'] = [];
  const modules = body.split('\n').map(() => '');
  const lineOf = (node: MdastNode) => (node.position?.start.line ?? 1) - 1 + firstLine;
  const visit = (node: MdxNode) => {
    if (node.type === 'mdxjsEsm')
      (node.value ?? '').split('\n').forEach((text, i) => {
        modules[(node.position?.start.line ?? 1) - 1 + i] = text;
      });
    if (node.type === 'image') images.push({ url: node.url ?? '', line: lineOf(node as MdastNode) });
    if (/^mdxJsx/.test(node.type) && node.name)
      tags.push({
        name: node.name,
        attributes: new Map(
          (node.attributes ?? []).flatMap(({ name, value }) =>
            name === undefined ? [] : [[name, value === null ? '' : typeof value === 'string' ? value : undefined]],
          ),
        ),
        line: lineOf(node as MdastNode),
      });
    for (const child of node.children ?? []) visit(child);
  };
  visit(mdxToMdast(body) as MdxNode);
  return { tags, images, modules: '\n'.repeat(firstLine - 1) + modules.join('\n') };
}

interface MdxNode {
  type: string;
  value?: string;
  url?: string;
  name?: string | null;
  attributes?: { name?: string; value?: string | null | object }[];
  children?: MdxNode[];
  position?: MdastNode['position'];
}
