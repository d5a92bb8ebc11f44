/*
 * Reads YAML line by line, to find text that an editor typed and YAML does not use as a value. It shares no code with
 * the parser. In case of doubt, it assumes that text is a comment.
 */

/** What is found on a line, and what is beside it. */
export interface Found {
  /** The column in which it begins. */
  at: number;
  /**
   * `block`: a comment where a block of text seems to continue. `joined`: a list entry that became part of the value
   * above it.
   */
  kind: 'comment' | 'anchor' | 'tag' | 'block' | 'joined';
  /** The value before it on the line. */
  value: string;
  key: string;
  /** The text before the value on its line: its key, the hyphen of a list, or both. */
  before: string;
  /** The value began on an earlier line. */
  isContinued?: boolean;
  /** It is inside brackets or quotation marks that were opened on an earlier line. */
  isInside?: boolean;
}

export interface Reading {
  /** The open quotation mark. */
  quote: string;
  /** The number of open brackets. */
  depth: number;
  /** The last key, and its indentation. */
  key: string;
  keyIndent: number;
  /** A block of text (`|` or `>`) that continues while lines are indented. */
  block: { parent: number; indent?: number } | undefined;
  /** A text without quotation marks. It continues on lines that are indented further than `parent`. */
  plain: { parent: number; isEntry: boolean } | undefined;
}

export const newReading = (): Reading => ({
  quote: '',
  depth: 0,
  key: '',
  keyIndent: 0,
  block: undefined,
  plain: undefined,
});

export function readLine(line: string, state: Reading): Found | undefined {
  const indent = /^ */.exec(line)![0].length;
  if (state.block) {
    if (line.trim() === '') return undefined;
    state.block.indent ??= indent > state.block.parent ? indent : undefined;
    if (state.block.indent !== undefined && indent >= state.block.indent) return undefined;
    const { parent } = state.block;
    state.block = undefined;
    if (indent > parent && line[indent] === '#')
      return { at: indent, kind: 'block', value: '', key: state.key, before: '' };
  }
  const isGoingOn = state.quote !== '' || state.depth > 0;
  let from = 0;
  let isEntry = false;
  if (!isGoingOn) {
    if (line.trim() === '') return undefined;
    if (line[indent] === '#') {
      state.plain = undefined;
      return undefined; // a separate comment
    }
    if (state.plain && indent > state.plain.parent) {
      // In a sentence, a line can begin with a hyphen. In a list, the hyphen begins an entry.
      if (state.plain.isEntry && /^-(?:\s|$)/.test(line.slice(indent)))
        return { at: indent, kind: 'joined', value: '', key: state.key, before: '' };
      const comment = /(?<=\s)#/.exec(line.slice(indent));
      if (!comment) return undefined;
      state.plain = undefined;
      const at = indent + comment.index;
      const value = line.slice(indent, at).trim();
      return { at, kind: 'comment', value, key: state.key, before: '', isContinued: true };
    }
    state.plain = undefined;
    const signs = /^\s*(?:- +)*/.exec(line)![0];
    from = signs.length;
    const key = /^(?:"[^"]*"|'[^']*'|[^\s#&"'[\]{},:][^#:]*?)\s*:(?=\s|$)/.exec(line.slice(from))?.[0];
    if (key !== undefined) {
      state.key = key.replace(/\s*:$/, '').replace(/^["']|["']$/g, '');
      state.keyIndent = from;
      from += key.length;
    } else if (signs.includes('-')) state.keyIndent = indent;
    isEntry = key === undefined && signs.includes('-');
  }
  const begin = from + /^\s*/.exec(line.slice(from))![0].length;
  const before = line.slice(0, begin).trimStart();
  if (!isGoingOn && line[begin] === '&') return { at: begin, kind: 'anchor', value: '', key: state.key, before };
  if (!isGoingOn && /^!(?:!|\s)/.test(line.slice(begin)))
    return { at: begin, kind: 'tag', value: '', key: state.key, before };
  const end = endOfValue(line, begin, state);
  const value = line.slice(begin, end).trim();
  if (!isGoingOn && /^[|>][+-]?\d?[+-]?$/.test(value)) state.block = { parent: indent };
  else if (!isGoingOn && value !== '' && state.depth === 0 && state.quote === '' && !/^["'[{]/.test(value))
    // A comment ends a plain text.
    state.plain = end < line.length ? undefined : { parent: state.keyIndent, isEntry };
  if (end < line.length) return { at: end, kind: 'comment', value, key: state.key, before, isInside: isGoingOn };
  const inBrackets = state.depth > 0 || /^[[{]/.test(value) ? propertyIn(line, begin) : undefined;
  return inBrackets === undefined
    ? undefined
    : { at: inBrackets, kind: line[inBrackets] === '&' ? 'anchor' : 'tag', value: '', key: state.key, before: '' };
}

/** Where a value in brackets begins with & or !, outside quotation marks. */
function propertyIn(line: string, from: number): number | undefined {
  const bare = line.slice(from).replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (text) => '_'.repeat(text.length));
  const found = /[[{,]\s*(?:[\w-]+:\s+)?(?=&\S|![!\s])/.exec(bare);
  return found ? from + found.index + found[0].length : undefined;
}

/** Where a comment begins on a line, or the length of the line. Quotation marks and brackets can stay open. */
function endOfValue(line: string, from: number, state: Reading): number {
  for (let at = from; at < line.length; at++) {
    const sign = line[at]!;
    if (state.quote !== '') {
      if (sign === '\\' && state.quote === '"') at++;
      else if (sign === state.quote) state.quote = '';
    } else if (sign === '#' && (at === 0 || /\s/.test(line[at - 1]!))) return at;
    else if (
      (sign === '"' || sign === "'") &&
      (at === from || (state.depth > 0 && /[\s,[{:]/.test(line[at - 1] ?? ' ')))
    )
      state.quote = sign;
    else if (sign === '[' || sign === '{') {
      if (at === from || state.depth > 0) state.depth++;
    } else if ((sign === ']' || sign === '}') && state.depth > 0) state.depth--;
  }
  return line.length;
}
