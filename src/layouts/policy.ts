import { createHash } from 'node:crypto';

/**
 * The Content Security Policy of a page: nothing but its own styles, pictures and fonts, no script
 * at all except the inline ones given, by their digests, and no form to any address but those given.
 *
 * @param inlineScripts their text as it stands in the page
 * @param formActions complete addresses that the page's forms are sent to
 * @see https://www.w3.org/TR/CSP3/
 */
export function policyFor(inlineScripts: readonly string[] = [], formActions: readonly string[] = []): string {
  const hashes = inlineScripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'none'",
    ...(hashes.length > 0 ? [`script-src ${hashes.join(' ')}`] : []),
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    // For no page of ours; but who judges a page from within it asks for robots.txt.
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${[...new Set(formActions.map(sourceOf))].join(' ') || "'none'"}`,
  ].join('; ');
}

/**
 * An address as a source of the policy: without its query, which a policy does not know; what would end the
 * source is written in percent. A path without a slash at its end allows that path alone.
 */
function sourceOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C');
}
