/**
 * Text out of a file, fit to print: NFC, one line, trimmed; undefined when nothing readable is left.
 *
 * Line breaks and tabs become a space (no-break spaces stay: French punctuation needs them). Removed
 * are other control characters, and the marks that change the direction of what follows: left open in
 * a caption they would turn the rest of the page.
 *
 * @see Unicode Standard Annex #9, explicit directional formatting
 */
export function plainText(text: string): string | undefined {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029 ]+/g, ' ')
    .replace(/[\p{Cc}\p{NChar}\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
  return /[\p{L}\p{N}\p{S}]/u.test(plain) ? plain : undefined;
}

/**
 * Text for comparing: letters composed alike and without case, punctuation and spacing aside, as
 * words between single spaces. '' when nothing but punctuation.
 */
export function comparable(text: string): string {
  return (
    text
      .normalize('NFKC')
      // Up and down again folds what one way leaves apart, such as ß and ss.
      .toUpperCase()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{S}]+/gu, ' ')
      .trim()
  );
}

/** As `plainText`, but paragraphs stay apart: each on a line of its own. For long descriptions. */
export function plainLines(text: string): string | undefined {
  const lines = text.split(/\r\n?|[\n\u0085\u2028\u2029]/).flatMap((line) => plainText(line) ?? []);
  return lines.length > 0 ? lines.join('\n') : undefined;
}
