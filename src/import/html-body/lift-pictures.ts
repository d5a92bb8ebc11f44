import { isCaption } from './picture-elements.ts';
import { elementsIn, find, type HtmlElement, type HtmlNode, wordsIn } from './tree.ts';

/** Of these, a story keeps the words alone: as code, as a title, or as the name of a source. */
const wordsOnly = new Set('summary cite pre code tt'.split(' '));

const isMedia = ({ tag }: HtmlElement): boolean => /^(?:img|amp-img|picture|video|audio|iframe|object)$/.test(tag);

/**
 * Moves pictures and films out of elements of which a story keeps the words alone, so that none is lost. They follow the
 * element, or the figure or table whose caption it is.
 *
 * @param root is changed
 */
export function liftPictures(root: HtmlElement): void {
  const after = lift(root);
  root.children.push(...after);
}

/** @returns what has to follow the node */
function lift(node: HtmlElement): HtmlElement[] {
  const after: HtmlElement[] = [];
  node.children = node.children.flatMap((child): HtmlNode[] => {
    if (typeof child === 'string') return [child];
    if (wordsOnly.has(child.tag)) return [child, ...takeMedia(child)];
    if (!isCaption(child) && child.tag !== 'caption') return [child, ...lift(child)];
    const taken = takeMedia(child);
    // Some editors put the only picture of a figure into its caption.
    if (!hasContentBeside(node, child)) return [...taken, child];
    after.push(...taken);
    return [child];
  });
  return after;
}

function hasContentBeside(node: HtmlElement, caption: HtmlElement): boolean {
  const inCaption = new Set(elementsIn(caption));
  return find(node, (inner) => !inCaption.has(inner) && isContent(inner)) !== undefined;
}

const isContent = (element: HtmlElement): boolean =>
  isMedia(element) || /^(?:table|blockquote|pre|td)$/.test(element.tag);

/** Takes the outermost pictures out of an element, each with the link or figure that holds nothing else. */
function takeMedia(node: HtmlElement): HtmlElement[] {
  const taken: HtmlElement[] = [];
  node.children = node.children.filter((child) => {
    if (typeof child === 'string') return true;
    const isWhole =
      isMedia(child) || (/^(?:a|figure)$/.test(child.tag) && find(child, isMedia) && wordsIn(child) === '');
    taken.push(...(isWhole ? [child] : takeMedia(child)));
    return !isWhole;
  });
  return taken;
}
