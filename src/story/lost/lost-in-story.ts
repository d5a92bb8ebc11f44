import type { Problem } from '../../problems/problem.ts';
import type { Source } from '../../yaml/source-type.ts';
import type { CompiledBody } from '../body/compile.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { accidentsIn, mayHaveAccidents } from './accidents.ts';
import { cutValues } from './cut-values.ts';
import { leftoversIn } from './leftovers.ts';
import { leftoversInValues } from './leftovers-in-values.ts';
import { firstLook } from './letter-sum.ts';
import { missingWords } from './lost.ts';
import { misreadValues } from './misread-values.ts';
import { readPlainly } from './plain-reading.ts';
import { isCountRight } from './quick-count.ts';
import type { PlainReading } from './reading.ts';

/** A file with a body, after reading and compiling. */
export interface ReadStory {
  /** Newsroom-relative. */
  file: string;
  format: 'md' | 'mdx';
  source: Source;
  body: Pick<CompiledBody, 'body' | 'problems'>;
  /** BCP 47. */
  language: string;
}

/**
 * The words of a story that readers would not get, and markup that they would see.
 *
 * @returns `lost`: errors, unless the story was published before (`ingest/judge-lost.ts`). `warnings` stay warnings
 */
export function lostInStory(story: ReadStory): { lost: Problem[]; warnings: Problem[] } {
  const { file, source, body, language } = story;
  const found: Problem[] = [
    ...cutValues(file, source),
    ...misreadValues(file, source),
    ...leftoversInValues(file, source, language),
  ];
  // A body with errors is incomplete, so its words are counted once the errors are corrected.
  if (!body.problems.some(({ severity }) => severity === 'error'))
    for (const problem of lostInBody(story)) found.push({ ...problem, file, line: problem.line + source.bodyLine - 1 });
  return {
    lost: found.filter(({ severity }) => severity === 'error'),
    warnings: found.filter(({ severity }) => severity === 'warning'),
  };
}

/** The fast count is enough for most stories. Only the others are read word by word. */
function lostInBody({ format, source: { body: text }, body: { body }, language }: ReadStory): BodyProblem[] {
  const look = firstLook(text, body);
  const mayLose = !look.hasSameLetters && !isCountRight(text, body);
  const mayBeAccident = mayHaveAccidents(text);
  if (!mayLose && !look.hasSigns && !mayBeAccident) return [];
  const reading: PlainReading = readPlainly(text, format);
  return [
    ...(mayLose ? missingWords(text, body, reading) : []),
    ...(look.hasSigns ? leftoversIn(text, body, reading.map, language) : []),
    ...(mayBeAccident ? accidentsIn(text, format, reading.map, reading.openFence) : []),
  ];
}
