/**
 * A text without its comments, which are notes among editors. What looks like a comment inside of code stays.
 *
 * Every part of the text is passed once, because a text can consist of nothing but opening signs.
 */
export function withoutComments(text: string): string {
  const opening = /^ {0,3}(`{3,}|~{3,})|(`+)|<!--|\{\s*\/\*/gm;
  const lastRun = new Map([...text.matchAll(/`+/g)].map(({ 0: { length }, index }) => [length, index]));
  const lastClosing = { '-->': text.lastIndexOf('-->'), '*/': text.lastIndexOf('*/') };
  let kept = '';
  let from = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [sign, fence, run] = match;
    const after = match.index + sign.length;
    if (fence !== undefined) {
      const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`, 'gm');
      closing.lastIndex = after;
      if (!closing.exec(text)) break; // the rest is code
      opening.lastIndex = closing.lastIndex;
    } else if (run !== undefined) {
      if ((lastRun.get(run.length) ?? 0) >= after) opening.lastIndex = endOfRun(text, run.length, after);
    } else {
      const closing = sign === '<!--' ? '-->' : '*/';
      const end = lastClosing[closing] < after ? undefined : endOfComment(text, closing, after);
      if (end === undefined) continue;
      kept += text.slice(from, match.index);
      from = end;
      opening.lastIndex = end;
    }
  }
  return kept + text.slice(from);
}

/** The end of the next run of backticks of a length, which exists. */
function endOfRun(text: string, length: number, from: number): number {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let match = runs.exec(text); match; match = runs.exec(text))
    if (match[0].length === length) return runs.lastIndex;
  return from;
}

/** The end of a comment that is closed somewhere, or undefined if it is none. */
function endOfComment(text: string, closing: '-->' | '*/', from: number): number | undefined {
  const end = text.indexOf(closing, from) + closing.length;
  if (closing === '-->') return end;
  const brace = /\s*\}/y;
  brace.lastIndex = end;
  return brace.test(text) ? brace.lastIndex : undefined;
}
