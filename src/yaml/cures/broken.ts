import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { Problem } from '../../problems/problem.ts';
import { keysOfFiles } from '../field-keys.ts';
import { brokenYaml as brokenYamlAt, yamlRepeats } from '../problems.ts';
import { type YamlCure, yamlCures } from './broken-yaml.ts';
import { cureOf, hintOfCure } from './edits.ts';

/**
 * The number of characters that YAML anchors can add to a file. A higher number means a loop of copies: an 8 KB story
 * could fill a hundred pages.
 */
export const repeatedLettersMax = 10_000;
/** A longer text is not corrected by trial. */
const curedLettersMax = 50_000;

/** What is wrong with a text that is not valid YAML, and how it should be written. */
export function brokenYaml(error: YAMLException, file: string, yaml: string, yamlLine: number): Problem {
  const mark = markOf(error, yaml);
  const found = yaml.length > curedLettersMax ? undefined : cureYaml(yaml, mark.line);
  const cure = found && cureOf({ yaml, yamlLine }, found.text);
  // The parser stops after the mistake. The line to correct is where the cure applies.
  const at = cure ? cure.from : yamlLine + mark.line;
  const line = yaml.split('\n')[at - yamlLine]?.trim();
  return brokenYamlAt(
    { file, line: at, column: at === yamlLine + mark.line ? mark.column + 1 : 1 },
    error.reason,
    line ?? '',
    found && cure ? { hint: `${found.why} ${hintOfCure(cure, at)}`, cure } : undefined,
  );
}

/** The first cure that makes the text readable, or the first one that moves the error further down. */
function cureYaml(yaml: string, line: number): YamlCure | undefined {
  let later: YamlCure | undefined;
  for (const cure of yamlCures(yaml, line, keysOfFiles)) {
    try {
      const data: unknown = load(cure.text, { schema: CORE_SCHEMA });
      if (data === null || typeof data === 'object') return cure;
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      if (!later && markOf(error, cure.text).line > line + 1) later = cure;
    }
  }
  return later;
}

/**
 * The line of the error in a YAML text, counted from 0. An unclosed element is noticed only at the end of the text, so
 * this looks for the line that opened it: the first line after which the end comes too early.
 */
function markOf({ mark, reason }: YAMLException, yaml: string): { line: number; column: number } {
  const { line, column } = (mark as { line: number; column: number } | undefined) ?? { line: 0, column: 0 };
  const lines = yaml.split('\n');
  const isUnclosed = (count: number) => {
    try {
      load(`${lines.slice(0, count).join('\n')}\n`, { schema: CORE_SCHEMA });
      return false;
    } catch (error) {
      return error instanceof YAMLException && error.reason === reason;
    }
  };
  if (!/^unexpected end of the stream/.test(reason)) return { line, column };
  // Bisects: everything before that line is closed, and everything from it on is not.
  let [closed, unclosed] = [0, Math.min(line, lines.length - 1) + 1];
  while (unclosed - closed > 1) {
    const middle = (closed + unclosed) >> 1;
    if (isUnclosed(middle)) unclosed = middle;
    else closed = middle;
  }
  return unclosed - 1 === line ? { line, column } : { line: unclosed - 1, column: 0 };
}

/**
 * By how many characters anchors expand a text beyond its written length, if that is too many. Otherwise 0. Counting
 * stops at the limit.
 */
export function repeatedLetters(data: unknown, yaml: string): number {
  if (!/&\S/.test(yaml) || !/\*\S/.test(yaml)) return 0;
  const max = yaml.length + repeatedLettersMax;
  let letters = 0;
  const stack = [data];
  while (stack.length > 0 && letters <= max) {
    const value = stack.pop();
    if (typeof value === 'string') letters += value.length;
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) {
        letters += Array.isArray(value) ? 1 : key.length;
        stack.push(inner);
      }
    else letters++;
  }
  return letters > max ? letters - yaml.length : 0;
}

export function tooMuchRepeated(file: string, yaml: string, yamlLine: number, letters: number): Problem {
  const at = yaml.search(/(?:^|[\s[{,])&\S/);
  const line = yamlLine + yaml.slice(0, at + 1).split('\n').length - 1;
  return yamlRepeats({ file, line }, Math.min(letters, repeatedLettersMax));
}
