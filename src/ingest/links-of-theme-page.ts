import { type MdastNode, mdxToMdast } from 'satteri';
import { targetOf } from '../site/link-target.ts';
import type { Site } from '../site/site.ts';
import type { AddressLink } from '../story/record.ts';

/* The links of a page in `theme/pages/`, as they are written in its file. A link that code puts together is not found. */

/** A link as written, with its line in the file. */
interface Written {
  href: string;
  line: number;
}

/**
 * The links of a page to addresses of the site.
 *
 * @param text the whole file
 */
export function linksOfThemePage(
  file: string,
  text: string,
  { site, address }: { site: Site; address: string },
): AddressLink[] {
  const plain = text.replaceAll('\r\n', '\n');
  const written = [...(file.endsWith('.mdx') ? markdownLinks(plain) : []), ...linksInTags(plain)];
  return written.flatMap(({ href, line }) => {
    const target = targetOf(href, site, address);
    return target ? [{ ...target, line }] : [];
  });
}

/** `[text](/about/)` and `[name]: /about/`. */
function markdownLinks(text: string): Written[] {
  const front = /^---[ \t]*\n(?:[\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(text)?.[0] ?? '';
  const found: Written[] = [];
  const visit = (node: MdastNode) => {
    if ((node.type === 'link' || node.type === 'definition') && 'url' in node)
      found.push({ href: String(node.url), line: (node.position?.start.line ?? 1) + front.split('\n').length - 1 });
    if ('children' in node) for (const child of node.children as MdastNode[]) visit(child);
  };
  try {
    visit(mdxToMdast(text.slice(front.length)) as MdastNode);
  } catch {
    return []; // invalid MDX, which press/theme-page-check.ts reports
  }
  return found;
}

/** `href="/about/"` and `hrefOf(site, '/about/')`, but not in code blocks and comments. */
function linksInTags(text: string): Written[] {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ');
  const code = text
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, blank)
    .replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g, blank)
    .replace(/(?<!`)`[^`\n]*`(?!`)/g, (span) => (span.includes('${') ? span : blank(span)));
  return [
    ...code.matchAll(/(?<=\s)href=(["'])(.*?)\1/g),
    ...code.matchAll(/\bhrefOf\(\s*[\w.]+\s*,\s*(["'])(.*?)\1\s*\)/gi),
  ].map((match) => ({ href: match[2] ?? '', line: code.slice(0, match.index).split('\n').length }));
}
