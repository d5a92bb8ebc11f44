import { printable } from '../../site/printable.ts';

/*
 * How Broadsheet writes a single value in YAML. This file loads no library, because the corrections of mistakes use it
 * in a build.
 */

export type Scalar = string | number | boolean | null;

/**
 * A value on one line: text without quotation marks if every YAML reader reads it as the same text, otherwise in double
 * quotation marks. Characters that pages cannot contain are left out, as our reader does.
 *
 * @param isInFlow whether it is inside brackets or braces, where a comma ends it
 */
export function yamlScalar(value: Scalar, isInFlow = false): string {
  if (typeof value !== 'string') return yamlNumber(value);
  const text = printable(value);
  return isPlain(text, isInFlow) ? text : doubleQuoted(text);
}

/** Text in double quotation marks on one line, whatever it contains. */
export const doubleQuoted = (text: string): string =>
  JSON.stringify(printable(text)).replace(
    /[\u2028\u2029\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Text in single quotation marks, or undefined if it needs an escape. */
export const singleQuoted = (text: string): string | undefined =>
  /[\n\r\t\u2028\u2029\ufeff]/.test(text) ? undefined : `'${printable(text).replaceAll("'", "''")}'`;

function yamlNumber(value: number | boolean | null): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/** Words that one of the versions of YAML reads as something other than text. */
const otherThanText = /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.(?:inf|nan)|[-+.]?\d[\d_.,:a-fox+-]*)$/i;
/** A day, or a day with a time, as in `published`. YAML's core schema reads it as text. */
const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

function isPlain(text: string, isInFlow: boolean): boolean {
  return (
    text !== '' &&
    text === text.trim() &&
    !/^[-?:,[\]{}#&*!|>'"%@`<=~]/.test(text) &&
    !/[\n\r\t\u2028\u2029\ufeff]|:(?:\s|$)|\s#/.test(text) &&
    !/^\.\.\.(?:\s|$)/.test(text) &&
    !(isInFlow && /[,[\]{}]/.test(text)) &&
    (date.test(text) || !otherThanText.test(text))
  );
}
