import type { Words } from '../../i18n/vocabulary.ts';
import { isSitePath, isWebAddress } from '../../site/link-address.ts';
import type { Site } from '../../site/site.ts';
import { linkHref } from '../link.ts';

/** The licence of a picture, as printed below it. It is a link if there is an address. */
export function licenceOf(site: Site, licence: string, words: Words): { words: string; href?: string } {
  const commons = commonsOf(licence);
  if (isWebAddress(licence)) return { words: commons ? nameOf(commons) : words.licence, href: licence };
  if (isSitePath(licence)) return { words: words.licence, href: linkHref(site, licence) };
  return { words: words.licence + words.colon + licence };
}

/**
 * A credit or copyright notice without the licence that is printed below the picture anyway. Agencies and archives
 * write "A. Diallo, CC BY 4.0" and also give the address of the licence. A text that names another licence stays as it
 * is.
 *
 * @returns undefined if the text contained nothing else
 * @example withoutLicence('A. Diallo / CC-BY 4.0', 'https://creativecommons.org/licenses/by/4.0/') // 'A. Diallo'
 */
export function withoutLicence(text: string, licence: string): string | undefined {
  const found = patternOf(licence);
  if (!found) return text;
  let rest = text;
  for (let match = found.exec(rest); match; match = found.exec(rest))
    rest = joined(rest.slice(0, match.index), rest.slice(match.index + match[0].length));
  return /[\p{L}\p{N}]/u.test(rest) ? rest : undefined;
}

const separator = /[\s,;/|·•–—،؛、-]+/u;

function joined(before: string, after: string): string {
  const left = before.replace(new RegExp(`${separator.source}$`, 'u'), '');
  const right = after.replace(new RegExp(`^(?:${separator.source}|\\.$)`, 'u'), '');
  if (left === '' || right === '') return left + right;
  const between = new RegExp(`^${separator.source}`, 'u').exec(after)?.[0] ?? ' ';
  return left + between + right;
}

/**
 * A pattern that finds a licence in a text, however it is spelled, or undefined for a licence without a name. Cached,
 * because a paper uses few licences.
 */
function patternOf(licence: string): RegExp | undefined {
  if (!patterns.has(licence)) patterns.set(licence, makePattern(licence));
  return patterns.get(licence);
}

const patterns = new Map<string, RegExp | undefined>();

function makePattern(licence: string): RegExp | undefined {
  const commons = commonsOf(licence);
  const spellings = commons ? spellingsOf(commons) : /^(?:https?:)?\//i.test(licence) ? [] : [escaped(licence)];
  if (/^https?:/i.test(licence)) spellings.unshift(addressPattern(licence));
  if (spellings.length === 0) return undefined;
  const [before, after] = ['(?<![\\p{L}\\p{N}])[([]?\\s*', '\\s*[)\\]]?(?![\\p{L}\\p{N}]|\\.\\d|-\\p{L})'];
  const word = '(?:\\s+(?:licen[cs]e|lizenz)(?!\\p{L}))?';
  return new RegExp(`${before}(?:${introduction}\\s*)?(?:${spellings.join('|')})${word}${after}`, 'iu');
}

/** A Creative Commons licence: `by-sa` and `4.0`. `0` is CC0. */
interface Commons {
  terms: string;
  version?: string;
}

function commonsOf(licence: string): Commons | undefined {
  const address =
    /^https?:\/\/(?:www\.)?creativecommons\.org\/(?:licenses\/([a-z-]+)\/([\d.]+)|publicdomain\/zero\/([\d.]+))/i.exec(
      licence,
    );
  if (address)
    return address[1]
      ? { terms: address[1].toLowerCase(), version: address[2]! }
      : { terms: '0', version: address[3]! };
  const name = /^(?:cc|creative commons)[\s-]*(0|zero|by(?:[\s-](?:sa|nc|nd))*)[\s-]*(\d(?:\.\d)?)?$/i.exec(
    licence.trim(),
  );
  if (!name?.[1]) return undefined;
  const terms = /^(?:0|zero)$/i.test(name[1]) ? '0' : name[1].toLowerCase().replace(/\s/g, '-');
  return { terms, ...(name[2] !== undefined && { version: name[2] }) };
}

const nameOf = ({ terms, version }: Commons): string =>
  [terms === '0' ? 'CC0' : `CC ${terms.toUpperCase()}`, version].filter(Boolean).join(' ');

/**
 * How people write it, as patterns: `CC BY-SA 4.0`, `CC-BY-SA`, `Creative Commons Attribution-ShareAlike 4.0
 * International`.
 */
function spellingsOf({ terms, version }: Commons): string[] {
  const exact = `[\\s-]*v?\\.?\\s?${version ? escaped(version) : '\\d(?:\\.\\d)?'}`;
  const number = `(?:${exact})?(?![\\s-]*\\d)`;
  const where = '(?:\\s+(?:International|Unported|Generic|Universal))?';
  if (terms === '0') return [`(?:CC|Creative\\s+Commons)[\\s-]*(?:0|Zero)${number}${where}`];
  const parts = terms.split('-');
  const long = parts.map((part) => longNames[part] ?? part).join('[\\s-]*');
  const noMore = '(?![\\s-]*(?:Share|Non|No\\s?Deriv))';
  return [
    `(?:CC|Creative\\s+Commons)[\\s-]*${parts.join('[\\s-]')}(?![\\s-]*(?:SA|NC|ND)\\b)${number}${where}`,
    `Creative\\s+Commons\\s+${long}${noMore}${number}${where}`,
    `${long}${noMore}${exact}${where}`,
    `https?://(?:www\\.)?creativecommons\\.org/licenses/${terms}/[\\d.]+/?(?:deed\\.\\w+|legalcode)?`,
  ];
}

const longNames: Record<string, string> = {
  by: 'Attribution',
  sa: 'Share\\s?Alike',
  nc: 'Non\\s?-?Commercial',
  nd: 'No\\s?-?Deriv(?:ative)?s',
};

/** Words that people write before a licence, in the languages that we support. */
const introduction =
  '(?:(?:this (?:work|picture|photo|image) is )?licen[cs]ed under(?: (?:a|an|the))?|under(?: (?:a|an|the))?|licen[cs]e\\s*:|lizenz(?:iert)?(?: unter)?\\s*:?|licencia\\s*:?|licence\\s*:)';

const escaped = (text: string): string =>
  text
    .trim()
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/\s+/g, '\\s+');

/** With and without its scheme and final slash. */
const addressPattern = (licence: string): string =>
  `(?:https?://)?${escaped(licence.replace(/^https?:\/\//i, '').replace(/\/$/, ''))}/?`;
