/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The page at the requested address, set by the middleware before a page runs. */
    address: import('./site/address.ts').Address;
    /** The address itself: decoded, without the site's base. */
    path: string;
    /** The settings of the site, queried once for each page. */
    site: import('./site/site.ts').Site;
  }
}

/** The newsroom's `theme/*.css`, or nothing if there is none. The press's bundle provides it. */
declare module 'virtual:broadsheet/theme';
/** The paper's fonts, subset for the newsroom's language (press/fonts.ts). */
declare module 'virtual:broadsheet/fonts.css';
/** The addresses of the fonts that pages preload, without the path of the site's url (press/preload.ts). */
declare module 'virtual:broadsheet/preloads' {
  export const roman: string[];
  export const italic: string[];
  export const theme: string[];
}
/** The script of the search page (components/search/search.ts), as browsers run it. */
declare module 'virtual:broadsheet/search-script' {
  const script: string;
  export default script;
}
/** The components in the newsroom's `theme/components/` that do not have the name of a built-in one, by name. */
declare module 'virtual:broadsheet/theme-elements' {
  const elements: Record<string, import('astro/runtime/server/index.js').AstroComponentFactory>;
  export default elements;
}

/** The newsroom's `theme/head.html` and `theme/foot.html` (press/theme-html.ts). Empty if there is none. */
declare module 'virtual:broadsheet/theme-html' {
  interface OwnHtml {
    html: string;
    scripts: string[];
    styles: string[];
    hasOwnScript: boolean;
  }
  export const head: OwnHtml;
  export const foot: OwnHtml;
  /** The addresses to which forms of the theme lead, on any page. */
  export const forms: string[];
}

/** It has no types of its own. */
declare module 'subset-font' {
  export default function subset(
    font: Uint8Array,
    letters: string,
    options: {
      targetFormat: 'woff2' | 'sfnt';
      variationAxes?: Record<string, number | { min: number; max: number }>;
      keepFeatures?: string[];
      noLayoutClosure?: boolean;
    },
  ): Promise<Uint8Array>;
}

/** It has no types of its own. */
declare module 'css-tree/tokenizer' {
  export const AtKeyword: number;
  export const BadUrl: number;
  export const Comment: number;
  // biome-ignore lint/suspicious/noShadowRestrictedNames: the name that css-tree gives it.
  export const Function: number;
  // biome-ignore lint/suspicious/noShadowRestrictedNames: likewise.
  export const String: number;
  export const Url: number;
  export const WhiteSpace: number;
  export function tokenize(text: string, onToken: (type: number, start: number, end: number) => void): void;
}
declare module 'css-tree/utils' {
  interface Spelling {
    decode(text: string): string;
  }
  export const ident: Spelling;
  export const string: Spelling;
  export const url: Spelling;
}
