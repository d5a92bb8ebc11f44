import { isRecord } from './front-matter.ts';

/*
 * Reads the values in the front matter of a source file in the forms that a story needs. The result is undefined if a
 * value is not understood.
 */

/** The author of a story. */
export interface Contributor {
  /** The id of a file in `content/authors`. */
  id?: string;
  name: string;
  role?: string;
  organisation?: string;
}

/** The picture at the top of a story, as written. */
export interface Cover {
  src: string;
  alt?: string;
  caption?: string;
  credit?: string;
}

/** A list, or text with commas. Jekyll's `tags: one two` is two tags. */
export function wordsOf(value: unknown, isSpaced = false): string[] {
  const list: unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.includes(',')
        ? value.split(',')
        : isSpaced &&
            /^[\p{L}\p{N}_+#.-]+(?:\s+[\p{L}\p{N}_+#.-]+)+$/u.test(value.trim()) &&
            value === value.toLowerCase()
          ? value.split(/\s+/)
          : [value]
      : [value];
  return list
    .map((entry) => lineOf(isRecord(entry) ? (entry.title ?? entry.name ?? entry.slug ?? entry.id) : entry))
    .filter((word) => word !== undefined);
}

/** One line of text, or undefined if it is not text. */
export function lineOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return undefined;
  const line = value.normalize('NFC').replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}

/** A description can contain HTML and Markdown links, but a standfirst is plain text. */
export const plainWords = (text: string): string =>
  text
    .replace(/<\/?(?:p|br|div|ul|ol|li|h[1-6])(?:\s[^<>]*)?\/?>/gi, ' ')
    .replace(/<\/?(?:em|strong|b|i|a|span|code)(?:\s[^<>]*)?>/gi, '')
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1');

/** A language as a BCP 47 tag, or undefined. */
export function languageOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return Intl.getCanonicalLocales(value.trim().replace('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** "A and B", "A & B", "A, B". "Smith, John" and "John Doe, Jr." are one name. */
export function bylineOf(value: unknown): Contributor[] {
  if (Array.isArray(value)) return value.flatMap(bylineOf);
  if (isRecord(value)) {
    const name = lineOf(value.name ?? value.title ?? value.display_name ?? value.displayName ?? value.login);
    if (name === undefined) return [];
    const role = lineOf(value.role ?? value.jobTitle ?? value.job_title ?? value.position);
    const organisation = lineOf(value.organisation ?? value.organization ?? value.company ?? value.affiliation);
    return [{ name, ...(role ? { role } : {}), ...(organisation ? { organisation } : {}) }];
  }
  const line = lineOf(typeof value === 'string' ? value.replace(/<[^<>\s]+@[^<>\s]+>/g, ' ') : value)?.replace(
    /^by\s+/i,
    '',
  );
  if (line === undefined || line === '') return [];
  return line
    .split(/\s+&\s+|\s+and\s+|\s*;\s*/)
    .flatMap((part) => {
      const names = part.split(/\s*,\s*/).filter((name) => name !== '');
      const isOneName = names.length === 2 && names.every((name) => !name.includes(' '));
      return isOneName || names.slice(1).some((name) => /^(?:jr|sr|ph\.?d|m\.?d|esq|[iv]+)\.?$/i.test(name))
        ? [part]
        : names;
    })
    .map((name) => name.trim())
    .filter((name) => /[\p{L}\p{N}]/u.test(name))
    .map((name) => ({ name }));
}

/** A cover as text, as an object in one of many forms, or as the first of a list. */
export function coverOf(value: unknown): Cover | undefined {
  if (Array.isArray(value)) return coverOf(value[0]);
  if (isRecord(value)) {
    const src = [
      'src',
      'url',
      'image',
      'path',
      'file',
      'filename',
      'feature',
      'overlay_image',
      'teaser',
      'relative_url',
      'og_image',
    ]
      .map((key) => value[key])
      .map((inner) => (isRecord(inner) ? inner.src : inner))
      .find((inner): inner is string => typeof inner === 'string' && inner.trim() !== '');
    if (src === undefined) return undefined;
    return {
      src: src.trim(),
      alt: lineOf(value.alt ?? value.altText ?? value.alt_text ?? value.image_description),
      caption: lineOf(value.caption ?? value.title),
      credit: lineOf(value.credit ?? value.attribution ?? value.author),
    };
  }
  if (typeof value !== 'string' || value.trim() === '' || (/\s/.test(value.trim()) && !/\.\w{3,5}$/.test(value.trim())))
    return undefined;
  return { src: value.trim() };
}
