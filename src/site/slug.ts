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

/** `cleanSlug` in lower case: the id of a topic, so that "Harbour" and "harbour" are one. */
export function slugify(name: string): string {
  return cleanSlug(name.normalize('NFC').toLowerCase());
}
