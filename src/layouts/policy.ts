import { hash } from 'node:crypto';

/**
 * The Content Security Policy of a page. It allows only the page's own styles, pictures, and fonts, no scripts except
 * the given inline ones, by their digests, and forms only to this site and the given hosts.
 *
 * The policy also applies to the page after a form. Chromium checks each redirect of the response against it, so if a
 * host receives the form and sends the reader on, to a third host or back to this site, the policy must list all of
 * them.
 *
 * @param inlineScripts their text as it is in the page
 * @param formActions complete addresses that receive the forms of the page. If there are none, no form is allowed
 * @param allow other hosts, as in `allow.form` in site.yaml
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function policyFor(
  inlineScripts: readonly string[] = [],
  formActions: readonly string[] = [],
  allow: readonly string[] = [],
): string {
  const forms = ["'self'", ...formActions.map((action) => new URL(action).origin), ...allow.map(sourceOf)];
  const hashes = inlineScripts.map((script) => `'sha256-${hash('sha256', script, 'base64')}'`);
  return [
    "default-src 'none'",
    ...(hashes.length > 0 ? [`script-src ${hashes.join(' ')}`] : []),
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    // Our pages do not need it, but tools that test a page from inside request robots.txt.
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${formActions.length > 0 ? [...new Set(forms)].join(' ') : "'none'"}`,
  ].join('; ');
}

/** A host as a source in the policy. Without a scheme it means https, even for an edition that is read from a disk. */
const sourceOf = (host: string): string => (/^https?:\/\//i.test(host) ? host : `https://${host}`);
