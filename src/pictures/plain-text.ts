/**
 * Text from a file, ready to print: NFC, on one line, trimmed. Undefined if nothing readable is left.
 *
 * Line breaks and tabs become a space (no-break spaces stay, because French punctuation needs them). Other control
 * characters are removed, and so are the characters that change the direction of the text after them: left open in a
 * caption, they would affect the rest of the page.
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
 * Text for comparing: composed letters, ignoring case, punctuation, and spacing, as words between single spaces. '' if
 * there is only punctuation.
 */
export function comparable(text: string): string {
  return (
    text
      .normalize('NFKC')
      // Upper-casing and then lower-casing also folds letters that one step keeps apart, such as ß and ss.
      .toUpperCase()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{S}]+/gu, ' ')
      .trim()
  );
}

/** Like `plainText`, but each paragraph stays on a line of its own. For long descriptions. */
export function plainLines(text: string): string | undefined {
  const lines = text.split(/\r\n?|[\n\u0085\u2028\u2029]/).flatMap((line) => plainText(line) ?? []);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** A text whose characters are bytes of UTF-8, or of Latin-1 if they are not valid UTF-8. */
export const decodeLatin = (text: string): string => {
  const bytes = Buffer.from(text, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
