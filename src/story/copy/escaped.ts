import { entities } from '../lost/leftover-kinds.ts';
import { isCode } from '../lost/reading.ts';

/**
 * References to characters that readers would see as they are written: all of them in a plain text, and in a body those
 * whose `&` was escaped. `markup-leftover` reports them.
 *
 * @param proseOf which characters of a body are running text. Its single references are read as characters
 */
export function escapedCharacters(
  text: string,
  proseOf?: () => Uint8Array,
): { at: number; end: number; write: string }[] {
  const form = proseOf ? inBodies : inValues;
  if (!text.includes('&') || text.search(form) < 0) return [];
  const map = proseOf?.();
  return [...text.matchAll(form)].flatMap(({ 0: found, 1: name = '', index }) => {
    // The words beside a reference count as markup too, but not as code.
    if (map?.[index] === isCode) return [];
    const sign = map && /^[lg]t$/.test(name) ? '<' : characterOf(name);
    if (sign === undefined) return [];
    // These have a meaning in Markdown, so they stay references.
    return [{ at: index, end: index + found.length, write: map && /[<>&*_[\]\\`]/.test(sign) ? `&${name};` : sign }];
  });
}

const inBodies = /&amp;(?:amp;)*(#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,8}\d{0,2});/gi;
const inValues = /&(?:amp;)*(#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,8}\d{0,2});/gi;

const named: Record<string, string> = {
  ...entities,
  bdquo: '„',
  sbquo: '‚',
  ...Object.fromEntries([...'áÁéÉíÍóÓúÚ'].map((sign) => [`${sign.normalize('NFD')[0]}acute`, sign])),
  ...Object.fromEntries([...'àÀèÈìÌòÒùÙ'].map((sign) => [`${sign.normalize('NFD')[0]}grave`, sign])),
  ...Object.fromEntries([...'âÂêÊîÎôÔûÛ'].map((sign) => [`${sign.normalize('NFD')[0]}circ`, sign])),
  ...Object.fromEntries([...'äÄëËïÏöÖüÜ'].map((sign) => [`${sign.normalize('NFD')[0]}uml`, sign])),
  ...Object.fromEntries([...'ãÃñÑõÕ'].map((sign) => [`${sign.normalize('NFD')[0]}tilde`, sign])),
  ccedil: 'ç',
  Ccedil: 'Ç',
  aring: 'å',
  Aring: 'Å',
  oslash: 'ø',
  Oslash: 'Ø',
  aelig: 'æ',
  AElig: 'Æ',
  szlig: 'ß',
};

/** The character, or undefined for a name that is not in the list, and for what may be meant as markup. */
function characterOf(name: string): string | undefined {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const sign =
      code >= 0xa0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
    return sign ?? ({ 34: '"', 38: '&', 39: "'" } as Record<number, string>)[code];
  }
  // A tag that was escaped would become one.
  return Object.hasOwn(named, name) && !/^(?:[lg]t|shy)$/.test(name) ? named[name] : undefined;
}
