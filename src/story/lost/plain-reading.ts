import { isAttribute, isCode, isMarkup, isWords, type PlainReading, type Suspect, wordsByKind } from './reading.ts';
import { kindOfSign, letter, notAWord } from './signs.ts';
import { isStrayWord } from './tag-words.ts';

/** Elements that show their content only if the browser cannot show the element itself. */
const fallbacks = /^(?:video|audio|iframe|canvas|noembed|noframes)$/;
/** Elements whose content is not HTML. */
const rawElements = /^(?:script|style)$/;
const voids = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** Elements that are removed with all their content. */
const removed =
  /^(?:template|noscript|object|applet|svg|math|select|textarea|title|head|map|frameset|xmp|plaintext|dialog)$/;
/** Attributes of components that select or name something and are not printed as text. */
const chosen = /^(?:size|kind|animation|original|headers|focus|src|columns|to|url|author|picture|date|licence|wanted)$/;
/** HTML attributes that contain text. */
const worded = /^(?:alt|title|aria-label|summary)$/i;

/**
 * A plain reading of a story's source: the words that its author meant readers to see.
 *
 * It shares no code with the parser, because its purpose is to detect the parser's mistakes and rules. It knows a few
 * things that are never printed (tags, addresses, closed comments, labels) and treats everything else as words. In case
 * of doubt, it assumes that text is not printed: a loss may then go unnoticed, but nobody gets a message about a loss
 * that did not happen.
 *
 * This file is longer than 300 lines because the reading is one pass over the text. Its functions share the position,
 * the map of what was read, and the places that were searched, and would otherwise pass all of these around.
 */
export function readPlainly(text: string, format: 'md' | 'mdx'): PlainReading {
  const map = new Uint8Array(text.length);
  const suspects: Suspect[] = [];
  const mark = (from: number, to: number, kind: number) => void map.fill(kind, from, Math.min(to, text.length));
  const end = text.length;
  const lower = text.toLowerCase();
  const definitions: { label: string; at: number; end: number; isAddress: boolean }[] = [];
  const open = new Map<string, Suspect[]>();

  /** The next position of a character. It must be called in the order of the text, so that the result can be cached. */
  const places = new Map<string, number>();
  const find = (sign: string, from: number): number => {
    let at = places.get(sign);
    if (at === undefined || (at >= 0 && at < from)) {
      at = lower.indexOf(sign, from);
      places.set(sign, at);
    }
    return at;
  };
  const suspect = (kind: Suspect['kind'], at: number, to: number, name = ''): Suspect => {
    const found = { kind, at, end: to, name };
    // No story has so many. If one does, only the first are reported.
    if (suspects.length < 2_000) suspects.push(found);
    return found;
  };

  let openFence: number | undefined;
  let at = 0;
  let isLineStart = true;
  while (at < end) {
    if (isLineStart) {
      isLineStart = false;
      const began = at;
      at = readLineStart(at);
      if (at !== began) continue;
    }
    const code = text.charCodeAt(at);
    if (code === 0x0a) {
      isLineStart = true;
      at++;
    } else if (code > 0x7f || kindOfSign[code] === letter) at++;
    else if (code === 0x5c) at += 2;
    else if (code === 0x60) at = readCodeSpan(at);
    else if (code === 0x3c) at = readAngle(at);
    else if (code === 0x26) at = readEntity(at);
    else if (code === 0x5d) at = readAfterBracket(at);
    else if (code === 0x5b && text[at + 1] === '^') {
      const label = sticky(/\[\^[^\]\s]{1,200}\]/y, at);
      mark(at, at + label.length, isMarkup);
      at += label.length || 1;
    } else if (code === 0x7b && format === 'mdx' && text.startsWith('{/*', at)) {
      const close = find('*/}', at);
      const to = close < 0 ? at + 3 : close + 3;
      if (close >= 0) mark(at, to, isMarkup);
      at = to;
    } else at++;
  }
  for (const found of [...open.values()].flat()) {
    found.kind = 'never-closed';
    found.end = end;
  }
  markDefinitions();
  return { ...wordsByKind(text, map), suspects: suspects.sort((a, b) => a.at - b.at), map, openFence };

  function sticky(form: RegExp, from: number): string {
    form.lastIndex = from;
    return form.exec(text)?.[0] ?? '';
  }

  /** Markers of quotations and lists, fences, and definitions. @returns where the line continues */
  function readLineStart(from: number): number {
    const signs = sticky(/(?:[ \t]*(?:>|[*+-](?=\s)|\d{1,9}[.)](?=\s)))*[ \t]*/y, from);
    mark(from, from + signs.length, isMarkup);
    let here = from + signs.length;
    const box = sticky(/\[[xX ]\](?=\s)/y, here);
    mark(here, here + box.length, isMarkup);
    here += box.length;
    const fence = sticky(/`{3,}(?=[^`\n]*(?:\n|$))|~{3,}/y, here);
    if (fence !== '') return readFence(here, fence);
    const label = sticky(/\[(?:\\.|[^[\]\\\n]){1,999}\]:/y, here);
    if (label !== '' && !label.startsWith('[^')) return readDefinition(here, label);
    const caption = sticky(/Table:(?=\s)/y, here);
    mark(here, here + caption.length, isMarkup);
    return here + caption.length;
  }

  function readFence(from: number, fence: string): number {
    const lineEnd = endOfLine(from);
    const info = text.slice(from + fence.length, lineEnd);
    const words = info.trim().split(/\s+/);
    // `js`, `js {1,3}`, `title="x"`: text for a program. A sentence is not.
    const isProse = words.length >= 4 && !/[{}=:[\]]/.test(info);
    if (isProse) suspect('info', from, lineEnd);
    else mark(from, lineEnd, isMarkup);
    const close = new RegExp(`^[ \\t>]*${fence[0]}{${Math.min(fence.length, 100)},}[ \\t]*$`, 'gm');
    close.lastIndex = lineEnd;
    const found = close.exec(text);
    const to = found ? found.index + found[0].length : end;
    if (!found) openFence = from;
    mark(lineEnd, to, isCode);
    return to;
  }

  function readDefinition(from: number, label: string): number {
    const rest = sticky(/[ \t]*\n?[ \t]*(?:<[^<>\n]*>|[^\s<][^\s]*)/y, from + label.length);
    if (rest === '') return from + label.length;
    const target = rest.trim();
    let to = from + label.length + rest.length;
    const title = sticky(
      /[ \t]*\n?[ \t]*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))[ \t]*(?=\n|$)/y,
      to,
    );
    to += title.length;
    // There is more on the line, so it is not a definition but a paragraph, which is printed.
    if (title === '' && sticky(/[ \t]*(?=\n|$)/y, to) === '' && text[to] !== '\n' && to < end) return from + 1;
    definitions.push({
      label: folded(label.slice(1, -2)),
      at: from,
      end: to,
      isAddress: /[/.:#<@?]/.test(target),
    });
    return to;
  }

  function markDefinitions(): void {
    if (definitions.length === 0) return;
    const used = new Set<string>();
    for (const [, label = ''] of text.matchAll(/\[((?:\\.|[^[\]\\]){1,999})\](?!:)/g)) used.add(folded(label));
    for (const found of definitions) {
      if (found.isAddress || used.has(found.label)) mark(found.at, found.end, isMarkup);
      else suspect('definition', found.at, found.end, text.slice(found.at + 1, text.indexOf(']', found.at)));
    }
  }

  function readCodeSpan(from: number): number {
    const ticks = sticky(/`+/y, from);
    const blank = find('\n\n', from);
    const limit = Math.min(blank < 0 ? end : blank, from + 10_000);
    for (let to = text.indexOf(ticks, from + ticks.length); to >= 0 && to < limit; ) {
      const run = sticky(/`+/y, to);
      if (run.length === ticks.length) {
        mark(from + ticks.length, to, isCode);
        return to + run.length;
      }
      to = text.indexOf(ticks, to + run.length);
    }
    return from + ticks.length;
  }

  /**
   * Words next to an entity, such as `caf&eacute;`, are not counted, because only the parser knows what it stands for.
   */
  function readEntity(from: number): number {
    const entity = sticky(/&(?:#\d{1,8}|#[xX][\da-fA-F]{1,8}|[A-Za-z][A-Za-z\d]{1,40});?/y, from);
    if (entity === '') return from + 1;
    let begin = from;
    while (begin > 0 && kindOfSign[text.charCodeAt(begin - 1)] !== notAWord) begin--;
    let to = from + entity.length;
    while (to < end && kindOfSign[text.charCodeAt(to)] !== notAWord) to++;
    mark(begin, to, isMarkup);
    return to;
  }

  function readEntitiesIn(from: number, to: number): void {
    for (let at = text.indexOf('&', from); at >= 0 && at < to; at = text.indexOf('&', at)) at = readEntity(at);
  }

  /** The address of a link, or the label that refers to one. Their text in brackets stays. */
  function readAfterBracket(from: number): number {
    if (text[from + 1] === '[') {
      const label = sticky(/\]\[(?:\\.|[^[\]\\]){0,999}\](?![[(])/y, from);
      mark(from, from + label.length, isMarkup);
      return from + (label.length || 1);
    }
    if (text[from + 1] !== '(') return from + 1;
    const target = sticky(/\]\(\s*(?:<[^<>\n]*>|(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*)/y, from);
    mark(from, from + target.length, isMarkup);
    return from + (target.length || 1);
  }

  function readAngle(from: number): number {
    const next = text[from + 1] ?? '';
    if (next === '!') {
      if (text.startsWith('<!--', from)) return readComment(from);
      if (lower.startsWith('<![cdata[', from)) {
        const close = find(']]>', from);
        suspect('cdata', from, close < 0 ? end : close + 3);
        mark(from, from + 9, isMarkup);
        return from + 9;
      }
      if (!/[a-z]/i.test(text[from + 2] ?? '')) return from + 1;
      const close = find('>', from);
      if (close < 0) suspect('tag-open', from, end, text.slice(from, from + 12));
      else mark(from, close + 1, isMarkup);
      return close < 0 ? from + 2 : close + 1;
    }
    if (next === '?') {
      const close = find('?>', from);
      if (close >= 0) mark(from, close + 2, isMarkup);
      else suspect('instruction', from, end);
      return close < 0 ? from + 2 : close + 2;
    }
    return /[a-z/]/i.test(next) ? readTag(from) : from + 1;
  }

  function readComment(from: number): number {
    if (/^<!--?-?>/.test(text.slice(from, from + 6))) {
      const to = text.indexOf('>', from) + 1;
      mark(from, to, isMarkup);
      return to;
    }
    const close = find('-->', from + 4);
    if (close < 0) {
      suspect('comment-open', from, end);
      return from + 4;
    }
    const inner = text.lastIndexOf('<!--', close);
    if (inner > from) {
      // Anyone who opens a second comment assumes that the first is closed, so the words in between are meant for
      // readers.
      suspect('comment-in-comment', from, inner);
      return from + 4;
    }
    mark(from, close + 3, isMarkup);
    return close + 3;
  }

  function readTag(from: number): number {
    const isClosing = text[from + 1] === '/';
    const name = sticky(/<\/?[A-Za-z][\w.:-]*/y, from);
    if (name === '') return from + 1;
    const tagName = name.replace(/^<\/?/, '');
    const isComponent = /^[A-Z]/.test(tagName) && format === 'mdx';
    let here = from + name.length;
    if (!/[\s/>]/.test(text[here] ?? '')) return from + name.length; // an address such as <https://…>
    const values: [from: number, to: number][] = [];
    const kept: typeof values = [];
    const stray: typeof values = [];
    let hasValue = false;
    for (;;) {
      here += sticky(/\s*/y, here).length;
      if (here >= end || text[here] === '<') return unclosed();
      if (text[here] === '>') break;
      if (text.startsWith('/>', here)) {
        here++;
        break;
      }
      const attribute = sticky(/[^\s"'=<>/]+(?:\s*=\s*)?/y, here);
      const key = attribute.replace(/\s*=\s*$/, '');
      here += attribute.length || 1;
      if (!attribute.includes('=')) {
        if (!isClosing && !isComponent && isStrayWord(attribute)) stray.push([here - attribute.length, here]);
        continue;
      }
      hasValue = true;
      const quote = text[here];
      let to: number;
      if (quote === '"' || quote === "'") {
        to = find(quote, here + 1);
        if (to < 0) return unclosed();
        here++;
      } else to = here + sticky(/[^\s>]*/y, here).length;
      if (isComponent && !chosen.test(key)) kept.push([here, to]);
      else if (!isComponent && worded.test(key)) values.push([here, to]);
      here = to + (quote === '"' || quote === "'" ? 1 : 0);
    }
    const to = here + 1;
    mark(from, to, isMarkup);
    for (const [begin, stop] of values) mark(begin, stop, isAttribute);
    for (const [begin, stop] of kept) mark(begin, stop, isWords);
    for (const [begin, stop] of [...values, ...kept]) readEntitiesIn(begin, stop);
    if (stray.length > 0) {
      // Words next to the tag run together on the page.
      let [begin, stop] = [from, to];
      while (begin > 0 && kindOfSign[text.charCodeAt(begin - 1)] === letter) begin--;
      while (kindOfSign[text.charCodeAt(stop)] === letter) stop++;
      suspect('tag-words', begin, stop, tagName);
      // Without any value, its author did not mean a tag, so its name is a word as well.
      for (const [begin, stop] of hasValue ? stray : [[from + 1, to - 1] as const]) mark(begin, stop, isWords);
    }
    readElement(from, to, tagName, isClosing);
    if (!isClosing && text[to - 2] !== '/') return readContent(to, tagName.toLowerCase());
    return to;

    function unclosed(): number {
      suspect('tag-open', from, endOfParagraph(from), tagName);
      return from + name.length;
    }
  }

  /** Records which elements are open, and which of them HTML does not close with a slash. */
  function readElement(from: number, to: number, tagName: string, isClosing: boolean): void {
    const name = tagName.toLowerCase();
    if (format === 'mdx' && tagName !== name) return;
    if (voids.test(name)) return;
    if (!isClosing && text[to - 2] === '/') {
      if (format === 'md') suspect('self-closed', from, end, name);
      return;
    }
    const isFallback = fallbacks.test(name);
    if (!isFallback && !removed.test(name) && !rawElements.test(name)) return;
    const opened = open.get(name) ?? [];
    open.set(name, opened);
    if (!isClosing) opened.push(suspect(isFallback ? 'fallback' : 'removed', from, end, name));
    else {
      const closed = opened.pop();
      if (closed) closed.end = to;
    }
  }

  /** The content of a script or style is not text. The content of a video is for browsers that cannot play it. */
  function readContent(to: number, name: string): number {
    if (!rawElements.test(name) && !fallbacks.test(name)) return to;
    const close = find(`</${name}`, to);
    if (close < 0) return to;
    if (fallbacks.test(name)) {
      const again = find(`<${name}`, to);
      if (again >= 0 && again < close) return to;
      const inside = text.slice(to, close);
      if (/\n\s*\n/.test(inside) && inside.split(/\s+/).length > 40) return to;
    }
    mark(to, close, isMarkup);
    return close;
  }

  function endOfLine(from: number): number {
    const to = text.indexOf('\n', from);
    return to < 0 ? end : to;
  }

  function endOfParagraph(from: number): number {
    const to = find('\n\n', from);
    return to < 0 ? end : to;
  }
}

const folded = (label: string): string => label.replace(/\s+/g, ' ').trim().toLowerCase();
