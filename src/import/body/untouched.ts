import { slug } from 'github-slugger';
import type { LinkAnswer } from './context.ts';

const tagsThatMayChange =
  /<\/?(?:a|area|img|image|picture|source|track|script|style|video|audio|object|embed|iframe|base|form|input|button|body|table|td|th|blockquote|q|del|ins|svg|use|frame|link|html|figure|noscript|template|applet|math|select|textarea|title|head|meta|canvas|map|frameset|noembed|noframes|xmp|plaintext|dialog)(?=[\s/>])/i;

/**
 * Whether it is certain that a body needs no change. This is checked without a parser, which would take most of an
 * import's time: the body contains no picture, no significant HTML, and only link targets that stay. In case of doubt,
 * the result is no.
 */
export function isUntouched(text: string, link: (url: string) => LinkAnswer): boolean {
  if (text.includes('![') || tagsThatMayChange.test(text)) return false;
  // A first heading can repeat the headline.
  if (/^\s*(?:#(?!#)|[^\n]*\n[ \t]*=)/.test(text)) return false;
  let headings: ReadonlySet<string> | undefined;
  for (const [, target = ''] of text.matchAll(/\](?:\(|:)\s*<?([^\s<>]*)/g)) {
    if (/^mailto:/i.test(target)) continue;
    if (target.startsWith('#')) {
      headings ??= headingsIn(text);
      if (target !== '#' && !headings.has(target.slice(1).replace(/[)\]].*$/s, ''))) return false;
      continue;
    }
    if (!/^https?:\/\//i.test(target) || /[\\&]/.test(target)) return false;
    if (!stays(target)) return false;
  }
  for (const [target] of text.matchAll(/https?:\/\/[^\s<>[\]]+/gi)) if (!stays(target)) return false;
  // Without a scheme, only `www.` makes a link.
  for (const [target] of text.matchAll(/(?<![\w/.-])www\.[^\s<>[\]]+/gi)) if (!stays(`http://${target}`)) return false;
  for (const [, scheme = ''] of text.matchAll(/<([a-z][a-z0-9+.-]*):/gi))
    if (!/^(?:https?|mailto)$/i.test(scheme)) return false;
  return true;

  /** With and without a possible bracket or full stop after it. */
  function stays(target: string): boolean {
    const ends = [target, target.replace(/[).,;:!?'"*_~`|]+$/, ''), target.replace(/[)"'`|].*$/s, '')];
    return new Set(ends).values().every((end) => link(end).kind === 'keep');
  }
}

/** The ids of the headings that are only words. */
const headingsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#{1,6}[ \t]+([\p{L}\p{N} ,.?-]+)$/gmu)].map(([, words = '']) => slug(words.trim())));
