import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment } from 'parse5';

/** A piece of HTML: an element, or text. */
export type HtmlNode = HtmlElement | string;

export interface HtmlElement {
  /** In lower case. '' for the root. */
  tag: string;
  attributes: Record<string, string>;
  children: HtmlNode[];
}

/** HTML that would take too long to convert. The message is a reason for the receipt. */
export class HtmlLimitError extends Error {
  override name = 'HtmlLimitError';
}

/** Conversion costs about a second for each megabyte. */
export const htmlCharsMax = 2_000_000;
const nodesMax = 400_000;
const nestingMax = 20_000;
/** Deeper elements are replaced by their content. Stories allow 100 levels. */
const depthMax = 60;

/** These contain nothing that a reader of the page would read. */
const dropped = new Set(
  'script style template head title base link meta frameset noembed noframes canvas map select textarea datalist dialog svg math'.split(
    ' ',
  ),
);

/** Of these, readers of the old page saw nothing. */
const unseen = new Set(['head', 'title', 'base', 'link', 'meta', 'frameset']);

export interface HtmlTree {
  root: HtmlElement;
  /** The number of elements that were dropped with their content. */
  dropped: { scripts: number; hidden: number; others: string[] };
}

/**
 * Parses HTML as a browser does. Scripts, styles, comments, and hidden elements are left out, and elements that are
 * nested too deeply are replaced by their content, so that everything after this step can use recursion.
 *
 * @throws HtmlLimitError
 */
export function parseHtml(html: string): HtmlTree {
  if (html.length > htmlCharsMax)
    throw new HtmlLimitError(`more than ${htmlCharsMax / 1e6} MB of HTML, which is the limit for one text`);
  const tree: HtmlTree = {
    root: { tag: '', attributes: {}, children: [] },
    dropped: { scripts: 0, hidden: 0, others: [] },
  };
  const document = parseFragment(html, { treeAdapter: countingAdapter(), scriptingEnabled: false });
  // A stack instead of recursion: the document can be nested far deeper than the call stack.
  const stack: { nodes: DefaultTreeAdapterTypes.ChildNode[]; at: number; into: HtmlElement; depth: number }[] = [
    { nodes: document.childNodes, at: 0, into: tree.root, depth: 0 },
  ];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const node = top.nodes[top.at++];
    if (node === undefined) {
      stack.pop();
      continue;
    }
    if ('value' in node) {
      addText(top.into, node.value);
      continue;
    }
    if (!('tagName' in node)) continue;
    const tag = node.tagName.toLowerCase();
    if (dropped.has(tag)) {
      if (tag === 'script' || tag === 'style') tree.dropped.scripts++;
      else {
        if (tag === 'svg' || tag === 'math') addText(top.into, textOf(node));
        if (!unseen.has(tag)) tree.dropped.others.push(tag);
      }
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const { name, value } of node.attrs) attributes[name.toLowerCase()] ??= value;
    if (isHidden(attributes)) {
      tree.dropped.hidden++;
      continue;
    }
    // A picture for browsers without scripts repeats the one before it.
    if (tag === 'noscript' && top.into.children.some((child) => typeof child !== 'string' && child.tag === 'img'))
      continue;
    const element: HtmlElement = { tag, attributes, children: [] };
    const isTooDeep = top.depth >= depthMax;
    const into = isTooDeep || tag === 'noscript' ? top.into : element;
    if (into === element) top.into.children.push(element);
    stack.push({ nodes: node.childNodes, at: 0, into, depth: into === element ? top.depth + 1 : top.depth });
  }
  return tree;
}

function addText(into: HtmlElement, text: string): void {
  const last = into.children.length - 1;
  if (typeof into.children[last] === 'string') into.children[last] += text;
  else if (text !== '') into.children.push(text);
}

function isHidden(attributes: Record<string, string>): boolean {
  return (
    ('hidden' in attributes && attributes.hidden !== 'until-found') ||
    /(?:^|;)\s*display\s*:\s*none/i.test(attributes.style ?? '')
  );
}

/** The `<title>` and `<text>` of a drawing, which can name it. */
function textOf(node: DefaultTreeAdapterTypes.Element): string {
  const title = node.childNodes.find((child) => 'tagName' in child && child.tagName === 'title');
  const text = title && 'childNodes' in title ? title.childNodes[0] : undefined;
  return node.tagName === 'svg' ? '' : text && 'value' in text ? text.value : mathText(node);
}

function mathText(node: DefaultTreeAdapterTypes.Element): string {
  let text = '';
  const waiting: DefaultTreeAdapterTypes.ChildNode[] = [...node.childNodes].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('value' in next) text += next.value;
    else if ('childNodes' in next && !/^annotation/.test(next.tagName)) waiting.push(...[...next.childNodes].reverse());
  }
  return text;
}

/** Counts, because unclosed elements can make many nodes from little text. */
function countingAdapter(): typeof defaultTreeAdapter {
  let nodes = 0;
  let depth = 0;
  const count = (): void => {
    if (++nodes > nodesMax) throw new HtmlLimitError(`more than ${nodesMax} HTML elements in one text`);
  };
  return {
    ...defaultTreeAdapter,
    createElement: (...args) => {
      count();
      return defaultTreeAdapter.createElement(...args);
    },
    onItemPush: () => {
      if (++depth > nestingMax) throw new HtmlLimitError(`HTML nested more than ${nestingMax} deep`);
    },
    onItemPop: () => void depth--,
  };
}

/** All text in an element, without line breaks between blocks. */
export function textIn(node: HtmlNode): string {
  return typeof node === 'string' ? node : node.children.map(textIn).join('');
}

/** The words of an element on one line. */
export const wordsIn = (node: HtmlNode): string => textIn(node).replace(/\s+/g, ' ').trim();

/** Elements inside a node, and the node itself, in document order. */
export function* elementsIn(node: HtmlNode): Generator<HtmlElement> {
  if (typeof node === 'string') return;
  if (node.tag !== '') yield node;
  for (const child of node.children) yield* elementsIn(child);
}

export const find = (node: HtmlNode, test: (element: HtmlElement) => boolean): HtmlElement | undefined => {
  for (const element of elementsIn(node)) if (test(element)) return element;
  return undefined;
};

export const classesOf = ({ attributes }: HtmlElement): string[] =>
  (attributes.class ?? '').split(/\s+/).filter(Boolean);

export const hasClass = (element: HtmlElement, ...names: string[]): boolean => {
  const classes = classesOf(element);
  return names.some((name) => classes.includes(name));
};
