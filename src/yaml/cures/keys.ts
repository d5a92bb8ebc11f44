import { nearest } from '../../problems/nearest.ts';
import { fold, groupOf } from '../field-keys.ts';

/** Where a key belongs that is not allowed in its place. */
export type Place =
  | { kind: 'rename'; to: string }
  /** Into a group of keys at the same level. */
  | { kind: 'inside'; group: string; to: string }
  /** Out of its group, to the top level of the file. */
  | { kind: 'top'; to: string };

/** The story key for each key that `import` recognises (field-keys.ts). */
const ofGroup: Record<string, Place[]> = {
  headline: [{ kind: 'rename', to: 'headline' }],
  kicker: [{ kind: 'rename', to: 'kicker' }],
  standfirst: [
    { kind: 'rename', to: 'standfirst' },
    { kind: 'rename', to: 'summary' },
  ],
  published: [{ kind: 'rename', to: 'published' }],
  publishDate: [
    { kind: 'rename', to: 'published' },
    { kind: 'rename', to: 'embargo' },
  ],
  updated: [{ kind: 'rename', to: 'updated' }],
  byline: [{ kind: 'rename', to: 'byline' }],
  section: [{ kind: 'rename', to: 'section' }],
  topics: [{ kind: 'rename', to: 'topics' }],
  language: [{ kind: 'rename', to: 'language' }],
  draft: [{ kind: 'rename', to: 'draft' }],
  address: [{ kind: 'rename', to: 'aliases' }],
  addresses: [{ kind: 'rename', to: 'aliases' }],
  cover: [
    { kind: 'rename', to: 'lead' },
    { kind: 'rename', to: 'picture' },
  ],
  coverAlt: [{ kind: 'inside', group: 'lead', to: 'alt' }],
  coverCaption: [{ kind: 'inside', group: 'lead', to: 'caption' }],
  coverCredit: [{ kind: 'inside', group: 'lead', to: 'credit' }],
};

/** Keys of other systems in files that are not stories, by our key. */
const others: Record<string, string> = {
  name: 'title fullname displayname sitetitle sitename heading label author',
  title: 'name label heading text',
  url: 'baseurl siteurl link website address homepage href site',
  timeZone: 'tz zone',
  language: 'lang locale languagecode defaultcontentlanguage',
  description: 'tagline subtitle summary about excerpt text standfirst longdescription',
  bio: 'about biography description summary text',
  picture: 'image photo avatar portrait headshot lead',
  links: 'social socials profiles',
  role: 'job jobtitle position title',
  organisation: 'organization agency company employer affiliation',
  sections: 'categories desks',
  navigation: 'menu nav menus links footer',
  permalink: 'permalinks',
  publisher: 'organization organisation owner',
  icon: 'favicon',
  credit: 'photographer source author byline creator attribution by',
  caption: 'title text',
  alt: 'alttext alternative alternativetext alttag',
  copyright: 'rights',
  licence: 'license',
  place: 'location where',
  src: 'file image path href url name picture',
  date: 'when published time day',
  text: 'message body correction note words',
  reason: 'why text message note',
  stories: 'items articles posts lead top',
  pinned: 'sticky featured',
  banner: 'breaking alert',
  standfirst: 'description subtitle',
  summary: 'description excerpt',
  headline: 'title name',
  draft: 'status state poststatus',
  aliases: 'permalink redirects redirectfrom',
};

/** The places where a key could belong, the most likely first. The caller tries which of them works. */
export function placesOfKey(
  key: string,
  known: readonly string[],
  { groups, top }: { groups: Record<string, string[]>; top: readonly string[] | undefined },
): Place[] {
  const folded = fold(key);
  const places: Place[] = [];
  const same = known.find(
    (word) => fold(word) === folded || fold(word) === `${folded}s` || `${fold(word)}s` === folded,
  );
  if (same) places.push({ kind: 'rename', to: same });
  const group = groupOf.get(folded);
  if (group && known.includes('headline') && known.includes('byline')) places.push(...(ofGroup[group] ?? []));
  for (const [to, words] of Object.entries(others))
    if (known.includes(to) && words.split(' ').includes(folded)) places.push({ kind: 'rename', to });
  for (const [name, keys] of Object.entries(groups))
    if (keys.includes(key)) places.push({ kind: 'inside', group: name, to: key });
  if (top?.includes(key)) places.push({ kind: 'top', to: key });
  const near = nearest(key, known);
  if (near) places.push({ kind: 'rename', to: near });
  return places;
}
