import { createHash } from 'node:crypto';

/**
 * The Content Security Policy of a page: nothing but its own styles, pictures and fonts, and no script
 * at all except the inline ones given, by their digests.
 *
 * @param inlineScripts their text as it stands in the page
 * @see https://www.w3.org/TR/CSP3/
 */
export function policyFor(inlineScripts: readonly string[] = []): string {
  const hashes = inlineScripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'none'",
    ...(hashes.length > 0 ? [`script-src ${hashes.join(' ')}`] : []),
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
