import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { output, ZodObject, ZodType } from 'zod';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { nameOfCharacter, printable, printableData, unprintableAt } from '../site/printable.ts';

/**
 * From the bytes of a content file to checked data, or to problems that name the line.
 *
 * Two parsers on purpose: js-yaml reads (ten times as fast, and a clean build reads every story),
 * `yaml` knows where each key stands and is loaded only when something is wrong.
 */

/** More is not a story but an accident: a picture pasted as text, a data dump. */
export const storyBytesMax = 2_000_000;

export interface Source {
  /** What the file's YAML says, unchecked; {} when it has none. */
  data: unknown;
  yaml: string;
  /** Line of the file on which the YAML begins. */
  yamlLine: number;
  body: string;
  /** Line of the file on which the body begins. */
  bodyLine: number;
  /** What was taken out so that pages can carry the rest; empty for nearly every file. */
  warnings: Problem[];
}

type Failed = { problems: Problem[] };
/** When only the YAML is broken, the body can still be checked. */
type FailedYaml = Failed & Partial<Pick<Source, 'body' | 'bodyLine'>>;

/**
 * Decodes a text file; anything but UTF-8 is a problem. A byte order mark is dropped, line ends become `\n`, and what
 * no page can carry is taken out, which is a warning.
 */
export function decodeText(file: string, bytes: Uint8Array): { text: string; warnings: Problem[] } | Failed {
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const text = decoded.includes('\r') ? decoded.replace(/\r\n?/g, '\n') : decoded;
    const at = unprintableAt(text);
    if (at === undefined) return { text, warnings: [] };
    const line = lineAt(text, at);
    return { text: printable(text), warnings: [unprintableCharacter(file, line, nameOfCharacter(text.slice(at)))] };
  } catch {
    return {
      problems: [
        {
          rule: 'not-utf-8',
          severity: 'error',
          file,
          line: lineOfBadByte(bytes),
          message: 'This file is not in UTF-8, so letters such as é would come out wrong.',
          hint: 'Save it again as UTF-8 in your editor.',
        },
      ],
    };
  }
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const unprintableCharacter = (file: string, line: number, name: string): Problem => ({
  rule: 'unprintable-character',
  severity: 'warning',
  file,
  line,
  message: `This line has a character that no page or feed can carry, ${name}. The page is printed without it.`,
  hint: 'Delete it, or type the line again. It often comes with text that was pasted from another program.',
});

function lineOfBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = text.indexOf('\uFFFD');
  return bad < 0 ? 1 : text.slice(0, bad).split('\n').length;
}

/** Splits a Markdown file into its front matter and its body. */
export function readSource(file: string, bytes: Uint8Array): Source | FailedYaml {
  if (bytes.length > storyBytesMax)
    return {
      problems: [
        {
          rule: 'story-too-long',
          severity: 'error',
          file,
          line: 1,
          message: `This file has ${(bytes.length / 1e6).toFixed(1)} MB of text; more than ${storyBytesMax / 1e6} MB is not taken for a story.`,
          hint: 'Split it, or take out what was pasted in by accident.',
        },
      ],
    };
  const decoded = decodeText(file, bytes);
  if ('problems' in decoded) return decoded;
  const { text } = decoded;
  const block = /^---[ \t]*\n((?:[\s\S]*?\n)?)---[ \t]*(?:\n|$)/.exec(text);
  if (!block)
    return {
      problems: [
        {
          rule: 'front-matter-missing',
          severity: 'error',
          file,
          line: 1,
          message: text.startsWith('---') ? 'The front matter is not closed.' : 'The front matter is missing.',
          hint: 'A story begins with a line of three hyphens, then  headline: …  and more, then three hyphens again.',
        },
      ],
    };
  const yaml = block[1] ?? '';
  const body = { body: text.slice(block[0].length), bodyLine: block[0].split('\n').length };
  const parsed = parseYaml(file, yaml, 2);
  if ('problems' in parsed) return { ...parsed, ...body };
  return { ...parsed, yaml, yamlLine: 2, ...body, warnings: [...decoded.warnings, ...parsed.warnings] };
}

/** A file that is YAML as a whole. */
export function readYamlFile(file: string, bytes: Uint8Array): Source | Failed {
  const decoded = decodeText(file, bytes);
  if ('problems' in decoded) return decoded;
  const parsed = parseYaml(file, decoded.text, 1);
  if ('problems' in parsed) return parsed;
  const warnings = [...decoded.warnings, ...parsed.warnings];
  return { ...parsed, yaml: decoded.text, yamlLine: 1, body: '', bodyLine: 1, warnings };
}

function parseYaml(file: string, yaml: string, yamlLine: number): { data: unknown; warnings: Problem[] } | Failed {
  try {
    const data: unknown = load(yaml, { schema: CORE_SCHEMA }) ?? {};
    const escaped = escapes.exec(yaml);
    if (!escaped) return { data, warnings: [] };
    return withoutEscaped(data, file, yaml, yamlLine);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const mark = markOf(error, yaml);
    const line = yaml.split('\n')[mark.line]?.trim();
    return {
      problems: [
        {
          rule: 'yaml-broken',
          severity: 'error',
          file,
          line: yamlLine + mark.line,
          column: mark.column + 1,
          message: `This YAML cannot be read: ${error.reason}${line ? `, near  ${line.slice(0, 80)}` : ''}.`,
          hint: 'Often a quotation mark is not closed, or text with a colon needs quotation marks around it.',
        },
      ],
    };
  }
}

/** Escapes within quotation marks that may stand for what no page can carry, such as `\ud83d` alone or `\0`. */
const escapes = /\\(?:[0abefvN]|x[0189][\da-f]|x7f|u(?:00[0189][\da-f]|007f|d[89a-f]|fd[de]|fff[ef])|U)/i;

/** Takes it out of the data that were read. Its line is that of the first escape that may be the one. */
function withoutEscaped(data: unknown, file: string, yaml: string, yamlLine: number) {
  const found = unprintableIn(data);
  if (found === undefined) return { data, warnings: [] };
  const line = yamlLine - 1 + lineAt(yaml, yaml.search(escapes));
  return { data: printableData(data), warnings: [unprintableCharacter(file, line, nameOfCharacter(found))] };
}

/** The first such character of all keys and values. */
function unprintableIn(data: unknown): string | undefined {
  if (typeof data === 'string') {
    const at = unprintableAt(data);
    return at === undefined ? undefined : data.slice(at, at + 2);
  }
  if (data === null || typeof data !== 'object') return undefined;
  for (const [key, value] of Object.entries(data)) {
    const found = unprintableIn(key) ?? unprintableIn(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Where a YAML text goes wrong, counted from 0. What is not closed is noticed at the end of the text, so the
 * line that opened it is looked for: the first after which the end comes too soon.
 */
function markOf({ mark, reason }: YAMLException, yaml: string): { line: number; column: number } {
  const { line, column } = (mark as { line: number; column: number } | undefined) ?? { line: 0, column: 0 };
  const isUnclosed = (text: string) => {
    try {
      load(text, { schema: CORE_SCHEMA });
      return false;
    } catch (error) {
      return error instanceof YAMLException && error.reason === reason;
    }
  };
  if (!/^unexpected end of the stream/.test(reason)) return { line, column };
  const lines = yaml.split('\n');
  let opening = Math.min(line, lines.length - 1);
  while (opening > 0 && isUnclosed(`${lines.slice(0, opening).join('\n')}\n`)) opening--;
  return opening === line ? { line, column } : { line: opening, column: 0 };
}

/**
 * Checks data against a schema.
 *
 * @param what how the file is called in messages: "a story", "an author" …
 * @returns the checked data, or all problems with the line of the key they are about
 */
export async function checkData<T>(
  schema: ZodType<T>,
  source: Source,
  file: string,
  what: string,
): Promise<{ data: T } | Failed> {
  const checked = schema.safeParse(source.data);
  if (checked.success) return { data: checked.data };
  const lines = await linesOf(source);
  const problems: Problem[] = [];
  for (const issue of checked.error.issues.flatMap((found) => meantIssues(found as Issue, source.data))) {
    const path = issue.path as (string | number)[];
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(schema, path);
      for (const key of issue.keys ?? []) {
        const meant = nearest(key, known);
        problems.push({
          rule: 'unknown-key',
          severity: 'error',
          file,
          line: lines([...path, key]),
          message: `"${[...path, key].join('.')}" is not a key that ${what} has.`,
          hint: meant ? `Did you mean  ${meant} ?` : `The keys are: ${known.join(', ')}.`,
        });
      }
      continue;
    }
    const missing = issue.code === 'invalid_type' && valueAt(source.data, path) === undefined;
    problems.push({
      rule: missing ? 'missing-key' : 'wrong-value',
      severity: 'error',
      file,
      line: lines(path),
      message: missing
        ? `${capital(what)} needs  ${path.join('.')} , and it is not there.`
        : `${path.join('.') || capital(what)}: ${wordsOf(issue, valueAt(source.data, path))}`,
      hint: missing ? `Add a line  ${String(path.at(-1))}: …  to it.` : hintOf(issue, valueAt(source.data, path)),
    });
  }
  return { problems };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Issue {
  code?: string;
  message: string;
  path: PropertyKey[];
  expected?: string;
  keys?: string[];
  values?: readonly unknown[];
  errors?: Issue[][];
}

/** Where words or a group of keys may stand, what is wrong is said about the kind that was written. */
function meantIssues(issue: Issue, data: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || !issue.errors) return [issue];
  const isOtherKind = (issues: Issue[]) =>
    issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  const meant = issue.errors.find((issues) => !isOtherKind(issues)) ?? issue.errors[0] ?? [];
  return meant.flatMap((inner) => meantIssues({ ...inner, path: [...issue.path, ...inner.path] }, data));
}

const kinds: Record<string, string> = {
  array: 'a list is wanted here',
  object: 'keys with values are wanted here',
  record: 'keys with values are wanted here',
  string: 'words are wanted here',
  number: 'a number is wanted here',
  boolean: 'true or false is wanted here',
};

function wordsOf(issue: Issue, value: unknown): string {
  const words =
    (issue.code === 'invalid_type' && /^Invalid input/.test(issue.message) && kinds[issue.expected ?? '']) ||
    issue.message.replace(/^Invalid input: /, '');
  return `${words}${foundOf(value)}.`;
}

/** Lists and groups by their kind only: YAML can fold a great deal into a short text. */
function foundOf(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return ' (found: a list)';
  if (value !== null && typeof value === 'object') return ' (found: keys with values)';
  return ` (found: ${JSON.stringify(value).slice(0, 80)})`;
}

function hintOf(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_type' && issue.expected === 'array' && typeof value === 'string')
    return `Write it as a list:  [${JSON.stringify(value)}] .`;
  if (issue.code !== 'invalid_value' || !issue.values) return undefined;
  const meant = typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
  return meant ? `Did you mean  ${meant} ?` : `One of: ${issue.values.join(', ')}.`;
}

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

interface WithShape {
  shape?: Record<string, unknown>;
  _zod?: { def: { innerType?: unknown; element?: unknown; valueType?: unknown; options?: unknown[] } };
}

function knownKeys(schema: unknown, path: readonly (string | number)[]): string[] {
  let at = schema as WithShape | undefined;
  const inside = (): void => {
    while (at && !at.shape && at._zod?.def.innerType) at = at._zod.def.innerType as WithShape;
    if (at && !at.shape && at._zod?.def.options)
      at = (at._zod.def.options as WithShape[]).find((option) => option.shape) ?? at;
  };
  for (const key of path) {
    inside();
    if (at?.shape) at = at.shape[String(key)] as WithShape | undefined;
    else at = (at?._zod?.def.element ?? at?._zod?.def.valueType) as WithShape | undefined;
  }
  inside();
  return Object.keys(at?.shape ?? {});
}

/**
 * What of the data passes a schema, key by key, with stand-ins for the rest: so that one wrong key does
 * not hide the other mistakes of a file. For finding problems only, never for a page.
 */
export function usableData<T extends ZodObject>(schema: T, data: unknown, standIns: Partial<output<T>>): output<T> {
  const usable: Record<string, unknown> = { ...standIns };
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return usable as output<T>;
  for (const [key, inner] of Object.entries(schema.shape)) {
    const checked = (inner as ZodType).safeParse((data as Record<string, unknown>)[key]);
    if (checked.success && checked.data !== undefined) usable[key] = checked.data;
  }
  return usable as output<T>;
}

/** Finds the line of a key, or of the nearest thing around it. */
export async function linesOf(source: Source): Promise<(path: readonly (string | number)[]) => number> {
  const { parseDocument, isMap, isScalar } = await import('yaml');
  const document = parseDocument(source.yaml, { prettyErrors: false });
  const lineAt = (offset: number) => source.yaml.slice(0, offset).split('\n').length - 1 + source.yamlLine;
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
      const key = path[length - 1];
      if (isMap(parent)) {
        const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
        if (pair && isScalar(pair.key) && pair.key.range) return lineAt(pair.key.range[0]);
      }
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lineAt(node.range[0]);
    }
    return source.yamlLine === 1 ? 1 : source.yamlLine;
  };
}

/** The line of a key, or the first line when the file does not have that key. */
export async function lineOf(source: Source, path: (string | number)[]): Promise<number> {
  const [key] = path;
  const isThere =
    key !== undefined && source.data !== null && typeof source.data === 'object' && Object.hasOwn(source.data, key);
  return isThere ? (await linesOf(source))(path) : 1;
}
