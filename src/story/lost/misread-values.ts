import { CORE_SCHEMA, load } from 'js-yaml';
import type { Problem } from '../../problems/problem.ts';
import type { Source } from '../../yaml/source-type.ts';
import { yamlScalar } from '../../yaml/write/scalar.ts';
import { keyMisread, pathMisread, quotesInValue } from '../problems/lost.ts';

/*
 * Values that YAML silently reads differently from how they were typed: `1.10:` becomes the key "1.1", `“harbour”`
 * keeps its quotation marks, and `"C:\new"` contains a line break.
 */

/** The most that are reported for one file. */
const ofAFileMax = 20;

/**
 * Keys whose values are names. If a name is in typographic quotation marks, a program converted them from straight
 * ones.
 */
const naming = /^(?:topics|byline|name|role|organisation|dateline|series|credit|place|copyright|licence)$/;

const enclosed = /^\s*([“”„«‘‚])([^“”„«»‘‚]+)([”“»’‘])\s*$/;

/**
 * Finds such values in a YAML text that could be read.
 *
 * @returns errors if words or characters are lost, otherwise warnings
 */
export function misreadValues(
  file: string,
  { yaml, yamlLine, data }: Pick<Source, 'yaml' | 'yamlLine' | 'data'>,
): Problem[] {
  const problems: Problem[] = [];
  if (numberKey.test(yaml)) problems.push(...numberKeys(file, yaml, yamlLine, data));
  if (yaml.includes(':\\') && /"[^"\n]*[A-Za-z]:\\/.test(yaml)) problems.push(...paths(file, yaml, yamlLine));
  if (/[-,:[]\s*["']?[“”„«‘‚]/.test(yaml)) problems.push(...enclosedValues(file, yaml, yamlLine, data));
  return problems.slice(0, ofAFileMax);
}

/** A key that YAML may read as a number or another special value. */
const numberKey = /^[ \t]*(?:- +)*([-+]?[.\d][\w.+-]*|~|null|true|false)[ \t]*:(?=\s|$)/im;

function numberKeys(file: string, yaml: string, yamlLine: number, data: unknown): Problem[] {
  const known = new Set<string>();
  const collect = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) known.add(key);
      collect(inner);
    }
  };
  collect(data);
  return yaml.split('\n').flatMap((line, at): Problem[] => {
    const key = numberKey.exec(line)?.[1];
    if (key === undefined) return [];
    const read = Object.keys(load(`${key}: 0`, { schema: CORE_SCHEMA }) as object)[0]!;
    if (read === key || !known.has(read) || known.has(key)) return [];
    const cured = line.replace(key, JSON.stringify(key));
    const place = { file, line: at + yamlLine, column: line.indexOf(key) + 1 };
    return [keyMisread(place, key, read, { from: place.line, to: place.line, lines: [cured] })];
  });
}

/** Windows paths in double quotation marks, in which a backslash begins an escape sequence. */
function paths(file: string, yaml: string, yamlLine: number): Problem[] {
  return yaml.split('\n').flatMap((line, at): Problem[] => {
    const found = /"((?:[^"\\]|\\.)*[A-Za-z]:\\[tnrabefv0N_LP](?:[^"\\]|\\.)*)"/.exec(line);
    if (!found) return [];
    const cured = `${line.slice(0, found.index)}'${found[1]!.replaceAll("'", "''")}'${line.slice(found.index + found[0].length)}`;
    const place = { file, line: at + yamlLine, column: found.index + 1 };
    return [pathMisread(place, found[1]!, { from: place.line, to: place.line, lines: [cured] })];
  });
}

function enclosedValues(file: string, yaml: string, yamlLine: number, data: unknown): Problem[] {
  const lines = yaml.split('\n');
  const found = new Map<number, { key: string; values: string[]; cured: string }>();
  const look = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const inner = naming.test(key) ? enclosed.exec(value)?.[2] : undefined;
      if (inner !== undefined) note(value.trim(), inner.trim(), key);
    } else if (Array.isArray(value)) for (const item of value) look(item, key);
    else if (value !== null && typeof value === 'object')
      for (const [name, of] of Object.entries(value)) look(of, key === 'series' && name === 'title' ? key : name);
  };
  const note = (value: string, inner: string, key: string) => {
    const at = lines.findIndex((line, number) => (found.get(number)?.cured ?? line).includes(value));
    if (at < 0 || found.size === ofAFileMax) return;
    const line = found.get(at) ?? { key, values: [], cured: lines[at]! };
    const column = line.cured.indexOf(value);
    const isQuoted = /["']/.test(line.cured[column - 1] ?? '');
    line.values.push(value);
    line.cured = `${line.cured.slice(0, column)}${isQuoted ? inner : yamlScalar(inner, true)}${line.cured.slice(column + value.length)}`;
    found.set(at, line);
  };
  look(data, '');
  return [...found].map(([at, { key, values, cured }]) => {
    const place = { file, line: at + yamlLine, column: lines[at]!.indexOf(values[0]!) + 1 };
    return quotesInValue(place, key, values, { from: place.line, to: place.line, lines: [cured] });
  });
}
