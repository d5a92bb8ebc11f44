import { nearest } from '../../problems/nearest.ts';
import { faultOfAddress, isWebAddress, meantAddress } from '../../site/link-address.ts';
import { cleanSlug, slugify } from '../../site/slug.ts';
import { doubleQuoted, yamlScalar } from '../write/scalar.ts';
import { cureDate } from './dates.ts';
import { unquoted } from './edits.ts';

/** A value that a schema refused. */
export interface Refused {
  /** Its key, or its index in a list. */
  key: string;
  value: unknown;
  /** As written in the file. */
  raw: string;
  /** The expected type: `array`, `string` …, or undefined. */
  expected?: string;
  /** The allowed values, if there is a fixed list. */
  values?: readonly string[];
  /** For a group of keys: the keys that it must have. */
  needed: string[];
  /** The indentation of the key. */
  indent: string;
}

/** Possible replacements for a value, the most likely first. The caller tries which of them works. */
export function valueCures(refused: Refused): string[] {
  const { value, raw, expected, values } = refused;
  if (values) return wordCures(value, values);
  if (expected === 'string') return textCures(refused);
  if (expected === 'array') return listCures(refused);
  if (expected === 'object' || expected === 'record') return groupCures(refused);
  if (expected === 'boolean') {
    const word = unquoted(raw).toLowerCase();
    return /^(?:yes|y|on|true|1|ja|oui|si|sí|draft|unpublished|pending)$/.test(word)
      ? ['true']
      : /^(?:no|n|off|false|0|nein|non|publish|published|public|live)$/.test(word)
        ? ['false']
        : [];
  }
  if (expected === 'number') return [...(/\d+(?:\.\d+)?/.exec(raw) ?? [])];
  return formCures(refused);
}

function wordCures(value: unknown, values: readonly string[]): string[] {
  const word = typeof value === 'string' ? value : Array.isArray(value) ? String(value[0]) : '';
  const meant = nearest(word.replace(/[\s_]+/g, '-'), values);
  return meant ? [meant] : values.length === 1 && value === true ? [values[0]!] : [];
}

/** Keys whose value is a date. */
const isDate = (key: string): boolean => /^(?:published|updated|embargo|date|until)$/.test(key);

function textCures({ key, value, raw }: Refused): string[] {
  if (raw.trim() === '') return [];
  if (isDate(key)) return cureDate(unquoted(raw), 'en-GB', 'UTC').dates;
  if (Array.isArray(value)) {
    const only = value.length === 1 && typeof value[0] === 'string' ? [yamlScalar(value[0])] : [];
    const asWritten = raw.includes('\n') ? [] : [doubleQuoted(raw)];
    // Brackets at the beginning of a headline are part of it. Around a single word, they make a list.
    return /\s/.test(String(value[0])) ? [...asWritten, ...only] : [...only, ...asWritten];
  }
  return raw.includes('\n') ? [] : [doubleQuoted(raw)];
}

function listCures({ key, value, raw, indent }: Refused): string[] {
  if (typeof value === 'string') {
    // "-Ann" without the space that makes it a list entry.
    if (/^-[^\s-]/.test(raw) && raw.split('\n').every((line) => /^\s*-[^\s-]/.test(line)))
      return [raw.replace(/^(\s*)-/gm, '$1- '), `[${yamlScalar(unquoted(raw.slice(1)), true)}]`];
    const items = (key === 'byline' ? names(value) : value.split(/\s*[,;]\s*/)).map(unquoted);
    const forms = key === 'aliases' ? [formCures({ key, value, raw, needed: [], indent })[0] ?? value] : [];
    return [
      ...(value.startsWith('/') || forms.length === 0 ? [] : [`[${forms[0]}]`]),

      `[${items
        .filter(Boolean)
        .map((item) => yamlScalar(item, true))
        .join(', ')}]`,
    ];
  }
  if (value === null) return ['[]'];
  if (typeof value !== 'object') return [`[${doubleQuoted(raw)}]`];
  if (raw.startsWith('{')) return [`[${raw}]`];
  const lines = raw.split('\n');
  const inside = lines.map((line, i) => (i === 0 ? `- ${line}` : line.trim() === '' ? line : `  ${line}`)).join('\n');
  return [inside, `\n${indent}  ${inside}`];
}

/** Several names on one line: "Ann Smith, Bo Jones and Cy Brown". */
export function names(text: string): string[] {
  const parts = text
    .replace(/^(?:by|von|par|por|di|door|av|af)\s+/i, '')
    .split(/\s*(?:[;&/]|,\s*(?:and|und|et|y|e|og|och|en|a)\s|\s(?:and|und|et|y|og|och|en|ac|agus)\s|,)\s*/i)
    .filter(Boolean);
  // "Smith, Ann" is one name.
  return parts.length === 2 && /,/.test(text) && parts.every((part) => !/\s/.test(part)) ? [text] : parts;
}

function groupCures({ key, value, raw, needed, indent }: Refused): string[] {
  const below = `${indent}  `;
  if (Array.isArray(value) && value.length === 1 && !raw.startsWith('[')) return [raw.replace(/^-/, ' ')];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = yamlScalar(unquoted(raw), true);
  if (needed.includes('src') || key === 'lead' || key === 'picture') return [`\n${below}src: ${text}\n${below}alt: …`];
  return needed.length === 1 ? [`{ ${needed[0]}: ${text} }`] : [];
}

/** Texts in the wrong form. */
function formCures({ key, value, raw }: Refused): string[] {
  const text = typeof value === 'string' ? value : raw;
  const percent = /^(\d{1,3})\s*%?\s*[,;/ x×]\s*(\d{1,3})\s*%?$/.exec(text.trim());
  const cures = [
    ...(percent ? [`${percent[1]}% ${percent[2]}%`] : []),
    ...(/^(?:date|published|updated)$/.test(key)
      ? cureDate(text, 'en-GB', 'UTC').dates.map((date) => date.slice(0, 10))
      : []),
    ...(key === 'language' ? languageCures(text) : []),
    ...(key === 'timeZone' ? zoneCures(text) : []),
    ...addressCures(text),
    ...(isAddress.test(text)
      ? []
      : [
          `/${text.replace(/^\/+/, '')}`,
          `/${text.replace(/^\/+|\/+$/g, '')}/`,
          cleanSlug(text),
          slugify(text),
          text.trim().replace(/[\s#?]+/g, '-'),
        ]),
  ].filter((cure) => cure !== '' && cure !== text);
  return cures.map((cure) => yamlScalar(cure, true));
}

/** A nearly complete address, or nothing. A path or slug derived from its letters would lead somewhere else. */
const isAddress = /^\s*(?:[a-z][a-z\d+.-]*:|\/\/|[/?#]*$)|[\\\p{Cc}\u2028\u2029]/iu;

/** The address that was meant, or what remains of it where a path or a host is expected. */
function addressCures(text: string): string[] {
  const meant = meantAddress(text);
  const url = isWebAddress(text) ? new URL(text) : undefined;
  return [
    ...(meant ? [meant] : []),
    ...(url && url.pathname.length > 1 ? [url.pathname + url.search] : []),
    ...(url?.search || url?.hash ? [url.origin + url.pathname] : []),
    ...(faultOfAddress(text) === 'password' ? [text.replace(/^(https?:\/\/)[^/?#]*@/i, '$1')] : []),
  ];
}

/** `en_GB`, "English", "Deutsch". */
function languageCures(text: string): string[] {
  const tag = text
    .trim()
    .replace(/_/g, '-')
    .replace(/\.utf-?8$/i, '');
  const name = text.trim().toLowerCase();
  const named = [
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'nl',
    'cy',
    'ga',
    'gd',
    'ar',
    'pl',
    'ru',
    'uk',
    'tr',
    'sv',
    'da',
    'nb',
    'fi',
    'el',
    'ja',
    'zh',
    'ko',
    'he',
    'hi',
    'th',
    'cs',
    'hu',
    'ro',
  ].find((code) =>
    [
      new Intl.DisplayNames(['en'], { type: 'language' }).of(code),
      new Intl.DisplayNames([code], { type: 'language' }).of(code),
    ].some((known) => known?.toLowerCase() === name),
  );
  return [...(named ? [named] : []), tag];
}

function zoneCures(text: string): string[] {
  const name = text.trim().toLowerCase().replace(/\s+/g, '_');
  const zones = Intl.supportedValuesOf('timeZone');
  const exact = zones.filter((zone) => zone.toLowerCase() === name || zone.toLowerCase().endsWith(`/${name}`));
  const near = nearest(text.trim(), zones);
  return [...exact, ...(near ? [near] : [])];
}
