import type { Nodes } from 'mdast';
import { escapeText } from '../site/markup.ts';

/* The text of Markdown nodes, and text that is inserted into Markdown. */

/** The plain text of a node. */
export function wordsOf(node: Nodes): string {
  if ('alt' in node && typeof node.alt === 'string') return node.alt;
  if (node.type === 'html') return '';
  if ('value' in node && typeof node.value === 'string') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

/** The name of a picture where it cannot be shown. */
export function pictureName(alt: string | null | undefined, title: string | null | undefined, url: string): string {
  return `Picture: ${alt?.trim() || title?.trim() || fileNameOf(url)}`;
}

/** The last part of an address, as a reader would name the file. */
export function fileNameOf(url: string): string {
  if (url.startsWith('data:')) return 'without a name';
  const name =
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .filter(Boolean)
      .at(-1) ?? '';
  try {
    return decodeURIComponent(name) || 'without a name';
  } catch {
    return name || 'without a name';
  }
}

/** Text that stays text in Markdown. */
export const escapeMarkdown = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, (sign) => escapeText(sign))
    .replace(/:\/\//g, ':\\//')
    .replace(/(^|\W)www\./gi, '$1www\\.')
    .replace(/(\w)@(?=\w)/g, '$1\\@');

/** An address as the target of a Markdown link. */
export const formatUrl = (url: string): string =>
  url
    .replace(/[\p{Cc} ()<>\\|"`{}^]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(/&(?=#?\w+;)/g, (sign) => escapeText(sign));

/** A title after the address of a link or picture, or nothing if there is none. */
export const formatTitle = (title: string | null | undefined): string =>
  title
    ? ` "${title
        .replace(/\s+/g, ' ')
        .replace(/[\\"]/g, '\\$&')
        .replace(/&(?=#?\w+;)/g, (sign) => escapeText(sign))}"`
    : '';
