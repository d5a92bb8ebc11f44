/*
 * The characters that mean something in HTML and XML. Every file that puts a text into markup, or reads one from our
 * own markup, uses these functions. house-rules.test.ts finds others.
 */

/** A text between two tags. */
export const escapeText = (text: string): string =>
  /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;

/** The value of an attribute in double quotation marks. It is also safe between two tags. */
export const escapeAttribute = (text: string): string =>
  /[&<>"]/.test(text) ? escapeText(text).replace(/"/g, '&quot;') : text;

/**
 * The same with numeric references, for a text that is read before it is printed by another parser, which does not know
 * the names.
 */
export const escapeAsNumbers = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The text without characters that XML 1.0 forbids even as references. A file with them could not be read at all. */
export const withoutXmlControls = (text: string): string => text.toWellFormed().replace(forbiddenInXml, '');

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 has no place for.
const forbiddenInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** A text between two tags of an XML file. */
export const escapeXml = (text: string): string => escapeText(withoutXmlControls(text));

/** Unescapes a text from our own markup or the parser's, which escapes nothing else. */
export const unescapeHtml = (html: string): string =>
  html.includes('&') ? html.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name: string) => signs[name] ?? '') : html;

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };

/** The text of an excerpt of the search, in which only angle brackets are escaped. */
export const unescapeBrackets = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
