import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified } from 'unified';
import type { Habits } from './habits.ts';

/* Markdown is read and written by remark, which the parser of a build agrees with on everything that a story contains. */

const md = unified().use(remarkParse).use(remarkGfm).freeze();
const mdx = unified().use(remarkParse).use(remarkGfm).use(remarkMdx).freeze();

/** @throws the parser's message if `text` is not valid MDX */
export const parseMarkdown = (text: string, isMdx: boolean): Root => (isMdx ? mdx : md).parse(text);

/**
 * How text is written: `raw` escapes nothing, for texts that are checked afterwards; `safe` escapes whatever might be markup. `strict` also takes care
 * that no part of an address becomes a link, for marks that begin inside one.
 */
export interface Writing extends Habits {
  isMdx: boolean;
  escapes: 'raw' | 'safe' | 'strict';
}

const writers = new Map<string, (root: Root) => string>();

/** Writes a tree with the habits of a file. */
export function stringifyMarkdown(root: Root, writing: Writing): string {
  const key = JSON.stringify(writing);
  let write = writers.get(key);
  if (!write) {
    const processor = unified().use(remarkStringify, optionsOf(writing)).use(remarkGfm, { tablePipeAlign: false });
    const writer = (writing.isMdx ? processor.use(remarkMdx) : processor).use(componentsAsWritten).freeze();
    write = (tree) => writer.stringify(tree);
    writers.set(key, write);
  }
  return write(root);
}

function optionsOf({ escapes, isMdx: _, hardBreak, ...habits }: Writing): Options {
  return {
    ...habits,
    resourceLink: true,
    handlers: {
      // An address that is a link because it is one.
      ['address' as 'html']: escapes === 'strict' ? withoutAddresses : (node: { value: string }) => node.value,
      ...(escapes === 'raw' ? { text: (node: { value: string }) => node.value } : {}),
      ...(escapes === 'strict' ? { text: withoutAddresses } : {}),
      ...(hardBreak === 'spaces' ? { break: () => '  \n' } : {}),
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: see below
const withoutAddresses = (node: { value: string }, _: unknown, state: any, info: any): string =>
  state
    .safe(node.value, info)
    .replace(/(?<!\\):\/\//g, '\\://')
    .replace(/www(?=\.)/gi, '$&\\')
    .replace(/(?<!\\)@/g, '\\@');

/**
 * Adds the handler of components: the tags stand on lines of their own and the content is not indented, as in the
 * manual. It is added last, so it replaces that of `remark-mdx`.
 */
function componentsAsWritten(this: { data(): { toMarkdownExtensions?: unknown[] } }) {
  const data = this.data();
  data.toMarkdownExtensions = [
    ...(data.toMarkdownExtensions ?? []),
    {
      handlers: {
        // biome-ignore lint/suspicious/noExplicitAny: the state of mdast-util-to-markdown has no type of its own here
        component(node: any, _parent: unknown, state: any, info: any) {
          const content: string = state.containerFlow(node, info);
          return content === '' && node.closes ? node.empty : `${node.open}\n${content}\n${node.close}`;
        },
      },
    },
  ];
}
