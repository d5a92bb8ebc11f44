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
 * @param isSearch whether it is the page of the paper's own search: its program is a script of the site and WebAssembly
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export const policyFor = (
  inlineScripts: readonly string[] = [],
  formActions: readonly string[] = [],
  allow: readonly string[] = [],
  isSearch = false,
): string =>
  directives(
    [
      ...inlineScripts.map((script) => `sha256-${hash('sha256', script, 'base64')}`),
      ...(isSearch ? searchSources : []),
    ],
    formAction(formActions, allow),
  );

const searchSources: readonly string[] = ['self', 'wasm-unsafe-eval'];

/** The only script of our pages shows how old a story is: `components/story/age.ts`, where a test compares the digest. */
export const ageScriptDigest = 'sha256-E9Lhj6VeNp7NhZnd4ZP6A0i/FLmpJNEZbixWlGOsGw4=';

/**
 * The policy that a host sends for every page, as a header. A browser applies it and that of the page, and allows only
 * what both allow, so this one allows what any page needs, and adds what only a header can say.
 *
 * @param formActions complete addresses that receive a form on any page. Undefined if they are not known
 * @param isSearch for the search page alone, if the search is the paper's own
 */
export const headerPolicy = (
  formActions: readonly string[] | undefined,
  allow: readonly string[] = [],
  isSearch = false,
): string =>
  directives(
    [ageScriptDigest, ...(isSearch ? searchSources : [])],
    ...(formActions ? [formAction(formActions, allow)] : []),
    "frame-ancestors 'self'",
  );

/** @param scripts sources without their quotation marks */
const directives = (scripts: readonly string[], ...more: string[]): string =>
  [
    "default-src 'none'",
    ...(scripts.length > 0 ? [`script-src ${scripts.map((source) => `'${source}'`).join(' ')}`] : []),
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    // Our pages do not need it, but tools that test a page from inside request robots.txt.
    "connect-src 'self'",
    "base-uri 'none'",
    ...more,
  ].join('; ');

function formAction(actions: readonly string[], allow: readonly string[]): string {
  const sources = new Set(["'self'", ...actions.map((action) => new URL(action).origin), ...allow.map(sourceOf)]);
  return `form-action ${actions.length > 0 ? [...sources].join(' ') : "'none'"}`;
}

/** A host as a source in the policy. Without a scheme it means https, even for an edition that is read from a disk. */
const sourceOf = (host: string): string => (/^https?:\/\//i.test(host) ? host : `https://${host}`);
