import { dirname, join } from 'node:path/posix';
import { decoded } from './links.ts';

/**
 * What to write instead of a link to the file of a story or page. Such a link is read relative to the file that
 * contains it, as other tools do.
 *
 * @param file that has the link, newsroom-relative
 */
export function hintToSource(file: string, href: string): string | undefined {
  const [, path = '', fragment = ''] = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/s.exec(href) ?? [];
  const whole = path.startsWith('/')
    ? path.replace(/^\/+/, '').replace(/^(?!content\/)/, 'content/stories/')
    : join(dirname(file), decoded(path));
  const [, folder, name] = /^content\/(stories|pages)\/(.+?)(?:\/index)?\.mdx?$/i.exec(whole) ?? [];
  if (folder === undefined || name === undefined) return undefined;
  return folder === 'stories'
    ? `Write  story:${name}${fragment} .`
    : `Write the address of that page, such as  /${name}/${fragment} .`;
}
