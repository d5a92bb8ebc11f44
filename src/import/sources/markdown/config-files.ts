import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { decode } from '../../decode.ts';
import { isRecord } from '../../front-matter.ts';
import { lenientYaml, yamlValue } from '../../lenient-yaml.ts';

const bytesMax = 2_000_000;

/**
 * The data of a configuration or data file: YAML, TOML, or JSON. A program is not run; only the texts that it plainly
 * assigns are read.
 *
 * @returns undefined if there is no such file, or if it cannot be read
 */
export function readData(path: string): unknown {
  if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > bytesMax) return undefined;
  const text = decode(readFileSync(path))?.text;
  if (text === undefined) return undefined;
  const ending = extname(path).toLowerCase();
  try {
    if (ending === '.json' || ending === '.json5') return JSON.parse(text);
    if (ending === '.toml') return parseToml(text);
    if (/^\.[cm]?[jt]s$/.test(ending)) return assignments(text);
  } catch {
    return undefined;
  }
  const value = yamlValue(text);
  return value ?? (lenientYaml(text) && Object.fromEntries(lenientYaml(text)?.data ?? []));
}

export const readRecord = (path: string): Record<string, unknown> | undefined => {
  const data = readData(path);
  return isRecord(data) ? data : undefined;
};

/** `url: 'https://…'` and the like in a program, the first of each name. */
function assignments(program: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [, name = '', double, single, tick] of program.matchAll(
    /\b(url|baseUrl|base|site|siteUrl|title|pathPrefix|routeBasePath|defaultLocale|trailingSlash|blogBasePath)\s*[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|`([^`$\n]*)`)/g,
  ))
    found[name] ??= double ?? single ?? tick;
  const locales = /\blocales\s*:\s*\[([^\]]*)\]/.exec(program)?.[1];
  if (locales !== undefined) found.locales = [...locales.matchAll(/['"]([\w-]+)['"]/g)].map(([, code]) => code);
  return found;
}

/** A text at a path of keys, such as `languages.en.title`. */
export function textAt(data: unknown, ...keys: string[]): string | undefined {
  let value: unknown = data;
  for (const key of keys) value = isRecord(value) ? value[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
