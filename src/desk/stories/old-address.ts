import { pageAddress } from '../../site/address.ts';
import { readAlias } from '../../site/alias.ts';
import type { Site } from '../../site/site.ts';
import { cleanSlug } from '../../site/slug.ts';
import type { FieldEdit, ReadDocument } from '../document/edits.ts';
import { readDocument } from '../document/read-document.ts';
import { storyFacts } from './story-facts.ts';

/** The address of a story or a standing page with a text, or undefined if the text does not say it. */
export function addressIn(path: string, text: string, site: Site): string | undefined {
  if (path.startsWith('stories/'))
    return storyFacts(path, Buffer.from(text), { site, authorName: () => undefined }).address;
  const name = /^pages\/([^/]+)\.mdx?$/i.exec(path)?.[1];
  const { values, fault } = readDocument(text, false);
  if (name === undefined || fault || values.draft === true) return undefined;
  const slug = typeof values.slug === 'string' ? values.slug : cleanSlug(name);
  return pageAddress(slug.normalize('NFC'));
}

/**
 * The edits that make the old address lead to the new one. An old address that is the address again stops being an old
 * one.
 *
 * @param before the text of the file whose address readers know
 * @param after the text that replaces it
 */
export function editsForOldAddress(path: string, before: string, after: string, site: Site): FieldEdit[] {
  const [old, now] = [addressIn(path, before, site), addressIn(path, after, site)];
  if (old === undefined || now === undefined || old === now) return [];
  const { values, fault } = readDocument(after, false);
  const aliases = aliasesIn(values);
  if (fault || !aliases) return [];
  const places = aliases.map(addressOfAlias);
  const own = places.indexOf(now);
  const rest = aliases.length - (own < 0 ? 0 : 1);
  return [
    ...(own < 0 ? [] : [{ path: ['aliases', own] }]),
    ...(places.includes(old)
      ? []
      : rest === 0
        ? [{ path: ['aliases'], value: [old] }]
        : [{ path: ['aliases', rest], insert: old }]),
  ];
}

/** @returns undefined if they are not written as a list of texts, which is a mistake that is reported elsewhere */
function aliasesIn({ aliases }: ReadDocument['values']): string[] | undefined {
  if (aliases === undefined || aliases === null) return [];
  const list = Array.isArray(aliases) ? aliases : [aliases];
  return list.every((one) => typeof one === 'string') ? (list as string[]) : undefined;
}

function addressOfAlias(alias: string): string | undefined {
  const read = readAlias(alias);
  return read && 'address' in read ? read.address : undefined;
}
