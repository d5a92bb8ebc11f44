import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/** The redirects beside an export: `redirects.yaml`, or `redirects.json`. */
export function readRedirects(folder: string): { redirects: { from: string; to: string }[]; notes: string[] } {
  for (const name of ['redirects.yaml', 'redirects.yml', 'redirects.json']) {
    const path = ['', 'data', 'settings', 'content/data', 'content/settings']
      .map((place) => join(folder, place, name))
      .find((each) => existsSync(each));
    if (path === undefined) continue;
    const document = parseDocument(readFileSync(path, 'utf8'), { logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length > 0) return { redirects: [], notes: [`${name} is not valid`] };
    return { redirects: listOf(document.toJS({ maxAliasCount: 50 })), notes: [] };
  }
  return { redirects: [], notes: [] };
}

function listOf(data: unknown): { from: string; to: string }[] {
  const pairs: [unknown, unknown][] = Array.isArray(data)
    ? data.map((entry: { from?: unknown; to?: unknown }) => [entry?.from, entry?.to])
    : Object.values((data ?? {}) as Record<string, unknown>).flatMap((group) =>
        typeof group === 'object' && group !== null ? Object.entries(group) : [],
      );
  return pairs
    .filter((pair): pair is [string, string] => typeof pair[0] === 'string' && typeof pair[1] === 'string')
    .map(([from, to]) => ({ from: plain(from), to }));
}

/** `^\/old\/?$` means one address. Other patterns stay as they are, so the receipt names them. */
function plain(from: string): string {
  const bare = from
    .replace(/^\^/, '')
    .replace(/(?:\\?\/)?\?\$$|\$$/, (end) => (end === '$' ? '' : '/'))
    .replace(/\\([/.-])/g, '$1');
  return /[\\^$*+?()[\]{}|]/.test(bare) ? from : bare;
}
