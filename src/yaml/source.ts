import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { output, ZodObject, ZodType } from 'zod';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { nameOfCharacter, printable, printableData, unprintableAt } from '../site/printable.ts';
import { brokenYaml, repeatedLetters, tooMuchRepeated } from './cures/broken.ts';
import { type Doctor, doctorOf, type Mistake, type Shapes, valueAt } from './cures/cure-data.ts';
import { cureDate } from './cures/dates.ts';
import { hintOfCure, yamlText } from './cures/edits.ts';
import { cureFrontMatter } from './cures/front-matter.ts';
import { nearestPlace, placesOf } from './cures/places.ts';
import { fold, groupOf } from './field-keys.ts';
import { type OldKey, withNewKeys } from './renamed-keys.ts';

/**
 * From the bytes of a content file to checked data, or to problems that name the line.
 *
 * There are two parsers on purpose. js-yaml reads: it is ten times as fast, and a clean build reads every story. `yaml`
 * knows where each key is, and is loaded only if something is wrong.
 */

/** A longer file is not a story but an accident: a picture pasted as text, or a data dump. */
export const storyBytesMax = 2_000_000;

export interface Source {
  /** The data in the file's YAML, unchecked, or {} if it has none. */
  data: unknown;
  yaml: string;
  /** The line of the file on which the YAML begins. */
  yamlLine: number;
  body: string;
  /** The line of the file on which the body begins. */
  bodyLine: number;
  /** The characters that were removed because pages cannot contain them. It is empty for nearly every file. */
  warnings: Problem[];
}

type Failed = { problems: Problem[] };
/** If only the YAML is broken, the body can still be checked. */
type FailedYaml = Failed & Partial<Pick<Source, 'body' | 'bodyLine'>>;

/**
 * Decodes a text file. Any encoding other than UTF-8 is a problem. A byte order mark is removed, line endings become
 * `\n`, and characters that pages cannot contain are removed with a warning.
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
          message: 'This file is not in UTF-8, so letters such as é would be wrong.',
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
  message: `This line contains a character that pages and feeds cannot contain, ${name}. The page is printed without it.`,
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
          message: `This file has ${(bytes.length / 1e6).toFixed(1)} MB of text. The limit for a story is ${storyBytesMax / 1e6} MB.`,
          hint: 'Split it, or delete anything that was pasted in by accident.',
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
          ...cureFrontMatter(text),
        },
      ],
    };
  const yaml = block[1] ?? '';
  const body = { body: text.slice(block[0].length), bodyLine: block[0].split('\n').length };
  const parsed = parseYaml(file, yaml, 2);
  if ('problems' in parsed) return { ...parsed, ...body };
  return { ...parsed, yaml, yamlLine: 2, ...body, warnings: [...decoded.warnings, ...parsed.warnings] };
}

/** A file that consists entirely of YAML. */
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
    const repeated = repeatedLetters(data, yaml);
    if (repeated > 0) return { problems: [tooMuchRepeated(file, yaml, yamlLine, repeated)] };
    const escaped = escapes.exec(yaml);
    if (!escaped) return { data, warnings: [] };
    return withoutEscaped(data, file, yaml, yamlLine);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { problems: [brokenYaml(error, file, yaml, yamlLine)] };
  }
}

/**
 * Escapes in quotation marks that can stand for characters that pages cannot contain, such as `\ud83d` alone or `\0`.
 */
const escapes = /\\(?:[0abefvN]|x[0189][\da-f]|x7f|u(?:00[0189][\da-f]|007f|d[89a-f]|fd[de]|fff[ef])|U)/i;

/** Removes them from the parsed data. The line is that of the first escape that could be the cause. */
function withoutEscaped(data: unknown, file: string, yaml: string, yamlLine: number) {
  const found = unprintableIn(data);
  if (found === undefined) return { data, warnings: [] };
  const line = yamlLine - 1 + lineAt(yaml, yaml.search(escapes));
  return { data: printableData(data), warnings: [unprintableCharacter(file, line, nameOfCharacter(found))] };
}

/** The first such character in all keys and values. */
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

/** If one file has more mistakes than this, the rest are counted but not listed. */
export const problemsMax = 100;
/** Cures are found by trial, so only the first few mistakes get one. */
const curesMax = 25;
const curedLettersMax = 100_000;

/**
 * Checks data against a schema.
 *
 * @param what the name of the file's kind in messages, such as "a story" or "an author"
 * @returns the checked data, or all problems with the place of the key or value that they are about
 */
export async function checkData<T>(
  schema: ZodType<T>,
  source: Source,
  file: string,
  what: string,
): Promise<{ data: T } | Failed> {
  const { data, old } = withNewKeys(source.data, what);
  if (old.length > 0) {
    source.warnings = [...source.warnings, ...(await oldKeyWarnings(old, source, file))];
    source.data = data;
  }
  const checked = schema.safeParse(source.data);
  if (checked.success) return { data: checked.data };
  const shapes = shapesOf(schema);
  const doctor = await doctorOf(schema, source, shapes);
  const mistakes = mistakesOf(checked.error.issues as Issue[], source.data).flatMap((issue): Issue[] =>
    issue.code === 'unrecognized_keys' ? (issue.keys ?? []).map((key) => ({ ...issue, keys: [key] })) : [issue],
  );
  const isCured = source.yaml.length <= curedLettersMax;
  const renamed = new Set<string>();
  const listed = mistakes
    .slice(0, problemsMax)
    .map((issue, i) =>
      problemOf(issue, source, { file, what, doctor, shapes, isCured: isCured && i < curesMax, renamed }),
    );
  // A key that is missing only because it has another name is one mistake, not two.
  const problems = listed.filter((_, i) => {
    const { code, path } = mistakes[i]!;
    return !(
      code === 'invalid_type' &&
      valueAt(source.data, path as string[]) === undefined &&
      renamed.has(path.join('.'))
    );
  });
  if (mistakes.length > problemsMax)
    problems.push({
      rule: 'more-mistakes',
      severity: 'error',
      file,
      line: 1,
      message: `This file has ${(mistakes.length - problemsMax).toLocaleString('en')} more mistakes of this kind. The first ${problemsMax} are listed.`,
      hint: 'Correct those first, then run the command again.',
    });
  return { problems };
}

/** An old name is read for as long as there are newsrooms that use it; whoever opens the file is told. */
async function oldKeyWarnings(old: OldKey[], source: Source, file: string): Promise<Problem[]> {
  const lines = await linesOf(source);
  return old.map(({ path, now, isTwice }) => ({
    rule: 'old-key',
    severity: 'warning',
    file,
    line: lines(path),
    message:
      now === undefined
        ? `Broadsheet no longer uses the key "${path.join('.')}".`
        : isTwice
          ? `"${path.join('.')}" is an old name of "${now}", which this file has as well. The new one counts.`
          : `"${path.join('.')}" is now called "${now}". Broadsheet still reads the old name.`,
    hint:
      now === undefined || isTwice
        ? 'Delete it, or let  broadsheet upgrade  do it.'
        : `Write  ${now}  instead, or let  broadsheet upgrade  do it.`,
  }));
}

interface About {
  file: string;
  what: string;
  doctor: Doctor;
  shapes: Shapes;
  isCured: boolean;
  /** The places where misnamed keys belong. Whatever is found is added. */
  renamed: Set<string>;
}

function problemOf(issue: Issue, source: Source, { file, what, doctor, shapes, isCured, renamed }: About): Problem {
  const { places } = doctor;
  const path = issue.path as (string | number)[];
  const base = { severity: 'error' as const, file };
  const placed = (at: number | undefined) =>
    at === undefined ? { line: source.yamlLine } : { line: places.line(at), column: places.column(at) };
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys ?? [];
    const full = [...path, key];
    const at = placed(nearestPlace(places, full));
    const found = isCured ? doctor.key(path, key) : undefined;
    if (found?.to) renamed.add([...path, found.to].join('.'));
    if (found?.kind === 'entry') for (const needed of shapes.needed(path)) renamed.add([...path, needed].join('.'));
    const known = shapes.keys(path);
    const meant = nearest(key, known);
    return {
      rule: 'unknown-key',
      ...base,
      ...at,
      message: `"${full.join('.')}" is not a key of ${what}.`,
      hint: found
        ? `${whyOfKey[found.kind]}${hintOfCure(found.cure, at.line)}`
        : groupOf.get(fold(key))?.startsWith('cover') && known.includes('lead')
          ? `It belongs inside  lead: , as  ${groupOf.get(fold(key))!.slice('cover'.length).toLowerCase()}: … .`
          : meant
            ? `Did you mean  ${meant} ?`
            : 'Delete it, or move it to where it belongs. All keys are listed in docs/story.md and docs/site.md.',
      ...(found ? { cure: found.cure } : {}),
    };
  }
  const value = valueAt(source.data, path);
  if (issue.code === 'invalid_type' && value === undefined)
    return {
      rule: 'missing-key',
      ...base,
      line: placed(nearestPlace(places, path)).line,
      message: `${capital(what)} has no  ${path.join('.')} , which is required.`,
      hint: `Add the line  ${String(path.at(-1))}: … .`,
    };
  // The line is that of the key, which is where an editor looks. The column is that of the value if it is on the same
  // line.
  const key = nearestPlace(places, path);
  const start = places.value(path)?.start;
  const isBeside = key !== undefined && start !== undefined && places.line(key) === places.line(start);
  const at = placed(isBeside ? start : key);
  const cure = isCured ? doctor.value(issue) : undefined;
  return {
    rule: 'wrong-value',
    ...base,
    ...at,
    message: `${path.join('.') || capital(what)}: ${wordsOf(issue, value, doctor.raw(path))}`,
    hint: cure
      ? `${cure.lines.some((line) => line.includes('"')) ? whyOfValue(value, issue) : ''}${hintOfCure(cure, at.line)}`
      : hintOf(issue, value, shapes.needed([...path, 0])),
    ...(cure ? { cure } : {}),
  };
}

const whyOfKey = {
  rename: '',
  inside: 'It belongs inside that key. ',
  top: 'It does not belong inside this key. ',
  twin: 'This file already says the same in another key. ',
  text: 'Text with a colon needs quotation marks. ',
  comma: 'Inside braces, text with a comma needs quotation marks. ',
  entry: '',
  delete: 'Broadsheet does not use this key. ',
} as const;

/** Why quotation marks are needed. */
const whyOfValue = (value: unknown, { expected }: Issue): string =>
  expected !== 'string'
    ? ''
    : typeof value === 'number'
      ? 'YAML reads this as a number. Put it in quotation marks. '
      : typeof value === 'boolean' || value === null
        ? 'This has a special meaning in YAML. Put it in quotation marks. '
        : '';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Issue extends Mistake {
  message: string;
  errors?: Issue[][];
}

const mistakesOf = (issues: Issue[], data: unknown): Issue[] => issues.flatMap((found) => meantIssues(found, data));

/** The keys that a schema has at each path. */
const shapesOf = (schema: ZodType): Shapes => ({
  mistakes: (data) => {
    const checked = schema.safeParse(data);
    return checked.success ? [] : mistakesOf(checked.error.issues as Issue[], data);
  },
  keys: (path) => Object.keys(shapeAt(schema, path)),
  needed: (path) =>
    Object.entries(shapeAt(schema, path)).flatMap(([key, inner]) =>
      (inner as ZodType).safeParse(undefined).success ? [] : [key],
    ),
});

/** If a value can be either text or a group of keys, the message is about the kind that was written. */
function meantIssues(issue: Issue, data: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || !issue.errors) return [issue];
  const isOtherKind = (issues: Issue[]) =>
    issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  const meant = issue.errors.find((issues) => !isOtherKind(issues)) ?? issue.errors[0] ?? [];
  return meant.flatMap((inner) => meantIssues({ ...inner, path: [...issue.path, ...inner.path] }, data));
}

const kinds: Record<string, string> = {
  array: 'this must be a list',
  object: 'this must be a group of keys with values',
  record: 'this must be a group of keys with values',
  string: 'this must be text',
  number: 'this must be a number',
  boolean: 'this must be true or false',
};

function wordsOf(issue: Issue, value: unknown, raw: string | undefined): string {
  const words =
    (issue.code === 'invalid_type' && /^Invalid input/.test(issue.message) && kinds[issue.expected ?? '']) ||
    (issue.code === 'invalid_value' && issue.values && `this must be one of ${issue.values.join(', ')}`) ||
    issue.message.replace(/^Invalid input: /, '');
  const found =
    issue.code === 'too_big' && Array.isArray(value)
      ? ` (found: ${value.length.toLocaleString('en')})`
      : foundOf(value, raw);
  return `${words}${found}.`;
}

/**
 * The value as written. Lists and groups are named only by their kind, because YAML can expand a short text into a
 * great deal.
 */
function foundOf(value: unknown, raw: string | undefined): string {
  if (value === undefined) return '';
  if (raw === '') return ' (found: nothing)';
  if (Array.isArray(value)) return ' (found: a list)';
  if (value !== null && typeof value === 'object') return ' (found: a group of keys)';
  return ` (found: ${(raw ?? JSON.stringify(value)).slice(0, 80)})`;
}

/** @param needed the keys that each entry of the list must have */
function hintOf(issue: Issue, value: unknown, needed: string[]): string | undefined {
  const key = String(issue.path.at(-1));
  if (/^(?:published|updated|embargo|date|until)$/.test(key) && typeof value !== 'object')
    return cureDate(String(value), 'en-GB', 'UTC').hint;
  if (issue.code === 'invalid_type' && issue.expected === 'number') return 'Write a number in digits, such as  1 .';
  if (issue.code === 'invalid_type' && (issue.expected === 'object' || issue.expected === 'record') && value !== null)
    return 'Write its keys on separate lines below it, indented by two more spaces. docs/story.md has an example.';
  if (value === null && issue.code === 'invalid_type') return 'Write a value after the colon, or delete the line.';
  if (issue.code === 'invalid_type' && issue.expected === 'array' && typeof value === 'string')
    return needed.length > 0
      ? `Write it as a list in which each entry has the keys ${needed.join(', ')}. docs/story.md has an example.`
      : `Write it as a list:  [${yamlText(value, true)}] .`;
  if (issue.code === 'invalid_type' && issue.expected === 'array' && value !== null && typeof value === 'object')
    return 'Write it as a list: each entry on a separate line that begins with a hyphen and a space.';
  if (issue.code === 'too_big' && Array.isArray(value)) return 'Delete what readers do not need, or split the file.';
  if (issue.code !== 'invalid_value' || !issue.values) return undefined;
  const meant = typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
  return meant ? `Did you mean  ${meant} ?` : `One of: ${issue.values.join(', ')}.`;
}

interface WithShape {
  shape?: Record<string, unknown>;
  _zod?: { def: { innerType?: unknown; element?: unknown; valueType?: unknown; options?: unknown[] } };
}

function shapeAt(schema: unknown, path: readonly (string | number)[]): Record<string, unknown> {
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
  return at?.shape ?? {};
}

/**
 * The parts of the data that pass a schema, key by key, with placeholders for the rest, so that one wrong key does not
 * hide the other mistakes in a file. Use it only to find problems, never for a page.
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

/** Finds the line of a key, or of the nearest element that contains it. */
export async function linesOf(source: Source): Promise<(path: readonly (string | number)[]) => number> {
  const places = await placesOf(source);
  return (path) => {
    const at = nearestPlace(places, path);
    return at === undefined ? source.yamlLine : places.line(at);
  };
}

/** The line of a key, or the first line if the file does not have that key. */
export async function lineOf(source: Source, path: (string | number)[]): Promise<number> {
  const [key] = path;
  const isThere =
    key !== undefined && source.data !== null && typeof source.data === 'object' && Object.hasOwn(source.data, key);
  return isThere ? (await linesOf(source))(path) : 1;
}
