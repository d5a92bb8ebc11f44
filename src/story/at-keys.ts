import type { Finding, Problem } from '../problems/problem.ts';
import { measureAddress } from '../site/address-limits.ts';
import { addressMistake } from '../site/link-address.ts';
import type { Site } from '../site/site.ts';
import { cureDate } from '../yaml/cures/dates.ts';
import { curedValue } from '../yaml/cures/edits.ts';
import type { ParsedStory } from './parse.ts';
import { wrongAddress } from './problems/front-matter.ts';

/** A problem before its line is known: the key of the front matter that it is about. */
export type AtKey = Finding & {
  at: Key;
  /** What to write instead of the value. */
  write?: string | undefined;
};

export type Key = (string | number)[];

/**
 * Problems in the lines of their keys, with the correction where one is known.
 *
 * @param lines the line of each key
 */
export async function placed(
  atKeys: readonly AtKey[],
  parsed: ParsedStory,
  lines: (at: Key) => number,
): Promise<Problem[]> {
  const { file } = parsed;
  const problems: Problem[] = [];
  // If a key is wrong in itself, nothing more is reported about it, because its placeholder does not come from the
  // editor.
  const saidOf = new Set(parsed.broken.map(({ line }) => line));
  const hasKeys = typeof parsed.source.data === 'object';
  const isSaid = ({ rule, at }: AtKey) =>
    parsed.broken.length > 0 &&
    (!hasKeys || (hasKey(parsed.source.data, at) && (rule === 'missing-key' || saidOf.has(lines(at)))));
  for (const found of atKeys) {
    if (isSaid(found)) continue;
    const { at, write, ...problem } = found;
    const cured = write === undefined ? {} : await curedValue(parsed.source, at, write);
    problems.push({ ...problem, ...cured, file, line: lines(at) });
  }
  return problems;
}

const hasKey = (data: unknown, [key]: (string | number)[]): boolean =>
  key !== undefined && data !== null && typeof data === 'object' && Object.hasOwn(data, key);

/**
 * Topics and series have their own addresses. If one is too long for a file system, it is reported at the story that
 * names it.
 */
export function measure(address: string, at: Key, hint: string, atKeys: AtKey[]): void {
  const found = measureAddress(address);
  if (found) atKeys.push({ ...found, at, hint });
}

/** Links in the front matter follow the same rules as links in the text: no `javascript:` and the like. */
export function checkUrl(url: string | undefined, at: Key, atKeys: AtKey[]): void {
  const mistake = url === undefined ? undefined : addressMistake(url);
  if (mistake) atKeys.push(wrongAddress({ at }, at.join('.'), mistake));
}

/** What was probably meant by a date. */
export function curedDate(text: string, { language, timeZone }: Site): { hint: string; write?: string } {
  const { dates, hint } = cureDate(text, language, timeZone);
  return { hint, ...(dates[0] === undefined ? {} : { write: dates[0] }) };
}
