import { hash } from 'node:crypto';
import { hostDirectives, hostKinds, type Sources, sourceOf } from './allow.ts';

/** What a page needs besides its own styles, pictures, and fonts. */
export interface PolicyNeeds {
  /** Inline scripts and styles, as they are in the page. */
  scripts?: readonly string[] | undefined;
  styles?: readonly string[] | undefined;
  /** Complete addresses that receive the forms of the page. If there are none, no form is allowed. */
  forms?: readonly string[] | undefined;
  /** Other hosts that forms can lead to, as in `allow.form` in site.yaml. */
  formHosts?: readonly string[] | undefined;
  /** Other hosts, by purpose (`allowedOn`). */
  hosts?: Sources | undefined;
  /** The page loads a script of this site. */
  hasOwnScript?: boolean | undefined;
  /** It is the page of the paper's own search: its program is a script of the site and WebAssembly. */
  isSearch?: boolean | undefined;
}

/**
 * The Content Security Policy of a page. It allows only the page's own styles, pictures, and fonts, no scripts except
 * the given inline ones, by their digests, and forms only to this site and the given hosts.
 *
 * The policy also applies to the page after a form. Chromium checks each redirect of the response against it, so if a
 * host receives the form and sends the reader on, to a third host or back to this site, the policy must list all of
 * them.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export const policyFor = (needs: PolicyNeeds = {}): string =>
  directives(needs, (needs.scripts ?? []).map(digestSource), formAction(needs.forms ?? [], needs.formHosts ?? []));

/** The only script of our pages shows how old a story is: `components/story/age.ts`, where a test compares the digest. */
export const ageScriptDigest = 'sha256-E9Lhj6VeNp7NhZnd4ZP6A0i/FLmpJNEZbixWlGOsGw4=';

/**
 * The policy that a host sends for every page, as a header. A browser applies it and that of the page, and allows only
 * what both allow, so this one allows what any page needs, and adds what only a header can say.
 *
 * @param needs of any page. If the forms of a page are not known, `forms` is undefined, and any can be sent
 */
export const headerPolicy = (needs: PolicyNeeds): string =>
  directives(
    needs,
    [`'${ageScriptDigest}'`, ...(needs.scripts ?? []).map(digestSource)],
    ...(needs.forms ? [formAction(needs.forms, needs.formHosts ?? [])] : []),
    "frame-ancestors 'self'",
  );

const digestSource = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;

function directives(needs: PolicyNeeds, inline: readonly string[], ...more: string[]): string {
  const { hosts = {}, styles = [], isSearch = false, hasOwnScript = false } = needs;
  const own: Partial<Record<keyof typeof hostDirectives, readonly string[]>> = {
    script: [...inline, ...(isSearch || hasOwnScript ? ["'self'"] : []), ...(isSearch ? ["'wasm-unsafe-eval'"] : [])],
    style: ["'self'", ...styles.map(digestSource)],
    img: ["'self'"],
    font: ["'self'"],
    // Our pages do not need it, but tools that test a page from inside request robots.txt.
    connect: ["'self'"],
    // A page of the newsroom can play its own files as soon as it plays any.
    media: hosts.media ? ["'self'"] : [],
  };
  const lines = orderOfDirectives.flatMap((kind) => {
    const sources = [...new Set([...(own[kind] ?? []), ...(hosts[kind] ?? [])])];
    return sources.length > 0 ? [`${hostDirectives[kind]} ${sources.join(' ')}`] : [];
  });
  return ["default-src 'none'", ...lines, "base-uri 'none'", ...more].join('; ');
}

const orderOfDirectives = [
  ...(['script', 'style', 'img', 'font', 'connect'] as const),
  ...hostKinds.filter((kind) => kind === 'frame' || kind === 'media'),
];

function formAction(actions: readonly string[], hosts: readonly string[]): string {
  const sources = new Set(["'self'", ...actions.map((action) => new URL(action).origin), ...hosts.map(sourceOf)]);
  return `form-action ${actions.length > 0 ? [...sources].join(' ') : "'none'"}`;
}
