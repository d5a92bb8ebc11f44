import { readFileSync } from 'node:fs';
import { isRecord } from '../../front-matter.ts';
import { lenientYaml } from '../../lenient-yaml.ts';
import { ImportError } from '../../source.ts';

/** Key of a story → keys of the archive, the best first: `byline: [reporter, extra.writer]`. */
export type KeyMap = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the file of `--map`.
 *
 * @throws {ImportError} if it is not a mapping of keys
 */
export function readKeyMap(path: string): KeyMap {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ImportError(`There is no file ${path}.`);
  }
  const read = lenientYaml(text);
  if (read === undefined || read.isBroken || read.data.size === 0)
    throw new ImportError(
      `${path} must contain lines such as  headline: titulo  or  byline: [reporter, extra.writer] .`,
    );
  return new Map(
    [...read.data].map(([to, from]): [string, string[]] => {
      const keys = Array.isArray(from) ? from : [from];
      if (!keys.every((key): key is string => typeof key === 'string'))
        throw new ImportError(`${path}: ${to} must name a key of the archive, or a list of keys.`);
      return [to, keys];
    }),
  );
}

/** Front matter in which mapped keys have the names that a story has for them. `drop` names keys to leave out. */
export function mapKeys(data: ReadonlyMap<string, unknown>, map: KeyMap | undefined): ReadonlyMap<string, unknown> {
  if (map === undefined) return data;
  const mapped = new Map(data);
  for (const [to, keys] of map) {
    let value: unknown;
    for (const key of keys) {
      const found = at(data, key.split('.'));
      if (found === undefined) continue;
      value ??= found;
      if (!key.includes('.')) mapped.delete(key);
    }
    if (value === undefined || to === 'drop') continue;
    const [first = '', second] = to.split('.');
    if (first !== 'lead' || second === undefined) mapped.set(to, value);
    else
      mapped.set('lead', { ...(isRecord(mapped.get('lead')) ? (mapped.get('lead') as object) : {}), [second]: value });
  }
  return mapped;
}

function at(data: ReadonlyMap<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = data.get(path[0] ?? '');
  for (const key of path.slice(1)) value = isRecord(value) ? value[key] : undefined;
  return value;
}
