import { isTooDeep } from '../story/body/compile.ts';
import type { Change } from './receipt.ts';
import { type Edit, type Spliced, splice } from './splice.ts';

/**
 * Puts a backslash before lines such as a row of a hundred `>`, which a build refuses, because a parser takes seconds
 * for them. They are pasted lines, and the story must not be lost for one.
 */
export function withoutDeepLines(
  source: Spliced,
  { file, lineOf }: { file: string; lineOf(offset: number): number },
): { spliced: Spliced; changes: Change[] } {
  const edits: Edit[] = [];
  const changes: Change[] = [];
  // A hundred signs take a hundred characters.
  if (!/^.{101}/m.test(source.text)) return { spliced: source, changes };
  let start = 0;
  for (const line of source.text.split('\n')) {
    if (isTooDeep(line)) {
      const at = start + line.length - line.trimStart().length;
      edits.push({ start: at, end: at, text: '\\' });
      changes.push({
        ...{ file, line: lineOf(source.origin(start)), kind: 'markdown-changed' },
        ...{ before: line.slice(0, 100), after: `\\${line.trimStart().slice(0, 100)}` },
      });
    }
    start += line.length + 1;
  }
  return { spliced: splice(source, edits), changes };
}
