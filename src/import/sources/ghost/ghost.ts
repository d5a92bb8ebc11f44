import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type BrokenItem,
  ImportError,
  type ItemBody,
  type Source,
  type SourceItem,
  type SourceOptions,
} from '../../source.ts';
import type { CardOptions } from './cards.ts';
import { contentFiles, openGhost, otherFiles } from './ghost-files.ts';
import { lexicalToHtml } from './lexical.ts';
import { mobiledocToHtml, onlyMarkdown } from './mobiledoc.ts';
import { fieldsOf, withoutGhostUrl } from './post-fields.ts';
import { readRedirects } from './redirects.ts';
import { type Row, readRows } from './rows.ts';
import { addRow, emptyTables, textOf } from './tables.ts';

/** An export of Ghost (JSON), or the folder or zip that contains it, its redirects, and its pictures. */
export async function ghostSource({ source, except, publicFolder, context }: SourceOptions): Promise<Source> {
  const { archive, file, folder, root } = await openGhost(source, except);
  const tables = emptyTables();
  const notes: { file: string; note: string }[] = [...archive.notes];
  /** The row that was read last, for a copy of it. */
  let last: { key: string; text: string } | undefined;

  async function* posts(): AsyncGenerator<Row> {
    for await (const row of readRows(file).rows) {
      if (row.table !== 'posts') continue;
      last = { key: String(row.number), text: row.text };
      yield row;
    }
  }

  return {
    kind: 'ghost',
    folder: archive.folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      const reading = readRows(file);
      for await (const row of reading.rows) addRow(row, tables);
      if (tables.counts.size === 0)
        throw new ImportError(`${file} is not a Ghost export, because it contains no tables.`);
      if (reading.end.isCut)
        notes.push({
          file: basename(file),
          note: 'the file ends in the middle of the export; everything before its end is imported',
        });
      for (const note of reading.end.notes) notes.push({ file: basename(file), note });
      const ids = new Set<string>();
      for await (const { number, value, reason } of posts()) {
        const key = String(number);
        const where = `${basename(file)}: ${value && isPage(value) ? 'page' : 'post'} ${number + 1}${value ? ` (${textOf(value.slug)})` : ''}`;
        if (!value) {
          yield { key, where, reason: reason ?? 'not valid JSON' };
          continue;
        }
        const id = textOf(value.id);
        if (id !== '' && ids.has(id)) {
          yield { key, where, reason: `the export contains the post with the id ${id} twice` };
          continue;
        }
        ids.add(id);
        const { fields, notes: found } = fieldsOf(value, tables, context);
        const slug = fields.slug ?? '';
        yield {
          key,
          where,
          fields,
          isPage: isPage(value),
          name: { path: slug, name: slug, slug, folders: [] },
          notes: found,
        };
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      for await (const { number, value } of posts()) {
        const key = String(number);
        if (value && wanted.has(key)) yield bodyOf(key, value);
      }
    },
    async keep(key, to) {
      if (last?.key !== key || last.text === '') return false;
      await writeFile(to, last.text);
      return true;
    },
    facts: () => {
      const { redirects, notes: found } = readRedirects(folder);
      const users = [...tables.users].filter(([id]) => tables.used.has(id)).map(([, user]) => user);
      return {
        permalinks: ['/{slug}/'],
        authors: users,
        redirects,
        files: otherFiles(archive, file),
        left: archive.left.lines(),
        counts: Object.fromEntries(
          [...tables.counts].filter(([table]) => counted.test(table)).sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
        notes: [...notes, ...found.map((note) => ({ file: 'redirects', note }))],
      };
    },
    pictureFiles: (url) => contentFiles(url, archive, root, publicFolder),
    close: async () => archive.close(),
  };
}

const counted = /^(?:posts|tags|users|products|snippets|newsletters)$/;

const isPage = (post: Record<string, unknown>): boolean =>
  post.type === 'page' || post.page === true || post.page === 1 || post.page === '1';

function bodyOf(key: string, post: Record<string, unknown>): ItemBody {
  const notes = new Set<string>();
  const options: CardOptions = {
    onDropped: (name) => notes.add(`the card ${name} was left out, because readers of the site do not see it`),
    onUnknown: (name) => notes.add(`the card ${name} is not known; its words were kept`),
  };
  const [html, lexical, mobiledoc, markdown] = ['html', 'lexical', 'mobiledoc', 'markdown'].map((name) => {
    const value = post[name];
    return typeof value === 'string' && value.trim() !== '' ? withoutGhostUrl(value) : undefined;
  });
  if (html === undefined) {
    const text = markdown ?? (mobiledoc === undefined ? undefined : onlyMarkdown(mobiledoc));
    if (text !== undefined) return { key, kind: 'markdown', text, bodyStart: 0, isMdx: false };
  }
  const text =
    html ??
    (lexical === undefined ? undefined : lexicalToHtml(lexical, options)) ??
    (mobiledoc === undefined ? undefined : mobiledocToHtml(mobiledoc, options));
  if (text === undefined && (lexical ?? mobiledoc) !== undefined)
    return { key, kind: 'broken', reason: 'its text is not valid JSON' };
  return { key, kind: 'html', text: text ?? '', notes: [...notes] };
}
