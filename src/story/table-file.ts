import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { printable } from '../site/printable.ts';
import { areFigures } from './body/tables.ts';

/** The contents of a table file beside a story: text as written, with every row as long as the header row. */
export interface TableFile {
  heads: string[];
  rows: string[][];
}

/** A table as a page prints it. */
export interface ShownTable {
  columns: { head: string; isFigures: boolean }[];
  rows: string[][];
}

/** The most rows that are useful to a reader. Anything longer is data, not a table in a story. */
export const tableRowsMax = 500;
export const tableColumnsMax = 30;
/** A table with that many rows is far smaller. A larger file is not read at all. */
const tableBytesMax = 4_000_000;

/** A problem before its file is known. */
export type TableProblem = Omit<Problem, 'file' | 'severity'>;

/**
 * Reads a CSV file: UTF-8, with cells separated by commas, semicolons, or tabs, and a header row.
 *
 * The parser is loaded when the first table is found, so that a publish without tables does not wait for it.
 *
 * @returns the table, or what is wrong with the file, with line numbers
 */
export async function readTable(bytes: Uint8Array): Promise<{ table: TableFile } | { problems: TableProblem[] }> {
  if (bytes.length > tableBytesMax || linesIn(bytes) > tableRowsMax * 20)
    return { problems: [tooLong(linesIn(bytes) - 1)] };
  let text: string;
  try {
    text = printable(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return {
      problems: [
        {
          rule: 'table-encoding',
          line: 1,
          message: 'This file is not in UTF-8, so its text cannot be read.',
          hint: 'Save it again as “CSV UTF-8”.',
        },
      ],
    };
  }
  const { parse, CsvError } = await import('csv-parse/sync');
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      problems: [
        {
          rule: 'table-broken',
          line: Number(error.lines) || 1,
          message: `This cannot be read as CSV: ${error.message.split('\n')[0]}`,
          hint: 'Put a cell that contains quotation marks in quotation marks, and double the inner ones: "so-called ""facts""" .',
        },
      ],
    };
  }
  const [head, ...body] = records.filter(({ record }) => record.some((cell) => cell !== ''));
  if (!head || body.length === 0)
    return {
      problems: [
        {
          rule: 'table-empty',
          line: 1,
          message: head ? 'This table has a header row but no other rows.' : 'This table is empty.',
          hint: 'The first line of the file is the header row. The other rows follow it.',
        },
      ],
    };
  if (body.length > tableRowsMax) return { problems: [tooLong(body.length)] };
  const heads = head.record.map((cell) => cell.normalize('NFC'));
  const problems = [...problemsOfHeads(heads, head.info.lines), ...problemsOfRows(heads, body)];
  return problems.length > 0 ? { problems } : { table: { heads, rows: body.map(({ record }) => record) } };
}

function linesIn(bytes: Uint8Array): number {
  let lines = bytes.at(-1) === 10 ? 0 : 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

const tooLong = (rows: number): TableProblem => ({
  rule: 'table-too-long',
  line: 1,
  message: `This table has ${rows.toLocaleString('en')} rows. The limit for a table in a story is ${tableRowsMax}, because a longer table would make the page too large.`,
  hint: 'Put the rows that matter into a separate file. You can put the whole file into  public/  and link to it.',
});

/** The character that separates the cells of the first line most often. A comma can also be part of a text. */
function delimiterOf(text: string): string {
  const head = (/\S.*|,.*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = ['\t', ';', ','].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.reduce((best, other) => (other.count > best.count ? other : best)).sign;
}

function problemsOfHeads(heads: string[], line: number): TableProblem[] {
  if (heads.length > tableColumnsMax)
    return [
      {
        rule: 'table-too-wide',
        line,
        message: `This table has ${heads.length} columns. The limit for a table in a story is ${tableColumnsMax}.`,
        hint: 'Delete the columns that readers do not need.',
      },
    ];
  // A blank corner cell is common: the cells below it are the names of the rows.
  const blank = heads.flatMap((head, at) => (head === '' && at > 0 ? [at + 1] : []));
  if (blank.length > 0)
    return [
      {
        rule: 'table-head-empty',
        line,
        message:
          blank.length === 1
            ? `Column ${blank[0]} of this table has no header.`
            : `Columns ${blank.slice(0, -1).join(', ')} and ${blank.at(-1)} of this table have no header.`,
        hint: 'Write what the column contains into the first line.',
      },
    ];
  const twice = [...new Set(heads.filter((head, at) => heads.indexOf(head) < at))];
  return twice.map((head) => ({
    rule: 'table-head-twice',
    line,
    message: `${heads.filter((other) => other === head).length === 2 ? 'Two' : 'Several'} columns of this table have the header "${head}".`,
    hint: 'Give one of them another header.',
  }));
}

/** Rows that are too short or too long. After a few, it is always the same mistake. */
function problemsOfRows(heads: string[], rows: { record: string[]; info: { lines: number } }[]): TableProblem[] {
  const wrong = rows.filter(({ record }) => record.length !== heads.length);
  return wrong.slice(0, problemsMax).map(({ record, info }, at) => {
    const more = at === problemsMax - 1 ? wrong.length - problemsMax : 0;
    const missing = heads.slice(record.length).map((head) => `"${head}"`);
    const what =
      missing.length > 0
        ? `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`
        : `${record.length - heads.length} too many`;
    return {
      rule: 'table-columns',
      line: info.lines,
      message: `This row has ${record.length === 1 ? '1 cell' : `${record.length} cells`}, but the header row has ${heads.length}: ${what}.${more > 0 ? ` ${more} more rows have the wrong number of cells.` : ''}`,
      hint: 'An empty cell is still a cell:  a,,c . Put a cell that contains a comma in quotation marks:  "1,204" .',
    };
  });
}

const problemsMax = 3;

/**
 * The columns of a table that a story asks for, in the order given.
 *
 * @param wanted the headers of the columns. Defaults to all
 */
export function chooseColumns(
  { heads, rows }: TableFile,
  wanted?: readonly string[],
): { shown: ShownTable } | { missing: string; meant?: string; heads: string[] } {
  const places: number[] = [];
  for (const name of wanted ?? heads) {
    const place = heads.findIndex((head) => head.toLowerCase() === name.normalize('NFC').toLowerCase());
    if (place < 0) {
      const meant = nearest(name, heads);
      return { missing: name, heads, ...(meant === undefined ? {} : { meant }) };
    }
    places.push(place);
  }
  const chosen = rows.map((row) => places.map((place) => row[place] ?? ''));
  return {
    shown: {
      columns: places.map((place, at) => ({
        head: heads[place]!,
        // The first column names the rows, even if the names are years.
        isFigures: at > 0 && areFigures(chosen.map((row) => row[at]!)),
      })),
      rows: chosen,
    },
  };
}
