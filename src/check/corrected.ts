import { applyCure, type Cure, type Problem } from '../problems/problem.ts';
import { type CopyEdit, splice } from '../story/copy/copy.ts';
import { frontMatterBlock } from '../yaml/front-matter-block.ts';
import { editFrontMatter } from '../yaml/write/front-matter.ts';
import { normalText } from '../yaml/write/normal-text.ts';

/** A cure with a gap is for the editor to fill in, and only the editor knows which day was meant. */
export const isCertain = ({ cure, rule }: Problem): boolean =>
  cure !== undefined && rule !== 'no-such-date' && !cure.lines.some((line) => line.includes('…'));

/**
 * A text after the cures of its problems. They are applied from the end, so that the lines before keep their numbers. Of
 * two that overlap, the later one wins.
 */
export function withCures(text: string, cures: readonly Cure[]): string {
  const lineEnd = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  let fixed = text.replace(/\r\n?/g, '\n');
  let free = Number.POSITIVE_INFINITY;
  for (const cure of cures.toSorted((one, other) => other.from - one.from)) {
    if (cure.to >= free) continue;
    fixed = applyCure(fixed, cure);
    free = cure.from;
  }
  return fixed.replaceAll('\n', lineEnd);
}

/** A text after a copy editor's certain corrections. */
export function withEdits(text: string, edits: readonly CopyEdit[]): string {
  const body = edits.filter((edit) => edit.kind === 'body').toSorted((one, other) => one.at - other.at);
  let fixed = text;
  if (body.length > 0) {
    const normal = normalText(text);
    const start = bodyStart(normal.text);
    if (normal.text === text) fixed = text.slice(0, start) + splice(text.slice(start), body);
    else {
      // Each correction keeps the line endings and every other byte around it.
      let free = Number.POSITIVE_INFINITY;
      for (const { at, end, write } of body.toReversed()) {
        if (end > free) continue;
        fixed = normalText(fixed).replace(start + at, start + end, write);
        free = at;
      }
    }
  }
  for (const edit of edits) {
    if (edit.kind !== 'value') continue;
    const edited = editFrontMatter(fixed, [{ path: edit.path, value: edit.value }]);
    if ('text' in edited) fixed = edited.text;
  }
  return fixed;
}

const bodyStart = (text: string): number => frontMatterBlock.exec(text)?.[0].length ?? 0;
