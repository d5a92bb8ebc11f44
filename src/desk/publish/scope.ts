import { dirname } from 'node:path/posix';

/** What a story can name besides other stories. */
const besides = [
  'content/site.yaml',
  'content/topics.yaml',
  'content/series.yaml',
  'content/authors',
  'content/pictures',
  'public',
];

/**
 * What goes out with a file: the file, what is beside it, and what it can name. Other stories that were saved and are
 * not published yet stay as they are on the site.
 *
 * @param path relative to `content/`
 * @returns newsroom-relative
 */
export function scopeOf(path: string): string[] {
  const file = `content/${path}`;
  if (/^stories\/.+\/index\.mdx?$/i.test(path)) return [dirname(file), ...besides];
  return [file, ...besides.filter((one) => one !== file)];
}
