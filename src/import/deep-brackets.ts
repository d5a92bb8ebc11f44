import { codeRanges, isIn } from './code-ranges.ts';
import type { Change } from './receipt.ts';
import { type Edit, type Spliced, splice } from './splice.ts';

/** Measured: 1,000 nested pictures take the parser 0.8 s, and 4,000 take 16 s. Without the innermost, it is hardly faster. */
const depthMax = 100;
/** Measured: 10,000 brackets that nothing opens take 7 s. */
const unopenedMax = 1000;
/** Measured: 16,000 signs that nothing closes take 2.1 s. */
const signsMax = 10_000;

/**
 * Puts a backslash before the brackets of a paragraph that nests them too deeply, and before the emphasis signs of one that
 * has too many. The parser takes quadratic time for them. Nobody writes that, but a file that is broken can contain it, and the
 * rest of its text must not be lost.
 */
export function withoutDeepBrackets(
  source: Spliced,
  { file, lineOf }: { file: string; lineOf(offset: number): number },
): { spliced: Spliced; changes: Change[] } {
  const { text } = source;
  if (text.length < depthMax) return { spliced: source, changes: [] };
  const found = [...tooMany(text)];
  if (found.length === 0) return { spliced: source, changes: [] };
  const code = codeRanges(text);
  const edits: Edit[] = [...tooMany(text, (at) => isIn(code, at))].map((at) => ({ start: at, end: at, text: '\\' }));
  const [first] = edits;
  if (first === undefined) return { spliced: source, changes: [] };
  const before = text.slice(first.start, first.start + 100);
  const changes: Change[] = [
    { file, line: lineOf(source.origin(first.start)), kind: 'markdown-changed', before, after: `\\${before}` },
  ];
  return { spliced: splice(source, edits), changes };
}

/**
 * The brackets of paragraphs in which they are nested too deeply, and the signs of those with too many. An empty line ends
 * a paragraph, and with it what is open.
 */
function* tooMany(text: string, isCode: (at: number) => boolean = () => false): Generator<number> {
  let found: { sign: string; at: number }[] = [];
  for (const { 0: sign, index } of text.matchAll(/\n[ \t]*\n|(?<!\\)[[\]*_~]/g))
    if (!sign.startsWith('\n')) found.push({ sign, at: index });
    else {
      yield* tooManyOf(found, isCode);
      found = [];
    }
  yield* tooManyOf(found, isCode);
}

function* tooManyOf(
  found: readonly { sign: string; at: number }[],
  isCode: (at: number) => boolean,
): Generator<number> {
  if (found.length < depthMax) return;
  const written = found.filter(({ at }) => !isCode(at));
  let [depth, deepest, unopened, signs] = [0, 0, 0, 0];
  for (const { sign } of written)
    if (sign === '[') deepest = Math.max(deepest, ++depth);
    else if (sign !== ']') signs++;
    else if (depth > 0) depth--;
    else unopened++;
  const isHard = { bracket: deepest > depthMax || unopened > unopenedMax, sign: signs > signsMax };
  for (const { sign, at } of written) if (isHard[/[[\]]/.test(sign) ? 'bracket' : 'sign']) yield at;
}
