import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../decode.ts';
import { isWithin } from '../../source-folder.ts';

const bytesMax = 200_000;

/**
 * Reads the files that posts of Jekyll include. A file that is a template itself is left out, because only the generator
 * can evaluate it.
 *
 * @param folder as a complete path
 */
export function includedFiles(folder: string): (name: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (name) => {
    if (!texts.has(name)) texts.set(name, textOf(folder, name));
    return texts.get(name);
  };
}

function textOf(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (!/\.(?:md|markdown|html?|txt)$/i.test(name)) return undefined;
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > bytesMax || !isWithin(path, folder)) return undefined;
    const text = decode(readFileSync(path))?.text;
    return text === undefined || /\{[{%]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
