/** The ranges of code, fenced or inline, found without a parser, because templates are not Markdown yet. */
export function codeRanges(text: string): [number, number][] {
  if (!text.includes('`') && !text.includes('~~~')) return [];
  const ranges: [number, number][] = [];
  let at = 0;
  let fence: { mark: string; start: number } | undefined;
  let paragraph = 0;
  for (const line of text.split('\n')) {
    const mark = hasFence.test(line) ? fenceLine.exec(line) : null;
    if (fence) {
      if (mark && (mark[1] as string).startsWith(fence.mark) && (mark[2] as string).trim() === '') {
        ranges.push([fence.start, at + line.length]);
        fence = undefined;
        paragraph = at + line.length;
      }
    } else if (mark && !((mark[1] as string).startsWith('`') && (mark[2] as string).includes('`'))) {
      addInline(text, paragraph, at, ranges);
      fence = { mark: mark[1] as string, start: at };
    } else if (!hasWords.test(line)) {
      addInline(text, paragraph, at, ranges);
      paragraph = at;
    }
    at += line.length + 1;
  }
  if (fence) ranges.push([fence.start, text.length]);
  else addInline(text, paragraph, text.length, ranges);
  return ranges.sort((a, b) => a[0] - b[0]);
}

/** Nearly no line has a fence, and this is cheaper than the pattern of one. */
const hasFence = /```|~~~/;
const fenceLine = /^(?: {0,3}|\s*(?:[-*+]|\d+[.)])\s+|\s+)(`{3,}|~{3,})([^\n]*)$/;
const hasWords = /\S/;

/** Adds the code in a paragraph. A run of backticks ends at the next run of the same length. */
function addInline(text: string, from: number, to: number, ranges: [number, number][]): void {
  const part = text.slice(from, to);
  if (!part.includes('`')) return;
  const runs = [...part.matchAll(/`+/g)].map((run) => ({ place: run.index, length: run[0].length }));
  // From the end, so that each run knows where the next one of its length is.
  const nextOfLength = new Map<number, number>();
  const closes = new Array<number | undefined>(runs.length);
  for (let index = runs.length - 1; index >= 0; index--) {
    const { place, length } = runs[index] as (typeof runs)[number];
    closes[index] = nextOfLength.get(length);
    nextOfLength.set(length, place);
  }
  let done = -1;
  for (const [index, { place, length }] of runs.entries()) {
    const close = closes[index];
    if (place < done || close === undefined) continue;
    done = close + length;
    ranges.push([from + place, from + done]);
  }
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
