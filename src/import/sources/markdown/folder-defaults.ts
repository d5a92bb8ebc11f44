import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { decode } from '../../decode.ts';
import { isRecord, readFrontMatter } from '../../front-matter.ts';
import { readRecord } from './config-files.ts';
import type { OldSite } from './generator.ts';

/**
 * Front matter that a file gets from its folder: Jekyll's `defaults`, Hugo's `cascade`, and Eleventy's `posts.json`. What
 * the file says itself comes first. This is where archives say that a whole folder is not public.
 *
 * @param folder the archive
 */
export function folderDefaults(folder: string, site: OldSite): (file: string) => Map<string, unknown> {
  const known = new Map<string, Record<string, unknown>>();
  return (file) => {
    const own = relative(site.root, join(folder, file)).replaceAll('\\', '/');
    const data: Record<string, unknown> = {};
    if (site.generator === 'jekyll') Object.assign(data, ofJekyll(site.config.defaults, own));
    for (const part of foldersOf(file)) {
      let found = known.get(part);
      if (!found) {
        found = { ...ofHugo(folder, part), ...ofEleventy(folder, part, site) };
        known.set(part, found);
      }
      Object.assign(data, found);
    }
    return new Map(Object.entries(data));
  };
}

/** The folders around a file, the outermost first. */
function foldersOf(file: string): string[] {
  const folders: string[] = [];
  for (let at = posix.dirname(file); at !== '.' && at !== '/'; at = posix.dirname(at)) folders.unshift(at);
  return ['', ...folders];
}

function ofJekyll(defaults: unknown, file: string): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  if (!Array.isArray(defaults)) return data;
  for (const entry of defaults) {
    if (!isRecord(entry) || !isRecord(entry.values)) continue;
    const scope = isRecord(entry.scope) ? entry.scope : {};
    const path = typeof scope.path === 'string' ? scope.path.replace(/^\/|\/$/g, '') : '';
    const type = typeof scope.type === 'string' ? scope.type : '';
    const isInside = path === '' || file === path || file.startsWith(`${path}/`) || path.includes('*');
    const isOfType = type === '' || type === typeOf(file) || (type === 'post' && typeOf(file) === 'posts');
    if (isInside && isOfType) Object.assign(data, entry.values);
  }
  // The scope decides only what a template shows.
  delete data.layout;
  delete data.permalink;
  return data;
}

const typeOf = (file: string): string => /(?:^|\/)_([^/]+)\//.exec(file)?.[1] ?? 'pages';

function ofHugo(folder: string, part: string): Record<string, unknown> {
  for (const ending of ['md', 'markdown', 'html']) {
    const path = join(folder, part, `_index.${ending}`);
    if (!existsSync(path)) continue;
    const cascade = readFrontMatter(decode(readFileSync(path))?.text ?? '').data.get('cascade');
    const list = Array.isArray(cascade) ? cascade : [cascade];
    // A cascade with a target applies to some of the pages only. It is taken to apply to all, to be safe.
    return Object.assign({}, ...list.filter(isRecord).map(({ _target, target, ...values }) => values)) as Record<
      string,
      unknown
    >;
  }
  return {};
}

function ofEleventy(folder: string, part: string, { generator }: OldSite): Record<string, unknown> {
  if (part === '' || (generator !== 'eleventy' && generator !== 'unknown')) return {};
  const name = posix.basename(part);
  for (const ending of ['.11tydata.json', '.json']) {
    const data =
      readRecord(join(folder, part, name + ending)) ?? readRecord(join(folder, dirname(part), name + ending));
    if (!data) continue;
    const { layout: _, permalink, ...values } = data;
    // A pattern in a template language cannot be evaluated, but `permalink: false` says that there was no page.
    return permalink === false ? { ...values, permalink } : values;
  }
  return {};
}
