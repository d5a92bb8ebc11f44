import { listed } from '../problems/listed.ts';
import { nearest } from '../problems/nearest.ts';
import { cureDate } from './cures/dates.ts';
import type { Issue } from './shapes.ts';
import { yamlScalar } from './write/scalar.ts';

const kinds: Record<string, string> = {
  array: 'this must be a list',
  object: 'this must be a group of keys with values',
  record: 'this must be a group of keys with values',
  string: 'this must be text',
  number: 'this must be a number',
  boolean: 'this must be true or false',
};

/** What a value must be, and what it is, in words for an editor. */
export function wordsOf(issue: Issue, value: unknown, raw: string | undefined): { expected: string; found: string } {
  const expected =
    (issue.code === 'invalid_type' && /^Invalid input/.test(issue.message) && kinds[issue.expected ?? '']) ||
    (issue.code === 'invalid_value' && issue.values && `this must be ${listed(issue.values, 'or')}`) ||
    issue.message.replace(/^Invalid input: /, '');
  const found =
    issue.code === 'too_big' && Array.isArray(value)
      ? ` (found: ${value.length.toLocaleString('en')})`
      : foundOf(value, raw);
  return { expected, found };
}

/**
 * The value as written. Lists and groups are named only by their kind, because YAML can expand a short text into a
 * great deal.
 */
function foundOf(value: unknown, raw: string | undefined): string {
  if (value === undefined) return '';
  if (raw === '') return ' (found: nothing)';
  if (Array.isArray(value)) return ' (found: a list)';
  if (value !== null && typeof value === 'object') return ' (found: a group of keys)';
  return ` (found: ${(raw ?? JSON.stringify(value)).slice(0, 80)})`;
}

/** @param needed the keys that each entry of the list must have */
export function hintOf(issue: Issue, value: unknown, needed: string[]): string | undefined {
  const key = String(issue.path.at(-1));
  if (/^(?:published|updated|embargo|date|until)$/.test(key) && typeof value !== 'object')
    return cureDate(String(value), 'en-GB', 'UTC').hint;
  if (issue.code === 'invalid_type' && issue.expected === 'number') return 'Write a number in digits, such as  1 .';
  if (issue.code === 'invalid_type' && (issue.expected === 'object' || issue.expected === 'record') && value !== null)
    return 'Write its keys on separate lines below it, indented by two more spaces. docs/story.md has an example.';
  if (value === null && issue.code === 'invalid_type') return 'Write a value after the colon, or delete the line.';
  if (issue.code === 'invalid_type' && issue.expected === 'array' && typeof value === 'string')
    return needed.length > 0
      ? `Write it as a list in which each entry has the ${needed.length === 1 ? 'key' : 'keys'} ${listed(needed)}. docs/story.md has an example.`
      : `Write it as a list:  [${yamlScalar(value, true)}] .`;
  if (issue.code === 'invalid_type' && issue.expected === 'array' && value !== null && typeof value === 'object')
    return 'Write it as a list: each entry on a separate line that begins with a hyphen and a space.';
  if (issue.code === 'too_big' && Array.isArray(value)) return 'Delete what readers do not need, or split the file.';
  if (issue.code !== 'invalid_value' || !issue.values) return undefined;
  const meant = typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
  return meant ? `Did you mean  ${meant} ?` : `One of: ${issue.values.join(', ')}.`;
}
