import { type DefaultTreeAdapterMap, defaultTreeAdapter, html, parseFragment, type TreeAdapter } from 'parse5';
import { escapeAsNumbers, withoutXmlControls } from '../site/markup.ts';
import { keepLimit, limitAttributes, limitDrawing, textOf } from './drawing-limits.ts';
import { allowedAttributes, allowedElements, notedElements } from './drawing-names.ts';
import { isHarmlessStyle } from './drawing-styles.ts';
import { pictureNotAPicture } from './problems.ts';
import { drawingPngSize } from './renditions.ts';

/** A sanitised SVG, and what it contains. */
export interface Drawing {
  svg: string;
  widthPx: number;
  heightPx: number;
  /** What was removed, such as "script". Empty if nothing was. */
  takenOut: string[];
}

type Element = DefaultTreeAdapterMap['element'];
type Node = DefaultTreeAdapterMap['node'];

/**
 * Removes everything from an SVG that does more than draw: scripts, event handlers, foreign HTML, animation, links, and
 * everything that would be loaded from elsewhere. Only listed elements and attributes stay, and references can point
 * only to the drawing itself. The result is written again as XML, so nothing depends on how another parser reads the
 * original. Entities of a document type are never expanded.
 *
 * @param bytes UTF-8. Other encodings result in replacement characters
 * @param metadata written into `<metadata>`: XMP as `rightsPacket` creates it
 * @throws {PictureError} if it contains no drawing, or exceeds one of `drawingLimits`
 */
export function readDrawing(bytes: Uint8Array, metadata?: string): Drawing {
  keepLimit('bytes', bytes.byteLength);
  const text = new TextDecoder().decode(bytes).replace(/<\?xml[^>]*\?>/, '');
  limitAttributes(text);
  const found = firstSvg(parseFragment(text, { treeAdapter: limitedTree() }));
  if (!found) throw pictureNotAPicture('a text without a drawing');
  const takenOut = new Set<string>();
  const svg = disarm(found, takenOut);
  const size = sizeOf(svg);
  const { widthPx, heightPx } = drawingPngSize(size);
  limitDrawing(svg, (widthPx * heightPx) / 1e6);
  const own = svg.attrs.filter(({ name }) => name !== 'width' && name !== 'height');
  if (!own.some(({ name }) => name === 'viewBox'))
    own.push({ name: 'viewBox', value: `0 0 ${size.widthPx} ${size.heightPx}` });
  own.push({ name: 'width', value: `${size.widthPx}` }, { name: 'height', value: `${size.heightPx}` });
  const said = metadata ? `<metadata>${metadata}</metadata>` : '';
  const inside = svg.childNodes.map(print).join('');
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg"${printAttributes(own)}>${said}${inside}</svg>\n`,
    ...size,
    takenOut: [...takenOut].sort(),
  };
}

/** The parser's own tree builder, which stops as soon as the tree exceeds the limits. */
function limitedTree(): TreeAdapter<DefaultTreeAdapterMap> {
  let elements = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement: (...args) => {
      keepLimit('elements', ++elements);
      return defaultTreeAdapter.createElement(...args);
    },
    // The parser adds its own `html` element around the text.
    onItemPush: () => keepLimit('depth', depth++),
    onItemPop: () => {
      depth--;
    },
  };
}

function firstSvg(node: Node): Element | undefined {
  if ('tagName' in node && node.tagName === 'svg') return node;
  if (!('childNodes' in node)) return undefined;
  for (const child of node.childNodes) {
    const found = firstSvg(child);
    if (found) return found;
  }
  return undefined;
}

/** A copy of everything that may stay. Records what is removed, in an editor's words. */
function disarm(element: Element, takenOut: Set<string>): Element {
  const attrs: Element['attrs'] = [];
  for (const { name, prefix, value } of element.attrs) {
    if (/^on/i.test(name)) takenOut.add('event handlers');
    else if (name === 'href' && (prefix === undefined || prefix === '' || prefix === 'xlink')) {
      if (!isInside(element.tagName, value)) takenOut.add('references to other files');
      else if (!attrs.some((attribute) => attribute.name === 'href')) attrs.push({ name, value: value.trim() });
    } else if (!isHarmlessStyle(value)) takenOut.add('references to other files');
    else if (!prefix && allowedAttributes.has(name)) attrs.push({ name, value });
  }
  const childNodes = element.childNodes.flatMap((child): Element['childNodes'] => {
    if (!('tagName' in child)) return child.nodeName === '#text' ? [child] : [];
    const noted = notedElements.get(child.tagName);
    if (noted) takenOut.add(noted);
    if (noted || child.namespaceURI !== html.NS.SVG) return [];
    if (child.tagName === 'a') return disarm(child, takenOut).childNodes;
    if (!allowedElements.has(child.tagName)) return [];
    if (child.tagName === 'style' && !isHarmlessStyle(textOf(child))) {
      takenOut.add('references to other files');
      return [];
    }
    return [disarm(child, takenOut)];
  });
  return { ...element, attrs, childNodes };
}

/** A part of the same drawing, or pixels that are in the file itself. */
const isInside = (tagName: string, reference: string): boolean =>
  /^\s*#[^\s]*\s*$/.test(reference) ||
  (tagName === 'image' && /^\s*data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/i.test(reference));

function print(node: Node): string {
  if (!('tagName' in node)) return 'value' in node ? escaped(node.value) : '';
  // This includes the text of a style sheet: text that the parser read as characters must never be read as an entity.
  const inside = node.childNodes.map(print).join('');
  const start = `<${node.tagName}${printAttributes(node.attrs)}`;
  return inside === '' ? `${start} />` : `${start}>${inside}</${node.tagName}>`;
}

const printAttributes = (attrs: Element['attrs']): string =>
  attrs.map(({ name, value }) => ` ${name}="${escaped(value)}"`).join('');

const escaped = (text: string): string => escapeAsNumbers(withoutXmlControls(text));

/** `12`, `12px`, `4in`, in CSS pixels. A percentage alone does not give a size. */
function lengthPx(value: unknown): number | undefined {
  const match = /^\s*(\d*\.?\d+)\s*(px|pt|pc|in|cm|mm|)\s*$/i.exec(String(value ?? ''));
  const px = match && Number(match[1]) * (unitsPx[match[2]?.toLowerCase() ?? ''] ?? 1);
  return px && px > 0 ? px : undefined;
}

const unitsPx: Record<string, number> = { pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

/** Its own size, or that of its view box, or the 300 × 150 that browsers use. */
function sizeOf({ attrs }: Element): { widthPx: number; heightPx: number } {
  const properties = Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
  const box = String(properties.viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , boxWidth = Number.NaN, boxHeight = Number.NaN] = box;
  const isBox = boxWidth > 0 && boxHeight > 0;
  const [width, height] = [lengthPx(properties.width), lengthPx(properties.height)];
  const ratio = isBox ? boxWidth / boxHeight : 2;
  const widthPx = width ?? (height !== undefined ? height * ratio : isBox ? boxWidth : 300);
  const heightPx = height ?? widthPx / ratio;
  const whole = (px: number) => Math.min(sidePxMax, Math.max(1, Math.round(px)));
  return { widthPx: whole(widthPx), heightPx: whole(heightPx) };
}

const sidePxMax = 16_383;
