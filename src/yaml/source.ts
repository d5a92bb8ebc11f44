import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import type { Problem } from '../problems/problem.ts';
import { brokenYaml, repeatedLetters, tooMuchRepeated } from './cures/broken.ts';
import { cureFrontMatter } from './cures/front-matter.ts';
import { nearestPlace, placesOf } from './cures/places.ts';
import { decodeText, mayHaveEscapes, withoutEscaped } from './decode.ts';
import { frontMatterBlock } from './front-matter-block.ts';
import { fileTooLong, frontMatterMissing } from './problems.ts';
import type { Source } from './source-type.ts';

/**
 * From the bytes of a content file to its data, or to problems that name the line. `check-data.ts` checks data against a
 * schema.
 *
 * There are two parsers on purpose. js-yaml reads: it is ten times as fast, and a clean build reads every story. `yaml`
 * knows where each key is, and is loaded only if something is wrong.
 */

/** A longer file is not a story but an accident: a picture pasted as text, or a data dump. */
export const storyBytesMax = 2_000_000;

export type Failed = { problems: Problem[] };
/** If only the YAML is broken, the body can still be checked. */
type FailedYaml = Failed & Partial<Pick<Source, 'body' | 'bodyLine'>>;

/** Splits a Markdown file into its front matter and its body. */
export function readSource(file: string, bytes: Uint8Array): Source | FailedYaml {
  if (bytes.length > storyBytesMax) return { problems: [fileTooLong(file, bytes.length, storyBytesMax)] };
  const decoded = decodeText(file, bytes);
  if ('problems' in decoded) return decoded;
  const { text } = decoded;
  const block = frontMatterBlock.exec(text);
  if (!block) return { problems: [frontMatterMissing(file, cureFrontMatter(text))] };
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
    return mayHaveEscapes(yaml) ? withoutEscaped(data, file, yaml, yamlLine) : { data, warnings: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { problems: [brokenYaml(error, file, yaml, yamlLine)] };
  }
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
