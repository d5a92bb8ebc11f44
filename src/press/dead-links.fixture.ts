import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf } from '../../e2e/files.ts';
import { attribute, elementsOf } from '../../e2e/gates/dom.ts';

/**
 * Links in pages to files and fragments of their own site that do not exist, each once.
 *
 * It does not start a server or follow links, because it checks every one of thousands of pages.
 *
 * @param folder the site on disk
 * @param pages paths in it
 * @param siteUrl the address of the site, without a trailing slash. If it has a path, every link must begin with it
 * @returns lines such as `a/index.html: /b/#c`
 */
export async function deadLinks(folder: string, pages: string[], siteUrl: string): Promise<string[]> {
  const { origin, pathname } = new URL(siteUrl);
  const base = pathname.replace(/\/$/, '');
  const ids = new Map<string, Set<string>>();
  const wanted = new Map<string, string>();
  for (const page of pages) {
    const here = new Set<string>();
    const links = new Set<string>();
    for (const element of await elementsOf(folder, page)) {
      const id = attribute(element, 'id');
      if (id) here.add(id);
      for (const link of linksOf(element)) links.add(link);
    }
    ids.set(page, here);
    for (const link of links) {
      if (!URL.canParse(link, siteUrl + addressOf(page))) {
        wanted.set(`${page}: ${link}`, link);
        continue;
      }
      const url = new URL(link, siteUrl + addressOf(page));
      if (url.origin === origin) wanted.set(`${url.pathname}${url.hash}`, `${page}: ${link}`);
    }
  }
  return [...wanted].flatMap(([target, said]) => (answers(target) ? [] : [said])).sort();

  function answers(target: string): boolean {
    const [, path = '', fragment = ''] = /^([^#]*)#?(.*)$/s.exec(target) ?? [];
    if (!path.startsWith(`${base}/`)) return false;
    const file = decodeURIComponent(path.endsWith('/') ? `${path}index.html` : path).slice(base.length + 1);
    if (!existsSync(join(folder, file))) return false;
    return fragment === '' || ids.get(file)?.has(decodeURIComponent(fragment)) === true;
  }
}

const linksOf = (element: Parameters<typeof attribute>[0]): string[] => [
  ...['href', 'src'].flatMap((name) => attribute(element, name) ?? []),
  ...(attribute(element, 'srcset') ?? '')
    .split(',')
    .map((part) => part.trim().split(' ')[0] ?? '')
    .filter(Boolean),
];
