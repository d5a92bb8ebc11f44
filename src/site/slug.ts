/**
 * The part of an address that a name becomes: NFC; letters of every script (with their marks),
 * digits, dot and hyphen stay, anything else becomes a hyphen; case is kept. Runs of hyphens are one,
 * and none stands at an end; nor does a dot, so that no slug is `.` or `..`.
 *
 * @returns '' when nothing of the name is left
 */
export function cleanSlug(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** Long enough for any headline, and short enough for every disk, with room for what stands around it in a path. */
const slugBytesMax = 100;

/**
 * A slug that every disk can hold, cut between words where there is one to cut behind, and never within a letter.
 *
 * @param slug of `cleanSlug`
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

/** `cleanSlug` in lower case: the id of a topic, so that "Harbour" and "harbour" are one. */
export function slugify(name: string): string {
  return cleanSlug(name.normalize('NFC').toLowerCase());
}

/**
 * The id of a topic or series, from its title. As `slugify`, but signs that tell names apart are spelled out: `C++` is
 * `c-plus-plus`, `C#` is `c-sharp`, `.NET` is `dot-net`, `Disney+` is `disney-plus`. A title of symbols alone, such as an
 * emoji, is its own id.
 *
 * @param language of the site: in Turkish and Azerbaijani `I` and `i` are different letters
 * @returns '' when nothing but punctuation is in it
 */
export function idOfTitle(title: string, language: string): string {
  const plain = title.normalize('NFC').trim();
  const lower = /^(?:tr|az)\b/i.test(language)
    ? plain.toLocaleLowerCase('tr')
    : // Of İ a lower-case i with a second dot is left, which looks like any other i.
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

/** What is left of a title when case, spaces and hyphens do not count: titles that differ in it are hardly the same. */
export const signsOfTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/i\u0307/g, 'i')
    .replace(/[\s\p{Pd}_]+/gu, '');
