import type { output, ZodObject, ZodType } from 'zod';
import type { Problem } from '../problems/problem.ts';
import { type Doctor, doctorOf, type Shapes, valueAt } from './cures/cure-data.ts';
import { hintOfCure } from './cures/edits.ts';
import { nearestPlace } from './cures/places.ts';
import { fold, groupOf } from './field-keys.ts';
import { missingKey, moreMistakes, oldKey, unknownKey, wrongValue } from './problems.ts';
import { type OldKey, withNewKeys } from './renamed-keys.ts';
import { type Issue, mistakesOf, shapesOf } from './shapes.ts';
import { type Failed, linesOf } from './source.ts';
import type { Source } from './source-type.ts';
import { hintOf, wordsOf } from './value-words.ts';

/** If one file has more mistakes than this, the rest are counted but not listed. */
export const problemsMax = 100;
/** Cures are found by trial, so only the first few mistakes get one. */
const curesMax = 25;
const curedLettersMax = 100_000;

/**
 * Checks data against a schema.
 *
 * @param what the name of the file's kind in messages, such as "a story" or "an author"
 * @returns the checked data, or all problems with the place of the key or value that they are about
 */
export async function checkData<T>(
  schema: ZodType<T>,
  source: Source,
  file: string,
  what: string,
): Promise<{ data: T } | Failed> {
  const { data, old } = withNewKeys(source.data, what);
  if (old.length > 0) {
    source.warnings = [...source.warnings, ...(await oldKeyWarnings(old, source, file))];
    source.data = data;
  }
  const checked = schema.safeParse(source.data);
  if (checked.success) return { data: checked.data };
  const shapes = shapesOf(schema);
  const doctor = await doctorOf(schema, source, shapes);
  const mistakes = mistakesOf(checked.error.issues as Issue[], source.data).flatMap((issue): Issue[] =>
    issue.code === 'unrecognized_keys' ? (issue.keys ?? []).map((key) => ({ ...issue, keys: [key] })) : [issue],
  );
  const isCured = source.yaml.length <= curedLettersMax;
  const renamed = new Set<string>();
  const listed = mistakes
    .slice(0, problemsMax)
    .map((issue, i) =>
      problemOf(issue, source, { file, what, doctor, shapes, isCured: isCured && i < curesMax, renamed }),
    );
  // A key that is missing only because it has another name is one mistake, not two.
  const problems = listed.filter((_, i) => {
    const { code, path } = mistakes[i]!;
    return !(
      code === 'invalid_type' &&
      valueAt(source.data, path as string[]) === undefined &&
      renamed.has(path.join('.'))
    );
  });
  if (mistakes.length > problemsMax) problems.push(moreMistakes(file, mistakes.length - problemsMax, problemsMax));
  return { problems };
}

/** Old names of keys still work. A warning tells the editor the new name. */
async function oldKeyWarnings(old: OldKey[], source: Source, file: string): Promise<Problem[]> {
  const lines = await linesOf(source);
  return old.map(({ path, now, isTwice }) => oldKey({ file, line: lines(path) }, path.join('.'), now, isTwice));
}

interface About {
  file: string;
  what: string;
  doctor: Doctor;
  shapes: Shapes;
  isCured: boolean;
  /** The places where misnamed keys belong. Whatever is found is added. */
  renamed: Set<string>;
}

function problemOf(issue: Issue, source: Source, { file, what, doctor, shapes, isCured, renamed }: About): Problem {
  const { places } = doctor;
  const path = issue.path as (string | number)[];
  const placed = (at: number | undefined) =>
    at === undefined ? { file, line: source.yamlLine } : { file, line: places.line(at), column: places.column(at) };
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys ?? [];
    const full = [...path, key];
    const at = placed(nearestPlace(places, full));
    const found = isCured ? doctor.key(path, key) : undefined;
    if (found?.to) renamed.add([...path, found.to].join('.'));
    if (found?.kind === 'entry') for (const needed of shapes.needed(path)) renamed.add([...path, needed].join('.'));
    const known = shapes.keys(path);
    const group = known.includes('lead') ? groupOf.get(fold(key)) : undefined;
    return unknownKey(at, full.join('.'), what, known, {
      fix: found && { kind: found.kind, hint: hintOfCure(found.cure, at.line), cure: found.cure },
      inLead: group?.startsWith('cover') ? group.slice('cover'.length).toLowerCase() : undefined,
    });
  }
  const value = valueAt(source.data, path);
  // If one of several keys is required and none is there, this one counts as missing too.
  if ((issue.code === 'invalid_type' || issue.code === 'custom') && value === undefined)
    return missingKey({ file, line: placed(nearestPlace(places, path)).line }, what, path.join('.'));
  // The line is that of the key, which is where an editor looks. The column is that of the value if it is on the same
  // line.
  const key = nearestPlace(places, path);
  const start = places.value(path)?.start;
  const isBeside = key !== undefined && start !== undefined && places.line(key) === places.line(start);
  const at = placed(isBeside ? start : key);
  const cure = isCured ? doctor.value(issue) : undefined;
  const written = { key: path.join('.'), what, ...wordsOf(issue, value, doctor.raw(path)) };
  const hint = cure
    ? `${cure.lines.some((line) => line.includes('"')) ? whyOfValue(value, issue) : ''}${hintOfCure(cure, at.line)}`
    : hintOf(issue, value, shapes.needed([...path, 0]));
  return wrongValue(at, written, hint, cure);
}

/** Why quotation marks are needed. */
const whyOfValue = (value: unknown, { expected }: Issue): string =>
  expected !== 'string'
    ? ''
    : typeof value === 'number'
      ? 'YAML reads this as a number. Put it in quotation marks. '
      : typeof value === 'boolean' || value === null
        ? 'This has a special meaning in YAML. Put it in quotation marks. '
        : '';

/**
 * The parts of the data that pass a schema, key by key, with placeholders for the rest, so that one wrong key does not
 * hide the other mistakes in a file. Use it only to find problems, never for a page.
 */
export function usableData<T extends ZodObject>(schema: T, data: unknown, standIns: Partial<output<T>>): output<T> {
  const usable: Record<string, unknown> = { ...standIns };
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return usable as output<T>;
  for (const [key, inner] of Object.entries(schema.shape)) {
    const checked = (inner as ZodType).safeParse((data as Record<string, unknown>)[key]);
    if (checked.success && checked.data !== undefined) usable[key] = checked.data;
  }
  return usable as output<T>;
}
