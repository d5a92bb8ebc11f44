import { isRecord } from './front-matter.ts';
import { escapeMarkdown, formatUrl } from './markdown-words.ts';
import type { Change } from './receipt.ts';
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
    lineOf(offset: number): number;
  },
): { spliced: Spliced; changes: Change[] } {
  const changes: Change[] = [];
  let spliced = source;
  if (!/\{[{%:]/.test(source.text)) return { spliced, changes };
  const isTemplate = context.isTemplate || /\{%-?\s*\w/.test(outsideCode(source.text));
  if (source.text.includes(rawBrace)) return { spliced, changes };
  const pass = (edits: { start: number; end: number; text: string; isDropped?: boolean }[]) => {
    for (const { start, end, text, isDropped } of edits)
      if (text !== rawBrace)
        changes.push({
          file: context.file,
          line: context.lineOf(spliced.origin(start)),
          kind: isDropped ? 'shortcode-dropped' : 'shortcode',
          before: spliced.text.slice(start, Math.min(end, start + 300)),
          after: text.slice(0, 300),
        });
    spliced = splice(spliced, edits as Edit[]);
  };
  pass(blocks(spliced.text));
  pass(single(spliced.text, context.headline, isTemplate, context.siteWords ?? {}));
  return { spliced: { ...spliced, text: spliced.text.replaceAll(rawBrace, '{') }, changes };
}

/**
 * Stands for a brace inside `{% raw %}` until the tags are processed. It is from a private use area and has the length
 * of a brace.
 */
const rawBrace = '\uE0B5';

/** Pairs of tags whose content is code or is removed. They determine what is code, so they are processed first. */
function blocks(text: string): Edit[] {
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
): (Edit & { isDropped?: boolean })[] {
  const edits: (Edit & { isDropped?: boolean })[] = [];
  const code = codeRanges(text);
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
      result = slash ? undefined : ofName(name, rest, text.slice(start - 1, start) === '(');
    } else if (tag !== undefined) result = ofName(tag, args, text.slice(start - 1, start) === '(');
    else if (output !== undefined) {
      const value = ofOutput(output.trim(), headline) ?? siteWord(output.trim(), siteWords);
      if (value === undefined && !isTemplate) continue;
      result = value;
    } else if (!isTemplate) continue;
    edits.push(result === undefined ? { start, end, text: '', isDropped: true } : { start, end, text: result });
  }
  return edits;
}

/** The replacement for a shortcode or tag, or undefined if it is unknown. */
function ofName(name: string, rest: string, isTarget: boolean): string | undefined {
  const { named, plain } = argumentsOf(rest);
  const first = plain[0];
  switch (name) {
    case 'ref':
    case 'relref':
    case 'link':
      return first === undefined ? undefined : first.replace(/^_posts\//, '/_posts/');
    case 'post_url':
      return first === undefined ? undefined : `${first.split('/').at(-1)}.md`;
    case 'youtube':
      return video(named.get('id') ?? first, (id) => `https://www.youtube.com/watch?v=${id}`);
    case 'vimeo':
      return video(named.get('id') ?? first, (id) => `https://vimeo.com/${id}`);
    case 'tweet':
    case 'x':
    case 'twitter': {
      const id = named.get('id') ?? plain.at(-1);
      return id === undefined
        ? undefined
        : `[Post by ${escapeMarkdown(named.get('user') ?? 'its author')}](${formatUrl(/^https?:/.test(id) ? id : `https://twitter.com/i/status/${id}`)})`;
    }
    case 'gist':
      return first === undefined
        ? undefined
        : `[Code](https://gist.github.com/${formatUrl(plain.slice(0, 2).join('/'))})`;
    case 'figure':
    case 'image':
    case 'img':
    case 'picture':
    case 'include': {
      if (name === 'include' && /youtube/i.test(first ?? ''))
        return video(named.get('id') ?? named.get('url'), (id) => `https://www.youtube.com/watch?v=${id}`);
      const src =
        named.get('src') ??
        named.get('url') ??
        named.get('image_path') ??
        named.get('file') ??
        named.get('image') ??
        (name === 'include' ? undefined : plain.find((word) => /[./]/.test(word)));
      if (src === undefined || (name === 'include' && !/\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)$/i.test(src)))
        return undefined;
      const quoted =
        name === 'img' ? plain.slice(plain.indexOf(src) + 1).filter((word) => !/^\d+(?:px|%)?$/.test(word)) : [];
      const caption =
        named.get('caption') ??
        named.get('title') ??
        named.get('description') ??
        (quoted.length > 1 ? quoted[0] : undefined);
      const alt = named.get('alt') ?? quoted.at(-1) ?? '';
      return `![${escapeMarkdown(alt)}](${formatUrl(src)}${caption ? ` "${caption.replace(/["\\]/g, '\\$&')}"` : ''})`;
    }
    default:
      return isTarget && first !== undefined ? first : undefined;
  }
}

const video = (id: string | undefined, url: (id: string) => string): string | undefined =>
  id === undefined ? undefined : `[Video](${formatUrl(/^https?:/.test(id) ? id : url(id))})`;

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

function argumentsOf(rest: string): { named: Map<string, string>; plain: string[] } {
  const named = new Map<string, string>();
  const plain: string[] = [];
  for (const match of rest.matchAll(
    /(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s"'=]+))/g,
  )) {
    const value = (match[2] ?? match[3] ?? match[4] ?? match[5] ?? '').replace(/\\(["'\\])/g, '$1');
    if (match[1] === undefined) plain.push(value);
    else named.set(match[1].toLowerCase(), value);
  }
  return { named, plain };
}

/** The ranges of code, fenced or inline, found without a parser, because templates are not Markdown yet. */
function codeRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  let at = 0;
  let fence: { mark: string; start: number } | undefined;
  let paragraph = 0;
  const inline = (from: number, to: number) => {
    const part = text.slice(from, to);
    const open = new Map<number, number[]>();
    const runs = [...part.matchAll(/`+/g)].map((run) => ({ place: run.index, length: run[0].length }));
    for (const { place, length } of runs) open.set(length, [...(open.get(length) ?? []), place]);
    let done = -1;
    for (const { place, length } of runs) {
      if (place < done) continue;
      const close = open.get(length)?.find((other) => other > place);
      if (close === undefined) continue;
      done = close + length;
      ranges.push([from + place, from + done]);
    }
  };
  for (const line of text.split('\n')) {
    const mark = /^(?: {0,3}|\s*(?:[-*+]|\d+[.)])\s+|\s+)(`{3,}|~{3,})([^\n]*)$/.exec(line);
    if (fence) {
      if (mark && (mark[1] as string).startsWith(fence.mark) && (mark[2] as string).trim() === '') {
        ranges.push([fence.start, at + line.length]);
        fence = undefined;
        paragraph = at + line.length;
      }
    } else if (mark && !((mark[1] as string).startsWith('`') && (mark[2] as string).includes('`'))) {
      inline(paragraph, at);
      fence = { mark: mark[1] as string, start: at };
    } else if (line.trim() === '') {
      inline(paragraph, at);
      paragraph = at;
    }
    at += line.length + 1;
  }
  if (fence) ranges.push([fence.start, text.length]);
  else inline(paragraph, text.length);
  return ranges.sort((a, b) => a[0] - b[0]);
}

function isIn(ranges: readonly [number, number][], offset: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range[0] <= offset && offset < range[1];
}
