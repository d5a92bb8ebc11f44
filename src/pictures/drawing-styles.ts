import {
  AtKeyword,
  BadUrl,
  Comment,
  Function as CssFunction,
  String as CssString,
  tokenize,
  Url,
  WhiteSpace,
} from 'css-tree/tokenizer';
import { ident, string, url } from 'css-tree/utils';

/** At-rules that only say when other rules apply. `@import`, `@font-face`, and similar rules load files. */
const harmlessRules = new Set(['media', 'supports', 'layer', 'container', 'keyframes', '-webkit-keyframes', 'charset']);

/** Functions that can load files, or that old browsers ran as a script. `url()` is judged by its address. */
const fetchingFunctions = new Set([
  'src',
  'image',
  'image-set',
  '-webkit-image-set',
  'cross-fade',
  '-webkit-cross-fade',
  'element',
  '-moz-element',
  'paint',
  'attr',
  'expression',
]);

const isInside = (address: string): boolean => address.trim().startsWith('#');

/**
 * Whether styles (a style sheet, a `style` attribute, or one value) refer to nothing outside the drawing.
 *
 * They are checked by the tokens that a browser reads, so an escape (`\40 import`), a comment, or a string hides
 * nothing, and `&` or an escaped class name does no harm.
 */
export function isHarmlessStyle(text: string): boolean {
  // Without these characters there is no function, rule, or escape: most values, and long path data.
  if (!/[(@\\]/.test(text)) return true;
  let isHarmless = true;
  let isUrlOpen = false;
  tokenize(text, (type, start, end) => {
    if (!isHarmless) return;
    const token = text.slice(start, end);
    if (isUrlOpen) {
      if (type === WhiteSpace || type === Comment) return;
      isUrlOpen = false;
      isHarmless = type === CssString && isInside(string.decode(token));
    } else if (type === AtKeyword) isHarmless = harmlessRules.has(ident.decode(token.slice(1)).toLowerCase());
    else if (type === Url) isHarmless = isInside(url.decode(token.replace(/^[^(]*\(/, 'url(')));
    else if (type === BadUrl) isHarmless = false;
    else if (type === CssFunction) {
      const name = ident.decode(token.slice(0, -1)).toLowerCase();
      isUrlOpen = name === 'url';
      isHarmless = !fetchingFunctions.has(name);
    }
  });
  return isHarmless && !isUrlOpen;
}

/** What the rules of style sheets apply to the last element that their selectors name. */
export interface StyledCosts {
  /** The number of selectors. */
  selectors: number;
  /**
   * Declarations that filter, mask, or refer to a part of the drawing, by `.class`, `#id`, or `tag`, or `*` for all.
   */
  by: Map<string, string[]>;
}

/**
 * The filters, masks, and references that style sheets apply. Selectors are read only roughly: only the last name
 * counts, so an element can be charged for a filter that it does not have, but never the reverse.
 */
export function costsOfStyles(sheets: string[]): StyledCosts {
  const found: StyledCosts = { selectors: 0, by: new Map() };
  for (const sheet of sheets) {
    // Matches only innermost blocks: rules inside @media are blocks of their own.
    for (const piece of sheet.replace(/\/\*[\s\S]*?\*\//g, ' ').split('}')) {
      const [prelude = '', block] = piece.split('{').slice(-2);
      if (block === undefined) continue;
      const selectors = prelude.split(',');
      found.selectors += selectors.length;
      // An escape can spell any of these words.
      const values = block.includes('\\')
        ? ['filter: url(#)', ...block.split(';')]
        : block.split(';').filter((value) => /filter|mask|opacity|url\(/i.test(value));
      if (values.length === 0) continue;
      for (const selector of selectors) {
        const name = /(?:^|[\s>+~])[\w-]*([.#][\w-]+)$|(?:^|[\s>+~])([a-zA-Z][\w-]*)$/.exec(selector.trim());
        const key = name?.[1] ?? name?.[2] ?? '*';
        const known = found.by.get(key);
        if (known) known.push(...values);
        else found.by.set(key, [...values]);
      }
    }
  }
  return found;
}
