import { searchAddress } from '../site/address.ts';
import { allowedForms, allowedOn, joined } from '../site/allow.ts';
import { analyticsNeeds } from '../site/analytics.ts';
import { commentsNeeds } from '../site/comments.ts';
import type { HostFile, HostName, Redirect } from '../site/hosting.ts';
import { headerPolicy, type PolicyNeeds } from '../site/policy.ts';
import { baseOf, hrefOf, originOf, type Site } from '../site/site.ts';
import { encodedTarget } from './encode.ts';

/** What is known of a newsroom, as `queryHosting` and `queryRedirects` return it. */
export interface HostFacts {
  hosts?: readonly HostName[] | undefined;
  headers?: Readonly<Record<string, string | false>> | undefined;
  ownFiles: readonly string[];
  hasThemePages: boolean;
  years: readonly string[];
  /** The addresses of standing pages and of pages in `theme/pages/`. */
  pages: readonly string[];
  withdrawn: readonly string[];
}

/** Everything that a host is told, independent of its format. Each host has one printer for it. */
export interface HostModel {
  /** The path of the site's url, percent-encoded: '' or `/paper`. */
  base: string;
  hosts: readonly HostName[];
  /** For every response. */
  headers: [name: string, value: string][];
  /** The Content Security Policy of our pages. The newsroom's own documents have none. */
  policy: string | undefined;
  /** The policy of `/search/`, if the search is the paper's own. Undefined if it is that of every page. */
  searchPolicy: string | undefined;
  /** The search is the paper's own, with its indexes. */
  hasSearch: boolean;
  ownDocuments: readonly string[];
  ownAssets: readonly string[];
  /** Web app manifests, by their addresses. */
  manifests: readonly string[];
  /** The ids of the sections. */
  sections: readonly string[];
  years: readonly string[];
  /** Standing pages and pages of the theme, by their addresses. */
  pages: readonly string[];
  redirects: readonly HostRedirect[];
  /** Addresses at which a notice is shown instead of a story that was withdrawn. Hosts that can say so respond with 410. */
  withdrawn: readonly string[];
}

/** A redirect with a target in the form of a `Location` header, with nothing that a format could read as syntax. */
export type HostRedirect = Redirect & { href: string };

/** For files whose names change with their bytes. */
export const immutable = 'public, max-age=31536000, immutable';
/** For everything else: a minute, and then browsers ask the host whether it has changed. */
export const brief = 'public, max-age=60, must-revalidate';

/** The types of feeds by the names of their files. Some hosts would say that they are only XML or JSON. */
export const feedTypes: readonly (readonly [name: string, type: string])[] = [
  ['feed.xml', 'application/rss+xml; charset=utf-8'],
  ['feed.atom', 'application/atom+xml; charset=utf-8'],
  ['feed.json', 'application/feed+json; charset=utf-8'],
];
export const manifestType = 'application/manifest+json';

/** What is added to pages besides what every newsroom has. */
type Added = Pick<PolicyNeeds, 'scripts' | 'styles' | 'forms' | 'hosts' | 'hasOwnScript'>;

/** Puts together what hosts are told about a site. @param added what the newsroom adds to every page */
export function hostModel(
  site: Pick<
    Site,
    'url' | 'sections' | 'search' | 'support' | 'newsletter' | 'tips' | 'allow' | 'analytics' | 'comments'
  >,
  facts: HostFacts,
  redirects: readonly Redirect[],
  added: readonly Added[] = [],
): HostModel {
  const { hosts = [], headers = {}, ownFiles, hasThemePages, years, pages, withdrawn } = facts;
  const policyName = 'content-security-policy';
  const own = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const known = formsOf(site, hasThemePages);
  const everywhere: Added[] = [...added, analyticsNeeds(site)];
  const anywhere: Added[] = [...everywhere, commentsNeeds(site)];
  const needs = (parts: readonly Added[]): PolicyNeeds => ({
    forms: known && [
      ...known,
      ...allowedForms(
        site,
        added.flatMap(({ forms = [] }) => forms),
      ),
    ],
    formHosts: site.allow?.form,
    scripts: parts.flatMap(({ scripts = [] }) => scripts),
    styles: parts.flatMap(({ styles = [] }) => styles),
    hasOwnScript: parts.some(({ hasOwnScript }) => hasOwnScript),
  });
  const hostsOf = (parts: readonly Added[]) => parts.map(({ hosts: sources = {} }) => sources);
  const policy =
    own.get(policyName)?.value ??
    headerPolicy({ ...needs(anywhere), hosts: joined(allowedOn(site.allow), ...hostsOf(anywhere)) });
  return {
    base: baseOf(site),
    hosts,
    headers: [
      ...defaultHeaders(originOf(site)).filter(([name]) => !own.has(name.toLowerCase())),
      ...[...own.values()].flatMap(({ name, value }): [string, string][] =>
        value === false || name.toLowerCase() === policyName ? [] : [[name, value]],
      ),
    ],
    policy: policy === false ? undefined : policy,
    // A newsroom that writes its own policy writes it for all pages.
    searchPolicy:
      site.search === true && !own.has(policyName)
        ? headerPolicy({
            ...needs(everywhere),
            hosts: joined(allowedOn(site.allow, { kind: 'search', address: searchAddress }), ...hostsOf(everywhere)),
            isSearch: true,
          })
        : undefined,
    hasSearch: site.search === true,
    ownDocuments: ownFiles.filter((file) => /\.(?:x?html?|m?js)$/i.test(file)),
    ownAssets: ownFiles.filter((file) => file.startsWith('/assets/')),
    manifests: ownFiles.filter((file) => /\.webmanifest$|^\/manifest\.json$/i.test(file)),
    sections: site.sections.map(({ id }) => id),
    years,
    pages,
    redirects: redirects.map((one) => ({
      ...one,
      href: encodedTarget(one.to.startsWith('/') ? hrefOf(site, one.to) : new URL(one.to).href),
    })),
    withdrawn,
  };
}

/** The headers of every response, unless site.yaml says otherwise. */
const defaultHeaders = (origin: string): [name: string, value: string][] => [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  // Without subdomains, because others of the same host may not have https.
  ...(origin.startsWith('https:')
    ? ([['Strict-Transport-Security', 'max-age=31536000']] satisfies [string, string][])
    : []),
];

/**
 * The complete addresses that receive any form of the site. Undefined if a page of the theme could have others, which
 * only the policy in that page names.
 */
function formsOf(
  { url, search, support, newsletter, tips }: Pick<Site, 'url' | 'search' | 'support' | 'newsletter' | 'tips'>,
  hasThemePages: boolean,
): string[] | undefined {
  if (hasThemePages) return undefined;
  const service = typeof search === 'object' ? search : search ? { action: searchAddress } : undefined;
  const forms = [service, support && support.amounts.length > 0 ? support : undefined, newsletter, tips];
  return forms.flatMap((form) => (form ? [new URL(form.action, url).href] : []));
}

/** Which list of redirects a site needs in `_redirects`, which several hosts read in different ways. */
export const isForNetlify = ({ hosts }: Pick<HostModel, 'hosts'>): boolean =>
  hosts.includes('netlify') && !hosts.includes('cloudflare');

/** A printer for each file of a site that only hosts read. */
export type HostFilePrinters = Record<HostFile, (model: HostModel) => string>;
