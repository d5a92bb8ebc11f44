/**
 * How addresses are written in formats that read some characters as syntax. An old address is what an editor or an
 * import wrote, so it can contain any printable character.
 */

/**
 * A target, percent-encoded, without any character that a configuration format reads as syntax: quotation marks, `$`,
 * braces, `\`, `;`, `*`, or a space. For browsers and hosts it stays the same address.
 */
export const encodedTarget = (href: string): string =>
  href.replace(/[^\w/.~:?#@!&=+,%[\]-]/gu, (character) =>
    /^[\0-\x7f]$/.test(character)
      ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
      : encodeURIComponent(character),
  );

/** A path as browsers send it. It contains no space, and no `#` or `?`. */
export const encodedPath = (path: string): string =>
  /^[\w/.-]*$/.test(path) ? path : new URL(`https://x.invalid${path.replace(/[?#\s]/g, encodeURIComponent)}`).pathname;

/** A query as browsers send it. */
export const sentQuery = (query: string): string =>
  new URL(`https://x.invalid/?${query.replace(/[#\s]/g, encodeURIComponent)}`).search.slice(1);

/**
 * A path as hosts see it after they have decoded it: also what `decodeURI` keeps, such as `%26` and `%3F`.
 */
export function asSeen(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * A regular expression for exactly this text, in which every special character is written as a number. It contains no
 * quotation mark, `$`, brace, space, or backslash before anything but `x`, so no format can read it as anything else.
 */
export const exactly = (text: string): string =>
  text.replace(
    /[^\w/\u0080-\u{10ffff}-]/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

/** In quotation marks, as nginx, Apache, and Caddy read it. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Without the slash at the end, because readers and hosts leave it out or add it. */
export const withoutSlash = (path: string): string => path.replace(/(?<=.)\/+$/, '');
