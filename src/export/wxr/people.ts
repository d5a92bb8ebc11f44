import { escapeText } from '../../site/markup.ts';
import { slugify } from '../../site/slug.ts';
import type { BylineEntry } from '../../story/card.ts';
import type { Ids } from './ids.ts';
import { texted, valued } from './xml.ts';

/** WordPress refuses longer ones. */
const loginCharsMax = 60;

/** The people in bylines, as users of WordPress. */
export class People {
  readonly #ids: Ids;
  /** What a byline names → login. */
  readonly #logins = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #names = new Map<string, string>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  /** The login of a person. WordPress accepts only these characters in one. */
  login({ author, name }: BylineEntry): string {
    const key = author === undefined ? `name ${name}` : `author ${author}`;
    const known = this.#logins.get(key) ?? (author === undefined ? this.#loginOfName(name) : undefined);
    if (known !== undefined) return known;
    const plain = slugify((author ?? name).normalize('NFKD').replace(/\p{M}/gu, ''))
      .replace(/[^a-z0-9-]+/g, '')
      .replace(/^-+|-+$/g, '')
      .slice(0, loginCharsMax - 12);
    const stem = plain === '' ? `author-${this.#ids.of(`login ${key}`)}` : plain;
    let login = stem;
    for (let number = 2; this.#taken.has(login); number++) login = `${stem}-${number}`;
    this.#taken.add(login);
    this.#logins.set(key, login);
    this.#names.set(login, name);
    return login;
  }

  /** Somebody whose byline has a role is not named by their author file. */
  #loginOfName(name: string): string | undefined {
    for (const [login, known] of this.#names) if (known === name) return login;
    return undefined;
  }

  /** One line for each, because WordPress's reader without an XML parser expects that. */
  *lines(): Generator<string> {
    for (const [login, name] of this.#names)
      yield `\t<wp:author>${[
        valued('wp:author_id', this.#ids.of(`user ${login}`)),
        texted('wp:author_login', login),
        texted('wp:author_email', ''),
        texted('wp:author_display_name', escapeText(name.replace(/\s+/g, ' '))),
        texted('wp:author_first_name', ''),
        texted('wp:author_last_name', ''),
      ].join('')}</wp:author>\n`;
  }
}
