import { toHtml } from 'hast-util-to-html';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).freeze();

/** The HTML of a Markdown card. HTML in it stays as it is. */
export const markdownToHtml = (markdown: string): string =>
  toHtml(parser.runSync(parser.parse(markdown)), { allowDangerousHtml: true });
