import { isRecord } from './front-matter.ts';

export type { Contributor } from './people.ts';

/*
 * Reads the values in the front matter of a source file in the forms that a story needs. The result is undefined if a
 * value is not understood.
 */

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

/** A language as a BCP 47 tag, or undefined. */
export function languageOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return Intl.getCanonicalLocales(value.trim().replace('_', '-'))[0];
  } catch {
    return undefined;
  }
}
