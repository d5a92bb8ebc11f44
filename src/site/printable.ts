/*
 * The characters that pages and feeds can contain. Control characters come with text that was pasted from other
 * programs, and half characters come from software that truncates a headline in the middle of an emoji. XML cannot
 * represent either, and half a character cannot be encoded as UTF-8. They are removed from all text by one rule where
 * the text is read: characters that end a line become a space, and the others are deleted.
 */

/** A quick check that also matches whole emoji. `unprintable` decides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const suspicious = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;
/** Control characters except tabs and line endings, halves of characters, and code points that are not characters. */
export const unprintable = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{NChar}]/gu;
const lineEnds = /[\v\f\x85]/;

/** The text without characters that pages cannot contain. It is the same string if there is nothing to remove. */
export function printable(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(unprintable, (sign) => (lineEnds.test(sign) ? ' ' : ''));
}

/** The offset of the first such character in the text, or undefined if there is none. */
export function unprintableAt(text: string): number | undefined {
  if (!suspicious.test(text)) return undefined;
  const at = text.search(unprintable);
  return at < 0 ? undefined : at;
}

/** The same for text in lists and groups, including keys. */
export function printableData<T>(data: T): T {
  if (typeof data === 'string') return printable(data) as T;
  if (Array.isArray(data)) return data.map(printableData) as T;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [printable(key), printableData(value)])) as T;
}

/** The name of a character that people can look up: `U+000B (vertical tab)`. */
export function nameOfCharacter(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = code >= 0xd800 && code <= 0xdfff ? 'half of a character' : names[code];
  return name ? `${number} (${name})` : number;
}

const names: Record<number, string> = {
  0: 'NUL',
  7: 'bell',
  8: 'backspace',
  11: 'vertical tab',
  12: 'form feed',
  27: 'escape',
  127: 'delete',
  133: 'next line',
};

/**
 * Character references to C1 controls, read as browsers read them. Archives write `&#146;` for ’, using the numbers of
 * Windows-1252.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
 */
export const fromWindows = (text: string): string =>
  text.replace(/[\x80-\x9f]/g, (sign) => windows[sign.charCodeAt(0) - 0x80] ?? '');

const windows = [...'€', '', ...'‚ƒ„…†‡ˆ‰Š‹Œ', '', 'Ž', '', '', ...'‘’“”•–—˜™š›œ', '', 'ž', 'Ÿ'];
