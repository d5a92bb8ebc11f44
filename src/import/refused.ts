import { toHtml } from 'hast-util-to-html';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { escapeText } from '../site/markup.ts';
import { compileBody } from '../story/body/compile.ts';
import { lostWords } from '../story/lost/lost.ts';
import { figcaptionOf } from './body/parts.ts';
import { printTag, tagsOf } from './html.ts';
import { splice, unspliced } from './splice.ts';

/**
 * Why a build would refuse a body, or which of its words it would not print. Raw HTML in Markdown can do what neither
 * Markdown nor a story allows, such as a figure inside a figure.
 *
 * @returns the message of the first error, or undefined if there is none
 */
export function refusalOf(text: string, format: 'md' | 'mdx'): { message: string; isLoss: boolean } | undefined {
  const { body, problems } = compileBody({ text, format, file: '', firstLine: 1 }, { language: 'en', base: '' });
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) return { message: error.message, isLoss: false };
  const loss = lostWords({ text, format }, body).find(({ severity }) => severity === 'error');
  return loss && { message: loss.message, isLoss: true };
}

const toTree = unified().use(remarkParse).use(remarkGfm);
const toElements = unified().use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: '' });

/** Markdown as HTML, in which raw HTML stays as it is. The title of a picture is its caption. */
export function htmlOfMarkdown(markdown: string): string {
  const tree = toTree.parse(markdown) as Root;
  captionPictures(tree);
  return toHtml(toElements.runSync(tree), { allowDangerousHtml: true });
}

const selfClosed = /<([a-z][a-z0-9-]*)((?:\s(?:"[^"]*"|'[^']*'|[^"'<>])*?)?)\s*\/>/gi;
const voidElement = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** In HTML, a slash does not close an element, so an `<iframe … />` would contain the rest of the text. */
const closed = (html: string): string =>
  html.replace(selfClosed, (tag, name: string, attributes: string) =>
    voidElement.test(name) ? tag : `<${name}${attributes}></${name}>`,
  );

/** In Markdown, the title of a raw picture is its caption too. */
function withCaptions(html: string): string {
  const tags = tagsOf(html).map((tag) => ({ ...tag, inLink: false, isAlone: false }));
  const edits = tags.flatMap((tag) => {
    const title = tag.name === 'img' ? (tag.attributes.get('title')?.trim() ?? '') : '';
    if (title === '' || figcaptionOf(tag, tags, html)) return [];
    const text = `<figure>${html.slice(tag.start, tag.end)}<figcaption>${escapeText(title)}</figcaption></figure>`;
    return [{ start: tag.start, end: tag.end, text }];
  });
  return splice(unspliced(html), edits).text;
}

function captionPictures(node: Nodes): void {
  if (!('children' in node)) return;
  node.children = node.children.map((child) => {
    captionPictures(child);
    if (child.type === 'html') return { ...child, value: withCaptions(closed(child.value)) };
    if (child.type !== 'image' || !child.title?.trim()) return child;
    const picture = printTag(
      'img',
      new Map([
        ['src', child.url],
        ['alt', child.alt ?? ''],
      ]),
    );
    return { type: 'html', value: `<figure>${picture}<figcaption>${escapeText(child.title)}</figcaption></figure>` };
  }) as never;
}
