import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { type CardOptions, cardToHtml } from './cards.ts';

interface LexicalNode {
  type?: string;
  children?: LexicalNode[];
  text?: string;
  format?: number | string;
  tag?: string;
  url?: string;
  listType?: string;
  start?: number;
  [key: string]: unknown;
}

const nestingMax = 100;
/** The bits of `format`, and the elements that stand for them. */
const formats: [number, string][] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark'],
];

/** The HTML of a text in Ghost's editor, which stores it as a tree. @returns undefined if it is not valid */
export function lexicalToHtml(json: string, options: CardOptions): string | undefined {
  try {
    const { root } = JSON.parse(json) as { root?: LexicalNode };
    return root ? htmlOf(root, options, 0) : undefined;
  } catch {
    return undefined;
  }
}

function htmlOf(node: LexicalNode, options: CardOptions, depth: number): string {
  if (depth > nestingMax) return '';
  const inner = (): string => (node.children ?? []).map((child) => htmlOf(child, options, depth + 1)).join('');
  const type = (node.type ?? '').replace(/^extended-/, '');
  switch (type) {
    case 'root':
      return inner();
    case 'paragraph':
      return `<p>${inner()}</p>`;
    case 'heading': {
      const tag = /^h[1-6]$/.test(node.tag ?? '') ? node.tag : 'h2';
      return `<${tag}>${inner()}</${tag}>`;
    }
    case 'text':
    case 'code-highlight': {
      const format = typeof node.format === 'number' ? node.format : 0;
      return formats
        .filter(([bit]) => (format & bit) !== 0)
        .reduceRight((html, [, tag]) => `<${tag}>${html}</${tag}>`, escapeText(node.text ?? ''));
    }
    case 'linebreak':
      return '<br>';
    case 'tab':
      return ' ';
    case 'link':
    case 'autolink':
    case 'at-link':
      return `<a href="${escapeAttribute(node.url ?? '')}">${inner()}</a>`;
    case 'list': {
      const tag = node.listType === 'number' ? 'ol' : 'ul';
      const start =
        tag === 'ol' && node.start !== undefined && node.start !== 1 ? ` start="${Number(node.start)}"` : '';
      return `<${tag}${start}>${inner()}</${tag}>`;
    }
    case 'listitem':
      return `<li>${inner()}</li>`;
    case 'quote':
      return `<blockquote><p>${inner()}</p></blockquote>`;
    case 'aside':
      return `<blockquote class="kg-blockquote-alt">${inner()}</blockquote>`;
    default:
      // A node with children that is not known keeps what it contains.
      return node.children ? `<div>${inner()}</div>` : cardToHtml(type, node, options);
  }
}
