import { isRecord } from '../../front-matter.ts';
import type { Source, SourceOptions } from '../../source.ts';
import type { WireItem } from '../wire/wire-item.ts';
import { type WireFormat, wireSource } from '../wire/wire-source.ts';
import { readNinjs } from './read-ninjs.ts';
import { validateNinjs } from './validate.ts';

/** News in JSON of IPTC, versions 1.3 to 3.1: a file, or a folder of files, from an agency. */
export const ninjsSource = (options: SourceOptions): Source => wireSource(ninjs, options);

const ninjs: WireFormat = {
  kind: 'ninjs',
  isFile: (name) => /\.(?:json|ninjs|jsonl|ndjson)$/i.test(name),
  async read(text) {
    const items: (WireItem | string)[] = [];
    for (const value of valuesOf(text)) {
      if (value instanceof SyntaxError) items.push(`not valid JSON: ${value.message}`);
      else {
        const valid = await validateNinjs(value);
        if ('mistakes' in valid) items.push(valid.mistakes);
        else items.push(isRecord(value) ? readNinjs(value) : 'not a JSON object');
      }
    }
    return items;
  },
};

/** One object, a list of objects, or one object on each line. */
function valuesOf(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2 || !lines.every((line) => line.trimStart().startsWith('{'))) return [error];
    return lines.map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch (mistake) {
        return mistake;
      }
    });
  }
}
