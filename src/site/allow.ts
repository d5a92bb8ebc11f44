import * as z from 'zod';
import type { Address } from './address.ts';

/*
 * `allow` in site.yaml: the other hosts that pages can use, by purpose. The Content Security Policy of a page names
 * them (policy.ts), and browsers block all others.
 */

/** What a host can be used for, besides receiving forms, with the directive of the policy. */
export const hostDirectives = {
  script: 'script-src',
  style: 'style-src',
  connect: 'connect-src',
  frame: 'frame-src',
  img: 'img-src',
  font: 'font-src',
  media: 'media-src',
} as const;
export type HostKind = keyof typeof hostDirectives;
export const hostKinds = Object.keys(hostDirectives) as HostKind[];

/** The kinds of pages for which a host can be allowed. */
export const pageKinds = [
  'front',
  'section',
  'story',
  'topic',
  'author',
  'series',
  'corrections',
  'archive',
  'search',
  'page',
  'not-found',
] as const;
export type PageKind = (typeof pageKinds)[number];

const kindOfAddress: Partial<Record<Address['kind'], PageKind>> = {
  home: 'front',
  section: 'section',
  story: 'story',
  topic: 'topic',
  author: 'author',
  series: 'series',
  corrections: 'corrections',
  period: 'archive',
  year: 'archive',
  search: 'search',
  page: 'page',
  themePage: 'page',
  notFound: 'not-found',
};

/** The kind of a page, or undefined for what is not a page, and for old addresses that only lead to another page. */
export const pageKindOf = (address: Address | undefined): PageKind | undefined =>
  address && kindOfAddress[address.kind];

/**
 * A host as an editor writes it. It is safe in a Content Security Policy, because nothing in it can end the source or
 * the directive. A leading `*.` means its subdomains.
 */
const hostForm =
  /^(?:(?:https?|wss?):\/\/)?(?:(?:\*\.)?[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

const isHost = (value: string): boolean =>
  hostForm.test(value) && URL.canParse(`https://${value.replace(/^\w+:\/\//i, '').replace('*', 'x')}`);

/** Browsers use the ASCII form of hosts: `münchen.example` is `xn--mnchen-3ya.example`. */
function asciiHost(written: string): string {
  const [, scheme = '', star = '', rest = ''] = /^([a-z]+:\/\/)?(\*\.)?(.*?)\/?$/i.exec(written) ?? [];
  if (/^[\0-\x7f]*$/.test(rest) || !URL.canParse(`https://${rest}`)) return scheme + star + rest;
  return scheme + star + new URL(`https://${rest}`).host;
}

const formHost = z
  .string()
  .trim()
  .transform(asciiHost)
  .pipe(
    z
      .string()
      .refine(
        (value) => isHost(value) && !/^wss?:/i.test(value),
        'this must be a host such as `forms.example` or `*.forms.example`, without a path',
      ),
  );

const pages = z
  .array(z.string().trim().min(1))
  .min(1)
  .describe(
    `The pages that can use the host: kinds of pages (${pageKinds.map((kind) => `\`${kind}\``).join(', ')}), or addresses of pages, such as \`/contact/\`.`,
  );

/** What is wrong with a host is reported with the way to correct it (`hostMistake`), so it is only text here. */
const hosts = (what: string) =>
  z
    .array(
      z.union([
        z.string(),
        z.strictObject({ host: z.string().describe('The host, such as `stats.example`.'), on: pages.optional() }),
      ]),
    )
    .optional()
    .describe(`Hosts ${what}: the host, for every page, or \`{ host, on }\`.`);

export const allowSchema = z.strictObject({
  script: hosts('from which pages can load scripts. Such a script can read and change everything on the page'),
  style: hosts('from which pages can load style sheets'),
  connect: hosts('to which scripts can send requests'),
  frame: hosts('that can be shown in a frame, such as a map or a player'),
  img: hosts('from which pages can load pictures'),
  font: hosts('from which style sheets can load fonts'),
  media: hosts('from which pages can play video and sound'),
  form: z
    .array(formHost)
    .optional()
    .describe(
      'Hosts that a form can lead to besides this site and the host that receives it, such as `pay.example` or `*.letters.example`. Some services send readers on to another host.',
    ),
});

export type Allow = z.output<typeof allowSchema>;
type Entry = NonNullable<Allow[HostKind]>[number];

/** The host of an entry, without spaces around it and without `https://`. */
export const hostIn = (entry: Entry): string => {
  const written = asciiHost((typeof entry === 'string' ? entry : entry.host).trim());
  return written.replace(/^https:\/\//i, '').toLowerCase();
};

/** The pages of an entry. Undefined for all pages. */
export const pagesIn = (entry: Entry): readonly string[] | undefined =>
  typeof entry === 'string' ? undefined : entry.on;

/** What is wrong with a host: a sentence, and what to write. */
export interface HostMistake {
  why: string;
  hint: string;
}

/**
 * What is wrong with a host under `allow`.
 *
 * @param written as in site.yaml
 */
export function hostMistake(written: string, kind: HostKind): HostMistake | undefined {
  const value = written.trim();
  const plain = hostIn(value);
  const scheme = /^([a-z][a-z\d+-]*):(?:\/\/|(?!\d))/i.exec(value)?.[1]?.toLowerCase();
  // A scheme without a host, such as `data:`, would allow everything of its kind.
  const host = scheme === undefined ? value : value.slice(scheme.length + 1).replace(/^\/+/, '');
  const bare = host.replace(/[/?#].*$/s, '');
  const isKnown = scheme === undefined || scheme === 'https' || (kind === 'connect' && scheme === 'wss');
  const meant = isHost(asciiHost(bare)) && !bare.includes('*') ? bare : undefined;
  if (host.includes('*') || value === '*')
    return {
      why: 'A host with * would let every server of that domain into your pages.',
      hint: /^\*\.[^*]+$/.test(bare)
        ? `Name each host, such as  www.${bare.slice(2)} .`
        : 'Name each host, such as  stats.example .',
    };
  if (!isKnown)
    return {
      why:
        scheme === 'http' || scheme === 'ws'
          ? `Anyone on the way can change what is loaded over ${scheme}: .`
          : `This is not a host: it begins with ${scheme}: .`,
      hint: meant
        ? `Write  ${scheme === 'ws' && kind === 'connect' ? 'wss://' : ''}${meant} . ${scheme === 'http' ? 'The host must support https.' : ''}`.trim()
        : 'Write the name of a host, such as  stats.example .',
    };
  if (bare !== host && meant !== undefined && host !== `${bare}/`)
    return { why: 'A host has no path.', hint: `Write  ${scheme === 'wss' ? 'wss://' : ''}${meant} .` };
  if (!isHost(plain) || !/[a-z\d]/i.test(plain))
    return { why: 'This is not the name of a host.', hint: 'Write only the host, such as  stats.example .' };
  return undefined;
}

/** A page, as far as it decides which hosts it can use. */
export interface PagePlace {
  kind: PageKind | undefined;
  /** Without the path of the site's url. */
  address: string | undefined;
}

/** Hosts by what a page can use them for, as sources in a policy. */
export type Sources = Partial<Record<HostKind, readonly string[]>>;

/** The hosts that a page can use. Without a page, those that any page can use. */
export function allowedOn(allow: Allow | undefined, place?: PagePlace): Sources {
  if (!allow) return {};
  const isHere = (entry: Entry) => {
    const pages = pagesIn(entry);
    if (!place || !pages) return true;
    return pages.some((page) => page === place.kind || (page.startsWith('/') && page === place.address));
  };
  return Object.fromEntries(
    hostKinds.flatMap((kind) => {
      const sources = (allow[kind] ?? []).filter(isHere).map((entry) => sourceOf(hostIn(entry)));
      return sources.length > 0 ? [[kind, [...new Set(sources)]]] : [];
    }),
  );
}

/** All of these. */
export const joined = (...all: Sources[]): Sources =>
  Object.fromEntries(
    hostKinds.flatMap((kind) => {
      const sources = new Set(all.flatMap((one) => one[kind] ?? []));
      return sources.size > 0 ? [[kind, [...sources]]] : [];
    }),
  );

/** A host as a source in the policy. Without a scheme it means https, even for an edition that is read from a disk. */
export const sourceOf = (host: string): string => (/^(?:https?|wss):\/\//i.test(host) ? host : `https://${host}`);

/** Only hosts for forms can have a wildcard. @param source and host as in a policy */
export const isSource = (source: string, host: string): boolean =>
  source.includes('*.')
    ? host.endsWith(source.slice(source.indexOf('*.') + 1)) && host.startsWith('https:')
    : source === host;

/**
 * The forms of a theme that can be sent: those that lead to the site itself, or to a host under `allow.form`.
 *
 * @param actions complete addresses, and paths of the site
 * @returns complete addresses
 */
export function allowedForms(site: { url: string; allow?: Allow | undefined }, actions: readonly string[]): string[] {
  const own = new URL(site.url).origin;
  return actions
    .map((action) => new URL(action, site.url))
    .filter(({ origin }) => origin === own || (site.allow?.form ?? []).some((host) => isSource(sourceOf(host), origin)))
    .map(({ href }) => href);
}
