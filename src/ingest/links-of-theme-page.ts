import { type MdastNode, mdxToMdast } from 'satteri';
import { targetOf } from '../site/link-target.ts';
import { baseOf, type Site } from '../site/site.ts';
import type { AddressLink } from '../story/record.ts';
import { frontMatterBlock } from '../yaml/front-matter-block.ts';

/* The links of a page in `theme/pages/`, as they are written in its file. A link that code puts together is not found. */

/** A link as written, with its line in the file. */
interface Written {
  href: string;
  line: number;
  /** Printed as it is written, without the path of the site's url. */
  isLiteral?: boolean;
}

/** The links of a page that lead out of a site below a path, because they are printed without that path. */
export const linksWithoutBase = (file: string, text: string, base: string): Written[] =>
  base === '' ? [] : writtenIn(file, text).filter((link) => isWithoutBase(link, base));

const isWithoutBase = ({ href, isLiteral }: Written, base: string): boolean =>
  isLiteral === true && /^\/(?!\/)/.test(href) && !`${href}/`.startsWith(`${base}/`);

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
  return writtenIn(file, text).flatMap((link) => {
    const { href, line } = link;
    if (isWithoutBase(link, baseOf(site))) return [];
    const story = storyNamed(href);
    if (story) {
      const { name, fragment } = story;
      return fragment ? [{ address: `story:${name}`, fragment, written: href, line }] : [];
    }
    // Such a link includes the path of the site already.
    const isWhole = link.isLiteral === true && /^\/(?!\/)/.test(href);
    const target = targetOf(isWhole ? href.slice(baseOf(site).length) || '/' : href, site, address);
    return target ? [{ ...target, written: href, line }] : [];
  });
}

/** The stories that an MDX page links to by name: `[text](story:2025/02/harbour)`. */
export const storiesOfThemePage = (file: string, text: string): { name: string; line: number }[] =>
  file.endsWith('.mdx')
    ? writtenIn(file, text).flatMap(({ href, line }) => {
        const story = storyNamed(href);
        return story ? [{ name: story.name, line }] : [];
      })
    : [];

function storyNamed(href: string): { name: string; fragment: string } | undefined {
  const [, name, fragment = ''] = /^story:([^#]*)(?:#(.*))?$/.exec(href) ?? [];
  return name === undefined ? undefined : { name: name.normalize('NFC'), fragment };
}

function writtenIn(file: string, text: string): Written[] {
  const plain = text.replaceAll('\r\n', '\n');
  return [...(file.endsWith('.mdx') ? markdownLinks(plain) : []), ...linksInTags(plain)];
}

/** `[text](/about/)` and `[name]: /about/`. */
function markdownLinks(text: string): Written[] {
  const front = frontMatterBlock.exec(text)?.[0] ?? '';
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
  const found = (pattern: RegExp, isLiteral: boolean) =>
    [...code.matchAll(pattern)].map((match) => ({
      href: match[2] ?? '',
      line: code.slice(0, match.index).split('\n').length,
      isLiteral,
    }));
  return [
    ...found(/(?<=\s)href=(["'])(.*?)\1/g, true),
    ...found(/\bhrefOf\(\s*[\w.]+\s*,\s*(["'])(.*?)\1\s*\)/gi, false),
  ];
}
