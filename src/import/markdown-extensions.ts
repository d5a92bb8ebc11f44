import { slug } from 'github-slugger';
import { codeRanges, isIn } from './code-ranges.ts';
import { withEmoji } from './emoji.ts';
import { escapeMarkdown, formatUrl } from './markdown-words.ts';
import type { Change } from './receipt.ts';
import { type Edit, type Spliced, splice } from './splice.ts';

/*
 * Markdown that only one tool understands, as plain Markdown: attributes of kramdown and Pandoc, Docusaurus's admonitions,
 * wiki links of Obsidian, definition lists, emoji by name, and WordPress's [caption]. Elsewhere it would be printed as it
 * was written.
 */

const attributes = String.raw`\{:?\s*(?:[#.][\w:-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"']+))(?:\s+(?:[#.][\w:-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"']+)))*\s*\}`;

type Rule = [pattern: RegExp, replace: (...groups: string[]) => string];

const rules: Rule[] = [
  // A table of contents that the generator fills in.
  [/^[ \t]*(?:[-*+]|\d+\.)[ \t][^\n]*\n\{:\s*toc[^}\n]*\}[ \t]*$/gim, () => ''],
  [/^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:\s*toc[^}\n]*\}|<!-- *toc *-->)[ \t]*$/gim, () => ''],
  // `[words]{.underline}` of Pandoc.
  [new RegExp(String.raw`\[([^\][\n]+)\]${attributes}`, 'g'), (_, words = '') => words],
  // Attributes of headings, links, and pictures.
  [new RegExp(String.raw`(?<=[\])])${attributes}`, 'g'), () => ''],
  [
    new RegExp(String.raw`^(#{1,6}[ \t]+)([^\n]*?)[ \t]*(${attributes})[ \t]*$`, 'gm'),
    (_, signs = '', words = '', written = '') => signs + placeOf(written, words) + words,
  ],
  [
    new RegExp(String.raw`^([^\s#>|][^\n]*?)[ \t]*(${attributes})[ \t]*\n(?=(?:=+|-+)[ \t]*$)`, 'gm'),
    (_, words = '', written = '') => `${placeOf(written, words)}${words}\n`,
  ],
  // kramdown's attributes of a block on their own line, or at the end of a text.
  [/[ \t]*\{:\s*[.#\w][^{}\n]{0,300}\}/g, () => ''],
  [
    /^[ \t]*:{3,}[ \t]*\{?\.?(?:[\w-]+)?\}?(?:\[([^\]\n]+)\]|[ \t]+([^\n{]+?))?[ \t]*(?:\{[^}\n]*\})?[ \t]*$/gm,
    (_, bracket = '', title = '') => admonition(bracket || title),
  ],
  [
    /^(>[ \t]*)\[!([\w-]+)\][-+]?[ \t]*([^\n]*)$/gm,
    (_, mark = '', kind = '', title = '') =>
      `${mark}**${title || kind[0]?.toUpperCase() + kind.slice(1).toLowerCase()}**\n${mark.trimEnd()}`,
  ],
  [
    /!\[\[([^\][|#\n]+)(?:#[^\][|\n]*)?(?:\|([^\][\n]*))?\]\]/g,
    (_, target = '', words = '') => embed(target.trim(), words.trim()),
  ],
  [
    /\[\[([^\][|#\n]*)(#[^\][|\n]*)?(?:\|([^\][\n]*))?\]\]/g,
    (_, target = '', anchor = '', words = '') => wikiLink(target.trim(), anchor, words.trim()),
  ],
  [/%%[\s\S]{0,5000}?%%/g, () => ''],
  [/(?<![=\w])==(?=\S)([^=\n]+?)(?<=\S)==(?![=\w])/g, (_, words = '') => words],
  [
    /\[caption\b([^\]]*)\]\s*((?:<a\b[^>]*>\s*)?(?:<img\b[^>]*>|!\[[^\]]*\]\([^)]*\)|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\))(?:\s*<\/a>)?)([\s\S]{0,2000}?)\[\/caption\]/gi,
    (_, attribute = '', picture = '', words = '') =>
      captioned(picture, words.trim() || /\bcaption=(["'])(.*?)\1/.exec(attribute)?.[2] || ''),
  ],
  [
    /^(?![ \t]|[-*+>#:|]|\d+[.)])([^\n]{1,120})\n((?::[ \t]+[^\n]+(?:\n|$))+)/gm,
    (_, term = '', list = '') => definitions(term, list),
  ],
];

/** An id that a heading would not get from its words, so that links to it still work. */
function placeOf(written: string, words: string): string {
  const id = /(?<=[\s{:])#([\w:-]+)/.exec(written)?.[1];
  return id === undefined || id === slug(words.trim()) ? '' : `<a id="${id}"></a>`;
}

const admonition = (title: string): string => (title.trim() === '' ? '' : `**${title.trim()}**\n`);

const pictureFile = /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp)$/i;

function embed(target: string, words: string): string {
  // After the sign, Obsidian has the width of a picture or its alt text.
  const alt = /^\d+(?:x\d+)?$/.test(words) ? '' : words;
  return pictureFile.test(target) ? `![${escapeMarkdown(alt)}](${formatUrl(target)})` : wikiLink(target, '', words);
}

function wikiLink(target: string, anchor: string, words: string): string {
  const label = words || (target === '' ? anchor.replace(/^#+\^?/, '') : (target.split('/').at(-1) ?? target));
  if (label === '') return '';
  if (target === '') return escapeMarkdown(label);
  return `[${escapeMarkdown(label)}](${formatUrl(/\.\w{2,4}$/.test(target) ? target : `${target}.md`)})`;
}

/** @param picture HTML or Markdown */
const captioned = (picture: string, words: string): string =>
  /^\[?!\[/.test(picture)
    ? picture.replace(
        /\)(?=\]|$)/,
        `${words === '' ? '' : ` "${words.replace(/\s+/g, ' ').replace(/["\\]/g, '\\$&')}"`})`,
      )
    : `\n\n<figure>${picture}${words === '' ? '' : `<figcaption>${words}</figcaption>`}</figure>\n\n`;

const definitions = (term: string, list: string): string =>
  `${list
    .trimEnd()
    .split('\n')
    .map((line, place) => `${place === 0 ? `- **${term.trim()}**: ` : '  '}${line.replace(/^:[ \t]+/, '')}`)
    .join('\n')}\n`;

const isNeeded = /\{[ \t]*[:#.\w]|:{3,}|\[\[|\[!|\[caption|^:[ \t]|%%|==|:[a-z0-9_+-]+:|\[TOC\]|<!-- *toc/im;

/** Rewrites what only one tool understands. Code stays as it is. */
export function extensionsToMarkdown(
  source: Spliced,
  { file, lineOf }: { file: string; lineOf(offset: number): number },
): { spliced: Spliced; changes: Change[] } {
  const changes: Change[] = [];
  let spliced = source;
  if (!isNeeded.test(source.text)) return { spliced, changes };
  const note = (start: number, before: string, after: string): void =>
    void changes.push({
      file,
      line: lineOf(spliced.origin(start)),
      kind: 'markdown-changed',
      before: before.slice(0, 300),
      after: after.slice(0, 300),
    });
  // Nearly no rule applies to a text, so it is known only when needed what is code, and again only after an edit.
  let known: { of: string; ranges: [number, number][] } | undefined;
  const isCode = (offset: number): boolean => {
    if (known?.of !== spliced.text) known = { of: spliced.text, ranges: codeRanges(spliced.text) };
    return isIn(known.ranges, offset);
  };
  for (const [pattern, replace] of rules) {
    const edits: Edit[] = [];
    for (const match of spliced.text.matchAll(pattern)) {
      const start = match.index;
      if (isCode(start) || isCode(start + match[0].length - 1)) continue;
      const text = replace(...(match as unknown as string[]));
      if (text === match[0]) continue;
      edits.push({ start, end: start + match[0].length, text });
      note(start, match[0], text);
    }
    spliced = splice(spliced, edits);
  }
  const edits: Edit[] = [];
  for (const match of spliced.text.matchAll(/(?<![\w:/])(?::[a-z0-9_+-]{1,40}:)+(?![\w/])/g)) {
    const text = isCode(match.index) ? match[0] : withEmoji(match[0]);
    if (text === match[0]) continue;
    edits.push({ start: match.index, end: match.index + match[0].length, text });
    note(match.index, match[0], text);
  }
  return { spliced: splice(spliced, edits), changes };
}
