import { toHtml } from 'hast-util-to-html';
import { toHast } from 'mdast-util-to-hast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { arrange, readingNotes } from '../arrange/arrange.ts';
import type { Arranged } from '../arrange/block.ts';
import { htmlToBlocks } from '../markup/html-blocks.ts';
import { shapeTables } from '../markup/tables.ts';
import { byName, type ParentNode, parseHtml } from '../markup/tree.ts';
import { cleanGoogleHtml, resolveGoogleUrl } from './google-html.ts';

/** Reads a document of Google Docs that was downloaded as a web page, published, or copied. */
export function readGoogleHtml(html: string): Arranged {
  const { root, title, notes } = cleanGoogleHtml(parseHtml(html));
  return arrangeDocument(root, notes, title);
}

/** Reads a document that was downloaded as Markdown. Pictures in it are `data:` addresses, which the caller replaces. */
export function readGoogleMarkdown(markdown: string): Arranged {
  const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown);
  const html = toHtml(toHast(tree, { clobberPrefix: '', footnoteLabel: 'Footnotes' }));
  const root = parseHtml(html);
  for (const link of byName(root, 'a'))
    if (link.attribs.href !== undefined) link.attribs.href = resolveGoogleUrl(link.attribs.href);
  // In Google's Markdown, the words of a heading are bold.
  for (const heading of byName(root, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'))
    for (const bold of byName(heading, 'strong')) bold.name = 'span';
  return arrangeDocument(root, []);
}

function arrangeDocument(root: ParentNode, notes: readonly string[], title?: string): Arranged {
  shapeTables(root);
  const blocks = htmlToBlocks(root);
  const arranged = arrange(blocks, { isCopy: false });
  if (!arranged.fields.has('headline') && title !== undefined) arranged.fields.set('headline', title);
  arranged.notes.push(...readingNotes(arranged.readings), ...notes);
  return arranged;
}
