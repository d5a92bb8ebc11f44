import { isIn } from './code-ranges.ts';
import type { ShortcodeUse } from './shortcode-log.ts';
import { attributionOf, isQuotation } from './shortcode-meaning.ts';
import type { Edit } from './splice.ts';

/** A replacement. Without `isNoted`, it belongs to one that the receipt names. */
export interface QuoteEdit extends Edit {
  isNoted: boolean;
}

/** The opening tag of a pair, in the syntax of Hugo, or of Liquid and Nunjucks. */
const opening = /\{\{([<%])\s*([\w./-]+)([^{}]{0,4000}?)[>%]\}\}|\{%-?\s*(\w+)([^{}]{0,4000}?)-?%\}/g;

/**
 * Quotations whose text stands between two tags, such as `{{< quote author="Ann Example" >}}…{{< /quote >}}`. They
 * become quotations of Markdown. The name of the person who said it stands after the words, as readers saw it.
 *
 * @param code ranges in which nothing is a tag
 * @param isInHtml whether Markdown would be printed as it was written at a position
 */
export function pairedQuotes(
  text: string,
  code: readonly [number, number][],
  isInHtml: (at: number) => boolean,
): { edits: QuoteEdit[]; uses: ShortcodeUse[] } {
  const edits: QuoteEdit[] = [];
  const uses: ShortcodeUse[] = [];
  let until = 0;
  for (const match of text.matchAll(opening)) {
    const [whole, hugo, hugoName, hugoRest = '', tag, tagRest = ''] = match;
    const name = hugoName ?? tag ?? '';
    const start = match.index;
    if (start < until || !isQuotation(name) || isIn(code, start) || /\/\s*$/.test(hugoRest)) continue;
    const from = start + whole.length;
    const close = closeOf(text, from, name, hugo !== undefined);
    if (!close) continue;
    until = close.end;
    const by = attributionOf(hugoRest || tagRest);
    const content = text.slice(from, close.start);
    uses.push({ name, syntax: hugo === undefined ? 'Liquid or Nunjucks' : 'Hugo', how: 'known' });
    if (isInHtml(start)) {
      edits.push({ start, end: from, text: '<blockquote>', isNoted: true });
      edits.push({ ...close, text: `${by === undefined ? '' : `<br>— ${by}`}</blockquote>`, isNoted: false });
      continue;
    }
    const lead = /^\s*/.exec(content)?.[0].length ?? 0;
    const body = content.trim();
    const isMarked = body.split('\n').every((line) => line.trim() === '' || line.trimStart().startsWith('>'));
    edits.push({ start, end: from + lead, text: `\n\n${isMarked ? '' : '> '}`, isNoted: true });
    if (!isMarked)
      for (const line of body.matchAll(/\n[ \t]*/g)) {
        const at = from + lead + line.index;
        edits.push({ start: at, end: at + line[0].length, text: '\n> ', isNoted: false });
      }
    const end = from + lead + body.length;
    edits.push({ start: end, end: close.end, text: `${by === undefined ? '' : `\n>\n> — ${by}`}\n\n`, isNoted: false });
  }
  return { edits, uses };
}

function closeOf(
  text: string,
  from: number,
  name: string,
  isHugo: boolean,
): { start: number; end: number } | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const closing = isHugo
    ? new RegExp(`\\{\\{[<%]\\s*/\\s*${escaped}\\s*[>%]\\}\\}`, 'g')
    : // Zola closes each of them with the same word.
      new RegExp(`\\{%-?\\s*end(?:${escaped})?\\s*-?%\\}`, 'g');
  closing.lastIndex = from;
  const found = closing.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
