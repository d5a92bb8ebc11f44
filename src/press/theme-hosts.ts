import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place, Problem } from '../problems/problem.ts';
import { type Allow, allowedOn, allowSchema, type HostKind, hostIn, isSource, sourceOf } from '../site/allow.ts';
import { readYamlFile } from '../yaml/source.ts';
import { themeDataAddress, themeElsewhere, themeElsewhereInsecure } from './theme-html-problems.ts';

/*
 * What a theme loads from other hosts, compared with `allow` in site.yaml. Browsers block what is not allowed without a
 * message to anyone, so the build says it first.
 */

/** What site.yaml says about the site, as far as the checks of a theme need it. */
export interface ThemeSettings {
  allow: Allow;
  /** `https://post.example`, and the path of the site's url: '' or `/paper`. */
  origin: string;
  base: string;
}

/**
 * Reads the settings from site.yaml itself, because a theme is checked before the index has ingested it. Ingest reports
 * what is wrong with the file, so a mistake in it counts as nothing here.
 */
export function themeSettings(site: string): ThemeSettings {
  const settings: ThemeSettings = { allow: {}, origin: '', base: '' };
  const file = join(site, 'content/site.yaml');
  const source = existsSync(file) ? readYamlFile('content/site.yaml', readFileSync(file)) : undefined;
  if (!source || 'problems' in source) return settings;
  const { url, allow } = (source.data ?? {}) as { url?: unknown; allow?: unknown };
  if (typeof url === 'string' && URL.canParse(url.trim())) {
    const { origin, pathname } = new URL(url.trim());
    settings.origin = origin;
    settings.base = pathname.replace(/\/+$/, '');
  }
  const checked = allowSchema.safeParse(allow ?? {});
  if (checked.success) settings.allow = checked.data;
  return settings;
}

/** The purpose for which something is loaded: a kind of host, or a form. */
export type Purpose = HostKind | 'form';

/** Where something is used: on every page, on one page of the theme, or wherever a component or a style is used. */
export type UsedOn = { everyPage: true } | { page: string } | undefined;

/**
 * What browsers would block of an address in a theme.
 *
 * @param url as written. Addresses of this site, and those that are not complete, are not a problem
 * @param instead what else the author could do, as a sentence
 */
export function hostProblem(
  place: Place,
  url: string,
  { purpose, settings, on, instead = '' }: { purpose: Purpose; settings: ThemeSettings; on?: UsedOn; instead?: string },
): Problem[] {
  const written = url.trim();
  if (/^data:/i.test(written) && purpose !== 'form') return [themeDataAddress(place, written.slice(0, 40))];
  if (!/^(?:(?:https?|wss?):)?\/\//i.test(written)) return [];
  const address = written.startsWith('//') ? `https:${written}` : written;
  if (!URL.canParse(address)) return [];
  const { protocol, host, origin } = new URL(address);
  if (origin === settings.origin) return [];
  const shown = written.length > 100 ? `${written.slice(0, 99)}…` : written;
  if (protocol === 'http:' || protocol === 'ws:')
    return purpose === 'form' ? [] : [themeElsewhereInsecure(place, shown)];
  const wanted = protocol === 'wss:' ? `wss://${host}` : host;
  const isEverywhere = on !== undefined && 'everyPage' in on;
  const page = on && 'page' in on ? on.page : undefined;
  const anywhere = sourcesFor(settings.allow, purpose);
  const here =
    page !== undefined && purpose !== 'form'
      ? (allowedOn(settings.allow, { kind: 'page', address: page })[purpose] ?? [])
      : isEverywhere && purpose !== 'form'
        ? (allowedOn(settings.allow, { kind: undefined, address: undefined })[purpose] ?? [])
        : anywhere;
  if (matches(here, sourceOf(wanted))) return [];
  const isSomewhere = matches(anywhere, sourceOf(wanted));
  const line = lineToAdd(settings.allow, purpose, wanted, page, isSomewhere);
  return [themeElsewhere(place, shown, { line, isSomewhere: isSomewhere && isEverywhere, instead })];
}

const sourcesFor = (allow: Allow, purpose: Purpose): readonly string[] =>
  purpose === 'form' ? (allow.form ?? []).map(sourceOf) : (allowedOn(allow)[purpose] ?? []);

const matches = (sources: readonly string[], wanted: string): boolean =>
  sources.some((source) => isSource(source, wanted));

/** What to write into site.yaml, so that it can be copied. */
function lineToAdd(
  allow: Allow,
  purpose: Purpose,
  host: string,
  page: string | undefined,
  isSomewhere: boolean,
): string {
  const entry = page !== undefined && purpose !== 'form' ? `{ host: ${host}, on: [${page}] }` : host;
  const list = allow[purpose] ?? [];
  if (isSomewhere && purpose !== 'form') {
    const there = list.find((one) => hostIn(one) === host);
    if (page === undefined)
      return `Under  allow: ${purpose}  in content/site.yaml, write only  - ${host}  for this host.`;
    const pages = typeof there === 'object' ? (there.on ?? []) : [];
    return `Under  allow: ${purpose}  in content/site.yaml, write  - { host: ${host}, on: [${[...pages, page].join(', ')}] }  for this host.`;
  }
  if (list.length > 0) return `If you trust the host, add  - ${entry}  to  allow: ${purpose}  in content/site.yaml.`;
  if (Object.values(allow).some((one) => one !== undefined))
    return `If you trust the host, add  ${purpose}: [${entry}]  to  allow  in content/site.yaml.`;
  return `If you trust the host, add this line to content/site.yaml:  allow: { ${purpose}: [${entry}] } .`;
}

/** The addresses that a script asks for, as far as they are plainly written, with the number of the line of the text. */
export function addressesInScript(text: string): { url: string; purpose: Purpose; line: number }[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return scriptForms.flatMap(({ form, purpose }) =>
    [...code.matchAll(form)].map((match) => ({
      url: match.groups!.url!,
      purpose,
      line: code.slice(0, match.index + match[0].length).split('\n').length,
    })),
  );
}

const address = String.raw`(?<quote>["'\x60])(?<url>(?:(?:https?|wss?):)?\/\/[^"'\x60\s]+)\k<quote>`;
const scriptForms: readonly { form: RegExp; purpose: Purpose }[] = [
  [String.raw`\b(?:fetch|sendBeacon|WebSocket|EventSource)\s*\(\s*`, 'connect'],
  [String.raw`\.open\s*\(\s*["'](?:GET|POST|PUT|DELETE|HEAD|PATCH)["']\s*,\s*`, 'connect'],
  [String.raw`\bimport\s*(?:\(\s*|(?:[\w\s{},*$]+?\sfrom\s*)?)`, 'script'],
  [String.raw`\bimportScripts\s*\(\s*`, 'script'],
].map(([before, purpose]) => ({ form: new RegExp(before + address, 'gi'), purpose: purpose as Purpose }));

/** The purpose of the address in an attribute, or undefined if browsers load nothing for it. */
export function purposeOf(
  tag: string,
  attribute: string,
  attributes: ReadonlyMap<string, string | undefined>,
): Purpose | undefined {
  const rel = attributes.get('rel') ?? '';
  switch (`${tag} ${attribute}`) {
    case 'script src':
      return 'script';
    case 'iframe src':
    case 'frame src':
      return 'frame';
    case 'video src':
    case 'audio src':
    case 'track src':
    case 'source src':
      return 'media';
    case 'img src':
    case 'img srcset':
    case 'source srcset':
    case 'video poster':
    case 'input src':
      return 'img';
    case 'form action':
    case 'button formaction':
    case 'input formaction':
      return 'form';
    case 'link href':
      if (/\bstylesheet\b/i.test(rel)) return 'style';
      if (/\bicon\b/i.test(rel)) return 'img';
      if (/\bmodulepreload\b/i.test(rel)) return 'script';
      if (/\bpreload\b/i.test(rel)) return preloads[(attributes.get('as') ?? '').toLowerCase()];
      return undefined;
    default:
      return undefined;
  }
}

const preloads: Readonly<Record<string, Purpose>> = {
  script: 'script',
  style: 'style',
  font: 'font',
  image: 'img',
  fetch: 'connect',
  audio: 'media',
  video: 'media',
};

/** The attributes in which `purposeOf` may find an address. */
export const loadingAttributes = ['src', 'srcset', 'href', 'poster', 'action', 'formaction'] as const;

/** The addresses in an attribute. A `srcset` has several. */
export const urlsIn = (attribute: string, value: string): string[] =>
  attribute === 'srcset' ? value.split(/,\s+/).map((one) => one.trim().split(/\s+/)[0] ?? '') : [value];

/** What the author of a theme could do instead of allowing a host. */
export const insteadOf = (purpose: Purpose): string =>
  ['img', 'style', 'font', 'media'].includes(purpose)
    ? 'Or, if you have the right to use the file, save it in  theme/  and write its path here.'
    : '';
