import { wxrGenerator } from '../../../newsroom/own-meta.ts';
import { slugify } from '../../../site/slug.ts';
import type { Contributor } from '../../field-values.ts';
import { htmlWords } from '../../html-body/convert.ts';
import { authorId } from '../../people.ts';
import type { SourceAuthor } from '../../source.ts';
import type { OwnPerson } from './own-export.ts';
import type { WxrHead, WxrItem } from './wxr.ts';

interface Person extends SourceAuthor {
  isUsed: boolean;
}

/** The authors of an export: its users, and the guests of Co-Authors Plus. */
export class WordPressPeople {
  readonly #byLogin = new Map<string, Person>();
  readonly #ids = new Set<string>();

  /** Call it when the head of the export has been read. It can be called again. */
  addUsers({ authors, generator }: WxrHead): void {
    for (const author of authors) {
      const login = author.get('author_login') ?? '';
      const full = [author.get('author_first_name'), author.get('author_last_name')].filter(Boolean).join(' ');
      const name = htmlWords(author.get('author_display_name') || full || login);
      if (login === '' || this.#byLogin.has(fold(login)) || name === '') continue;
      this.#byLogin.set(fold(login), {
        id: generator === wxrGenerator ? login : this.#idOf(name, login),
        name,
        isUsed: false,
      });
    }
  }

  /** A guest author, which Co-Authors Plus stores as a post. */
  addGuest(item: WxrItem): void {
    const meta = new Map(item.meta.map(([key, value]) => [key, value.trim()]));
    const name = htmlWords(meta.get('cap-display_name') || item.fields.get('title') || '');
    const login = meta.get('cap-user_login') || (item.fields.get('post_name') ?? '').replace(/^cap-/, '');
    if (name === '' || login === '') return;
    const bio = htmlWords(meta.get('cap-description') ?? '');
    const role = htmlWords(
      meta.get('cap-newspack_job_title') || meta.get('cap-job_title') || meta.get('cap-newspack_role') || '',
    );
    const website = meta.get('cap-website') ?? '';
    const linked = meta.get('cap-linked_account');
    const known = this.#byLogin.get(fold(linked || login));
    this.#byLogin.set(fold(login), {
      ...known,
      id: known?.id ?? this.#idOf(name, login),
      name,
      role: role || undefined,
      bio: bio || undefined,
      links: /^https?:\/\//.test(website) ? [{ title: new URL(website).host, url: website }] : undefined,
      isUsed: known?.isUsed ?? false,
    });
  }

  /** The name of a user, by login. */
  nameOf(login: string): string | undefined {
    return this.#byLogin.get(fold(login))?.name;
  }

  /** A byline that our own export wrote. Those who had a file in `content/authors` get one. */
  ownByline(people: readonly OwnPerson[]): Contributor[] {
    return people.map(({ author, ...person }) => {
      const known = author === undefined ? undefined : this.#byLogin.get(fold(author));
      if (!known || person.role !== undefined || person.organisation !== undefined) return person;
      known.isUsed = true;
      return { id: known.id, name: known.name };
    });
  }

  /** The byline of a post. @returns also the logins that nobody has */
  bylineOf(item: WxrItem): { byline: Contributor[]; unknown: string[] } {
    const unknown: string[] = [];
    const coAuthors = item.categories
      .filter(({ domain }) => domain === 'author')
      .map(({ nicename, name }) => ({ login: nicename.replace(/^cap-/, ''), name }));
    const creator = item.fields.get('creator') ?? '';
    const wanted = coAuthors.length > 0 ? coAuthors : creator === '' ? [] : [{ login: creator, name: '' }];
    const byline: Contributor[] = [];
    for (const { login, name } of wanted) {
      const person = this.#byLogin.get(fold(login)) ?? this.#byLogin.get(fold(name));
      if (person) {
        person.isUsed = true;
        if (!byline.some(({ id }) => id === person.id)) byline.push({ id: person.id, name: person.name });
        continue;
      }
      // Without the person, the name of the term is all that there is. It can be a login.
      const words = htmlWords(name) || login;
      byline.push({ name: words });
      unknown.push(words);
    }
    return { byline, unknown };
  }

  /** Those who wrote something in this archive. */
  used(): SourceAuthor[] {
    const people = new Map(
      [...this.#byLogin.values()].filter(({ isUsed }) => isUsed).map((person) => [person.id, person]),
    );
    return [...people.values()].map(({ isUsed: _, ...author }) => author);
  }

  #idOf(name: string, login: string): string {
    const stem = authorId(name, login);
    for (let number = 1; ; number++) {
      const id = number === 1 ? stem : `${stem}-${number}`;
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      return id;
    }
  }
}

/** WordPress turns a login into a slug for the terms of co-authors. */
const fold = (login: string): string => slugify(login.replace(/[@.]/g, '-')) || login.toLowerCase();
