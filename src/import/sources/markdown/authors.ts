import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cleanSlug, shortSlug } from '../../../site/slug.ts';
import { decode } from '../../decode.ts';
import { isRecord, readFrontMatter } from '../../front-matter.ts';
import type { Contributor, People } from '../../people.ts';
import { plainWords } from '../../plain-words.ts';
import { compare } from '../../receipt.ts';
import type { SourceAuthor } from '../../source.ts';
import { readData } from './config-files.ts';

/** The people of an archive, and which of them a byline has named. */
export interface AuthorList extends People {
  /** Those that a byline named, by id. */
  used(): SourceAuthor[];
  /** The files that the list was read from, relative to the archive. */
  files: ReadonlySet<string>;
}

const folders = [
  '',
  '_data',
  'data',
  'src/_data',
  'src/data',
  'content',
  'src/content',
  'blog',
  'source/_data',
  'src',
  'site/_data',
];
const names = ['authors', '_authors', 'author', 'people', 'writers', 'team', 'staff', 'contributors', 'members'];
const endings = ['.yml', '.yaml', '.json', '.toml'];
const filesMax = 20_000;

/**
 * Reads who wrote in an archive: `_data/authors.yml`, `data/authors/*`, `content/authors/*`, `blog/authors.yml`, and
 * `authors` in the configuration.
 *
 * @param folder the archive @param root the folder with the configuration of the old site
 */
export function readAuthors(folder: string, root: string, config: Readonly<Record<string, unknown>>): AuthorList {
  const people = new Map<string, SourceAuthor>();
  const files = new Set<string>();
  const used = new Map<string, SourceAuthor>();
  const add = (key: string, value: unknown): void => {
    const person = personOf(key, value);
    if (person && !people.has(keyOf(key))) people.set(keyOf(key), person);
  };
  const addAll = (data: unknown): boolean => {
    const before = people.size;
    if (Array.isArray(data))
      for (const entry of data) {
        if (!isRecord(entry)) continue;
        const id = ['id', 'key', 'slug', 'username', 'short_name', 'shortname', 'name']
          .map((key) => entry[key])
          .find((each) => typeof each === 'string');
        if (typeof id === 'string') add(id, entry);
      }
    else if (isRecord(data)) for (const [key, value] of Object.entries(data)) add(key, value);
    return people.size > before;
  };
  for (const place of new Set(folders.flatMap((each) => [join(folder, each), join(root, each)])))
    for (const name of names) {
      for (const ending of endings) {
        const path = join(place, name + ending);
        if (existsSync(path) && addAll(readData(path))) files.add(relative(folder, path).replaceAll('\\', '/'));
      }
      const list = join(place, name);
      if (!statSync(list, { throwIfNoEntry: false })?.isDirectory()) continue;
      if (!/^_?authors?$/.test(name) && !/_?data(?:\/|$)/.test(relative(root, place))) continue;
      for (const file of filesOf(list)) {
        const id =
          file
            .replace(/(?:\/_?index)?\.[^./]+$/, '')
            .split('/')
            .at(-1) ?? '';
        const path = join(list, file);
        if (id === '' || /^_?index$/.test(id)) continue;
        const before = people.size;
        if (/\.(?:md|mdx|markdown)$/.test(file)) add(id, ofMarkdown(path));
        else if (endings.some((ending) => file.endsWith(ending))) add(id, readData(path));
        if (people.size > before) files.add(relative(folder, path).replaceAll('\\', '/'));
      }
    }
  addAll(config.authors);
  if (isRecord(config.params)) addAll(config.params.authors);

  const byName = new Map([...people.values()].map((person) => [person.name.toLowerCase(), person]));
  return {
    files,
    used: () => [...used.values()].sort((a, b) => compare(a.id, b.id)),
    find(key): Contributor | undefined {
      const person = people.get(keyOf(key)) ?? byName.get(key.trim().toLowerCase());
      if (!person) return undefined;
      used.set(person.id, person);
      return { id: person.id, name: person.name };
    },
  };
}

const keyOf = (key: string): string => key.trim().replace(/^@/, '').toLowerCase();

function filesOf(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found
    .slice(0, filesMax)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort(compare);
}

function ofMarkdown(path: string): unknown {
  const text = decode(readFileSync(path))?.text ?? '';
  const { data, bodyStart } = readFrontMatter(text);
  const body = text.slice(bodyStart).trim();
  return { ...Object.fromEntries(data), ...(body === '' || data.has('bio') ? {} : { bio: body }) };
}

const bioCharsMax = 2000;

function personOf(key: string, value: unknown): SourceAuthor | undefined {
  const id = shortSlug(cleanSlug(key.trim().replace(/^@/, '')).toLowerCase());
  if (id === '') return undefined;
  if (typeof value === 'string') {
    const name = plainWords(value);
    return name === '' || /^https?:/.test(name) ? undefined : { id, name };
  }
  if (!isRecord(value)) return undefined;
  const text = (...keys: string[]): string | undefined => {
    for (const each of keys) {
      const found = value[each];
      if (typeof found === 'string' && plainWords(found) !== '') return plainWords(found);
    }
    return undefined;
  };
  const parts = [text('first_name', 'firstname', 'firstName'), text('last_name', 'lastname', 'lastName')].filter(
    Boolean,
  );
  const named = text('display_name', 'displayName', 'name', 'full_name', 'fullName', 'fullname', 'author');
  const name = named ?? (parts.length > 0 ? parts.join(' ') : text('title'));
  if (name === undefined) return undefined;
  const role = text('role', 'job_title', 'jobTitle', 'position') ?? (named === undefined ? undefined : text('title'));
  const bio = text('bio', 'biography', 'description', 'about', 'excerpt')?.slice(0, bioCharsMax);
  const links = linksOf(value);
  return {
    id,
    name,
    ...(role === undefined || role === name ? {} : { role }),
    ...(bio === undefined || bio === name ? {} : { bio }),
    ...(links.length > 0 ? { links } : {}),
  };
}

/** Where people can be found, in the forms of the archives. E-mail addresses are not published. */
function linksOf(value: Record<string, unknown>): { title: string; url: string }[] {
  const links: { title: string; url: string }[] = [];
  const add = (title: string, url: unknown): void => {
    if (typeof url !== 'string' || !/^https?:\/\//i.test(url.trim()) || !URL.canParse(url.trim())) return;
    if (!links.some((link) => link.url === url.trim())) links.push({ title, url: url.trim() });
  };
  const account = (title: string, base: string, name: unknown): void => {
    if (typeof name !== 'string' || name.trim() === '') return;
    if (/^https?:/i.test(name)) add(title, name);
    else if (/^@?[\w.-]{1,60}$/.test(name.trim())) add(title, base + name.trim().replace(/^@/, ''));
  };
  const all = {
    ...(isRecord(value.socials) ? value.socials : {}),
    ...(isRecord(value.social) ? value.social : {}),
    ...value,
  };
  for (const key of ['url', 'website', 'web', 'site', 'homepage', 'link']) add('Website', all[key]);
  account('GitHub', 'https://github.com/', all.github);
  account('X', 'https://x.com/', all.twitter ?? all.x);
  account('LinkedIn', 'https://www.linkedin.com/in/', all.linkedin);
  account('Instagram', 'https://www.instagram.com/', all.instagram);
  add('Mastodon', all.mastodon);
  return links;
}
