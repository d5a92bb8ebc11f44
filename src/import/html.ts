import { escapeAttribute } from '../site/markup.ts';
/** A tag or comment in a run of raw HTML, with its position. */
export interface Tag {
  start: number;
  end: number;
  /** Lower case, or '' for a comment. */
  name: string;
  isClose: boolean;
  /** Names in lower case, values decoded. */
  attributes: Map<string, string>;
}

const rawTextElements = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noembed', 'noframes']);

/**
 * The tags in a run of HTML, in order, in one pass. An unclosed quotation mark ends the search, just as it ends the
 * document for a browser. Text in a `<script>` is not a tag.
 *
 * @param offset added to every position
 */
export function tagsOf(html: string, offset = 0): Tag[] {
  const tags: Tag[] = [];
  let at = 0;
  while (true) {
    const open = html.indexOf('<', at);
    if (open === -1) return tags;
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4);
      if (close === -1) return tags;
      at = close + 3;
      continue;
    }
    const head = /^<(\/?)([a-z][^\s/>]*)/i.exec(html.slice(open, open + 200));
    if (!head) {
      at = open + 1;
      continue;
    }
    const end = tagEnd(html, open + head[0].length);
    if (end === undefined) return tags;
    const name = (head[2] as string).toLowerCase();
    const isClose = head[1] === '/';
    const inside = html.slice(open + head[0].length, end - 1).replace(/\/\s*$/, '');
    tags.push({
      start: offset + open,
      end: offset + end,
      name,
      isClose,
      attributes: isClose ? new Map() : attributesOf(inside),
    });
    at = end;
    if (!isClose && rawTextElements.has(name)) {
      const close = html.slice(end).search(new RegExp(`</${name}[\\s/>]`, 'i'));
      if (close === -1) return tags;
      at = end + close;
    }
  }
}

function tagEnd(html: string, from: number): number | undefined {
  for (let at = from; at < html.length; at++) {
    const char = html[at];
    if (char === '>') return at + 1;
    if ((char === '"' || char === "'") && /[=\s]/.test(html[at - 1] ?? '')) {
      at = html.indexOf(char, at + 1);
      if (at === -1) return undefined;
    }
  }
  return undefined;
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(/([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g)) {
    const name = (match[1] as string).toLowerCase();
    if (!attributes.has(name)) attributes.set(name, decodeEntities(match[2] ?? match[3] ?? match[4] ?? ''));
  }
  return attributes;
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  colon: ':',
  tab: '\t',
  newline: '\n',
  lpar: '(',
  rpar: ')',
};

/** The character references that matter in addresses and in alt texts. Others stay as they are. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** A start tag, written again. An attribute without a value keeps none. */
export function printTag(name: string, attributes: ReadonlyMap<string, string>): string {
  const printed = [...attributes].map(([key, value]) =>
    value === '' && key !== 'alt' ? ` ${key}` : ` ${key}="${escapeAttribute(value)}"`,
  );
  return `<${name}${printed.join('')}>`;
}
