import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../decode.ts';
import { isRecord } from '../../front-matter.ts';
import { readData } from './config-files.ts';

/** A redirect of the old site. */
export interface Redirect {
  from: string;
  to: string;
}

const places = ['', 'static', 'public', 'source', 'src', '_data', 'data', 'src/_data', 'content'];
const bytesMax = 5_000_000;

/**
 * Reads the redirects of the old site: `_redirects`, `netlify.toml`, `vercel.json`, and `redirects.yaml`. Patterns with `*`
 * or `:name` stand for many addresses, which no story can list, so they are only named.
 *
 * @returns the files that were read, as complete paths
 */
export function readRedirects(folders: readonly string[]): {
  redirects: Redirect[];
  files: string[];
  patterns: string[];
} {
  const found = new Map<string, string>();
  const files: string[] = [];
  const patterns: string[] = [];
  const add = (from: unknown, to: unknown): void => {
    if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') return;
    if (/[*]|\/:\w/.test(from)) patterns.push(`${from} → ${to}`);
    else if (!found.has(from) && from !== to) found.set(from, to);
  };
  for (const folder of new Set(folders))
    for (const place of places) {
      const list = join(folder, place, '_redirects');
      if (existsSync(list) && statSync(list).isFile() && statSync(list).size <= bytesMax) {
        files.push(list);
        for (const line of (decode(readFileSync(list))?.text ?? '').split('\n')) {
          const [from, ...rest] = line
            .replace(/(?:^|\s)#.*$/, '')
            .trim()
            .split(/\s+/);
          // `/from query=:x /to 301`: the target is the first address after the conditions.
          add(
            from,
            rest.find((word) => /^(?:\/|https?:)/.test(word)),
          );
        }
      }
      for (const name of [
        'redirects.yaml',
        'redirects.yml',
        'redirects.json',
        'redirects.toml',
        'netlify.toml',
        'vercel.json',
      ]) {
        const path = join(folder, place, name);
        const data = readData(path);
        if (data === undefined) continue;
        files.push(path);
        for (const [from, to] of pairsIn(data)) add(from, to);
      }
    }
  return { redirects: [...found].map(([from, to]) => ({ from, to })), files, patterns };
}

/** In the forms of Netlify, Vercel, Ghost, and plain mappings. */
function pairsIn(data: unknown): [unknown, unknown][] {
  if (Array.isArray(data))
    return data.flatMap((entry): [unknown, unknown][] =>
      isRecord(entry)
        ? [[entry.from ?? entry.source ?? entry.old, entry.to ?? entry.destination ?? entry.new ?? entry.target]]
        : [],
    );
  if (!isRecord(data)) return [];
  if (data.redirects !== undefined) return pairsIn(data.redirects);
  return Object.entries(data).flatMap(([key, value]): [unknown, unknown][] =>
    typeof value === 'string' ? [[key, value]] : isRecord(value) && /^30\d$/.test(key) ? Object.entries(value) : [],
  );
}
