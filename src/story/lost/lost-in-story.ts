import type { Problem } from '../../problems/problem.ts';
import type { CompiledBody } from '../body/compile.ts';
import type { Source } from '../source.ts';
import { cutValues } from './cut-values.ts';
import { lostWords } from './lost.ts';

/** A file with a body, read and compiled. */
export interface ReadStory {
  /** Newsroom-relative. */
  file: string;
  format: 'md' | 'mdx';
  source: Source;
  body: Pick<CompiledBody, 'body' | 'problems'>;
}

/**
 * What of a story's words readers would not get.
 *
 * @returns `lost`: errors, unless the story was published before (`index/judge-lost.ts`); `warnings` stay warnings
 */
export function lostInStory({ file, format, source, body }: ReadStory): { lost: Problem[]; warnings: Problem[] } {
  const found: Problem[] = cutValues(file, source);
  // A body with errors is not whole: its words are counted when the errors are gone.
  if (!body.problems.some(({ severity }) => severity === 'error'))
    for (const problem of lostWords({ text: source.body, format }, body.body))
      found.push({ ...problem, file, line: problem.line + source.bodyLine - 1 });
  return {
    lost: found.filter(({ severity }) => severity === 'error'),
    warnings: found.filter(({ severity }) => severity === 'warning'),
  };
}
