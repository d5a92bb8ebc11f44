import { shortSlug, slugify } from '../site/slug.ts';
import { isRecord } from './front-matter.ts';
import { plainWords } from './plain-words.ts';

/** The author of a story. */
export interface Contributor {
  /** The id of a file in `content/authors`. */
  id?: string;
  name: string;
  role?: string;
  organisation?: string;
}

/**
 * The id of an author, which is the name of a file: from the first of these texts that has a letter or a digit. It is
 * short enough for every file system.
 */
export const authorId = (...words: (string | undefined)[]): string =>
  words.map((each) => shortSlug(slugify(each ?? ''))).find((id) => id !== '') ?? 'author';

/** The people of an archive, by the ids and names that bylines use. */
export interface People {
  /** @param key an id or a name, as written */
  find(key: string): Contributor | undefined;
}

/**
 * The people in a byline: "A and B", "A & B", "By A, B, and C", "Von A und B", "A, Head of data", "A (Reuters)". "Smith,
 * John" and "John Doe, Jr." are one name.
 */
export function bylineOf(value: unknown, people?: People): Contributor[] {
  if (Array.isArray(value)) return value.flatMap((entry) => bylineOf(entry, people));
  if (isRecord(value)) return ofRecord(value, people);
  const line = textOf(typeof value === 'string' ? value.replace(/<[^<>\s]+@[^<>\s]+>/g, ' ') : value);
  if (line === undefined) return [];
  const known = people?.find(line);
  if (known) return [known];
  return splitPeople(line.replace(leading, ''), people);
}

/** What stands before the names: in English, German, French, Spanish, Italian, Dutch, Danish, Swedish, and Polish. */
const leading = new RegExp(
  [
    /^(?:written|words|text|story|reporting|posted|report|photos?|pictures?)(?:\s+(?:and|&)\s+\w+)?\s+by(?:\s*:\s*|\s+)/u,
    /^(?:text|texto?|texte|fotos?|autore?[rs]?|auteure?|author|by|from)\s*:\s*/u,
    /^by\s+/u,
    // A name can begin with these words too, so at least two others must follow.
    /^(?:von|par|por|di|door|av|af)\s+(?=\p{L}\S*\s+\S)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iu',
);

const conjunctions = /\s+&\s+|\s*;\s*|\s*[•·|]\s*|\s*,?\s+and\s+|\s+\+\s+/i;
/** In other languages these are parts of names too: "José Ortega y Gasset". */
const foreign = /\s+(?:und|et|och|og|en|ja|oraz)\s+|\s+[yei]\s+/u;

function splitPeople(line: string, people?: People): Contributor[] {
  const parts = line.split(conjunctions).flatMap((part) => {
    const halves = part.split(foreign);
    return halves.length > 1 && halves.every((half) => /\p{L}[\p{L}\p{M}.'’-]*\s+\S/u.test(half.trim()))
      ? halves
      : [part];
  });
  return parts.flatMap((part) => splitCommas(part.trim(), people));
}

function splitCommas(part: string, people?: People): Contributor[] {
  const words = part.split(/\s*,\s*/).filter((word) => word !== '');
  if (words.length > 1 && words.every((word) => people?.find(word)))
    return words.flatMap((word) => people?.find(word) ?? []);
  const isOneName = words.length === 2 && words.every((word) => !word.includes(' ') && !isAbbreviation(word));
  if (isOneName || words.slice(1).some((word) => suffix.test(word))) {
    const at = words.findIndex((word, place) => place > 0 && suffix.test(word));
    if (at === -1) return named(part, people);
    const [first] = named(words.slice(0, at + 1).join(', '), people);
    return first ? [first, ...restOf(words.slice(at + 1), first, people)] : [];
  }
  const [head, ...rest] = words;
  const [first] = head === undefined ? [] : named(head, people);
  return first ? [first, ...restOf(rest, first, people)] : [];
}

/** What follows a name after a comma: more about that person, or other people. */
function restOf(rest: readonly string[], first: Contributor, people?: People): Contributor[] {
  const more: Contributor[] = [];
  for (const word of rest) {
    const person = more.at(-1) ?? first;
    if (isOrganisation(word) && person.organisation === undefined) person.organisation = word;
    else if (isRole(word) && person.organisation === undefined)
      person.role = person.role === undefined ? word : `${person.role}, ${word}`;
    else more.push(...named(word, people));
  }
  return more;
}

const suffix = /^(?:jr|sr|ph\.?d|m\.?d|esq|mba|mp|[iv]+)\.?$/i;
const isAbbreviation = (word: string): boolean => /^[A-Z]{2,6}$/.test(word) && !suffix.test(word);

const roleWords =
  /\b(?:head|director|editor|chief|ceo|cto|cfo|coo|manager|professor|prof|correspondent|reporter|staff|engineer|developer|designer|analyst|officer|president|chair(?:man|woman|person)?|member|board|team lead|founder|co-?founder|fellow|researcher|scientist|journalist|writer|columnist|contributor|photographer|minister|secretary|senator|mayor|lead|coordinator|executive|vice|deputy|associate|assistant|senior|intern|student|consultant|advisor|adviser|critic|blogger|author|producer|illustrator|translator|lawyer|attorney|doctor|nurse|teacher|lecturer|spokes\w+|redakteur(?:in)?|korrespondent(?:in)?|leiter(?:in)?|rédact\w+|directeur|directrice|periodista|redactor[a]?|director[a])\b/iu;
const organisationWords =
  /^(?:the\s+\p{Lu}.*|.*\b(?:news|times|post|university|college|institute|foundation|inc|llc|ltd|gmbh|agency|press|reuters|group|association|council|department|ministry|magazine|tribune|herald|gazette|journal|media|company|corporation|school|project|center|centre|bureau|society|network|labs?)\.?)$/iu;

const isOrganisation = (words: string): boolean => isAbbreviation(words) || organisationWords.test(words);
/** "Head of data", "chief reporter", "reporting from Galway". Names have no small words except particles. */
const isRole = (words: string): boolean =>
  roleWords.test(words) ||
  /^\p{Ll}/u.test(
    words.replace(/^(?:(?:von|van|de|da|di|del|der|den|ten|ter|la|le|al|el|bin|ibn|d['’])\b\s*)+/u, ''),
  ) ||
  /\s(?:of|at|for|to|with|in)\s/.test(words);

/** A name with what follows in brackets or after a dash: "Ann Lee (Reuters)", "Ann Lee - reporter". */
function named(text: string, people?: People): Contributor[] {
  const known = people?.find(text);
  if (known) return [{ ...known }];
  const found =
    /^(.+?)\s*\(([^()]+)\)$/.exec(text) ?? /^(.+?)\s+[–—-]\s+(.+)$/.exec(text) ?? /^(.+?)\s+\/\s+(.+)$/.exec(text);
  const name = (found?.[1] ?? text).trim();
  if (!/[\p{L}\p{N}]/u.test(name)) return [];
  if (/^@?(?:n\/a|none|unknown|null|undefined|tbd|anonymous author)$/i.test(name)) return [];
  const more = found?.[2]?.trim();
  const person = people?.find(name) ?? { name };
  if (more === undefined || /^(?:@|https?:|\S+@)/.test(more)) return [{ ...person }];
  return [{ ...person, ...(isRole(more) && !isAbbreviation(more) ? { role: more } : { organisation: more }) }];
}

function ofRecord(value: Record<string, unknown>, people?: People): Contributor[] {
  const text = (...keys: string[]) => keys.map((key) => textOf(value[key])).find((word) => word !== undefined);
  const key = text('id', 'key', 'slug', 'username', 'login', 'author');
  const given = [text('firstname', 'first_name', 'firstName'), text('lastname', 'last_name', 'lastName')];
  const name =
    text('name', 'display_name', 'displayName', 'full_name', 'fullName', 'fullname') ??
    (given.some((part) => part !== undefined) ? given.filter(Boolean).join(' ') : undefined);
  const known = (key !== undefined && people?.find(key)) || (name !== undefined && people?.find(name)) || undefined;
  const written = name ?? known?.name ?? text('title') ?? key;
  if (written === undefined) {
    // `authors: { ann: {}, bo: {} }` names people by their ids.
    const keys = Object.keys(value);
    return keys.length > 0 && keys.every((id) => people?.find(id)) ? keys.flatMap((id) => bylineOf(id, people)) : [];
  }
  const role = text('role', 'jobTitle', 'job_title', 'position') ?? (name === undefined ? undefined : text('title'));
  const organisation = text('organisation', 'organization', 'company', 'affiliation', 'org', 'agency');
  return [
    {
      ...(known || {}),
      name: known?.name ?? written,
      ...(role && role !== written ? { role } : {}),
      ...(organisation ? { organisation } : {}),
    },
  ];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return undefined;
  return plainWords(value) || undefined;
}

/** "aexample", "ann-example", "a.example": what a system calls a person, and not what the person is called. */
export const looksLikeId = (name: string): boolean =>
  /^[a-z0-9][a-z0-9_.-]*$/.test(name) || /^@\S+$/.test(name) || /^[a-z]+[A-Z]\w*$/.test(name);
