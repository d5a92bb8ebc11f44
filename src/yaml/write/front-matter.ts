import { isDeepStrictEqual } from 'node:util';
import { CORE_SCHEMA, load } from 'js-yaml';
import { isMap, isScalar, isSeq, Lexer, parseDocument } from 'yaml';
import type { ZodType } from 'zod';
import { printableData } from '../../site/printable.ts';
import { frontMatterBlock } from '../front-matter-block.ts';
import { shapesOf } from '../shapes.ts';
import { editOf, type KeyOrder } from './edit-step.ts';
import { normalText } from './normal-text.ts';
import { printYaml, type YamlValue } from './print.ts';
import { type Change, type Step, stepsOf, valueAt, withStep } from './steps.ts';

/*
 * The one writer of front matter and of YAML files. What it writes, `readSource` reads back as the same data, except
 * for characters that pages cannot contain. Everything that it does not change keeps every byte.
 */

export type { YamlValue } from './print.ts';
export { doubleQuoted, yamlScalar } from './scalar.ts';
export type { Change, Path } from './steps.ts';

/** The keys of a file. Those whose value is undefined are left out. */
export type Fields = { readonly [key: string]: YamlValue | undefined };

/** The text after the changes, or why nothing was changed, as a sentence. */
export type Edited = { text: string } | { refused: string };

/**
 * A YAML file with these keys.
 *
 * @param schema of the file, if the keys are to be in its order and not in that of `fields`
 */
export const writeYaml = (fields: Fields, schema?: ZodType): string =>
  printYaml(schema ? inOrder(fields, orderOf(schema)) : fields);

/**
 * Front matter with these keys between two lines of hyphens, ready for a body.
 *
 * @param schema of the file, if the keys are to be in its order and not in that of `fields`
 */
export const writeFrontMatter = (fields: Fields, schema?: ZodType): string => `---\n${writeYaml(fields, schema)}---\n`;

/**
 * A Markdown file with changed front matter. Its comments, the order of its keys, its quotation marks, its line
 * endings, and its body stay as they are.
 *
 * @param changes one after another: each path refers to the text after the previous changes
 * @param schema of the file. A new key is written where the schema has it, and without a schema at the end
 */
export function editFrontMatter(text: string, changes: readonly Change[], schema?: ZodType): Edited {
  return edited(text, changes, schema, (normal) => {
    const block = frontMatterBlock.exec(normal);
    if (!block) return undefined;
    const from = normal.indexOf('\n') + 1;
    return { from, to: from + block[1]!.length };
  });
}

/** The same for a file that consists of YAML, such as `site.yaml`. */
export const editYaml = (text: string, changes: readonly Change[], schema?: ZodType): Edited =>
  edited(text, changes, schema, (normal) => ({ from: 0, to: normal.length }));

type Region = { from: number; to: number };

function edited(
  file: string,
  changes: readonly Change[],
  schema: ZodType | undefined,
  regionOf: (normal: string) => Region | undefined,
): Edited {
  const order = schema ? orderOf(schema) : () => [];
  let text = file;
  for (const change of changes) {
    const before = dataOf(text, regionOf);
    if ('refused' in before) return before;
    let { data } = before;
    for (const step of stepsOf(data, change)) {
      const expected = withStep(data, step);
      const isExpected = (candidate: string): boolean => {
        const read = dataOf(candidate, regionOf);
        return 'data' in read && isDeepStrictEqual(read.data, expected);
      };
      const narrow = [false, true].values().map((onOneLine) => withEdit(text, step, order, regionOf, onOneLine));
      const next =
        narrow.find((candidate) => candidate !== undefined && isExpected(candidate)) ??
        withGroupAbove(text, step, expected, order, regionOf).find(isExpected);
      if (next === undefined) return { refused: cannotChange(step, text) };
      text = next;
      data = expected;
    }
  }
  return { text };
}

/**
 * Texts with the whole group or list around a step written again, the smallest first. Some groups can be changed only
 * like this, such as a copy of another one. Texts without all of the comments are left out.
 */
function* withGroupAbove(
  file: string,
  { path }: Step,
  expected: YamlValue,
  order: KeyOrder,
  regionOf: (normal: string) => Region | undefined,
): Generator<string> {
  for (let length = path.length; length > 0; length--) {
    const above = path.slice(0, length);
    const value = valueAt(expected, above) as YamlValue | undefined;
    if (value === undefined) continue;
    const made = withEdit(file, { kind: 'put', path: above, value }, order, regionOf, false);
    if (made !== undefined && isDeepStrictEqual(commentsOf(file, regionOf), commentsOf(made, regionOf))) yield made;
  }
}

function commentsOf(file: string, regionOf: (normal: string) => Region | undefined): string[] {
  const { text } = normalText(file);
  const region = regionOf(text);
  return [...new Lexer().lex(text.slice(region?.from, region?.to))].filter((token) => token.startsWith('#'));
}

function withEdit(
  file: string,
  step: Step,
  order: KeyOrder,
  regionOf: (normal: string) => Region | undefined,
  onOneLine: boolean,
): string | undefined {
  const normal = normalText(file);
  const region = regionOf(normal.text);
  if (!region) return undefined;
  const yaml = normal.text.slice(region.from, region.to);
  // Our reader has checked the file already.
  const document = parseDocument(yaml, { keepSourceTokens: true, prettyErrors: false, uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  const contents = isMap(document.contents) || isSeq(document.contents) ? document.contents : null;
  if (document.contents && !contents && !isScalar(document.contents)) return undefined;
  const edit = editOf({ yaml, contents }, step, order, onOneLine);
  return edit && normal.replace(region.from + edit.from, region.from + edit.to, edit.put);
}

/** The data of the file, as our reader reads it. */
function dataOf(
  file: string,
  regionOf: (normal: string) => Region | undefined,
): { data: YamlValue } | { refused: string } {
  const { text } = normalText(file);
  const region = regionOf(text);
  if (!region) return { refused: 'The file does not begin with front matter between two lines of three hyphens.' };
  try {
    const data = (load(text.slice(region.from, region.to), { schema: CORE_SCHEMA }) ?? {}) as YamlValue;
    return { data: printableData(data) };
  } catch (error) {
    return { refused: `The YAML cannot be read: ${(error as { reason?: string }).reason ?? String(error)}.` };
  }
}

const cannotChange = ({ path }: Step, text: string): string =>
  `The key ${path.join('.')} cannot be changed here without changing other text${/[&*]\w/.test(text) ? ', because the YAML repeats parts of itself with & and *' : ''}. Change it in a text editor.`;

const orderOf = (schema: ZodType): KeyOrder => shapesOf(schema).keys;

/** The keys of a group, and of the groups in it, in the order of the schema. Other keys come last. */
function inOrder<T extends YamlValue | undefined>(value: T, order: KeyOrder, path: (string | number)[] = []): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((entry, at) => inOrder(entry, order, [...path, at])) as never;
  const keys = order(path);
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, inner]) => [key, inOrder(inner, order, [...path, key])]),
  ) as never;
}
