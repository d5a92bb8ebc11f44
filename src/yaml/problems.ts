import { listed } from '../problems/listed.ts';
import { nearest } from '../problems/nearest.ts';
import { type Cure, error, type Place, type Problem, warning } from '../problems/problem.ts';

/* Problems with any content file as text and as YAML. */

/** @param others more lines with the same problem @param rest the number of further lines that are not listed */
export function notUtf8(place: Place, others: readonly number[], rest: number): Problem {
  const also =
    others.length === 0
      ? ''
      : others.length === 1
        ? ` Line ${others[0]} has the same problem.`
        : ` Lines ${listed(rest > 0 ? [...others, `${rest} more`] : others)} have the same problem.`;
  return error(
    'not-utf-8',
    place,
    `This file is not in UTF-8, so letters such as é would be shown incorrectly.${also}`,
    'Save it again as UTF-8 in your editor.',
  );
}

/** @param names of the characters, such as "U+0008" @param rest how many more lines have such characters */
export function unprintableCharacters(
  place: Place,
  names: readonly string[],
  isSeveral: boolean,
  rest: number,
): Problem {
  const more =
    rest === 0
      ? ''
      : rest === 1
        ? ' One more line of this file has such characters.'
        : ` ${rest} more lines of this file have such characters.`;
  return warning(
    'unprintable-character',
    place,
    `This line contains ${isSeveral ? 'characters' : 'a character'} that pages and feeds cannot contain, ${listed(names)}. The page is printed without ${isSeveral ? 'them' : 'it'}.${more}`,
    `Delete ${isSeveral ? 'them' : 'it'}, or type the line again. ${isSeveral ? 'They often come' : 'It often comes'} with text that was pasted from another program.`,
  );
}

export const fileTooLong = (file: string, bytes: number, bytesMax: number): Problem =>
  error(
    'story-too-long',
    { file, line: 1 },
    `This file has ${(bytes / 1e6).toFixed(1)} MB of text. A story can have up to ${bytesMax / 1e6} MB.`,
    'Split the file, or remove what was pasted in by accident.',
  );

/** @param cured what exactly is missing, and how the file should begin */
export const frontMatterMissing = (
  file: string,
  { message, hint, cure }: { message: string; hint: string; cure?: Cure },
): Problem => error('front-matter-missing', { file, line: 1 }, message, { hint, ...(cure && { cure }) });

/** @param reason in the words of the parser @param near the line where it stopped */
export const brokenYaml = (place: Place, reason: string, near: string, fix?: { hint: string; cure: Cure }): Problem =>
  error(
    'yaml-broken',
    place,
    `This is not valid YAML: ${reason}${near ? `, near  ${near.slice(0, 80)}` : ''}.`,
    fix ?? 'Look for a quotation mark that is not closed, or for text with a colon that needs quotation marks.',
  );

export const yamlRepeats = (place: Place, lettersMax: number): Problem =>
  error(
    'yaml-repeats',
    place,
    `Anchors (&name and *name) repeat more than ${lettersMax.toLocaleString('en')} characters of this file. That is the limit.`,
    'Write the text once. If a * or & is part of the text, put the text in quotation marks.',
  );

/** Where an unknown key belongs instead. */
export type KeyFix = 'rename' | 'inside' | 'top' | 'twin' | 'text' | 'comma' | 'entry' | 'delete';

const whyOfKey: Record<KeyFix, string> = {
  rename: '',
  inside: 'It belongs inside that key. ',
  top: 'It does not belong inside this key. ',
  twin: 'This file already says the same in another key. ',
  text: 'Text with a colon needs quotation marks. ',
  comma: 'Inside braces, text with a comma needs quotation marks. ',
  entry: '',
  delete: 'Broadsheet does not use this key. ',
};

/**
 * @param key with the keys around it, such as `lead.captoin`
 * @param what the kind of file, such as "a story"
 * @param fix how to edit the file, if known
 * @param inLead the key of `lead` that was meant
 */
export function unknownKey(
  place: Place,
  key: string,
  what: string,
  known: readonly string[],
  { fix, inLead }: { fix?: { kind: KeyFix; hint: string; cure: Cure } | undefined; inLead?: string | undefined },
): Problem {
  const message = `"${key}" is not a key of ${what}.`;
  if (fix) return error('unknown-key', place, message, { hint: `${whyOfKey[fix.kind]}${fix.hint}`, cure: fix.cure });
  const meant = nearest(key.slice(key.lastIndexOf('.') + 1), known);
  const hint =
    inLead !== undefined
      ? `It belongs inside  lead: , as  ${inLead}: … .`
      : meant
        ? `Did you mean  ${meant} ?`
        : 'Delete it, or move it to where it belongs. docs/story.md and docs/site.md list all keys.';
  return error('unknown-key', place, message, hint);
}

/** @param now the new name, or undefined if the key was removed @param isTwice the file has both names */
export const oldKey = (place: Place, key: string, now: string | undefined, isTwice: boolean): Problem =>
  warning(
    'old-key',
    place,
    now === undefined
      ? `Broadsheet no longer uses the key "${key}".`
      : isTwice
        ? `"${key}" is an old name of "${now}". This file has both, and Broadsheet uses "${now}".`
        : `"${key}" is now called "${now}". Broadsheet still reads the old name.`,
    now === undefined || isTwice
      ? 'Delete it, or let  broadsheet upgrade  do it.'
      : `Write  ${now}  instead, or let  broadsheet upgrade  do it.`,
  );

/** @param what the kind of file, such as "a story" @param key with the keys around it */
export const missingKey = (place: Place, what: string, key: string): Problem =>
  error(
    'missing-key',
    place,
    `${capital(what)} has no  ${key} , which is required.`,
    `Add a line  ${key.slice(key.lastIndexOf('.') + 1)}: … .`,
  );

/** @param key with the keys around it. Empty for the file as a whole @param found as written */
export const wrongValue = (
  place: Place,
  { key, what, expected, found }: { key: string; what: string; expected: string; found: string },
  hint: string | undefined,
  cure?: Cure,
): Problem =>
  error('wrong-value', place, `${key || capital(what)}: ${expected}${found}.`, {
    ...(hint === undefined ? {} : { hint }),
    ...(cure && { cure }),
  });

export const moreMistakes = (file: string, more: number, listed: number): Problem =>
  error(
    'more-mistakes',
    { file, line: 1 },
    `This file has ${more.toLocaleString('en')} more mistakes of this kind. The first ${listed} are listed.`,
    'Correct those first, then run the command again.',
  );

/** Capitalises the beginning of a sentence. The name of a file stays as it is. */
const capital = (what: string): string => (/^an? /.test(what) ? `A${what.slice(1)}` : what);
