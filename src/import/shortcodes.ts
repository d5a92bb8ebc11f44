import { escapeText } from '../site/markup.ts';
import { codeRanges, isIn } from './code-ranges.ts';
import { isRecord } from './front-matter.ts';
import { printTag } from './html.ts';
import { escapeMarkdown } from './markdown-words.ts';
import { pairedQuotes } from './paired-quotes.ts';
import type { Change } from './receipt.ts';
import type { ShortcodeSyntax, ShortcodeUse } from './shortcode-log.ts';
import { type Meaning, ofName } from './shortcode-meaning.ts';
import { type Edit, type Spliced, splice } from './splice.ts';

/**
 * Converts Hugo's shortcodes (`{{< … >}}`, `{{% … %}}`) and the tags of Liquid and Nunjucks (`{% … %}`) into Markdown:
 * pictures, videos, code blocks, and references. The tags of others are removed, and the content between them stays.
 * Text in code stays code, except inside `{% raw %}`.
 *
 * @param isTemplate whether the source's generator evaluates `{{ … }}`. Otherwise those braces are part of the text
 */
export function shortcodesToMarkdown(
  source: Spliced,
  context: {
    file: string;
    headline: string;
    isTemplate: boolean;
    /** What the configuration of the old site says, for `{{ site.x }}`. */
    siteWords?: Readonly<Record<string, unknown>>;
    included?(name: string): string | undefined;
    lineOf(offset: number): number;
  },
): { spliced: Spliced; changes: Change[]; shortcodes: ShortcodeUse[] } {
  const changes: Change[] = [];
  const shortcodes: ShortcodeUse[] = [];
  let spliced = source;
  if (!/\{[{%:]/.test(source.text)) return { spliced, changes, shortcodes };
  const isTemplate = context.isTemplate || /\{%-?\s*\w/.test(outsideCode(source.text));
  if (source.text.includes(rawBrace)) return { spliced, changes, shortcodes };
  const pass = (edits: TagEdit[]) => {
    for (const { start, end, text, isDropped, isNoted = true } of edits)
      if (text !== rawBrace && isNoted)
        changes.push({
          file: context.file,
          line: context.lineOf(spliced.origin(start)),
          kind: isDropped ? 'shortcode-dropped' : 'shortcode',
          before: spliced.text.slice(start, Math.min(end, start + 300)),
          after: text.slice(0, 300),
        });
    spliced = splice(spliced, edits as Edit[]);
  };
  pass(includes(spliced.text, context.included));
  pass(blocks(spliced.text, shortcodes));
  const { text } = spliced;
  const quotes = pairedQuotes(text, codeRanges(text), (at) => isInHtml(text, at));
  shortcodes.push(...quotes.uses);
  pass(quotes.edits);
  pass(single(spliced.text, context.headline, isTemplate, context.siteWords ?? {}, shortcodes));
  return { spliced: { ...spliced, text: spliced.text.replaceAll(rawBrace, '{') }, changes, shortcodes };
}

type TagEdit = Edit & { isDropped?: boolean; isNoted?: boolean };

/**
 * Stands for a brace inside `{% raw %}` until the tags are processed. It is from a private use area and has the length
 * of a brace.
 */
const rawBrace = '\uE0B5';

/** `{% include license.md %}` of Jekyll: texts and addresses of links that several posts share. */
function includes(text: string, included: ((name: string) => string | undefined) | undefined): Edit[] {
  if (!included || !text.includes('include')) return [];
  const code = codeRanges(text);
  return [...text.matchAll(/\{%-?\s*include\s+([\w./-]{1,200})\s*-?%\}/g)].flatMap(
    ({ 0: tag, 1: name = '', index }) => {
      const words = isIn(code, index) ? undefined : included(name);
      return words === undefined ? [] : [{ start: index, end: index + tag.length, text: words.trim() }];
    },
  );
}

/** Pairs of tags whose content is code or is removed. They determine what is code, so they are processed first. */
function blocks(text: string, uses: ShortcodeUse[]): Edit[] {
  const edits: Edit[] = [];
  const code = codeRanges(text);
  const pattern =
    /(?:\{%-?\s*highlight\s+([\w+#-]+)[^%\n]*%\}|\{\{[<%]\s*highlight\s+"?([\w+#-]+)[^\n]*?[>%]\}\})[ \t]*\n?|\{%-?\s*(raw|comment)\s*-?%\}|\{%-?\s*(?:codeblock|code)(?:\s+lang:([\w+#-]+))?[^%\n]*%\}[ \t]*\n?/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const start = match.index;
    const inner = start + match[0].length;
    const word = match[3];
    if (word === undefined && isIn(code, start)) continue;
    if (word === 'comment' && isIn(code, start)) continue;
    const closing = word
      ? new RegExp(`\\{%-?\\s*end${word}\\s*-?%\\}`, 'g')
      : /\{%-?\s*end(?:highlight|codeblock|code)\s*-?%\}|\{\{[<%]\s*\/\s*highlight\s*[>%]\}\}/g;
    closing.lastIndex = inner;
    const close = closing.exec(text);
    if (!close) continue;
    const end = close.index + close[0].length;
    const content = text.slice(inner, close.index);
    const isHugo = match[2] !== undefined;
    const name = word ?? (/(?:highlight|codeblock|code)/.exec(match[0])?.[0] || 'highlight');
    uses.push({ name, syntax: isHugo ? 'Hugo' : liquid, how: word === 'comment' ? 'dropped' : 'known' });
    if (word === 'comment') edits.push({ start, end, text: '' });
    else if (word === 'raw') {
      edits.push({ start, end: inner, text: '' }, { start: close.index, end, text: '' });
      for (const brace of content.matchAll(/\{/g))
        edits.push({ start: inner + brace.index, end: inner + brace.index + 1, text: rawBrace });
    } else {
      const fence = '`'.repeat(
        Math.max(3, ...[...content.matchAll(/^\s*(`{3,})/gm)].map(([, ticks]) => (ticks ?? '').length + 1)),
      );
      const language = match[1] ?? match[2] ?? match[4] ?? '';
      edits.push({ start, end, text: `${fence}${language}\n${content.replace(/^\n+|\s+$/g, '')}\n${fence}` });
    }
    pattern.lastIndex = end;
  }
  return edits;
}

/** Whether a position is in a block of HTML, where Markdown would be printed as it was written. */
function isInHtml(text: string, at: number): boolean {
  const from = text.lastIndexOf('\n\n', at) + 2;
  return /^\s*<(?:\/?(?:div|p|section|article|figure|table|tr|td|th|ul|ol|li|blockquote|center|aside|header|footer|span|details|dl|dd|dt|h[1-6])\b|!--)/i.test(
    text.slice(from < 2 ? 0 : from, at),
  );
}

/** The Markdown that a shortcode becomes, as HTML. */
const asHtml = (markdown: string): string =>
  markdown
    .trim()
    .replace(
      /!\[((?:[^\]\\]|\\.)*)\]\((\S+?)(?: "((?:[^"\\]|\\.)*)")?\)/g,
      (_, alt: string, src: string, title?: string) =>
        printTag(
          'img',
          new Map([
            ['src', src],
            ['alt', unescaped(alt)],
            ...(title ? [['title', unescaped(title)] as [string, string]] : []),
          ]),
        ),
    )
    .replace(
      /\[((?:[^\]\\]|\\.)*)\]\((\S+?)\)/g,
      (_, words: string, url: string) =>
        `${printTag('a', new Map([['href', url]]))}${escapeText(unescaped(words))}</a>`,
    )
    .replace(/^> ?(.*)$/gm, (_, words: string) => escapeText(unescaped(words)))
    .replace(/\n{2,}/g, '\n');

const unescaped = (words: string): string => words.replace(/\\([\\`*_[\]<>~|"'])/g, '$1');

const outsideCode = (text: string): string => {
  let rest = '';
  let at = 0;
  for (const [start, end] of codeRanges(text)) {
    rest += text.slice(at, start);
    at = Math.max(at, end);
  }
  return rest + text.slice(at);
};

function single(
  text: string,
  headline: string,
  isTemplate: boolean,
  siteWords: Readonly<Record<string, unknown>>,
  uses: ShortcodeUse[],
): TagEdit[] {
  const edits: TagEdit[] = [];
  const code = codeRanges(text);
  const closed = closedNames(text);
  const use = (name: string, syntax: ShortcodeSyntax, meaning: Meaning | undefined): string | undefined => {
    // The words between two tags stay.
    const how = meaning?.how ?? (closed.has(name) ? 'words' : 'dropped');
    uses.push({ name, syntax, how });
    return meaning?.text;
  };
  const pattern =
    /\{\{([<%])\s*(\/?)\s*(\/\*)?\s*([\w./-]+)?([^{}]{0,4000}?)\/?\s*[>%]\}\}|\{%-?\s*(\w+)([^{}]{0,4000}?)-?%\}|\{\{-?([^{}]{0,1000}?)-?\}\}|\{:[^{}\n]{1,300}\}/g;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    if (isIn(code, start)) continue;
    const [whole, hugo, slash, escaped, name = '', rest = '', tag, args = '', output] = match;
    let result: string | undefined;
    if (hugo !== undefined) {
      if (escaped) {
        edits.push({ start, end, text: whole.replace(/\/\*\s*/, '').replace(/\s*\*\//, '') });
        continue;
      }
      result = slash ? undefined : use(name, 'Hugo', ofName(name, rest, text.slice(start - 1, start) === '('));
    } else if (tag !== undefined) {
      const meaning = ofName(tag, args, text.slice(start - 1, start) === '(');
      result = /^(?:end|else|elsif|elif|when)/.test(tag) ? meaning?.text : use(tag, liquid, meaning);
    } else if (output !== undefined) {
      const written = output.trim();
      const call = ofCall(written, isTemplate);
      if (call) {
        result = use(call.name, liquid, call.meaning);
        edits.push(editOf(text, start, end, result));
        continue;
      }
      const value = ofOutput(written, headline) ?? siteWord(written, siteWords);
      if (value === undefined && !isTemplate) continue;
      const name = outputName(output);
      result = use(name, liquid, value === undefined ? undefined : { text: value, how: 'known' });
    } else if (!isTemplate) continue;
    edits.push(editOf(text, start, end, result));
  }
  return edits;
}

const editOf = (text: string, start: number, end: number, result: string | undefined): TagEdit =>
  result === undefined
    ? { start, end, text: '', isDropped: true }
    : { start, end, text: isInHtml(text, start) ? asHtml(result) : result };

/** `{{ figure(src="a.jpg", alt="A") }}` of Zola, and `{{ figure("a.jpg", "A") }}` of Nunjucks. */
function ofCall(code: string, isTemplate: boolean): { name: string; meaning: Meaning | undefined } | undefined {
  const [, path = '', args] = /^([A-Za-z_][\w:-]*)\s*(\([\s\S]*\))$/.exec(code) ?? [];
  // In a text that is not a template, only named arguments show that this is no example of code.
  if (args === undefined || (!isTemplate && !/^\(\s*\w+\s*=[^=]/.test(args))) return undefined;
  const name = path.split('::').at(-1) ?? path;
  return { name, meaning: ofName(name, args, false) };
}

const liquid: ShortcodeSyntax = 'Liquid or Nunjucks';
const nameCharsMax = 40;

/** A variable by its name, and a text by the name of its filter: `{{ "/x.png" | relative_url }}`. */
function outputName(output: string): string {
  const [value = '', filter = ''] = output.trim().split(/\s*\|\s*/);
  const short = filter.replace(/[:(].*$/s, '').trim();
  return /^["']/.test(value) ? `{{ "…" | ${short} }}` : `{{ ${value.slice(0, nameCharsMax)} }}`;
}

/** The names of tags that are closed somewhere. Tags that only control a template do not count. */
function closedNames(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(/\{\{[<%]\s*\/\s*([\w./-]+)\s*[>%]\}\}|\{%-?\s*end(\w+)\s*-?%\}/g)];
  const closed = new Set(names.map(([, hugo, tag]) => hugo ?? tag ?? ''));
  for (const control of ['if', 'unless', 'case', 'for', 'capture', 'tablerow', 'set', 'block', 'macro'])
    closed.delete(control);
  return closed;
}

/** `{{ site.baseurl }}`, `{{ "/x.png" | relative_url }}`, `{{ page.title }}`. */
function ofOutput(code: string, headline: string): string | undefined {
  if (/^(?:site\.(?:base_?url|url|github\.url|root)|base_?url|page\.root)(?:\s*\|.*)?$/i.test(code)) return '';
  if (/^(?:page\.)?title$/.test(code)) return escapeMarkdown(headline);
  const quoted =
    /^(?:"([^"]*)"|'([^']*)')\s*\|\s*(?:relative_url|absolute_url|url|absURL|relURL|prepend:.*|asset|asset_url)\b/i.exec(
      code,
    );
  return quoted?.[1] ?? quoted?.[2];
}

/** `{{ site.company }}` and `{{ site.data.x }}`, if the configuration says what it is. */
function siteWord(code: string, siteWords: Readonly<Record<string, unknown>>): string | undefined {
  const path = /^site\.(?:params\.)?([\w.-]+)(?:\s*\|.*)?$/i.exec(code)?.[1];
  if (path === undefined) return undefined;
  for (const root of [siteWords, siteWords.params]) {
    let value: unknown = root;
    for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return escapeMarkdown(String(value));
  }
  return undefined;
}
