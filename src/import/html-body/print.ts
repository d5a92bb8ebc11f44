import type { Nodes, Parents, PhrasingContent, Root, Text } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified } from 'unified';
import { printTag } from '../html.ts';
import { hasComponents } from './components.ts';
import type { Flow } from './context.ts';

type Print = NonNullable<NonNullable<Options['handlers']>['text']>;

/**
 * Prints a text like the library does. The library looks in every text for each of a hundred signs that could mean
 * something, which took half of the time of a conversion, and nearly no text has any of them. So it is told only about
 * the signs that are there.
 */
const printText: Print = (node: Text, parent: Parents | undefined, state, info) => {
  const siblings = parent?.children ?? [];
  const index = state.indexStack.at(-1) ?? 0;
  const all = state.unsafe;
  const text = info.before + node.value + info.after;
  state.unsafe = all.filter(({ character }) => text.includes(character));
  try {
    const around = { beforeNode: siblings[index - 1], afterNode: siblings[index + 1] };
    return state.safe(node.value, { ...info, ...around });
  } finally {
    state.unsafe = all;
  }
};

const rule = '-';
const handlers = { text: printText };
const options = { bullet: '-', emphasis: '*', rule, listItemIndent: 'one', fences: true, handlers } as const;
const gfm = { tablePipeAlign: false, singleTilde: false } as const;
const markdown = unified().use(remarkGfm, gfm).use(remarkStringify, options).freeze();
/** In MDX, a line that begins with one of these words is code. */
const codeWords = [
  { atBreak: true, character: 'i', after: 'mport\\b' },
  { atBreak: true, character: 'e', after: 'xport\\b' },
];
const mdx = unified()
  .use(remarkGfm, gfm)
  .use(remarkMdx, { printWidth: 10_000 })
  .use(remarkStringify, { ...options, unsafe: codeWords })
  .freeze();

/** Prints blocks as the body of a story: as Markdown, or with components if there are any. */
export function printBody(blocks: readonly Flow[]): { text: string; format: 'md' | 'mdx' } {
  const tree: Root = { type: 'root', children: [...blocks] };
  if (hasComponents(tree)) return { text: mdx.stringify(tree), format: 'mdx' };
  tagsToHtml(tree);
  return { text: markdown.stringify(tree), format: 'md' };
}

/** Prints running text as one line of Markdown. */
export function printLine(run: readonly PhrasingContent[]): string {
  const tree: Root = { type: 'root', children: [{ type: 'paragraph', children: withoutTags(run) }] };
  return markdown
    .stringify(tree)
    .replace(/\\?\s*\n\s*/g, ' ')
    .trim();
}

/** A line of Markdown from `printLine` as running text, which can also be in a body with components. */
export const lineNode = (line: string): PhrasingContent => ({
  type: 'html',
  value: line
    .replace(
      /(`+)[\s\S]*?\1|\\[\s\S]|<(https?:\/\/[^\s<>]+)>|[<{]/g,
      (found, _code: unknown, url: string | undefined) =>
        url === undefined ? (found === '<' || found === '{' ? `\\${found}` : found) : `[${url}](${url})`,
    )
    // In MDX, a line that begins with one of these words is code.
    .replace(/^(?:i(?=mport\b)|e(?=xport\b))/, (letter) => (letter === 'i' ? '&#105;' : '&#101;')),
});

/** In Markdown, an inline element such as `<sub>` is written as two tags. */
function tagsToHtml(node: Nodes): void {
  if (!('children' in node)) return;
  const parent = node as { children: Nodes[] };
  parent.children = parent.children.flatMap((child): Nodes[] => {
    tagsToHtml(child);
    if (child.type !== 'mdxJsxTextElement') return [child];
    const attributes = new Map(
      child.attributes.flatMap((each) =>
        each.type === 'mdxJsxAttribute' ? [[each.name, typeof each.value === 'string' ? each.value : '']] : [],
      ) as [string, string][],
    );
    if (child.name === 'br') return [{ type: 'html' as const, value: '<br>' }];
    const open = { type: 'html' as const, value: printTag(child.name ?? 'span', attributes) };
    return [open, ...child.children, { type: 'html' as const, value: `</${child.name}>` }];
  });
}

/** A caption has no HTML. */
function withoutTags(run: readonly PhrasingContent[]): PhrasingContent[] {
  return run.flatMap((node): PhrasingContent[] => {
    if (node.type === 'mdxJsxTextElement') return withoutTags(node.children);
    if (node.type === 'break') return [{ type: 'text', value: ' ' }];
    if (node.type === 'footnoteReference' || node.type === 'html' || node.type === 'image') return [];
    if ('children' in node) return [{ ...node, children: withoutTags(node.children) } as PhrasingContent];
    return [node];
  });
}
