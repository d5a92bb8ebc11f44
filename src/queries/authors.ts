import type { IndexHandle } from '../index/handle.ts';
import type { AuthorRecord } from '../index/records.ts';
import { recordOf } from '../index/rows.ts';
import { pictureId, type ShownPicture } from '../pictures/picture.ts';
import { setWords } from '../story/punctuation.ts';
import type { Family } from './family.ts';
import { type Kind, readOften } from './kind.ts';
import { querySite } from './site.ts';

export interface AuthorResult {
  id: string;
  name: string;
  role?: string;
  bio?: string;
  picture?: ShownPicture;
  links: { title: string; url: string }[];
}

const author: Kind<[id: string], AuthorRecord | undefined> = {
  name: 'author',
  subject: (id) => `author:${id}`,
  resolve: (index, id) => recordOf<AuthorRecord>(index, `author/${id}`),
};

export function queryAuthor(index: IndexHandle, id: string): AuthorResult | undefined {
  const found = readOften(index, author, id);
  if (!found) return undefined;
  const { language } = querySite(index);
  const { name, role, bio, picture, links } = found;
  return {
    id,
    name: setWords(name, language),
    role: setWords(role, language),
    bio: setWords(bio, language),
    picture,
    links: links.map((link) => ({ ...link, title: setWords(link.title, language) })),
  };
}

export const authorFamily: Family = {
  kinds: [author],
  record: (key, { subjects }) => {
    if (key.startsWith('author/')) subjects.add(`author:${key.slice('author/'.length)}`);
  },
  // A portrait is created as long as its author has stories.
  list: (index, { list, before, after }, { pictures }) => {
    if (after > 0 === before > 0 || !list.startsWith('author/')) return;
    const facts = recordOf<AuthorRecord>(index, list).value()?.picture?.facts;
    if (facts) pictures.add(pictureId(facts));
  },
};
