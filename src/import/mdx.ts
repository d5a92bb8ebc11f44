import type { Nodes, Root } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';
import type { MdxJsxAttribute, MdxJsxExpressionAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { escapeAttribute } from '../site/markup.ts';
import { span } from './body/parts.ts';
import { escapeMarkdown, formatUrl } from './markdown-words.ts';
import type { Change, ChangeKind } from './receipt.ts';
import type { ShortcodeUse } from './shortcode-log.ts';
import { attributionFrom, isQuotation, wordsOf } from './shortcode-meaning.ts';
import { type Edit, type Spliced, splice } from './splice.ts';

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkMdx).use(withPositions);

/**
 * Leaves out the links that the parser would look for in texts that it has already read (`"www.example.com"`). Those
 * nodes have no position, and this step does not change links.
 */
function withPositions(this: Processor): void {
  const drop = (extension: Extension | Extension[]): void => {
    if (Array.isArray(extension)) extension.forEach(drop);
    else delete extension.transforms;
  };
  this.data().fromMarkdownExtensions?.forEach(drop);
}

type Element = MdxJsxFlowElement | MdxJsxTextElement;

/**
 * Converts the code in an MDX body into Markdown: `import` and `export` are removed, an expression becomes its text or
 * is removed, and a component becomes its children, a link, or a picture. HTML elements stay HTML.
 *
 * @returns undefined if the text is not valid MDX. It then has to be read as Markdown, in which braces are text
 */
export function mdxToMarkdown(
  source: Spliced,
  context: { file: string; lineOf(offset: number): number },
): { spliced: Spliced; changes: Change[]; components: ShortcodeUse[] } | undefined {
  const { text } = source;
  let tree: Root;
  try {
    tree = parser.parse(text);
  } catch {
    return undefined;
  }
  const edits: Edit[] = [];
  const changes: Change[] = [];
  const components: ShortcodeUse[] = [];
  const use = (name: string | null, how: ShortcodeUse['how']) =>
    components.push({ name: name ?? '<>', syntax: 'MDX', how });
  const files = new Map<string, string>();
  /** The number of spaces that each line loses, by the offset of its beginning. */
  const dedents = new Map<number, number>();
  const note = (kind: ChangeKind, start: number, before: string, after: string) =>
    changes.push({
      file: context.file,
      line: context.lineOf(source.origin(start)),
      kind,
      before: before.slice(0, 300),
      after,
    });

  const replace = (kind: ChangeKind, node: Nodes, after: string) => {
    const [start, end] = span(node);
    edits.push({ start, end, text: after });
    note(kind, start, text.slice(start, end), after);
  };

  function visit(node: Nodes): void {
    if (node.type === 'mdxjsEsm') {
      for (const match of node.value.matchAll(/import\s+(\w+)\s+from\s+['"]([^'"]+)['"]/g))
        files.set(match[1] as string, match[2] as string);
      replace('mdx-code', node, '');
    } else if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
      replace('mdx-expression', node, literalOf(node.value) ?? '');
    } else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') element(node);
    else if ('children' in node) for (const child of node.children) visit(child);
  }

  function element(node: Element): void {
    const { name } = node;
    const isHtml = name !== null && /^[a-z][a-z0-9-]*$/.test(name);
    const attribute = (...names: string[]): string | undefined => {
      for (const wanted of names)
        for (const each of node.attributes) {
          const value =
            each.type === 'mdxJsxAttribute' && each.name.toLowerCase() === wanted ? textOf(each) : undefined;
          if (value !== undefined && value !== '') return value;
        }
      return undefined;
    };
    const textOf = (each: MdxJsxAttribute): string | undefined => {
      if (typeof each.value === 'string') return each.value;
      const code = each.value?.value.trim();
      return code === undefined
        ? undefined
        : (files.get(code) ?? files.get(code.replace(/\.src$/, '')) ?? stringOf(code));
    };
    if (
      isHtml &&
      !(
        name === 'img' &&
        node.attributes.some((each) => each.type === 'mdxJsxAttribute' && typeof each.value === 'object')
      )
    ) {
      html(node, name);
      return;
    }
    const src = attribute('src', 'image', 'source');
    if (
      src !== undefined &&
      (/^(?:img|image|picture|figure|photo|media)/i.test(name ?? '') ||
        /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)(?:[?#]|$)/i.test(src))
    ) {
      use(name, 'known');
      const caption = attribute('caption', 'title');
      const alt = attribute('alt') ?? '';
      replace(
        'mdx-component',
        node,
        `![${escapeMarkdown(alt)}](${formatUrl(src)}${caption ? ` "${caption.replace(/["\\]/g, '\\$&')}"` : ''})`,
      );
      return;
    }
    if (node.children.length > 0) {
      const href = attribute('href', 'url', 'to');
      const isLink = href !== undefined && node.children.every(isPhrasing);
      use(name, isLink || isQuotation(name ?? '') ? 'known' : 'words');
      if (isLink && !isQuotation(name ?? '')) unwrap(node, { open: '[', close: `](${formatUrl(href)})` });
      else if (node.type === 'mdxJsxFlowElement') unwrap(node, aroundOf(node, namedOf(node)));
      else unwrap(node, { open: '', close: '' });
      return;
    }
    const id = attribute('id', 'videoid', 'video', 'youtubeid', 'tweetid');
    const label = attribute('title', 'label', 'text', 'alt', 'caption', 'headline');
    const url = attribute('href', 'url', 'to') ?? src ?? embedUrl(name ?? '', id);
    const complete = url !== undefined && !/[/:.]/.test(url) ? (embedUrl(name ?? '', url) ?? url) : url;
    const words = complete === undefined ? wordsOf(namedOf(node), []) : undefined;
    use(name, complete !== undefined ? 'known' : words === undefined ? 'dropped' : 'words');
    replace(
      'mdx-component',
      node,
      complete === undefined ? (words ?? '') : `[${escapeMarkdown(label ?? name ?? complete)}](${formatUrl(complete)})`,
    );
  }

  /** The attributes of a component that are texts. */
  function namedOf(node: Element): Map<string, string> {
    const named = new Map<string, string>();
    for (const each of node.attributes) {
      if (each.type !== 'mdxJsxAttribute') continue;
      const value = typeof each.value === 'string' ? each.value : stringOf(each.value?.value.trim() ?? '');
      if (value !== undefined && value !== '') named.set(each.name.toLowerCase(), value);
    }
    return named;
  }

  /** Removes the tags and keeps their content, at the level of the element. */
  function unwrap(node: Element, around: { open: string; close: string }): void {
    const [start, end] = span(node);
    const firstStart = span(node.children[0] as Nodes)[0];
    const lastEnd = span(node.children.at(-1) as Nodes)[1];
    edits.push({ start, end: firstStart, text: around.open });
    const isFlow = node.type === 'mdxJsxFlowElement';
    edits.push({ start: lastEnd, end, text: around.close + (isFlow ? '\n' : '') });
    note(
      'mdx-component',
      start,
      text.slice(start, firstStart).trim(),
      around.open === '' && around.close === '' ? '' : `${around.open.trim()}…${around.close.trim()}`,
    );
    if (isFlow) dedent(node, firstStart, lastEnd);
    for (const child of node.children) visit(child);
  }

  function dedent(node: Element, from: number, to: number): void {
    const first = node.children[0];
    const by = (first?.position?.start.column ?? 1) - (node.position?.start.column ?? 1);
    if (by <= 0 || first?.position?.start.line === node.position?.start.line) return;
    for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1))
      dedents.set(at + 1, (dedents.get(at + 1) ?? 0) + by);
  }

  function html(node: Element, name: string): void {
    const [start, end] = span(node);
    const firstChild = node.children[0];
    const openEnd = firstChild ? span(firstChild)[0] : end;
    const open = text.slice(start, openEnd);
    const isVoid = /^(?:br|hr|img|input|wbr|source|col|area|embed|track)$/.test(name);
    const isPlain = node.attributes.every(
      (each) => each.type === 'mdxJsxAttribute' && typeof each.value !== 'object' && !/[A-Z]/.test(each.name),
    );
    const isSelfClosed = node.children.length === 0 && /\/>\s*$/.test(open);
    if (!isPlain || (isSelfClosed && !isVoid)) {
      const printed = `<${name}${node.attributes.map(printAttribute).join('')}>${isSelfClosed && !isVoid ? `</${name}>` : ''}`;
      const tagEnd = firstChild
        ? openEnd - (/\s*$/.exec(open)?.[0].length ?? 0)
        : isSelfClosed
          ? end
          : start + (open.indexOf('>') + 1);
      edits.push({ start, end: tagEnd, text: printed });
      note('html-changed', start, text.slice(start, tagEnd), printed);
    }
    // Inside HTML, Markdown begins only after an empty line.
    if (node.type === 'mdxJsxFlowElement' && firstChild && node.children.some(hasMarkdown)) {
      const lastEnd = span(node.children.at(-1) as Nodes)[1];
      const gap = /\s*$/.exec(open)?.[0].length ?? 0;
      edits.push({ start: openEnd - gap, end: openEnd, text: '\n\n' });
      const close = text.slice(lastEnd, end);
      edits.push({ start: lastEnd, end, text: `\n\n${close.trim()}` });
      dedent(node, openEnd, lastEnd);
    }
    for (const child of node.children) visit(child);
  }

  visit(tree);
  for (const [at, by] of dedents) {
    const spaces = /^[ \t]*/.exec(text.slice(at, at + by))?.[0].length ?? 0;
    if (spaces > 0) edits.push({ start: at, end: at + spaces, text: '' });
  }
  return { spliced: splice(source, edits), changes, components };
}

/** What stands before and after the content of a component: its title, or who said a quotation. */
function aroundOf({ name }: Element, named: ReadonlyMap<string, string>): { open: string; close: string } {
  if (isQuotation(name ?? '')) {
    const by = attributionFrom(named, []);
    return { open: '<blockquote>\n\n', close: `${by === undefined ? '' : `\n\n— ${by}`}\n\n</blockquote>` };
  }
  const words = wordsOf(new Map([...named].filter(([key]) => titles.has(key))), []);
  return { open: words === undefined ? '' : `${words}\n\n`, close: '' };
}

const titles = new Set('title heading headline label caption summary'.split(' '));

const isPhrasing = (node: Nodes): boolean =>
  ['text', 'emphasis', 'strong', 'inlineCode', 'delete', 'mdxTextExpression'].includes(node.type) ||
  (node.type === 'paragraph' && node.children.every(isPhrasing));

/** Whether something in a node would be lost if it were read as HTML. */
function hasMarkdown(node: Nodes): boolean {
  if (node.type === 'text') return false;
  if (node.type === 'paragraph') return node.children.some(hasMarkdown);
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return true;
  return !/^[a-z]/.test(node.name ?? '') || node.children.some(hasMarkdown);
}

const attributeNames: Record<string, string> = {
  className: 'class',
  htmlFor: 'for',
  srcSet: 'srcset',
  allowFullScreen: 'allowfullscreen',
  frameBorder: 'frameborder',
  colSpan: 'colspan',
  rowSpan: 'rowspan',
};

function printAttribute(attribute: MdxJsxAttribute | MdxJsxExpressionAttribute): string {
  if (attribute.type !== 'mdxJsxAttribute' || /^on[A-Z]/.test(attribute.name)) return '';
  const name = attributeNames[attribute.name] ?? attribute.name.toLowerCase();
  if (attribute.value === null || attribute.value === undefined) return ` ${name}`;
  const value = typeof attribute.value === 'string' ? attribute.value : stringOf(attribute.value.value.trim());
  return value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`;
}

/** The text that a piece of code represents, without running it. */
function stringOf(code: string): string | undefined {
  const quoted = /^(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`|(-?\d+(?:\.\d+)?))$/.exec(code);
  return quoted ? (quoted[1] ?? quoted[2] ?? quoted[3] ?? quoted[4]) : undefined;
}

function literalOf(code: string): string | undefined {
  const value = stringOf(code.trim());
  return value === undefined ? undefined : value.trim() === '' ? value : escapeMarkdown(value);
}

function embedUrl(name: string, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  if (/^https?:/i.test(id)) return id;
  if (!/^[\w-]+$/.test(id)) return undefined;
  if (/youtube/i.test(name)) return `https://www.youtube.com/watch?v=${id}`;
  if (/vimeo/i.test(name)) return `https://vimeo.com/${id}`;
  if (/tweet|twitter/i.test(name)) return `https://twitter.com/i/status/${id}`;
  return undefined;
}
