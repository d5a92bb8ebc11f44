import type { PhrasingContent } from 'mdast';
import { block } from './components.ts';
import type { Converter, Mixed } from './context.ts';
import { isPhrasing, text, tidy, toPhrasing } from './mixed.ts';
import { classesOf, elementsIn, find, type HtmlElement, type HtmlNode, wordsIn } from './tree.ts';

/** Quotations and pull quotes, with who said it. */
export function convertQuote(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const isPull = classesOf(node).some((name) => /pull-?quote/i.test(name));
  if (isPull && /^(?:figure|blockquote|aside|div|section)$/.test(node.tag)) return pullQuote(node, converter);
  if (node.tag === 'figure') return quoteWithCaption(node, converter);
  if (node.tag !== 'blockquote') return undefined;
  const source = sourceOf(node);
  const content = converter.blocks(without(node, source).children);
  if (content.length === 0) return source ? converter.blocks(source.children) : [];
  const by = source ? wordsIn(source).replace(leadingDash, '') : '';
  if (by === '') return [{ type: 'blockquote', children: content as never }];
  return [block('BlockQuote', { by }, content)];
}

/** A figure of only a quotation and who said it, which is how HTML wants it. */
function quoteWithCaption(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const parts = node.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const [quotation, caption, ...more] = parts;
  if (typeof quotation !== 'object' || quotation.tag !== 'blockquote') return undefined;
  if (typeof caption !== 'object' || caption.tag !== 'figcaption' || more.length > 0) return undefined;
  const content = converter.blocks(quotation.children);
  const by = wordsIn(caption).replace(leadingDash, '');
  return content.length === 0 || by === '' ? undefined : [block('BlockQuote', { by }, content)];
}

function pullQuote(whole: HtmlElement, converter: Converter): Mixed[] {
  // A pull quote holds only text, so pictures follow it.
  const pictures = whole.children.flatMap(picturesAt);
  if (pictures.length > 0) {
    const rest = pictures.reduce(without, whole);
    return [...pullQuote(rest, converter), ...converter.blocks(pictures)];
  }
  const source = sourceOf(whole);
  const words = sentences(converter.all(without(whole, source).children));
  const by = source ? wordsIn(source).replace(leadingDash, '') : '';
  if (words.length === 0) return source ? converter.blocks(source.children) : [];
  return [block('PullQuote', { by }, [{ type: 'paragraph', children: words }])];
}

/** The outermost pictures with their captions, or without. */
function picturesAt(node: HtmlNode): HtmlElement[] {
  if (typeof node === 'string') return [];
  const isPicture = ({ tag }: HtmlElement) => /^(?:img|picture|video|audio|iframe|object)$/.test(tag);
  if (isPicture(node) || (node.tag === 'figure' && find(node, isPicture))) return [node];
  return node.children.flatMap(picturesAt);
}

/** The paragraphs of a pull quote as one, because it holds only text. */
function sentences(mixed: readonly Mixed[]): PhrasingContent[] {
  const flat = (nodes: readonly Mixed[]): PhrasingContent[] =>
    nodes.flatMap((child): PhrasingContent[] =>
      isPhrasing(child)
        ? [child.type === 'break' ? text(' ') : child]
        : child.type === 'paragraphEnd'
          ? [text(' ')]
          : [text(' '), ...('children' in child ? flat(child.children as Mixed[]) : toPhrasing([child])), text(' ')],
    );
  return tidy(flat(mixed));
}

const leadingDash = /^[\s—–―-]+/u;

/** The element that names the source of a quotation, if it is not in the middle of it. */
function sourceOf(node: HtmlElement): HtmlElement | undefined {
  const found = find(node, ({ tag, children }) => (tag === 'cite' || tag === 'footer') && children.length > 0);
  if (found) {
    const after = [...afterwards(node, found)].join('').trim();
    return after === '' ? found : undefined;
  }
  return find(node, ({ tag }) => tag === 'figcaption');
}

/** The text after an element. */
function* afterwards(node: HtmlElement, element: HtmlElement): Generator<string> {
  let isAfter = false;
  function* visit(child: HtmlNode): Generator<string> {
    if (child === element) isAfter = true;
    else if (typeof child === 'string') {
      if (isAfter) yield child;
    } else for (const inner of child.children) yield* visit(inner);
  }
  yield* visit(node);
}

/** A copy of an element without another one inside it. */
export function without(node: HtmlElement, removed: HtmlElement | undefined): HtmlElement {
  if (!removed || ![...elementsIn(node)].includes(removed)) return node;
  return {
    ...node,
    children: node.children.flatMap((child) =>
      child === removed ? [] : [typeof child === 'string' ? child : without(child, removed)],
    ),
  };
}
