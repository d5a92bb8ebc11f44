import { isDeepStrictEqual } from 'node:util';
import { readSource } from '../yaml/source.ts';
import { editFrontMatter, type Fields, writeYaml } from '../yaml/write/front-matter.ts';

/*
 * An export has a few keys of other generators above Broadsheet's own front matter, so that these find a title and a
 * date. An import removes them, and the file is what it was, byte by byte.
 */

/** What Hugo, Jekyll, Eleventy, and Astro read of a story, in their words. */
export interface ForeignKeys {
  title: string;
  description?: string | undefined;
  date?: string | undefined;
  lastmod?: string | undefined;
  /** Hugo publishes nothing before it. */
  publishDate?: string | undefined;
  /** Hugo publishes nothing after it. */
  expiryDate?: string | undefined;
  tags?: string[] | undefined;
  authors?: string[] | undefined;
}

const names: (keyof ForeignKeys)[] = [
  'title',
  'description',
  'date',
  'lastmod',
  'publishDate',
  'expiryDate',
  'tags',
  'authors',
];
const opening = '# For other generators. An import into Broadsheet removes these lines.';
const closing = '# Broadsheet';
const added = new RegExp(
  `^(\\uFEFF?---[ \\t]*\\r?\\n)${opening.replaceAll('.', '\\.')}\\r?\\n[\\s\\S]*?\\n${closing}\\r?\\n`,
);

/** The text of a story or page with the keys of others above its own, or as it is if that is impossible. */
export function withForeignKeys(text: string, keys: ForeignKeys): string {
  const start = /^\uFEFF?---[ \t]*(\r?\n)/.exec(text);
  if (!start) return text;
  const end = start[1] ?? '\n';
  const lines = `${opening}\n${writeYaml({ ...keys } satisfies Fields)}${closing}\n`.replaceAll('\n', end);
  const extended = text.slice(0, start[0].length) + lines + text.slice(start[0].length);
  const [before, after] = [dataOf(text), dataOf(extended)];
  const isSound =
    before !== undefined &&
    after !== undefined &&
    names.every((name) => !Object.hasOwn(before, name)) &&
    isDeepStrictEqual(withoutNames(after), before) &&
    withoutForeignKeys(extended) === text;
  return isSound ? extended : text;
}

/**
 * The text as it was before `withForeignKeys`. Another program may have removed the comments meanwhile. The keys are
 * then removed one by one.
 */
export function withoutForeignKeys(text: string): string {
  const cut = text.replace(added, '$1');
  if (cut !== text) return cut;
  const data = dataOf(text);
  const present = data ? names.filter((name) => Object.hasOwn(data, name)) : [];
  if (present.length === 0) return text;
  const edited = editFrontMatter(
    text,
    present.map((name) => ({ path: [name], value: undefined })),
  );
  return 'text' in edited ? edited.text : text;
}

function dataOf(text: string): Record<string, unknown> | undefined {
  const read = readSource('index.md', Buffer.from(text));
  return 'data' in read && read.data !== null && typeof read.data === 'object' && !Array.isArray(read.data)
    ? (read.data as Record<string, unknown>)
    : undefined;
}

const withoutNames = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !(names as string[]).includes(key)));
