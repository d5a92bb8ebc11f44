/** The ranges of code, fenced or inline, found without a parser, because templates are not Markdown yet. */
export function codeRanges(text: string): [number, number][] {
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

/** Whether a position is in one of the ranges, which are in order. */
export function isIn(ranges: readonly [number, number][], offset: number): boolean {
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
