import type { Nodes, Root } from 'mdast';
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { escapeAsNumbers } from '../site/markup.ts';
import { judgeLink } from '../story/body/links.ts';
import { nameOf } from '../story/names.ts';

type Element = MdxJsxFlowElement | MdxJsxTextElement;
interface Cut {
  from: number;
  to: number;
  /** What replaces it. */
  words: string;
}

/**
 * A text without its links to certain stories: only the words of the links stay, as on the site. A link whose words are
 * the name itself is left out, and so is a rich link without a title.
 *
 * @param text without front matter
 * @param hidden the names of the stories
 */
export function withoutLinksTo(text: string, format: 'md' | 'mdx', hidden: ReadonlySet<string>): string {
  if (!/story:/i.test(text)) return text;
  const parser = unified().use(remarkParse).use(remarkGfm);
  const root = (format === 'mdx' ? parser.use(remarkMdx) : parser).parse(text) as Root;
  const cuts: Cut[] = [];
  const isHidden = (href: unknown): boolean => {
    if (typeof href !== 'string') return false;
    const link = judgeLink(href, '');
    return link.kind === 'story' && hidden.has(nameOf(link.target));
  };
  const definitions = new Set<string>();
  walk(root, (node) => {
    if (node.type === 'definition' && isHidden(node.url)) {
      definitions.add(node.identifier);
      cuts.push({ ...rangeOf(node), words: '' });
    }
  });
  walk(root, (node, siblings) => {
    if (node.type === 'link' && isHidden(node.url)) unlink(node, text, cuts);
    else if (node.type === 'linkReference' && definitions.has(node.identifier)) unlink(node, text, cuts);
    else if (node.type === 'html') cuts.push(...rawLink(node, siblings, isHidden));
    else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      if (node.name === 'RichLink' && isHidden(textOfAttribute(node, 'to')))
        cuts.push({ ...rangeOf(node), words: escapeAsNumbers(textOfAttribute(node, 'title') ?? '') });
      else if (node.name === 'a' && isHidden(textOfAttribute(node, 'href'))) unlink(node, text, cuts);
    }
  });
  return splice(text, cuts);
}

/** Leaves the source of what a link contains. */
function unlink(node: Nodes & { children: Nodes[] }, text: string, cuts: Cut[]): void {
  const { from, to } = rangeOf(node);
  const [first, last] = [node.children[0], node.children.at(-1)];
  // The words of <story:2025/05/plan> are the name of the story.
  const isBare = text[from] === '<' && node.type === 'link';
  if (!first || !last || isBare) {
    cuts.push({ from, to, words: '' });
    return;
  }
  cuts.push({ from, to: rangeOf(first).from, words: '' }, { from: rangeOf(last).to, to, words: '' });
}

/** The tags of `<a href="story:…">words</a>` in a Markdown file, where each tag is a node. */
function rawLink(node: Nodes, siblings: readonly Nodes[], isHidden: (href: unknown) => boolean): Cut[] {
  const { from } = rangeOf(node);
  const value = 'value' in node ? String(node.value) : '';
  const cuts: Cut[] = [];
  let isOpen = false;
  for (const tag of value.matchAll(/<(\/?)a(?=[\s>])[^>]*>/gi)) {
    const [whole, slash] = tag;
    const at = from + (tag.index ?? 0);
    const [, double, single, bare] = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(whole) ?? [];
    if (slash === '' && isHidden(double ?? single ?? bare)) isOpen = true;
    else if (!(slash === '/' && isOpen)) continue;
    if (slash === '/') isOpen = false;
    cuts.push({ from: at, to: at + whole.length, words: '' });
  }
  if (!isOpen) return cuts;
  // The end of the link is one of the next nodes.
  const end = siblings
    .slice(siblings.indexOf(node) + 1)
    .find((other) => other.type === 'html' && /^<\/a\s*>$/i.test(other.value));
  return end ? [...cuts, { ...rangeOf(end), words: '' }] : cuts;
}

const textOfAttribute = (element: Element, name: string): string | undefined => {
  const found = element.attributes.find(
    (attribute): attribute is MdxJsxAttribute => attribute.type === 'mdxJsxAttribute' && attribute.name === name,
  );
  return typeof found?.value === 'string' ? found.value : undefined;
};

const rangeOf = ({ position }: Nodes): { from: number; to: number } => ({
  from: position?.start.offset ?? 0,
  to: position?.end.offset ?? 0,
});

/** The nesting of a text is limited where it is read, so this cannot overflow. */
function walk(node: Nodes, visit: (node: Nodes, siblings: readonly Nodes[]) => void): void {
  if (!('children' in node)) return;
  for (const child of node.children as Nodes[]) {
    visit(child, node.children as Nodes[]);
    walk(child, visit);
  }
}

/** Cuts inside of another one are part of it. */
function splice(text: string, cuts: Cut[]): string {
  let kept = '';
  let at = 0;
  for (const { from, to, words } of cuts.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from < at) continue;
    kept += text.slice(at, from) + words;
    at = to;
  }
  return kept + text.slice(at);
}
