import type { Element, ElementContent, Nodes, Root } from 'hast';
import type { Schema } from 'hast-util-sanitize';
import { drawingTooLarge, pictureNotAPicture } from './problems.ts';

/** An SVG that may be published, and what it is. */
export interface Drawing {
  svg: string;
  widthPx: number;
  heightPx: number;
  /** What was taken out, such as "script"; empty when nothing was. */
  takenOut: string[];
}

/** A longer one is an export that nobody looked at, and would be read for seconds. */
export const drawingBytesMax = 2_000_000;

/**
 * Takes out of an SVG whatever does more than draw: scripts, event handlers, foreign HTML, animation, links,
 * and everything that would be fetched from elsewhere. Only listed elements and attributes stay, references
 * lead to the drawing itself, and it is written anew, so nothing depends on how another parser reads the
 * original. Entities of a document type are never expanded.
 *
 * @param bytes UTF-8; other encodings come out with replaced characters
 * @param metadata put into `<metadata>`: XMP as `rightsPacket` makes it
 * @throws {PictureError} no drawing in it, or longer than `drawingBytesMax`
 */
export async function readDrawing(bytes: Uint8Array, metadata?: string): Promise<Drawing> {
  if (bytes.byteLength > drawingBytesMax) throw drawingTooLarge(bytes.byteLength, drawingBytesMax);
  const [{ raw }, { sanitize }, { toHtml }] = await Promise.all([
    import('hast-util-raw'),
    import('hast-util-sanitize'),
    import('hast-util-to-html'),
  ]);
  const text = new TextDecoder().decode(bytes).replace(/<\?xml[^>]*\?>/, '');
  const tree = raw({ type: 'root', children: [{ type: 'raw', value: text } as never] }) as Root;
  const found = firstSvg(tree);
  if (!found) throw pictureNotAPicture('a text without a drawing');
  const takenOut = new Set<string>();
  const svg = disarm(found, takenOut);
  const clean = firstSvg({ type: 'root', children: [sanitize(svg, schema) as ElementContent] });
  if (!clean) throw pictureNotAPicture('a text without a drawing');
  const size = sizeOf(clean);
  clean.properties.viewBox ??= `0 0 ${size.widthPx} ${size.heightPx}`;
  clean.properties.width = size.widthPx;
  clean.properties.height = size.heightPx;
  const written = toHtml(clean, {
    space: 'svg',
    closeEmptyElements: true,
    characterReferences: { useNamedReferences: false },
  }).replace(forbiddenInXml, '');
  const inner = /^<svg([^>]*?)\s*(?:\/>|>([\s\S]*)<\/svg>)$/.exec(written);
  const said = metadata ? `<metadata>${metadata}</metadata>` : '';
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg"${inner?.[1] ?? ''}>${said}${inner?.[2] ?? ''}</svg>\n`,
    ...size,
    takenOut: [...takenOut].sort(),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 has no place for.
const forbiddenInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function firstSvg(node: Nodes): Element | undefined {
  if (node.type === 'element' && node.tagName === 'svg') return node;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = firstSvg(child as Nodes);
    if (found) return found;
  }
  return undefined;
}

/** Values that the list of attributes cannot judge: references and styles. Notes what goes, in an editor's words. */
function disarm(element: Element, takenOut: Set<string>): Element {
  const properties: Element['properties'] = {};
  for (const [name, value] of Object.entries(element.properties)) {
    const text = Array.isArray(value) ? value.join(' ') : String(value);
    if (/^on/i.test(name)) takenOut.add('event handlers');
    else if (name === 'href' || name === 'xLinkHref') {
      if (isInside(element.tagName, text)) properties.href = text.trim();
      else takenOut.add('references to other files');
    } else if (!isHarmlessStyle(text)) takenOut.add('references to other files');
    else properties[name] = value;
  }
  const children = element.children.flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return child.type === 'text' ? [child] : [];
    const noted = notedTags[child.tagName];
    if (noted) takenOut.add(noted);
    if (noted || !(allowedTags.has(child.tagName) || child.tagName === 'a')) return [];
    if (child.tagName === 'style' && !isHarmlessStyle(textOf(child))) {
      takenOut.add('references to other files');
      return [];
    }
    const inner = disarm(child, takenOut);
    return child.tagName === 'a' ? inner.children : [inner];
  });
  return { type: 'element', tagName: element.tagName, properties, children };
}

/** A part of the same drawing, or pixels that are in the file itself. */
const isInside = (tagName: string, reference: string): boolean =>
  /^\s*#[^\s]*\s*$/.test(reference) ||
  (tagName === 'image' && /^\s*data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/i.test(reference));

/**
 * Styles may name places in the drawing, and nothing else: no import, no address, no escape that would hide
 * one. Comments are taken away first, because they may stand within a word.
 */
function isHarmlessStyle(text: string): boolean {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '');
  if (/[\\<]|@import|@font-face|expression\s*\(|javascript:|image-set|src\s*\(/i.test(bare)) return false;
  return [...bare.matchAll(/url\s*\(\s*(["']?)/gi)].every(({ 0: whole, index }) => bare[index + whole.length] === '#');
}

const textOf = (element: Element): string =>
  element.children.map((child) => (child.type === 'text' ? child.value : '')).join('');

/** `12`, `12px`, `4in`: in CSS pixels. Percentages say nothing by themselves. */
function lengthPx(value: unknown): number | undefined {
  const match = /^\s*(\d*\.?\d+)\s*(px|pt|pc|in|cm|mm|)\s*$/i.exec(String(value ?? ''));
  const px = match && Number(match[1]) * (unitsPx[match[2]?.toLowerCase() ?? ''] ?? 1);
  return px && px > 0 ? px : undefined;
}

const unitsPx: Record<string, number> = { pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

/** Its own size; else that of its view box; else the 300 × 150 of browsers. */
function sizeOf({ properties }: Element): { widthPx: number; heightPx: number } {
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

const words = (text: string): string[] => text.trim().split(/\s+/);

/** What an editor is told of. */
const notedTags: Record<string, string> = {
  script: 'script',
  foreignObject: 'foreignObject',
  feImage: 'references to other files',
  iframe: 'foreignObject',
  animate: 'animation',
  animateMotion: 'animation',
  animateTransform: 'animation',
  set: 'animation',
};

const allowedTags = new Set(
  words(`svg g defs symbol use title desc switch path rect circle ellipse line polyline polygon image style
    text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`),
);

const allowedAttributes = words(`
  id className style lang role ariaLabel ariaHidden viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry
  fx fy fr d points pathLength transform href offset dx dy rotate textLength lengthAdjust startOffset method spacing
  gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits patternUnits
  patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY orient
  filterUnits primitiveUnits in in2 result mode type values operator k1 k2 k3 k4 stdDeviation edgeMode order
  kernelMatrix divisor bias targetX targetY preserveAlpha surfaceScale diffuseConstant specularConstant
  specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale
  xChannelSelector yChannelSelector radius baseFrequency numOctaves seed stitchTiles tableValues slope
  intercept amplitude exponent
  alignmentBaseline baselineShift clipPath clipRule color colorInterpolation colorInterpolationFilters direction
  display dominantBaseline fill fillOpacity fillRule filter floodColor floodOpacity fontFamily fontSize
  fontSizeAdjust fontStretch fontStyle fontVariant fontWeight imageRendering letterSpacing lightingColor
  markerEnd markerMid markerStart mask opacity overflow paintOrder shapeRendering stopColor stopOpacity stroke
  strokeDashArray strokeDashOffset strokeLineCap strokeLineJoin strokeMiterLimit strokeOpacity strokeWidth
  textAnchor textDecoration textRendering unicodeBidi vectorEffect visibility wordSpacing writingMode`);

const schema: Schema = {
  tagNames: [...allowedTags],
  attributes: { '*': allowedAttributes },
  // What is not named here would be taken from the list for HTML.
  ancestors: {},
  required: {},
  // Addresses were judged one by one above.
  protocols: { href: ['data'] },
  // References within the drawing must go on finding their places.
  clobber: [],
  clobberPrefix: '',
  strip: ['script', 'foreignObject'],
  allowComments: false,
  allowDoctypes: false,
};
