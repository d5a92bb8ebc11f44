import { type CssNode, type Feature, generate, parse, walk } from 'css-tree';

/** How a page is looked at. A frame cannot choose it, so its styles are changed instead. */
export interface View {
  /** Whether it is on paper. */
  isPrint: boolean;
  /** Undefined for what the system prefers. */
  scheme?: 'light' | 'dark';
}

/** As on this screen. */
export const isPlain = ({ isPrint, scheme }: View): boolean => !isPrint && scheme === undefined;

/**
 * A style sheet for a view. Queries about print are answered as if the screen were paper, and those about the colour
 * scheme as if that scheme were preferred. Every other character stays, including rules that cannot be read.
 */
export function styleFor(css: string, view: View): string {
  if (isPlain(view)) return css;
  const edits: { start: number; end: number; text: string }[] = [];
  const edit = ({ loc }: CssNode, text: string) => {
    if (!loc) return;
    const start = loc.start.offset;
    edits.push({ start, end: start + css.slice(start, loc.end.offset).trimEnd().length, text });
  };
  walk(parse(css, { positions: true, parseCustomProperty: false }), (node) => {
    if (node.type === 'MediaQuery') {
      const before = generate(node);
      if (view.isPrint && node.mediaType) node.mediaType = typeFor(node.mediaType);
      walk(node, (inner) => {
        if (inner.type === 'Feature') changeFeature(inner, view);
      });
      if (generate(node) !== before) edit(node, generate(node));
    }
    if (node.type === 'Declaration' && view.scheme && node.property.toLowerCase() === 'color-scheme') {
      const value = generate(node.value);
      if (/\blight\b/.test(value) && /\bdark\b/.test(value)) edit(node.value, view.scheme);
    }
  });
  let changed = css;
  for (const { start, end, text } of edits.toSorted((one, other) => other.start - one.start))
    changed = changed.slice(0, start) + text + changed.slice(end);
  return changed;
}

/** A media query, such as in the attribute `media`, for a view. */
export function queryFor(query: string, view: View): string {
  const changed = styleFor(`@media ${query}{}`, view);
  return changed.slice('@media '.length, -'{}'.length);
}

/** What is meant for paper is shown on the screen, and the other way round. */
const typeFor = (type: string): string => ({ print: 'screen', screen: 'print' })[type.toLowerCase()] ?? type;

/** `(prefers-color-scheme: dark)` becomes something that is true, or that is not. */
function changeFeature(node: Feature, { scheme }: View): void {
  if (!scheme || node.name.toLowerCase() !== 'prefers-color-scheme') return;
  const wanted = node.value ? generate(node.value).toLowerCase() : undefined;
  // Without a value it asks whether there is a preference, which there always is.
  const isTrue = wanted === undefined || wanted === scheme;
  node.name = isTrue ? 'min-width' : 'max-width';
  // No page is as narrow as this.
  node.value = { type: 'Dimension', value: '0', unit: 'px' };
}
