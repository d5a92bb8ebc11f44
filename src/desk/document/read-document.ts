import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { printableData } from '../../site/printable.ts';
import { normalText } from '../../yaml/write/normal-text.ts';
import type { FieldValue, ReadDocument } from './edits.ts';

/**
 * What a content file contains, whatever is wrong with it.
 *
 * @param isYaml whether the whole file is YAML
 */
export function readDocument(text: string, isYaml = false): ReadDocument {
  const bodyStart = isYaml ? text.length : bodyStartOf(text);
  const eol = eolOf(text);
  const { text: normal } = normalText(text.slice(0, bodyStart));
  const yaml = isYaml ? normal : normal.replace(/^---[ \t]*\n/, '').replace(/---[ \t]*\n?$/, '');
  try {
    const values = printableData(load(yaml, { schema: CORE_SCHEMA }) ?? {}) as FieldValue;
    if (values !== null && typeof values === 'object' && !Array.isArray(values))
      return { values: values as ReadDocument['values'], bodyStart, eol };
    return { values: {}, bodyStart, eol, fault: { line: isYaml ? 1 : 2, says: 'These are not keys with values.' } };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + (isYaml ? 1 : 2);
    return { values: {}, bodyStart, eol, fault: { line, says: `${error.reason}.` } };
  }
}

/** The offset where the body begins: 0 if the file has no front matter. */
export const bodyStartOf = (text: string): number =>
  /^\ufeff?---[ \t]*(?:\r\n?|\n)(?:[\s\S]*?(?:\r\n?|\n))?---[ \t]*(?:\r\n?|\n|$)/.exec(text)?.[0].length ?? 0;

/** The first line ending of a file decides which its new lines get. */
export const eolOf = (text: string): ReadDocument['eol'] =>
  (/\r\n?|\n/.exec(text)?.[0] as ReadDocument['eol'] | undefined) ?? '\n';
