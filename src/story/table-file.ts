import { nearest } from '../problems/nearest.ts';
import { printable } from '../site/printable.ts';
import { areFigures } from './body/tables.ts';
import type { BodyProblem } from './problems/shared.ts';
import {
  headsEmpty,
  headTwice,
  rowLength,
  tableBroken,
  tableEmpty,
  tableEncoding,
  tableTooLong,
  tableTooWide,
} from './problems/tables.ts';

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

/**
 * Reads a CSV file: UTF-8, with cells separated by commas, semicolons, or tabs, and a header row.
 *
 * The parser is loaded when the first table is found, so that a publish without tables does not wait for it.
 *
 * @returns the table, or what is wrong with the file, with line numbers
 */
export async function readTable(bytes: Uint8Array): Promise<{ table: TableFile } | { problems: BodyProblem[] }> {
  if (bytes.length > tableBytesMax || linesIn(bytes) > tableRowsMax * 20)
    return { problems: [tableTooLong(linesIn(bytes) - 1, tableRowsMax)] };
  let text: string;
  try {
    text = printable(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { problems: [tableEncoding()] };
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
    return { problems: [tableBroken({ line: Number(error.lines) || 1 }, error.message.split('\n')[0] ?? '')] };
  }
  const [head, ...body] = records.filter(({ record }) => record.some((cell) => cell !== ''));
  if (!head || body.length === 0) return { problems: [tableEmpty(head !== undefined)] };
  if (body.length > tableRowsMax) return { problems: [tableTooLong(body.length, tableRowsMax)] };
  const heads = head.record.map((cell) => cell.normalize('NFC'));
  const problems = [...problemsOfHeads(heads, head.info.lines), ...problemsOfRows(heads, body)];
  return problems.length > 0 ? { problems } : { table: { heads, rows: body.map(({ record }) => record) } };
}

function linesIn(bytes: Uint8Array): number {
  let lines = bytes.at(-1) === 10 ? 0 : 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/** The separator that occurs most often in the first line. A comma can also be part of a text. */
function delimiterOf(text: string): string {
  const head = (/\S.*|,.*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counted = ['\t', ';', ','].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.reduce((best, other) => (other.count > best.count ? other : best)).sign;
}

function problemsOfHeads(heads: string[], line: number): BodyProblem[] {
  if (heads.length > tableColumnsMax) return [tableTooWide({ line }, heads.length, tableColumnsMax)];
  // A blank corner cell is common: the cells below it are the names of the rows.
  const blank = heads.flatMap((head, at) => (head === '' && at > 0 ? [at + 1] : []));
  if (blank.length > 0) return [headsEmpty({ line }, blank)];
  const twice = [...new Set(heads.filter((head, at) => heads.indexOf(head) < at))];
  return twice.map((head) => headTwice({ line }, head, heads.filter((other) => other === head).length));
}

/** Rows that are too short or too long. After a few, it is always the same mistake. */
function problemsOfRows(heads: string[], rows: { record: string[]; info: { lines: number } }[]): BodyProblem[] {
  const wrong = rows.filter(({ record }) => record.length !== heads.length);
  return wrong.slice(0, problemsMax).map(({ record, info }, at) => {
    const more = at === problemsMax - 1 ? wrong.length - problemsMax : 0;
    return rowLength({ line: info.lines }, record.length, heads, more);
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
