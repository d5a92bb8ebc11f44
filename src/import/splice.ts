/**
 * A text in which some ranges were replaced, but which still knows where every part came from. An archive should stay
 * as its authors wrote it, so `import` never rewrites a whole text. It replaces what has to change and copies the rest
 * byte for byte.
 */
export interface Spliced {
  text: string;
  /**
   * The position of a character of `text` in the original source. In a replaced range, it is the beginning of the
   * range.
   */
  origin(offset: number): number;
}

export interface Edit {
  start: number;
  end: number;
  text: string;
}

export const unspliced = (text: string): Spliced => ({ text, origin: (offset) => offset });

/**
 * Applies edits to a text. If two overlap, the one that begins first applies, or the longer one if they begin at the
 * same position, because an edit that replaces a whole element also decides about its content.
 *
 * @param edits offsets in `source.text`, in any order
 */
export function splice(source: Spliced, edits: readonly Edit[]): Spliced {
  if (edits.length === 0) return source;
  const ordered = edits
    .map((edit, place) => ({ edit, place }))
    .sort((a, b) => a.edit.start - b.edit.start || b.edit.end - a.edit.end || a.place - b.place);
  const parts: string[] = [];
  const starts: number[] = [];
  const olds: number[] = [];
  const fixed: boolean[] = [];
  let at = 0;
  let length = 0;
  const add = (text: string, old: number, isReplaced: boolean) => {
    if (text === '') return;
    // An exclamation mark before a new link would make a picture of it.
    if (isReplaced && text.startsWith('[') && source.text[old] !== '[' && isUnescapedMark(parts.at(-1))) {
      add('&#33;', old, true);
      parts.splice(-2, 1, (parts.at(-2) ?? '').slice(0, -1));
      length--;
      starts[starts.length - 1] = (starts.at(-1) ?? 1) - 1;
    }
    parts.push(text);
    starts.push(length);
    olds.push(old);
    fixed.push(isReplaced);
    length += text.length;
  };
  for (const { edit } of ordered) {
    if (edit.start < at) continue;
    add(source.text.slice(at, edit.start), at, false);
    add(edit.text, edit.start, true);
    at = edit.end;
  }
  add(source.text.slice(at), at, false);
  const end = source.text.length;
  return {
    text: parts.join(''),
    origin(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const old = olds[low];
      if (old === undefined) return source.origin(end);
      return source.origin(fixed[low] ? old : old + offset - (starts[low] ?? 0));
    },
  };
}

const isUnescapedMark = (text: string | undefined): boolean =>
  text?.endsWith('!') === true && (/\\*(?=!$)/.exec(text)?.[0].length ?? 0) % 2 === 0;

/** Counts lines without scanning the text from its beginning each time. */
export function lineCounter(text: string): (offset: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return (offset) => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
