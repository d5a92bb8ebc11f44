/*
 * Keys that a newsroom's files had in an earlier format of Broadsheet. An update never refuses a newsroom because of
 * one of them: the old name is read as the new one, and a removed key is skipped, both with a warning. `broadsheet
 * upgrade` rewrites the files.
 */

/** The format of a newsroom's files that this engine writes; `broadsheet: 1` in site.yaml. Raise it with each renamed key. */
export const formatVersion = 1;

/** The kinds of files, as `checkData` calls them in messages. */
export type KindOfFile =
  | 'site.yaml'
  | 'a story'
  | 'a page'
  | 'a theme page'
  | 'an author'
  | 'topics.yaml'
  | 'series.yaml'
  | 'a front'
  | 'a sidecar';

export interface RenamedKey {
  kind: KindOfFile;
  /**
   * The path of the key, such as `support.link`. `*` stands for each entry of a list, or each key of a group:
   * `sections.*.desc`.
   */
  was: string;
  /** Its new name, in the same place. Without one, the key was removed. */
  now?: string;
  /** The format in which it changed. */
  since: number;
}

/** All of them, oldest first. There are none yet. */
export const renamedKeys: RenamedKey[] = [];

/** A key that was found by its old name. */
export interface OldKey extends RenamedKey {
  path: (string | number)[];
  /** Both names are in the file. The new one applies. */
  isTwice: boolean;
}

type Group = Record<string, unknown>;

/**
 * Data with the old keys of its kind under their new names.
 *
 * @param data of a file's YAML; it is not changed
 * @returns the same data if it has no old keys, which is nearly always the case
 */
export function withNewKeys(data: unknown, kind: string): { data: unknown; old: OldKey[] } {
  const table = renamedKeys.filter((one) => one.kind === kind);
  if (table.length === 0) return { data, old: [] };
  const copy = structuredClone(data);
  const old = table.flatMap((renamed) =>
    placesOf(copy, renamed.was.split('.')).map(({ group, path }): OldKey => {
      const was = String(path.at(-1));
      const isTwice = renamed.now !== undefined && Object.hasOwn(group, renamed.now);
      if (renamed.now !== undefined && !isTwice) group[renamed.now] = group[was];
      delete group[was];
      return { ...renamed, path, isTwice };
    }),
  );
  return old.length > 0 ? { data: copy, old } : { data, old };
}

/** The groups that contain a key, by the steps of its path. */
function placesOf(
  data: unknown,
  steps: readonly string[],
  path: (string | number)[] = [],
): { group: Group; path: (string | number)[] }[] {
  const [step = '', ...rest] = steps;
  if (data === null || typeof data !== 'object') return [];
  if (rest.length === 0) {
    if (Array.isArray(data) || !Object.hasOwn(data, step)) return [];
    return [{ group: data as Group, path: [...path, step] }];
  }
  if (step !== '*') return Object.hasOwn(data, step) ? placesOf((data as Group)[step], rest, [...path, step]) : [];
  const entries: [string | number, unknown][] = Array.isArray(data)
    ? data.map((entry, at) => [at, entry])
    : Object.entries(data);
  return entries.flatMap(([key, entry]) => placesOf(entry, rest, [...path, key]));
}
