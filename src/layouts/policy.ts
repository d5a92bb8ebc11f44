import { hash } from 'node:crypto';

/**
 * The Content Security Policy of a page: nothing but its own styles, pictures and fonts, no script
 * at all except the inline ones given, by their digests, and no form to any host but this site and those given.
 *
 * The policy also decides about the page that follows a form. Chromium checks each redirect of the answer against it,
 * so a host that receives the form and sends the reader on, to a third host or back to this site, needs all of them.
 *
 * @param inlineScripts their text as it stands in the page
 * @param formActions complete addresses that the page's forms are sent to; with none, no form is allowed
 * @param allow further hosts, as in `allow.form` of site.yaml
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
    // For no page of ours; but who judges a page from within it asks for robots.txt.
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${formActions.length > 0 ? [...new Set(forms)].join(' ') : "'none'"}`,
  ].join('; ');
}

/** A host as a source of the policy. Without a scheme it means https, also for an edition that is read from a disk. */
const sourceOf = (host: string): string => (/^https?:\/\//i.test(host) ? host : `https://${host}`);
