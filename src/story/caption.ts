import type { PictureText } from '../pictures/words.ts';
import { escapeText, unescapeHtml } from '../site/markup.ts';
import { compileBody } from './body/compile.ts';
import { captionReasons } from './problems/pictures.ts';
import { setText } from './punctuation.ts';

export interface Caption {
  /** Plain text, for lists, feeds, structured data, and captions without markup. */
  caption: string;
  /** One line of HTML with links and emphasis. Absent if the caption has none. */
  captionHtml?: string;
}

export interface CaptionOptions {
  language: string;
  /** In the form that `compileBody` expects. */
  base: string;
}

/**
 * Reads a caption as an editor writes it: one line of Markdown, with links to other sites and to addresses on this one.
 *
 * HTML is not supported and is printed as written, because a caption comes from a file as often as from an editor.
 * Links to stories by name are refused, because a caption is used in places that do not check whether the story is
 * public.
 *
 * @returns the reason, in words for an editor, if it is more than one line
 */
export function captionOf(written: string, { language, base }: CaptionOptions): Caption | { reason: string } {
  const text = written.replace(/[ \t\r\n]+/g, ' ').trim();
  if (!/[*_`[\]<>\\&~]|https?:/.test(text)) return { caption: setText(text, language) };
  // An invisible marker in front, so that "1. May" or "# 5" does not begin a list or a heading.
  const source = {
    text: `${joiner}${text.replace(/<(?=[a-z/!?])(?!https?:)/gi, '\\<')}`,
    format: 'md' as const,
    file: '',
    firstLine: 1,
  };
  const compiled = compileBody(source, { language, base });
  const problem = compiled.problems.find(({ severity }) => severity === 'error');
  if (problem) return { reason: problem.message };
  if (compiled.links.length > 0) return { reason: captionReasons.story };
  if (compiled.pictures.length > 0) return { reason: captionReasons.picture };
  const html = compiled.body.map((part) => (part.kind === 'html' ? part.html : '')).join('');
  const line = /^\s*<p>([\s\S]*)<\/p>\s*$/.exec(html)?.[1]?.replaceAll(joiner, '').trim();
  // If it is more than one line, its text is used.
  if (line === undefined || block.test(line)) return { caption: plain(html.replaceAll(joiner, '')) };
  const caption = plain(line);
  return line === escapeText(caption) ? { caption } : { caption, captionHtml: line };
}

const joiner = '\u2060';

/** The links in a caption to addresses, as written. */
export function hrefsOfCaption(written: string | undefined, { language }: Pick<CaptionOptions, 'language'>): string[] {
  if (written === undefined || !/\]\(|<(?:https?|mailto|tel|sms):/i.test(written)) return [];
  // Without a base, so addresses on this site stay as written.
  const read = captionOf(written, { language, base: '' });
  if ('reason' in read || read.captionHtml === undefined) return [];
  return [...read.captionHtml.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => unescapeHtml(href));
}

/**
 * The texts for a picture, with the caption in both forms. It is the raw caption if it cannot be read, which is
 * reported elsewhere.
 */
export function withCaption(words: PictureText, options: CaptionOptions): PictureText {
  if (!words.caption) return words;
  const read = captionOf(words.caption, options);
  return 'reason' in read ? words : { ...words, ...read };
}

const block = /<(?!\/?(?:a|em|strong|del|s|code|i|b|u|q|cite|abbr|sub|sup|span|small|mark|br|kbd|time|bdi|bdo)\b)/;

const plain = (html: string): string =>
  unescapeHtml(html.replace(/<\/?(?:p|div|li|h\d|br|td|th)\b[^>]*>/g, ' ').replace(/<[^>]*>/g, ''))
    .replace(/[ \t\n]+/g, ' ')
    .trim();
