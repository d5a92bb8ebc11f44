import { listed } from '../../problems/listed.ts';
import { nearest } from '../../problems/nearest.ts';
import { error, type Finding, warning } from '../../problems/problem.ts';
import { type BodyProblem, didYouMean, type TextPlace } from './shared.ts';

/* Problems with a CSV file, and with the table that a story requests from it. */

export const tableEncoding = (): BodyProblem =>
  error('table-encoding', { line: 1 }, 'This file is not in UTF-8.', 'Save it again as “CSV UTF-8”.');

/** @param reason in the words of the parser */
export const tableBroken = (place: TextPlace, reason: string): BodyProblem =>
  error(
    'table-broken',
    place,
    `This is not valid CSV: ${reason}`,
    'Put a cell that contains quotation marks in quotation marks, and double the inner ones: "so-called ""facts""" .',
  );

/** @param hasHeader whether there is a header row, and nothing else */
export const tableEmpty = (hasHeader: boolean): BodyProblem =>
  error(
    'table-empty',
    { line: 1 },
    hasHeader ? 'This table has a header row but no other rows.' : 'This table is empty.',
    'Write the names of the columns in the first line of the file and the rows below it.',
  );

export const tableTooLong = (rows: number, rowsMax: number): BodyProblem =>
  error(
    'table-too-long',
    { line: 1 },
    `This table has ${rows.toLocaleString('en')} rows. A story can print up to ${rowsMax}.`,
    'Save the most important rows as a file of their own. If readers should have all of them, put the whole file in  public/  and link to it.',
  );

export const tableTooWide = (place: TextPlace, columns: number, columnsMax: number): BodyProblem =>
  error(
    'table-too-wide',
    place,
    `This table has ${columns} columns. A story can print up to ${columnsMax}.`,
    'Delete the columns that readers do not need.',
  );

/** A line of a text that would create a table that is far too wide. */
export const lineTooWide = (place: TextPlace, columnsMax: number): BodyProblem =>
  error(
    'table-too-wide',
    place,
    `This line would create a table with more than ${columnsMax} columns.`,
    'Delete it, or put it between lines of ``` to print it as plain text.',
  );

/** @param columns counted from 1 */
export const headsEmpty = (place: TextPlace, columns: readonly number[]): BodyProblem =>
  error(
    'table-head-empty',
    place,
    columns.length === 1
      ? `Column ${columns[0]} of this table has no header.`
      : `Columns ${listed(columns)} of this table have no header.`,
    'Write what each column contains in the first line.',
  );

/** @param count columns with this header */
export const headTwice = (place: TextPlace, head: string, count: number): BodyProblem =>
  error(
    'table-head-twice',
    place,
    `${count === 2 ? 'Two' : 'Several'} columns of this table have the header "${head}".`,
    'Give one of them another header.',
  );

/** @param more rows with the same mistake that are not listed */
export function rowLength(place: TextPlace, cells: number, heads: readonly string[], more: number): BodyProblem {
  const missing = heads.slice(cells).map((head) => `"${head}"`);
  const what =
    missing.length > 0
      ? `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`
      : `${cells - heads.length} too many`;
  const others =
    more === 0 ? '' : ` ${more === 1 ? '1 more row has' : `${more} more rows have`} the wrong number of cells.`;
  return error(
    'table-columns',
    place,
    `This row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, but the header row has ${heads.length}: ${what}.${others}`,
    'An empty cell still needs its comma:  a,,c . A cell that contains a comma needs quotation marks:  "1,204" .',
  );
}

/** @param path where it would be @param names of the tables there */
export const tableMissing = <At extends object>(
  place: At,
  name: string,
  path: string,
  names: readonly string[],
): At & Finding =>
  error(
    'table-missing',
    place,
    `There is no table "${name}" (${path}).`,
    didYouMean(nearest(name, names), 'Put the file in the folder of the story, or correct the name.'),
  );

export const tableElsewhere = <At extends object>(place: At, name: string): At & Finding =>
  error(
    'table-elsewhere',
    place,
    `"${name}" is not a .csv file in the folder of the story.`,
    'Save the table as CSV in the folder of the story and write only its name.',
  );

/** @param meant the column with a similar name */
export const columnMissing = <At extends object>(
  place: At,
  table: string,
  column: string,
  heads: readonly string[],
  meant: string | undefined,
): At & Finding =>
  error(
    'table-column-missing',
    place,
    `The table "${table}" has no column "${column}".`,
    didYouMean(meant, `Its columns are: ${heads.join(', ')}.`),
  );

export const tableTwice = (place: TextPlace): BodyProblem =>
  error(
    'table-twice',
    place,
    'This <Table> names a file and also contains a table.',
    'Delete  src="…"  or the Markdown table.',
  );

export const tableWithoutHeader = (place: TextPlace): BodyProblem =>
  warning(
    'table-without-header',
    place,
    'This table has no header row, so screen readers cannot say what its columns contain.',
    'Write the names of the columns in its first line.',
  );
