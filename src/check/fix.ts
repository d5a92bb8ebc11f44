import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cure, Problem } from '../problems/problem.ts';
import type { Copy } from '../story/copy/copy.ts';
import { normalText } from '../yaml/write/normal-text.ts';
import { type Checked, type CheckOptions, check } from './check.ts';
import { isCertain, withCures, withEdits } from './corrected.ts';

/** A correction, as lines of the file before and after it. */
export interface Correction {
  file: string;
  /** Where the first of these lines is. */
  line: number;
  before: string[];
  after: string[];
}

/** What `fix` did. */
export interface Fixed {
  corrections: Correction[];
  /** Files that were saved by somebody else meanwhile, and that are as they saved them. */
  skipped: string[];
  /** What is left, from a check after the last correction. */
  checked: Checked;
}

/** A correction can make room for another one, as when `Â´` becomes an accent that stands for an apostrophe. */
const roundsMax = 5;

/**
 * Corrects what is certain in the files of a newsroom, then checks again, until there is nothing more to correct.
 *
 * Only the characters that are wrong change. A file is replaced as a whole, and only if it is still as it was checked.
 *
 * @param isDry finds the corrections of one round without writing any
 */
export async function fix(options: CheckOptions, { isDry = false } = {}): Promise<Fixed> {
  const corrections: Correction[] = [];
  const skipped = new Set<string>();
  /** When this function saved a file itself. */
  const saved = new Map<string, number>();
  for (let round = 0; ; round++) {
    const checked = await check(options);
    const files = round < roundsMax ? filesToFix(checked).filter((file) => !skipped.has(file)) : [];
    let isChanged = false;
    for (const file of files) {
      const path = join(options.site, file);
      const bytes = readFileSync(path);
      const text = bytes.toString('utf8');
      const cures = curesOf(checked.problems, file);
      const copy = checked.edits.get(file);
      const { mtimeMs } = statSync(path);
      const isOld = mtimeMs < options.clock || mtimeMs === saved.get(file);
      const isSame = copy ? isAsRead(text, copy) : isOld;
      if (!isSame) {
        skipped.add(file);
        continue;
      }
      const fixed = cures.length > 0 ? withCures(text, cures) : copy ? withEdits(text, copy.edits) : text;
      if (fixed === text || !Buffer.from(text).equals(bytes)) continue;
      if (!isDry && !replaced(path, bytes, fixed)) {
        skipped.add(file);
        continue;
      }
      if (!isDry) saved.set(file, statSync(path).mtimeMs);
      corrections.push(...differences(file, text, fixed));
      isChanged = true;
    }
    if (isDry || !isChanged) return { corrections, skipped: [...skipped], checked };
  }
}

const filesToFix = ({ problems, edits }: Checked): string[] =>
  [...new Set([...edits.keys(), ...problems.filter(isCertain).map(({ file }) => file)])].sort();

const curesOf = (problems: readonly Problem[], of: string): Cure[] =>
  problems.filter((problem) => problem.file === of && isCertain(problem)).map(({ cure }) => cure!);

const isAsRead = (text: string, { source }: Copy): boolean => {
  const { text: now } = normalText(text);
  return now.endsWith(source.body) && now.includes(source.yaml);
};

/** Written under another name first, so that a power cut never leaves half a file. @returns false if it was saved meanwhile */
function replaced(path: string, expected: Buffer, text: string): boolean {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, text, { mode: statSync(path).mode });
  if (!readFileSync(path).equals(expected)) return false;
  renameSync(temporary, path);
  return true;
}

/** The lines that differ, in groups. */
function differences(file: string, before: string, after: string): Correction[] {
  const [old, now] = [before.split(/\r\n?|\n/), after.split(/\r\n?|\n/)];
  const found: Correction[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (old[i] === now[j]) {
      i++;
      j++;
      continue;
    }
    // The next line that both have again, not far away.
    let [down, right] = [0, 0];
    search: for (let sum = 1; sum < 40; sum++)
      for (down = sum; down >= 0; down--) {
        right = sum - down;
        if (i + down <= old.length && j + right <= now.length && old[i + down] === now[j + right]) break search;
      }
    found.push({ file, line: i + 1, before: old.slice(i, i + down), after: now.slice(j, j + right) });
    i += Math.max(down, down + right === 0 ? 1 : down);
    j += right;
  }
  return found;
}
