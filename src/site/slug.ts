/**
 * The part of an address that is derived from a name. It is NFC. Letters of every script (with their marks), digits,
 * dots, and hyphens stay, and anything else becomes a hyphen. Case is kept. Several hyphens in a row become one, and
 * hyphens and dots at either end are removed, so that no slug is `.` or `..`.
 *
 * @returns '' if nothing of the name is left
 */
export function cleanSlug(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** Long enough for any headline, and short enough for every file system, with room for the rest of the path. */
const slugBytesMax = 100;

/**
 * A slug that every file system can store, cut between words if possible, and never within a letter.
 *
 * @param slug from `cleanSlug`
 */
export function shortSlug(slug: string): string {
  if (Buffer.byteLength(slug) <= slugBytesMax) return slug;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(slug)) {
    if (Buffer.byteLength(cut + segment) > slugBytesMax) break;
    cut += segment;
  }
  const words = cut.slice(0, cut.lastIndexOf('-'));
  return cleanSlug(Buffer.byteLength(words) > slugBytesMax / 2 ? words : cut);
}

/** `cleanSlug` in lower case: the id of a topic, so that "Harbour" and "harbour" are the same topic. */
export function slugify(name: string): string {
  return cleanSlug(name.normalize('NFC').toLowerCase());
}

/**
 * The id of a topic or series, derived from its title. Like `slugify`, but characters that distinguish names are
 * spelled out: `C++` is `c-plus-plus`, `C#` is `c-sharp`, `.NET` is `dot-net`, and `Disney+` is `disney-plus`. A title
 * that consists only of symbols, such as an emoji, is its own id.
 *
 * @param language the language of the site. In Turkish and Azerbaijani, `I` and `i` are different letters
 * @returns '' if the title contains only punctuation
 */
export function idOfTitle(title: string, language: string): string {
  const plain = title.normalize('NFC').trim();
  const lower = /^(?:tr|az)\b/i.test(language)
    ? plain.toLocaleLowerCase('tr')
    : // Lowercasing İ leaves an i with a combining dot, which looks like any other i.
      plain.toLowerCase().replace(/i\u0307/g, 'i');
  const spelled = lower
    .replace(/(?<=[\p{L}\p{M}\p{N}+])\+/gu, '-plus-')
    .replace(/(?<=[\p{L}\p{M}\p{N}])#/gu, '-sharp-')
    .replace(/(?<![\p{L}\p{M}\p{N}.])\.(?=[\p{L}\p{N}])/gu, '-dot-');
  return (
    cleanSlug(spelled) ||
    lower
      .replace(/\ufe0f/g, '')
      .replace(/[^\p{S}\p{M}\u200d]+/gu, '-')
      .replace(/^-+|-+$/g, '')
  );
}

/**
 * What is left of a title when case, spaces, and hyphens are ignored. Titles that differ only in these are probably the
 * same.
 */
export const signsOfTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/i\u0307/g, 'i')
    .replace(/[\s\p{Pd}_]+/gu, '');
