import { toHtml } from 'hast-util-to-html';
import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { compileBody } from '../story/body/compile.ts';
import { lostWords } from '../story/lost/lost.ts';

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

/** Markdown as HTML, in which raw HTML stays as it is. */
export function htmlOfMarkdown(markdown: string): string {
  return toHtml(toElements.runSync(toTree.parse(markdown) as Root), { allowDangerousHtml: true });
}
