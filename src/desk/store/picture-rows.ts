import type { StatementSync } from 'node:sqlite';

/** The pictures of the newsroom as the desk last read them. Paths are relative to `content/`. */
export interface PictureRows {
  /** A picture that is new or has changed. What is in it is read later. */
  add(path: string): void;
  remove(path: string): void;
  /** Pictures that are still to be read. */
  unread(count: number): string[];
  /** @param facts undefined if the file cannot be read */
  put(path: string, facts: PictureFactsRow | undefined): void;
  /** What the file and its sidecar say. @param path relative to `content/`, without its ending for a shared picture */
  texts(path: string): PictureTexts | undefined;
  list(words: string[], offset: number, limit: number): { total: number; pictures: ListedPicture[] };
}

export interface PictureTexts {
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
}

export interface PictureFactsRow extends PictureTexts {
  width: number;
  height: number;
  /** All words, for the search. */
  words: string;
}

export interface ListedPicture {
  path: string;
  width: number;
  height: number;
  alt: string | null;
  caption: string | null;
  credit: string | null;
  /** A JSON list of the stories that show it. */
  usedBy: string;
}

export const pictureTables = `
  CREATE TABLE picture (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, isRead INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, alt TEXT, caption TEXT,
    credit TEXT, folded TEXT NOT NULL) WITHOUT ROWID;
  -- What stories say about the pictures that they show.
  CREATE TABLE shown (
    path TEXT NOT NULL, number INTEGER NOT NULL, alt TEXT, caption TEXT, credit TEXT, folded TEXT NOT NULL,
    PRIMARY KEY (path, number)) WITHOUT ROWID;
  CREATE INDEX shownByNumber ON shown (number);`;

/** A text in the form in which words are compared. */
export const foldWords = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** How stories name a picture: one that stories share has no ending. */
export const nameOf = (path: string): string =>
  path.startsWith('pictures/') ? path.replace(/\.(?:jpe?g|png|webp|avif|gif|tiff?|svg)$/i, '') : path;

export function pictureRows(sql: (text: string) => StatementSync): PictureRows {
  return {
    add: (path) =>
      void sql('INSERT OR REPLACE INTO picture VALUES (?, ?, 0, 0, 0, NULL, NULL, NULL, ?)').run(
        path,
        nameOf(path),
        foldWords(path),
      ),
    remove: (path) => void sql('DELETE FROM picture WHERE path = ?').run(path),
    unread: (count) =>
      (
        sql('SELECT path FROM picture WHERE isRead = 0 ORDER BY path DESC LIMIT ? + 0').all(count) as { path: string }[]
      ).map(({ path }) => path),
    put: (path, facts) =>
      void sql(
        'UPDATE picture SET isRead = 1, width = ?, height = ?, alt = ?, caption = ?, credit = ?, folded = ? WHERE path = ?',
      ).run(
        facts?.width ?? 0,
        facts?.height ?? 0,
        facts?.alt ?? null,
        facts?.caption ?? null,
        facts?.credit ?? null,
        foldWords(`${path} ${facts?.words ?? ''}`),
        path,
      ),
    texts: (path) => {
      const row = sql('SELECT alt, caption, credit FROM picture WHERE (path = ? OR name = ?) AND isRead = 1').get(
        path,
        path,
      ) as Record<'alt' | 'caption' | 'credit', string | null> | undefined;
      return row && { alt: row.alt ?? undefined, caption: row.caption ?? undefined, credit: row.credit ?? undefined };
    },
    list: (words, offset, limit) => {
      // A file that cannot be shown is not in the library.
      const where = [
        '(isRead = 0 OR width > 0)',
        ...words.map(
          (_, at) => `(instr(picture.folded, $word${at}) > 0
            OR EXISTS (SELECT 1 FROM shown WHERE shown.path = picture.name AND instr(shown.folded, $word${at}) > 0))`,
        ),
      ].join(' AND ');
      const values = Object.fromEntries(words.map((word, at) => [`$word${at}`, foldWords(word)]));
      const { total } = sql(`SELECT count(*) AS total FROM picture WHERE ${where}`).get(values) as { total: number };
      const text = (name: string) =>
        `coalesce(${name}, (SELECT ${name} FROM shown WHERE shown.path = picture.name AND ${name} IS NOT NULL ORDER BY number DESC LIMIT 1)) AS ${name}`;
      const pictures = sql(`
        SELECT path, width, height, ${text('alt')}, ${text('caption')}, ${text('credit')},
          (SELECT json_group_array(story.path) FROM shown JOIN story USING (number) WHERE shown.path = picture.name) AS usedBy
        FROM picture WHERE ${where}
        ORDER BY path NOT LIKE 'pictures/%', path DESC LIMIT $limit + 0 OFFSET $offset + 0`).all({
        ...values,
        $limit: limit,
        $offset: offset,
      }) as unknown as ListedPicture[];
      return { total, pictures };
    },
  };
}
