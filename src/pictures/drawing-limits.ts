import type { DefaultTreeAdapterMap } from 'parse5';
import { type DrawingLimit, drawingLimits } from './drawing-max.ts';
import { filterPrimitives } from './drawing-names.ts';
import { costsOfStyles } from './drawing-styles.ts';
import { drawingOverLimit } from './problems.ts';

type Element = DefaultTreeAdapterMap['element'];

/** @throws {PictureError} that names the limit, if more was found */
export function keepLimit(limit: DrawingLimit, found: number): void {
  if (found > drawingLimits[limit]) throw drawingOverLimit(limit, Math.ceil(found), drawingLimits[limit]);
}

/**
 * The parser compares the attributes of a tag with each other, so they are counted before it runs.
 *
 * @throws {PictureError}
 */
export function limitAttributes(text: string): void {
  for (const { index } of text.matchAll(/<[a-zA-Z]/g)) {
    attribute.lastIndex = index + 1;
    for (let count = -1; attribute.test(text); count++) keepLimit('attributes', count);
  }
}

// Text that is not quoted counts one more for every hundred characters, so that no text is scanned again and again.
const attribute = /[\s/]*[^\s/>][^\s/>=]{0,100}(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]{0,100}|(?=>)))?/y;

/**
 * Estimates the cost of a drawing whose depth and number of elements are within the limits.
 *
 * @param megapixels the area of the largest picture that is created from it
 * @throws {PictureError} that names the limit
 */
export function limitDrawing(svg: Element, megapixels: number): void {
  const all = elementsOf(svg);
  const byId = new Map<string, Element>();
  for (const element of all) {
    const id = attributeOf(element, 'id');
    if (id && !byId.has(id)) byId.set(id, element);
  }
  const styled = costsOfStyles(all.filter(({ tagName }) => tagName === 'style').map(textOf));
  keepLimit('styleMatches', styled.selectors * all.length);
  const cost = costs(all, byId, styled.by);
  const drawn = cost.get(svg)!;
  keepLimit('drawn', drawn.elements);
  keepLimit('pathPoints', Math.sqrt(drawn.pathSquares));
  keepLimit('textLetters', Math.sqrt(drawn.textSquares));
  keepLimit('filterMegapixels', drawn.passes * megapixels);
}

interface Cost {
  elements: number;
  pathSquares: number;
  textSquares: number;
  /** The number of blurs of the whole picture that take the same time. */
  passes: number;
}

/** In document order: parents before children. */
function elementsOf(svg: Element): Element[] {
  const all = [svg];
  for (let at = 0; at < all.length; at++)
    for (const child of all[at]!.childNodes) if ('tagName' in child) all.push(child);
  return all;
}

/**
 * The cost of each element, including everything that it contains and refers to. A reference that leads back to itself
 * draws nothing.
 */
function costs(all: Element[], byId: Map<string, Element>, styled: Map<string, string[]>): Map<Element, Cost> {
  const known = new Map<Element, Cost>();
  const open = new Set<Element>();
  // Visits the children and references of an element before the element itself, without recursion, because references
  // can be nested to any depth.
  const stack: Element[] = [all[0]!];
  while (stack.length > 0) {
    const element = stack.at(-1)!;
    if (known.has(element)) {
      stack.pop();
      continue;
    }
    const values = declarationsOf(element, styled);
    const parts = [...element.childNodes.filter((child) => 'tagName' in child), ...referred(element, values, byId)];
    const first = !open.has(element);
    open.add(element);
    const missing = first ? parts.filter((part) => !known.has(part) && !open.has(part)) : [];
    if (missing.length > 0) {
      stack.push(...missing);
      continue;
    }
    const cost = ownCost(element, values, byId);
    for (const part of parts) {
      const of = known.get(part);
      if (!of) continue;
      cost.elements += of.elements;
      cost.pathSquares += of.pathSquares;
      cost.textSquares += of.textSquares;
      cost.passes += of.passes;
    }
    // Gradients are inherited, so each shape inside can have it.
    if (hasRadial(values, byId)) cost.passes += cost.elements * radialPasses;
    known.set(element, cost);
    open.delete(element);
    stack.pop();
  }
  return known;
}

/** The declarations for an element, from its attributes, its `style`, and style sheets. */
function declarationsOf({ tagName, attrs }: Element, styled: Map<string, string[]>): string[] {
  const values = [...(styled.get('*') ?? []), ...(styled.get(tagName) ?? [])];
  for (const { name, value } of attrs) {
    if (name === 'style') values.push(...value.split(';'));
    else if (name === 'id') values.push(...(styled.get(`#${value}`) ?? []));
    else if (name === 'class') for (const word of value.split(/\s+/)) values.push(...(styled.get(`.${word}`) ?? []));
    else if (name === 'filter' || name === 'mask' || name === 'opacity' || value.includes('#'))
      values.push(`${name}: ${value}`);
  }
  return values;
}

/**
 * What an element draws besides its children: a `<use>`, a pattern, a mask, or markers. Filters are counted separately.
 */
function referred(element: Element, values: string[], byId: Map<string, Element>): Element[] {
  return values.flatMap((value) => {
    const ids = /^\s*href:/.test(value) ? [value.slice(value.indexOf('#') + 1).trim()] : idsIn(value);
    const times = ids.length > 0 && /^\s*marker\b/.test(value) ? Math.min(pointsOf(element), drawingLimits.drawn) : 1;
    return ids.flatMap((id) => {
      const target = byId.get(id);
      return target && target.tagName !== 'filter' ? Array.from({ length: times }, () => target) : [];
    });
  });
}

const idsIn = (value: string): string[] =>
  value.includes('#') ? [...value.matchAll(/url\(\s*["']?#([^"')\s]+)/gi)].map(([, id = '']) => id) : [];

function ownCost(element: Element, values: string[], byId: Map<string, Element>): Cost {
  const { tagName } = element;
  const points = ['path', 'polygon', 'polyline'].includes(tagName) ? pointsOf(element) : 0;
  const letters = tagName === 'text' ? textOf(element).length : 0;
  return {
    elements: 1,
    pathSquares: points ** 2,
    textSquares: letters ** 2,
    passes: values.reduce((sum, value) => sum + passesOf(value, byId), shapes.has(tagName) ? shapePasses : 0),
  };
}

/**
 * How many blurs of the whole picture take the same time as a declaration. Measured with librsvg 2.63 at three
 * megapixels.
 */
function passesOf(declaration: string, byId: Map<string, Element>): number {
  const [, name, value = ''] =
    /^\s*(?:-webkit-)?(filter|mask|opacity|mix-blend-mode|isolation)\s*:\s*(\S[\s\S]*)$/i.exec(declaration) ?? [];
  if (!name || value === 'none') return 0;
  if (/mask/i.test(name)) return maskPasses;
  if (/blend/i.test(name)) return value.trim() === 'normal' ? 0 : blendPasses;
  if (/isolation/i.test(name)) return layerPasses;
  if (/opacity/i.test(name)) return Number(value) === 1 ? 0 : layerPasses;
  const functions = value.match(/[a-z-]+\(/gi)?.length ?? 0;
  const filters = idsIn(value).flatMap((id) => byId.get(id) ?? []);
  return (
    layerPasses +
    Math.max(0, functions - filters.length) +
    filters.reduce((sum, filter) => sum + filterPasses(filter), 0)
  );
}

/** A filter of any kind, and the opacity of an element, first copies the picture. */
const layerPasses = 0.01;
const maskPasses = 0.15;
const blendPasses = 0.11;
/**
 * A shape can cover the whole picture. With a stroke, round corners, or a linear gradient, it takes 0.6 ms for each
 * megapixel.
 */
const shapePasses = 0.006;
const radialPasses = 0.11;
const shapes = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polygon', 'polyline', 'text', 'image']);

const hasRadial = (values: string[], byId: Map<string, Element>): boolean =>
  values.some(
    (value) =>
      /^\s*(?:fill|stroke)\s*:/i.test(value) && idsIn(value).some((id) => byId.get(id)?.tagName === 'radialGradient'),
  );

function filterPasses(filter: Element): number {
  return filter.childNodes.reduce(
    (sum, child) => sum + ('tagName' in child && filterPrimitives.has(child.tagName) ? primitivePasses(child) : 0),
    0,
  );
}

function primitivePasses(primitive: Element): number {
  const number = (name: string, otherwise: number) => {
    const found = (attributeOf(primitive, name) ?? '').match(/[\d.]+(?:e\d+)?/gi)?.map(Number) ?? [];
    return Math.max(...(found.length > 0 ? found : [otherwise]));
  };
  switch (primitive.tagName) {
    case 'feMorphology':
      return 0.5 + (2 * number('radius', 0) + 1) ** 2 / 13;
    case 'feConvolveMatrix':
      return 0.3 + number('order', 3) ** 2 / 8;
    case 'feTurbulence':
      return 0.5 + number('numOctaves', 1) / 2;
    case 'feDisplacementMap':
      return 10;
    case 'feGaussianBlur':
    case 'feDropShadow':
      return 1.5;
    case 'feDiffuseLighting':
    case 'feSpecularLighting':
      return 1;
    default:
      return 0.3;
  }
}

/** Two numbers make a point. */
function pointsOf(element: Element): number {
  const text = attributeOf(element, 'd') ?? attributeOf(element, 'points') ?? '';
  return Math.ceil((text.match(/(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi)?.length ?? 0) / 2);
}

const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

/** All text inside, without its elements. */
export function textOf(element: Element): string {
  let text = '';
  for (const child of element.childNodes)
    if ('value' in child) text += child.value;
    else if ('tagName' in child) text += textOf(child);
  return text;
}
