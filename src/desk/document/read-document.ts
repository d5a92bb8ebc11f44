import { frontMatterBlock } from '../../yaml/front-matter-block.ts';
import { readSource, readYamlFile } from '../../yaml/source.ts';
import { normalText } from '../../yaml/write/normal-text.ts';
import type { ReadDocument } from './edits.ts';

/**
 * What a content file contains, whatever is wrong with it.
 *
 * @param isYaml whether the whole file is YAML
 */
export function readDocument(text: string, isYaml = false): ReadDocument {
  const rest = { bodyStart: isYaml ? text.length : bodyStartOf(text), eol: eolOf(text) };
  if (!isYaml && rest.bodyStart === 0 && !beginsLikeFrontMatter(text)) return { values: {}, ...rest };
  const source = (isYaml ? readYamlFile : readSource)('', new TextEncoder().encode(text));
  if ('problems' in source) {
    const [{ line, message, hint } = { line: 1, message: '', hint: '' }] = source.problems;
    return { values: {}, ...rest, fault: { line, says: hint ? `${message} ${hint}` : message } };
  }
  const { data } = source;
  if (data !== null && typeof data === 'object' && !Array.isArray(data))
    return { values: data as ReadDocument['values'], ...rest };
  return {
    values: {},
    ...rest,
    fault: { line: source.yamlLine, says: 'This must be keys with values, such as  name: Ann .' },
  };
}

/** The offset where the body begins: 0 if the file has no front matter. */
export function bodyStartOf(text: string): number {
  const { text: read, inFile } = normalText(text);
  const block = frontMatterBlock.exec(read)?.[0];
  return block === undefined ? 0 : inFile(block.length);
}

/** Front matter that is not closed or in another format must not be taken for the text of the story. */
const beginsLikeFrontMatter = (text: string): boolean =>
  /^\s*(?:-{2,}|[–—]{1,3}|\+\+\+|\{|```ya?ml\b|(["']?)headline\1\s*:)/.test(text);

/** The first line ending of a file decides which its new lines get. */
export const eolOf = (text: string): ReadDocument['eol'] =>
  (/\r\n?|\n/.exec(text)?.[0] as ReadDocument['eol'] | undefined) ?? '\n';
