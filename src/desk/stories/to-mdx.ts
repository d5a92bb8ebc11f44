import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const md = unified().use(remarkParse).use(remarkGfm);
const mdx = unified().use(remarkParse).use(remarkGfm).use(remarkMdx);

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The same text as MDX: what has a meaning only there is escaped, and what has none there is written in another way.
 * Everything else keeps its bytes.
 *
 * @param body Markdown
 * @returns or the first line that cannot be written in MDX, counted from 1
 */
export function toMdx(body: string): { text: string } | { line: number } {
  const edits: Edit[] = [];
  const eol = body.includes('\r\n') ? '\r\n' : '\n';
  const tree = md.parse(body);
  const visit = (node: Nodes, isOutermost: boolean): void => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    const source = body.slice(start, end);
    if (node.type === 'text') edits.push(...escapes(source, start));
    else if (node.type === 'paragraph' && /^(?:import|export)\b/.test(source) && isOutermost)
      edits.push({ start, end: start + 1, text: source.startsWith('i') ? '&#105;' : '&#101;' });
    else if (node.type === 'html') edits.push(...htmlEdits(source, start));
    else if (node.type === 'link' && source.startsWith('<'))
      edits.push({ start, end, text: `[${source.slice(1, -1).replace(/[[\]{}]/g, '\\$&')}](${node.url})` });
    else if (node.type === 'code' && !/^[ \t]{0,3}[`~]/.test(source)) {
      const fence = '`'.repeat(Math.max(2, ...(node.value.match(/`+/g) ?? []).map((run) => run.length)) + 1);
      edits.push({ start, end, text: [fence, ...node.value.split('\n'), fence].join(eol) });
    } else if ('alt' in node && node.alt)
      edits.push(...escapes(source, start, /^!\[(?:\\.|[^\]\\])*\]/.exec(source)?.[0].length));
    if ('children' in node && !(node.type === 'link' && source.startsWith('<')))
      for (const child of node.children) visit(child, node.type === 'root');
  };
  visit(tree, true);
  // Markdown prints a block of HTML as it is, and MDX reads the words in it.
  for (const node of tree.children)
    if (node.type === 'html' && /[*_`[\]\\&]/.test(node.value.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')))
      return { line: node.position?.start.line ?? 1 };
  let text = body;
  for (const { start, end, text: next } of edits.sort((a, b) => b.start - a.start))
    text = text.slice(0, start) + next + text.slice(end);
  let read: Nodes;
  try {
    read = mdx.parse(text);
  } catch (error) {
    return { line: (error as { line?: number; place?: { line?: number } }).line ?? 1 };
  }
  // Whatever else has another meaning shows in the words, or in how the text is cut into blocks.
  const [before, after] = [shapeOf(tree), shapeOf(read)];
  const differs = before.findIndex(({ shape }, at) => shape !== after[at]?.shape);
  if (differs >= 0) return { line: before[differs]!.line };
  return after.length > before.length ? { line: before.at(-1)?.line ?? 1 } : { text };
}

/** Braces and angle brackets of a text that are not escaped yet. */
function escapes(source: string, start: number, until = source.length): Edit[] {
  const edits: Edit[] = [];
  for (const match of source.slice(0, until).matchAll(/\\[\s\S]|[{}<]/g))
    if (match[0].length === 1)
      edits.push({ start: start + match.index, end: start + match.index + 1, text: `\\${match[0]}` });
  return edits;
}

const empty = /^<(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b([^<>]*?)\s*\/?>$/i;

/** A comment becomes one that MDX has, and a tag that is never closed closes itself. */
function htmlEdits(source: string, start: number): Edit[] {
  return [...source.matchAll(/<!--([\s\S]*?)-->|<[a-z][^<>]*>/gi)].flatMap(([whole, comment], index, all) => {
    const at = start + (all[index]?.index ?? 0);
    if (comment !== undefined && !comment.includes('*/'))
      return [{ start: at, end: at + whole.length, text: `{/*${comment}*/}` }];
    const [, name, rest = ''] = empty.exec(whole) ?? [];
    return name ? [{ start: at, end: at + whole.length, text: `<${name}${rest} />` }] : [];
  });
}

/** The kinds of the blocks of a text, with their words and lines. Tags and comments are not compared. */
function shapeOf(tree: Nodes): { shape: string; line: number }[] {
  const shapes: { shape: string; line: number }[] = [];
  const isTag = ({ type }: Nodes) => type === 'html' || type.startsWith('mdx');
  const wordsOf = (node: Nodes): string =>
    isTag(node)
      ? 'children' in node
        ? node.children.map(wordsOf).join('')
        : ''
      : 'value' in node
        ? node.value
        : 'children' in node
          ? `${node.type === 'paragraph' ? '' : node.type}(${node.children.map(wordsOf).join('')})`
          : node.type;
  if ('children' in tree)
    for (const node of tree.children)
      if (!isTag(node)) shapes.push({ shape: `${node.type} ${wordsOf(node)}`, line: node.position?.start.line ?? 1 });
  return shapes;
}
