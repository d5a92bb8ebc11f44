import type { Site } from '../site/site.ts';

/**
 * The icon in the browser tab if the newsroom has no picture for it: the first letter of its name, as SVG. Without any
 * icon, every browser requests a `favicon.ico` that does not exist.
 */
export function markOf({ name, language }: Pick<Site, 'name' | 'language'>): string {
  const letter = /[\p{L}\p{N}]\p{M}*/u.exec(name.normalize('NFC'))?.[0].toLocaleUpperCase(language) ?? '';
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1a1a1a"/>' +
    `<text x="16" y="23" fill="#fff" font-family="Georgia,serif" font-size="21" font-weight="700" text-anchor="middle">${letter}</text></svg>\n`
  );
}
