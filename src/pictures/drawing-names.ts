/** The elements and attributes that an SVG may keep, spelled as in SVG. */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Elements that do more than draw, and how messages to editors name them. */
export const notedElements = new Map([
  ['script', 'script'],
  ['foreignObject', 'foreignObject'],
  ['iframe', 'foreignObject'],
  ['feImage', 'references to other files'],
  ['animate', 'animation'],
  ['animateMotion', 'animation'],
  ['animateTransform', 'animation'],
  ['set', 'animation'],
]);

export const filterPrimitives = new Set(
  words(`feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDropShadow feFlood feGaussianBlur feMerge feMorphology feOffset feSpecularLighting feTile feTurbulence`),
);

export const allowedElements = new Set([
  ...words(`svg g defs symbol use title desc switch path rect circle ellipse line polyline polygon image style
    text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker filter
    feDistantLight feFuncA feFuncB feFuncG feFuncR feMergeNode fePointLight feSpotLight`),
  ...filterPrimitives,
]);

export const allowedAttributes = new Set(
  words(`
  id class style lang role aria-label aria-hidden viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry
  fx fy fr d points pathLength transform offset dx dy rotate textLength lengthAdjust startOffset method spacing
  gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits patternUnits
  patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY orient
  filterUnits primitiveUnits in in2 result mode type values operator k1 k2 k3 k4 stdDeviation edgeMode order
  kernelMatrix divisor bias targetX targetY preserveAlpha surfaceScale diffuseConstant specularConstant
  specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale
  xChannelSelector yChannelSelector radius baseFrequency numOctaves seed stitchTiles tableValues slope
  intercept amplitude exponent
  alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters direction
  display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font-family font-size
  font-size-adjust font-stretch font-style font-variant font-weight image-rendering letter-spacing lighting-color
  marker-end marker-mid marker-start mask opacity overflow paint-order shape-rendering stop-color stop-opacity stroke
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
  text-anchor text-decoration text-rendering unicode-bidi vector-effect visibility word-spacing writing-mode`),
);
