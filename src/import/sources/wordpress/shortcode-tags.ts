/** A tag of a shortcode: `[name key="value" word]`, `[/name]`, or `[name /]`. */
export interface Tag {
  start: number;
  end: number;
  name: string;
  isClose: boolean;
  isSelfClosed: boolean;
  named: Map<string, string>;
  plain: string[];
}

const tagCharsMax = 5000;

/** Everything in a text that has the form of a tag. Most of it can be ordinary words in brackets. */
export function tagsOf(text: string): Tag[] {
  const tags: Tag[] = [];
  for (let start = text.indexOf('['); start !== -1; start = text.indexOf('[', start + 1)) {
    const head = /^\[(\/?)([a-z][\w-]{0,60})(?=[\s\]/=])/i.exec(text.slice(start, start + 80));
    if (!head) continue;
    const end = tagEnd(text, start + head[0].length);
    if (end === undefined) continue;
    const inside = text.slice(start + head[0].length, end - 1);
    const isSelfClosed = /\/\s*$/.test(inside) && !/=\s*\S*\/\s*$/.test(inside);
    tags.push({
      start,
      end,
      name: (head[2] as string).toLowerCase(),
      isClose: head[1] === '/',
      isSelfClosed,
      ...argumentsOf(inside.replace(/\/\s*$/, '')),
    });
  }
  return tags;
}

/** The end of a tag. Brackets in quotation marks belong to it. */
function tagEnd(text: string, from: number): number | undefined {
  const until = Math.min(text.length, from + tagCharsMax);
  for (let at = from; at < until; at++) {
    const char = text[at];
    if (char === ']') return at + 1;
    if (char === '[') return undefined;
    if ((char === '"' || char === "'") && text[at - 1] === '=') {
      const close = text.indexOf(char, at + 1);
      if (close !== -1 && close < until) at = close;
    }
  }
  return undefined;
}

function argumentsOf(inside: string): { named: Map<string, string>; plain: string[] } {
  const named = new Map<string, string>();
  const plain: string[] = [];
  const pattern = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|&#8221;|([^\s"'\]]+))|"([^"]*)"|'([^']*)'|(\S+)/g;
  for (const [, key, double, single, bare, first, second, word] of inside
    .replace(/&#82(?:20|21|43);|[“”]/g, '"')
    .matchAll(pattern)) {
    if (key !== undefined) named.set(key.toLowerCase(), double ?? single ?? bare ?? '');
    else plain.push((first ?? second ?? word ?? '').replace(/^=/, ''));
  }
  return { named, plain };
}
